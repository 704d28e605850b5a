"""Addresses of reports."""

from django.urls import path

from reports import views
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
]
