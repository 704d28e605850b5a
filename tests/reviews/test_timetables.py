"""Timetables that reviews take their dates from: who changes them, and what a change reaches."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.actions.deadlines import take_timetable
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.actions.timetables import NameTaken, Step, add_timetable, change_timetable, steps_of
from reviews.models import TimetablePolicy
from reviews.visit.timetable import Anchor, Unit
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ReviewFactory, TimetablePolicyFactory
from tests.reviews.pages import error_beside, form_on, text_of
from tests.reviews.situations import fresh, lead_of

pytestmark = pytest.mark.django_db

ROWS = [
    ("Agreement", Anchor.BEFORE_VISIT, 2, Unit.MONTHS),
    ("Portfolio checked", Anchor.BEFORE_VISIT, 3, Unit.WEEKS),
    ("Data deleted", Anchor.AFTER_ISSUE, 2, Unit.WEEKS),
]
STEPS = tuple(Step(title, anchor.value, offset, unit.value) for title, anchor, offset, unit in ROWS)


@pytest.fixture
def admin(client):
    user = UserFactory(is_scale_admin=True)
    client.force_login(user)
    return user


@pytest.fixture
def timetable():
    return TimetablePolicyFactory(name="The North", note="As agreed.", steps=ROWS)


def url(timetable) -> str:
    return f"/timetables/{timetable.pk}/"


def fields_of(client, timetable) -> dict:
    return form_on(client.get(url(timetable)), "form-1")


def titles(timetable) -> list[str]:
    return [step.title for step in timetable.steps.all()]


# Actions


def test_a_timetable_is_added_with_its_steps(admin):
    timetable = add_timetable(name="Wales", note="", steps=STEPS, by=admin)

    assert steps_of(timetable) == STEPS
    assert [step.place for step in timetable.steps.all()] == [1, 2, 3]


def test_a_change_counts_for_reviews_planned_later_only(admin, timetable):
    review = ReviewFactory()
    take_timetable(review=fresh(review), timetable=timetable, by=lead_of(review))

    change_timetable(timetable=timetable, name="The North", note="", steps=STEPS[:1], by=admin, based_on=0)

    assert titles(timetable) == ["Agreement"]
    assert [deadline.title for deadline in review.deadlines.all()] == [title for title, *_ in ROWS]


def test_a_timetable_that_was_changed_since_is_not_overwritten(admin, timetable):
    change = {"timetable": timetable, "note": "", "by": admin, "based_on": 0}
    change_timetable(name="First", steps=STEPS, **change)
    change_timetable(name="First", steps=STEPS, **change)

    with pytest.raises(ChangedMeanwhile):
        change_timetable(name="Second", steps=(), **change)

    timetable.refresh_from_db()
    assert (timetable.name, timetable.revision, steps_of(timetable)) == ("First", 1, STEPS)


def test_two_timetables_have_two_names(admin, timetable):
    other = TimetablePolicyFactory(steps=ROWS)

    with pytest.raises(NameTaken):
        add_timetable(name="The North", note="", steps=STEPS, by=admin)
    with pytest.raises(NameTaken):
        change_timetable(timetable=other, name="The North", note="", steps=(), by=admin, based_on=0)

    assert steps_of(other) == STEPS


@pytest.mark.parametrize("traits", [{}, {"is_user_admin": True}, {"is_superuser": True}])
def test_only_a_scale_administrator_changes_timetables(timetable, traits):
    person = UserFactory(**traits)

    with pytest.raises(NotNow):
        add_timetable(name="Mine", note="", steps=STEPS, by=person)
    with pytest.raises(NotNow):
        change_timetable(timetable=timetable, name="Mine", note="", steps=STEPS, by=person, based_on=0)


# Pages


def test_everyone_signed_in_reads_the_timetables_in_words(client, timetable):
    client.force_login(UserFactory())

    text = text_of(client.get("/timetables/"))

    assert "The North As agreed." in text
    assert "Portfolio checked 3 weeks before the visit" in text
    assert "Change The North" not in text
    assert client.get(url(timetable)).status_code == 403
    assert client.get("/timetables/new/").status_code == 403


def test_a_timetable_is_shown_as_it_stands_and_says_what_a_change_reaches(client, admin, timetable):
    page = client.get(url(timetable))

    fields = form_on(page, "form-1")
    assert (fields["name"], fields["steps-1-title"], fields["steps-1-unit"]) == (
        "The North",
        "Portfolio checked",
        "weeks",
    )
    assert "Reviews that are planned already keep their dates." in text_of(page)
    assert client.post(url(timetable), fields).url == "/timetables/"
    timetable.refresh_from_db()
    assert (steps_of(timetable), timetable.revision) == (STEPS, 0)


def test_steps_are_added_removed_and_moved_by_their_numbers(client, admin, timetable):
    typed = {"steps-0-remove": "on", "steps-2-place": "1"}
    typed |= {"steps-3-title": "Visit", "steps-3-offset": "0"}
    typed |= {"steps-3-unit": "days", "steps-3-anchor": "before"}

    client.post(url(timetable), fields_of(client, timetable) | typed)

    assert titles(timetable) == ["Data deleted", "Portfolio checked", "Visit"]


@pytest.mark.parametrize(
    ("row", "place", "order"),
    [
        (2, "1", [3, 1, 2]),
        (0, "3", [2, 3, 1]),
        (1, "1", [2, 1, 3]),
        (1, "3", [1, 3, 2]),
        (0, "", [2, 3, 1]),
        (2, "2", [1, 3, 2]),
    ],
)
def test_a_step_given_anothers_number_takes_its_place(client, admin, timetable, row, place, order):
    client.post(url(timetable), fields_of(client, timetable) | {f"steps-{row}-place": place})

    assert titles(timetable) == [ROWS[number - 1][0] for number in order]


def test_a_new_timetable_comes_from_the_form(client, admin):
    fields = form_on(client.get("/timetables/new/"), "form-1")
    step = {"steps-0-title": "Agreement", "steps-0-offset": "2", "steps-0-unit": "months"}
    step |= {"steps-0-purpose": "action plan"}

    client.post("/timetables/new/", fields | {"name": "Wales", "steps-0-anchor": "before"} | step)

    timetable = TimetablePolicy.objects.get(name="Wales")
    assert steps_of(timetable) == (Step("Agreement", "before", 2, "months", "action plan"),)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": ""}, "name"),
        ({"steps-0-title": ""}, "steps-0-title"),
        ({"steps-0-offset": ""}, "steps-0-offset"),
        ({"steps-0-offset": "-1"}, "steps-0-offset"),
        ({"steps-0-offset": "1001"}, "steps-0-offset"),
        ({"steps-0-unit": "years"}, "steps-0-unit"),
        ({"steps-0-place": "first"}, "steps-0-place"),
    ],
)
def test_what_cannot_be_right_is_told_beside_it_and_nothing_is_lost(client, admin, timetable, typed, told):
    fields = fields_of(client, timetable) | {"note": "New words."} | typed

    answer = client.post(url(timetable), fields)

    assert answer.status_code == 422
    assert error_beside(answer, told)
    assert form_on(answer, "form-1")["note"] == "New words."
    timetable.refresh_from_db()
    assert timetable.note == "As agreed."


def test_a_timetable_has_a_step(client, admin, timetable):
    removed = {f"steps-{row}-remove": "on" for row in range(3)}

    answer = client.post(url(timetable), fields_of(client, timetable) | removed)

    assert answer.status_code == 422
    assert "Name at least one step." in text_of(answer)


def test_a_name_that_is_taken_is_told_beside_it(client, admin, timetable):
    TimetablePolicyFactory(name="Wales")

    answer = client.post(url(timetable), fields_of(client, timetable) | {"name": "Wales"})

    assert answer.status_code == 422
    assert error_beside(answer, "name") == "Another timetable has this name."


def test_a_change_meanwhile_shows_theirs_and_keeps_what_was_typed(client, admin, timetable):
    mine = fields_of(client, timetable)
    client.post(url(timetable), mine | {"name": "The far North"})

    answer = client.post(url(timetable), mine | {"name": "The near North"})

    assert answer.status_code == 409
    assert "Saved now: The far North" in text_of(answer)
    again = form_on(answer, "form-1")
    assert again["name"] == "The near North"
    client.post(url(timetable), again)
    timetable.refresh_from_db()
    assert timetable.name == "The near North"


@pytest.mark.parametrize(
    "posted", [{}, {"steps-TOTAL_FORMS": "x"}, {"steps-TOTAL_FORMS": "999999", "steps-INITIAL_FORMS": "0"}]
)
def test_a_form_sent_in_pieces_is_told(client, admin, timetable, posted):
    assert client.post(url(timetable), posted).status_code == 422


def test_the_list_takes_the_same_queries_for_3_and_30_timetables(client, admin):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/timetables/")
        return len(captured)

    TimetablePolicyFactory.create_batch(3, steps=ROWS)
    few = queries()
    TimetablePolicyFactory.create_batch(27, steps=ROWS)

    assert queries() == few


@pytest.mark.parametrize(
    ("title", "purpose"),
    [
        ("Report moderated and presented", "report"),
        ("Last day for the service to add evidence on single items", "last day"),
        ("Action plan agreed", "action plan"),
        ("Support agreed and given", "step"),
    ],
)
def test_what_a_step_is_was_once_told_by_its_title(title, purpose):
    step = TimetablePolicyFactory(steps=[(title, Anchor.AFTER_VISIT, 4, Unit.WEEKS)]).steps.get()

    import_module("reviews.migrations.0020_purpose_of_steps_by_title").write_purposes(apps, None)

    step.refresh_from_db()
    assert step.purpose == purpose
