"""Addresses of reports."""

from django.urls import path

from reports import shared_views, views
from reports.writers.formats import FORMATS

app_name = "reports"

urlpatterns = [
    path("reviews/<int:pk>/report/", views.ReportPage.as_view(), name="report"),
    path("reviews/<int:pk>/report/draft.pdf", views.DraftPdf.as_view(), name="draft_pdf"),
    path("reviews/<int:pk>/report/<int:major>.<int:minor>/", views.EditionPage.as_view(), name="edition"),
    path(
        "reviews/<int:pk>/report/<int:major>.<int:minor>.pdf",
        views.EditionPdf.as_view(),
        name="edition_pdf",
    ),
    *(
        path(
            f"reviews/<int:pk>/report/draft.{ending}",
            views.DraftFile.as_view(ending=ending),
            name=f"draft_{ending}",
        )
        for ending in FORMATS
    ),
    *(
        path(
            f"reviews/<int:pk>/report/<int:major>.<int:minor>.{ending}",
            views.EditionFile.as_view(ending=ending),
            name=f"edition_{ending}",
        )
        for ending in FORMATS
    ),
    path("shared/<str:token>/", shared_views.SharedReport.as_view(), name="shared"),
    path("shared/<str:token>/report.pdf", shared_views.SharedPdf.as_view(), name="shared_pdf"),
    path("reviews/<int:pk>/issue/", views.IssueReport.as_view(), name="issue"),
]
