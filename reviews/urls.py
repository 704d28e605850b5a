"""Addresses of reviews: plan, rate, agree, draft."""

from django.urls import path

from reviews.views import consensus, draft, overview, planning, rating, submitting

app_name = "reviews"

urlpatterns = [
    path("reviews/", overview.ReviewList.as_view(), name="list"),
    path("reviews/new/", planning.PlanReview.as_view(), name="plan"),
    path("reviews/<int:pk>/", overview.ReviewDetail.as_view(), name="detail"),
    path("reviews/<int:pk>/plan/", planning.ChangePlan.as_view(), name="change_plan"),
    path("reviews/<int:pk>/ratings/", rating.ContinueRating.as_view(), name="ratings"),
    path("reviews/<int:pk>/ratings/submit/", submitting.SubmitRatings.as_view(), name="submit"),
    path(
        "reviews/<int:pk>/ratings/conflicts/<int:conflict>/",
        submitting.SettleConflict.as_view(),
        name="settle_conflict",
    ),
    path("reviews/<int:pk>/ratings/<slug:code>/", rating.RateItem.as_view(), name="rate"),
    path("reviews/<int:pk>/consensus/", consensus.Consensus.as_view(), name="consensus"),
    path("reviews/<int:pk>/draft/", draft.EditDraft.as_view(), name="draft"),
    path("sites/<int:pk>/", overview.SiteDetail.as_view(), name="site"),
]
