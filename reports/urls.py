"""Addresses of reports."""

from django.urls import path

from reports import paper_views, views
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
    path("reviews/<int:pk>/issue/", views.IssueReport.as_view(), name="issue"),
    path(
        "reviews/<int:pk>/score-sheet.pdf", paper_views.ReviewScoreSheet.as_view(), name="blank_score_sheet"
    ),
    path("reviews/<int:pk>/schedule.pdf", paper_views.SchedulePdf.as_view(), name="schedule_pdf"),
    path(
        "scales/versions/<int:pk>/score-sheet.pdf",
        paper_views.VersionScoreSheet.as_view(),
        name="version_score_sheet",
    ),
]
