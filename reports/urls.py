"""Addresses of reports."""

from django.urls import path

from reports import action_plan_views as plans
from reports import correction_views as correcting
from reports import paper_views, shared_views, views
from reports.across import views as across
from reports.bundles import views as bundles
from reports.check_views import CheckFile
from reports.outcomes.views import OutcomesPage
from reports.trend.views import SiteTrend, SiteTrendFile
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
    path("reviews/<int:pk>/report/correct/", correcting.Correct.as_view(), name="correct"),
    path(
        "reviews/<int:pk>/report/correct/items/<slug:code>/",
        correcting.CorrectItem.as_view(),
        name="correct_item",
    ),
    path(
        "reviews/<int:pk>/report/correct/summary/",
        correcting.CorrectSummary.as_view(),
        name="correct_summary",
    ),
    path(
        "reviews/<int:pk>/report/correct/preview/",
        correcting.PreviewCorrection.as_view(),
        name="preview_correction",
    ),
    path(
        "reviews/<int:pk>/report/correct/drop/", correcting.DropCorrection.as_view(), name="drop_correction"
    ),
    path(
        "reviews/<int:pk>/report/correct/issue/",
        correcting.IssueCorrection.as_view(),
        name="issue_correction",
    ),
    path(
        "reviews/<int:pk>/report/<int:major>.<int:minor>/withdraw/",
        correcting.WithdrawEdition.as_view(),
        name="withdraw",
    ),
    path("reviews/<int:pk>/action-plan.pdf", plans.ActionPlanPdf.as_view(), name="action_plan_pdf"),
    path(
        "reviews/<int:pk>/action-plan.xlsx",
        plans.ActionPlanFile.as_view(ending="xlsx"),
        name="action_plan_xlsx",
    ),
    path(
        "reviews/<int:pk>/action-plan.csv",
        plans.ActionPlanFile.as_view(ending="csv"),
        name="action_plan_csv",
    ),
    path("actions.xlsx", plans.ActionsFile.as_view(ending="xlsx"), name="actions_xlsx"),
    path("actions.csv", plans.ActionsFile.as_view(ending="csv"), name="actions_csv"),
    path("check/", CheckFile.as_view(), name="check"),
    path("reviews/<int:pk>/issue/", views.IssueReport.as_view(), name="issue"),
    path(
        "reviews/<int:pk>/score-sheet.pdf", paper_views.ReviewScoreSheet.as_view(), name="blank_score_sheet"
    ),
    path("across/", across.AcrossSites.as_view(), name="across"),
    path("across/items/", across.AcrossItems.as_view(), name="across_items"),
    path("across/barriers/", across.AcrossBarriers.as_view(), name="across_barriers"),
    path("across/agreement/", across.AcrossAgreement.as_view(), name="across_agreement"),
    path("across.xlsx", across.AcrossFile.as_view(ending="xlsx"), name="across_xlsx"),
    path("across.csv", across.AcrossFile.as_view(ending="csv"), name="across_csv"),
    path("reviews/<int:pk>/schedule.pdf", paper_views.SchedulePdf.as_view(), name="schedule_pdf"),
    path(
        "scales/versions/<int:pk>/score-sheet.pdf",
        paper_views.VersionScoreSheet.as_view(),
        name="version_score_sheet",
    ),
    path("sites/<int:pk>/trend/", SiteTrend.as_view(), name="trend"),
    path("sites/<int:pk>/trend.csv", SiteTrendFile.as_view(), name="trend_csv"),
    path("reports/", bundles.Bundles.as_view(), name="bundles"),
    path("reports/bundles/<int:bundle>/", bundles.BundlePage.as_view(), name="bundle"),
    path("reports/bundles/<int:bundle>/file/", bundles.BundleFile.as_view(), name="bundle_file"),
    path("reports/bundles/<int:bundle>/stop/", bundles.StopBundle.as_view(), name="stop_bundle"),
    path("reports/bundles/<int:bundle>/delete/", bundles.DeleteBundle.as_view(), name="delete_bundle"),
    path("sites/<int:pk>/outcomes/", OutcomesPage.as_view(), name="outcomes"),
]
