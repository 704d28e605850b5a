"""Addresses of reports."""

from django.urls import path

from reports import views
from reports.bundles import views as bundles
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
    path("reports/", bundles.Bundles.as_view(), name="bundles"),
    path("reports/bundles/<int:bundle>/", bundles.BundlePage.as_view(), name="bundle"),
    path("reports/bundles/<int:bundle>/file/", bundles.BundleFile.as_view(), name="bundle_file"),
    path("reports/bundles/<int:bundle>/stop/", bundles.StopBundle.as_view(), name="stop_bundle"),
    path("reports/bundles/<int:bundle>/delete/", bundles.DeleteBundle.as_view(), name="delete_bundle"),
]
