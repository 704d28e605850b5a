"""Addresses of reviews: plan, rate, agree, draft."""

from django.urls import path

from reviews.views import (
    agenda,
    agreement,
    comparing,
    components,
    consensus,
    deadlines,
    draft,
    evidence,
    history,
    overview,
    planning,
    rating,
    reopening,
    submitting,
    timetables,
    worksheets,
)

app_name = "reviews"

urlpatterns = [
    path("reviews/", overview.ReviewList.as_view(), name="list"),
    path("reviews/new/", planning.PlanReview.as_view(), name="plan"),
    path("reviews/<int:pk>/", overview.ReviewDetail.as_view(), name="detail"),
    path("reviews/<int:pk>/plan/", planning.ChangePlan.as_view(), name="change_plan"),
    path("reviews/<int:pk>/agenda/", agenda.AgendaPage.as_view(), name="agenda"),
    path("reviews/<int:pk>/agenda/new/", agenda.AddAgendaEntry.as_view(), name="add_agenda_entry"),
    path("reviews/<int:pk>/agenda/template/", agenda.StartAgenda.as_view(), name="start_agenda"),
    path("reviews/<int:pk>/agenda/<int:entry>/", agenda.EditAgendaEntry.as_view(), name="edit_agenda_entry"),
    path(
        "reviews/<int:pk>/agenda/<int:entry>/tick/",
        agenda.TickAgendaEntry.as_view(),
        name="tick_agenda_entry",
    ),
    path(
        "reviews/<int:pk>/agenda/<int:entry>/remove/",
        agenda.RemoveAgendaEntry.as_view(),
        name="remove_agenda_entry",
    ),
    path("reviews/<int:pk>/schedule/", agenda.VisitSchedule.as_view(), name="schedule"),
    path("reviews/<int:pk>/dates/", deadlines.Dates.as_view(), name="dates"),
    path("reviews/<int:pk>/dates/<int:deadline>/", deadlines.EditDate.as_view(), name="edit_date"),
    path("reviews/<int:pk>/dates/<int:deadline>/done/", deadlines.MarkDate.as_view(), name="mark_date"),
    path("reviews/<int:pk>/evidence/", evidence.Evidence.as_view(), name="evidence"),
    path("reviews/<int:pk>/evidence/new/", evidence.AddNote.as_view(), name="add_note"),
    path("reviews/<int:pk>/evidence/<int:note>/", evidence.EditNote.as_view(), name="edit_note"),
    path(
        "reviews/<int:pk>/evidence/<int:note>/withdraw/",
        evidence.WithdrawNote.as_view(),
        name="withdraw_note",
    ),
    path(
        "reviews/<int:pk>/evidence/<int:note>/restore/", evidence.RestoreNote.as_view(), name="restore_note"
    ),
    path("reviews/<int:pk>/facts/", worksheets.Worksheets.as_view(), name="worksheets"),
    path("reviews/<int:pk>/facts/components/", components.Components.as_view(), name="components"),
    path("reviews/<int:pk>/facts/<slug:sheet>/", worksheets.Worksheet.as_view(), name="worksheet"),
    path(
        "reviews/<int:pk>/facts/<slug:sheet>/paste/",
        worksheets.PasteWorksheet.as_view(),
        name="paste_worksheet",
    ),
    path(
        "reviews/<int:pk>/facts/<slug:sheet>/template.csv",
        worksheets.WorksheetTemplate.as_view(),
        name="worksheet_template",
    ),
    path("reviews/<int:pk>/ratings/", rating.ContinueRating.as_view(), name="ratings"),
    path("reviews/<int:pk>/ratings/submit/", submitting.SubmitRatings.as_view(), name="submit"),
    path(
        "reviews/<int:pk>/ratings/conflicts/<int:conflict>/",
        submitting.SettleConflict.as_view(),
        name="settle_conflict",
    ),
    path("reviews/<int:pk>/ratings/reopen/", reopening.ReopenRatings.as_view(), name="reopen"),
    path("reviews/<int:pk>/ratings/<slug:code>/", rating.RateItem.as_view(), name="rate"),
    path("reviews/<int:pk>/consensus/", consensus.Consensus.as_view(), name="consensus"),
    path("reviews/<int:pk>/consensus/here/", consensus.Here.as_view(), name="consensus_here"),
    path("reviews/<int:pk>/consensus/<slug:code>/", consensus.AgreeItem.as_view(), name="agree"),
    path("reviews/<int:pk>/draft/", draft.EditDraft.as_view(), name="draft"),
    path("reviews/<int:pk>/draft/back/", consensus.BackToConsensus.as_view(), name="back_to_consensus"),
    path("reviews/<int:pk>/compare/", comparing.Compare.as_view(), name="compare"),
    path("reviews/<int:pk>/history/", history.History.as_view(), name="history"),
    path("reviews/<int:pk>/history/<slug:code>/", history.RatingHistory.as_view(), name="rating_history"),
    path("agreement/", agreement.Agreement.as_view(), name="agreement"),
    path("timetables/", timetables.Timetables.as_view(), name="timetables"),
    path("timetables/new/", timetables.NewTimetable.as_view(), name="new_timetable"),
    path("timetables/<int:pk>/", timetables.EditTimetable.as_view(), name="timetable"),
    path("sites/<int:pk>/", overview.SiteDetail.as_view(), name="site"),
]
