"""The agenda and the visit schedule in the browser."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.permissions import Role
from reviews.actions.agenda import start_agenda
from reviews.models import Activity, AgendaEntry, Stage
from reviews.visit.timetable import Unit
from tests.factories.reviews import AgendaEntryFactory, DeadlineFactory, ReviewFactory
from tests.reviews.pages import HTMX, form_on, text_at, text_of
from tests.reviews.situations import at_stage, fresh, in_program, joined, lead_of

pytestmark = pytest.mark.django_db

TYPED = {"activity": "interview", "title": "Team leader", "day": "1", "starts_at": "09:30", "minutes": "45"}


@pytest.fixture
def review(client):
    review = ReviewFactory()
    client.force_login(lead_of(review))
    return review


def agenda_url(review) -> str:
    return f"/reviews/{review.pk}/agenda/"


def entry_url(review, entry, act: str = "") -> str:
    return f"/reviews/{review.pk}/agenda/{entry.pk}/{act}"


# Reading


def test_entries_stand_under_their_day_with_times_minutes_and_how(client, review):
    AgendaEntryFactory(
        review=review, title="Team leader", day=2, starts_at=time(9, 30), minutes=45, remote=True
    )

    page = client.get(agenda_url(review))

    text = text_of(page)
    assert "Day 2, Thursday October 15, 2026" in text
    assert "09:30–10:15 Team leader Interview · 45 minutes · by video or phone" in text
    assert "0 of 1 done" in text


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.PROGRAM_MANAGER])
def test_who_sees_the_review_reads_the_agenda_without_its_buttons(client, review, role):
    entry = AgendaEntryFactory(review=review)
    person = in_program(review, role) if role == Role.PROGRAM_MANAGER else joined(review, role)
    client.force_login(person)

    page = client.get(agenda_url(review)).content.decode()

    assert entry.title in page
    assert entry_url(review, entry) not in page
    assert "/tick/" not in page
    assert client.get(entry_url(review, entry)).status_code == 403


def test_an_empty_agenda_starts_from_the_template_once(client, review):
    assert "Start from the template" in text_of(client.get(agenda_url(review)))

    for _ in range(2):
        answer = client.post(f"{agenda_url(review)}template/", follow=True)

    assert review.agenda.count() == 22
    assert "The agenda has entries already." in text_of(answer)
    assert "Start from the template" not in text_of(answer)


def test_the_agenda_is_written_in_the_language_of_the_reviews_scale(client):
    review = ReviewFactory(wording="us")
    client.force_login(lead_of(review))

    client.post(f"{agenda_url(review)}template/", headers={"accept-language": "en-gb"})

    assert review.agenda.filter(title="Benefits counselor").exists()


# Changing


def test_an_entry_is_added_on_the_day_one_came_from(client, review):
    page = client.get(f"{agenda_url(review)}new/?day=2")
    fields = form_on(page, "form-1")

    answer = client.post(f"{agenda_url(review)}new/", fields | TYPED | {"day": fields["day"]})

    entry = AgendaEntry.objects.get()
    assert answer.url == f"{agenda_url(review)}#entry-{entry.pk}"
    assert (entry.title, entry.day, entry.starts_at, entry.minutes) == ("Team leader", 2, time(9, 30), 45)


@pytest.mark.parametrize("day", ["", "x", "99", "-1", "9" * 30])
def test_an_odd_day_in_the_address_is_no_error(client, review, day):
    assert client.get(f"{agenda_url(review)}new/", {"day": day}).status_code == 200


def test_the_title_field_asks_for_roles_never_for_clients(client, review):
    assert "Never a client's name." in text_of(client.get(f"{agenda_url(review)}new/"))


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("title", ""),
        ("title", "x" * 121),
        ("title", "Team\x00leader"),
        ("day", "3"),
        ("day", ""),
        ("starts_at", "9.75"),
        ("minutes", "0"),
        ("minutes", "601"),
        ("minutes", "soon"),
        ("activity", "party"),
        ("revision", ""),
    ],
)
def test_what_cannot_be_right_is_told_and_nothing_typed_is_lost(client, review, name, typed):
    answer = client.post(f"{agenda_url(review)}new/", {"revision": "0"} | TYPED | {name: typed})

    assert answer.status_code == 422
    assert "There is something to mend" in text_of(answer)
    assert form_on(answer, "form-1")["minutes"] == (typed if name == "minutes" else "45")
    assert not AgendaEntry.objects.exists()


def test_an_entry_is_shown_as_it_stands_and_retimed(client, review):
    entry = AgendaEntryFactory(review=review, starts_at=time(9), minutes=30, remote=True)
    fields = form_on(client.get(entry_url(review, entry)), "form-1")

    answer = client.post(entry_url(review, entry), fields | {"starts_at": "14:00"})

    entry.refresh_from_db()
    assert answer.status_code == 302
    assert (entry.starts_at, entry.minutes, entry.remote) == (time(14), 30, True)


def test_a_change_meanwhile_shows_theirs_and_mine_and_keeps_what_was_typed(client, review):
    entry = AgendaEntryFactory(review=review, title="Team leader")
    mine = form_on(client.get(entry_url(review, entry)), "form-1")
    client.post(entry_url(review, entry), mine | {"title": "Deputy team leader"})

    answer = client.post(entry_url(review, entry), mine | {"title": "Both leaders"})

    assert answer.status_code == 409
    text = text_of(answer)
    assert "Someone changed this entry since you opened it" in text
    assert "Deputy team leader Both leaders" in text
    entry.refresh_from_db()
    assert entry.title == "Deputy team leader"
    client.post(entry_url(review, entry), form_on(answer, "form-1"))
    entry.refresh_from_db()
    assert entry.title == "Both leaders"


def test_a_change_of_an_entry_that_was_removed_meanwhile_keeps_what_was_typed(client, review):
    entry = AgendaEntryFactory(review=review)
    url = entry_url(review, entry)
    mine = form_on(client.get(url), "form-1") | {"title": "Both leaders"}
    AgendaEntry.objects.all().delete()

    answer = client.post(url, mine)

    assert answer.status_code == 409
    assert "Someone removed this entry meanwhile." in text_of(answer)
    client.post(f"{agenda_url(review)}new/", form_on(answer, f"{agenda_url(review)}new/"))
    assert AgendaEntry.objects.get().title == "Both leaders"
    assert client.get(url).status_code == 404


def test_an_entry_is_removed(client, review):
    entry = AgendaEntryFactory(review=review)
    fields = form_on(client.get(entry_url(review, entry)), "remove-entry")

    answer = client.post(entry_url(review, entry, "remove/"), fields, follow=True)

    assert f"Removed: {entry.title}." in text_of(answer)
    assert not AgendaEntry.objects.exists()


def test_an_entry_that_was_changed_meanwhile_is_read_again_before_it_is_removed(client, review):
    entry = AgendaEntryFactory(review=review, revision=2)

    for revision in ("1", "", "x"):
        answer = client.post(entry_url(review, entry, "remove/"), {"revision": revision})
        assert answer.url == entry_url(review, entry)

    assert AgendaEntry.objects.exists()


# Ticking off


def test_one_button_ticks_off_and_says_who_and_when(client, review):
    entry = AgendaEntryFactory(review=review)
    button = form_on(client.get(agenda_url(review)), entry_url(review, entry, "tick/"))

    answer = client.post(entry_url(review, entry, "tick/"), button)

    assert answer.url == f"{agenda_url(review)}#entry-{entry.pk}"
    page = client.get(agenda_url(review))
    assert f"Done: {lead_of(review).name}" in text_at(page, f"entry-{entry.pk}")
    assert "1 of 1 done" in text_of(page)
    client.post(entry_url(review, entry, "tick/"), form_on(page, entry_url(review, entry, "tick/")))
    entry.refresh_from_db()
    assert not entry.is_done


def test_by_htmx_the_line_and_the_count_come_back(client, review):
    entry = AgendaEntryFactory(review=review)
    AgendaEntryFactory(review=review, title="Executive director")

    answer = client.post(entry_url(review, entry, "tick/"), {"done": "yes"}, **HTMX)

    assert answer.status_code == 200
    assert f"Done: {lead_of(review).name}" in text_at(answer, f"entry-{entry.pk}")
    assert text_at(answer, "agenda-progress") == "1 of 2 done"
    assert "Executive director" not in text_of(answer)


def test_ticking_an_entry_that_was_removed_says_so(client, review):
    entry = AgendaEntryFactory(review=review)
    url = entry_url(review, entry, "tick/")
    entry.delete()

    plain = client.post(url, {"done": "yes"}, follow=True)
    by_htmx = client.post(url, {"done": "yes"}, **HTMX)

    assert "Someone removed this entry from the agenda." in text_of(plain)
    assert by_htmx.headers["HX-Refresh"] == "true"


# The schedule


def test_the_schedule_has_everything_a_visit_needs(client, review):
    start_agenda(review=fresh(review), by=lead_of(review))
    other = joined(review, Role.OBSERVER)

    text = text_of(client.get(f"/reviews/{review.pk}/schedule/"))

    assert review.site.name in text
    assert "October 14–15, 2026" in text
    assert f"{other.name} (observer in training)" in text
    for entry in review.agenda.all():
        assert entry.title in text


@pytest.mark.parametrize(
    ("steps", "needed_by"),
    [
        ([], "October 7, 2026"),
        ([(2, Unit.MONTHS), (3, Unit.WEEKS), (2, Unit.WEEKS)], "September 23, 2026"),
        ([(2, Unit.MONTHS)], "October 7, 2026"),
        ([(0, Unit.DAYS), (1, Unit.DAYS)], "October 13, 2026"),
    ],
)
def test_documents_are_needed_by_the_first_step_of_the_month_before(client, review, steps, needed_by):
    AgendaEntryFactory(review=review, activity=Activity.DOCUMENT, title="Caseload list", day=0)
    for offset, unit in steps:
        DeadlineFactory(review=review, offset=offset, unit=unit.value)

    text = text_of(client.get(f"/reviews/{review.pk}/schedule/"))

    assert f"Asked for, needed by {needed_by} Caseload list" in text


@pytest.mark.parametrize(("wording", "size"), [("us", "on-letter"), ("uk", "on-a4")])
def test_paper_goes_by_the_wording_of_the_scale(client, wording, size):
    review = ReviewFactory(wording=wording)
    client.force_login(lead_of(review))

    assert size in client.get(f"/reviews/{review.pk}/schedule/").content.decode()


def test_entries_of_a_day_that_the_visit_lost_are_pointed_out(client):
    review = ReviewFactory(ends_on=date(2026, 10, 14))
    entry = AgendaEntryFactory(review=review, day=2)
    client.force_login(lead_of(review))

    assert "Move these to another day." in text_of(client.get(agenda_url(review)))
    assert form_on(client.get(entry_url(review, entry)), "form-1")["day"] == "2"


def test_after_consensus_the_agenda_is_read_only(client, review):
    AgendaEntryFactory(review=review)
    at_stage(review, Stage.DRAFT)

    assert "/tick/" not in client.get(agenda_url(review)).content.decode()


@pytest.mark.parametrize("page", ["agenda", "schedule"])
def test_pages_take_the_same_queries_for_3_and_30_entries(client, review, page):
    def queries() -> int:
        client.get(f"/reviews/{review.pk}/{page}/")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/reviews/{review.pk}/{page}/")
        return len(captured)

    def add(number: int):
        for _ in range(number):
            entry = AgendaEntryFactory(review=review)
            client.post(entry_url(review, entry, "tick/"), {"done": "yes"})

    add(3)
    few = queries()
    add(27)

    assert queries() == few
    assert few <= 20
