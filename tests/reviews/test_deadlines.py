"""The dates of a review: when each step is due, what is said of it, and what its actions keep and refuse."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from accounts.permissions import Role
from reviews.actions.deadlines import change_deadline, mark_deadline, take_timetable
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.models import Deadline, ReviewEvent, Stage
from reviews.visit.deadlines import deadlines_of, next_deadlines_of
from reviews.visit.timetable import Anchor, Purpose, Unit
from reviews.visit.timetable_words import rule_in_words
from tests.factories.reviews import DeadlineFactory, ReviewFactory, TimetablePolicyFactory
from tests.reviews.situations import at_stage, fresh, issued, joined, lead_of

pytestmark = pytest.mark.django_db

STEPS = [
    ("Portfolio checked", Anchor.BEFORE_VISIT, 3, Unit.WEEKS),
    ("Report presented", Anchor.AFTER_VISIT, 4, Unit.WEEKS),
    ("Personal data deleted", Anchor.AFTER_ISSUE, 2, Unit.WEEKS),
]

SETTLED = "Settled: the report is issued"


def with_dates(**fields):
    review = ReviewFactory(**fields)
    take_timetable(review=fresh(review), timetable=TimetablePolicyFactory(steps=STEPS), by=lead_of(review))
    return fresh(review)


def due(review) -> list[date | None]:
    return [step.due_on for step in deadlines_of(fresh(review))]


def set_day(review, day, by=None, based_on=0, done_on=None):
    return change_deadline(
        review=fresh(review),
        deadline=review.deadlines.first(),
        set_on=day,
        done_on=done_on,
        by=by or lead_of(review),
        based_on=based_on,
    )


# Reading


def test_dates_follow_from_the_visit_and_wait_for_the_issue():
    assert due(with_dates()) == [date(2026, 9, 23), date(2026, 11, 12), None]


def test_dates_move_along_when_the_visit_is_moved_but_not_one_that_was_set():
    review = with_dates()
    set_day(review, date(2026, 9, 20))
    review.starts_on, review.ends_on = date(2026, 10, 21), date(2026, 10, 22)
    review.save()

    assert due(review) == [date(2026, 9, 20), date(2026, 11, 19), None]


def test_steps_after_issue_count_from_the_first_edition():
    review = issued(ends_on=date(2026, 10, 15))
    DeadlineFactory(review=review, anchor=Anchor.AFTER_ISSUE.value)
    first = review.editions.get()
    review.editions.create(
        minor=1,
        issued_at=datetime(2031, 1, 1, tzinfo=UTC),
        issued_by=first.issued_by,
        document="{}",
        pdf=b"x",
    )

    assert (due(review)[0] - first.issued_at.date()).days == 14


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2026-09-01", "In 22 days"),
        ("2026-09-09", "Soon: in 14 days"),
        ("2026-09-22", "Soon: in 1 day"),
        ("2026-09-23", "Due today"),
        ("2026-09-24", "Overdue by 1 day"),
        ("2026-10-01", "Overdue by 8 days"),
    ],
)
def test_how_a_step_stands_is_said_in_words(today, words):
    review = with_dates()

    with time_machine.travel(f"{today} 12:00:00+00:00", tick=False):
        steps = deadlines_of(review)

    assert steps[0].state == words
    assert steps[2].state == "Waits for issue"


def test_a_step_that_is_done_is_neither_soon_nor_overdue():
    review = with_dates()
    with time_machine.travel("2026-10-01 12:00:00+00:00", tick=False):
        mark_deadline(review=review, deadline=review.deadlines.first(), is_done=True, by=lead_of(review))
        step = deadlines_of(fresh(review))[0]

    assert (step.state, step.is_overdue, step.is_soon) == ("Done", False, False)
    assert step.deadline.done_on == date(2026, 10, 1)


def test_next_are_the_three_earliest_that_are_open_and_have_a_date():
    review = with_dates()
    DeadlineFactory(review=review, title="Agreement", offset=2, unit=Unit.MONTHS.value)
    DeadlineFactory(review=review, title="Done", offset=3, unit=Unit.MONTHS.value, done_on=date(2026, 1, 1))
    DeadlineFactory(review=review, title="Support", anchor=Anchor.AFTER_VISIT.value, offset=90)

    titles = [step.deadline.title for step in next_deadlines_of(fresh(review))]

    assert titles == ["Agreement", "Portfolio checked", "Report presented"]


# What a step is does not hang on the language of its title.
IN_GERMAN = [
    ("Mappe geprüft", Anchor.BEFORE_VISIT, 3, Unit.WEEKS, Purpose.STEP),
    ("Bericht übergeben", Anchor.AFTER_VISIT, 4, Unit.WEEKS, Purpose.REPORT),
    ("Letzter Tag für Nachweise", Anchor.AFTER_VISIT, 5, Unit.WEEKS, Purpose.LAST_DAY),
    ("Maßnahmen vereinbart", Anchor.AFTER_VISIT, 6, Unit.WEEKS, Purpose.ACTION_PLAN),
    ("Daten gelöscht", Anchor.AFTER_ISSUE, 2, Unit.WEEKS, Purpose.STEP),
]


@pytest.mark.parametrize(
    ("issued_on", "states"),
    [
        (
            None,
            ["Overdue by 100 days", "Overdue by 50 days", "Passed", "Overdue by 36 days", "Waits for issue"],
        ),
        ("2026-11-01", [SETTLED, SETTLED, "Passed", "Overdue by 36 days", "Overdue by 47 days"]),
        ("2026-11-25", [SETTLED, SETTLED, "Passed", "Overdue by 36 days", "Overdue by 23 days"]),
    ],
)
def test_issuing_settles_what_led_up_to_the_report_and_a_last_day_passes(issued_on, states):
    if issued_on:
        with time_machine.travel(f"{issued_on} 12:00:00+00:00", tick=False):
            review = issued()
    else:
        review = ReviewFactory()
    for place, (title, anchor, offset, unit, purpose) in enumerate(IN_GERMAN):
        fields = {"anchor": anchor.value, "offset": offset, "unit": unit.value, "purpose": purpose.value}
        DeadlineFactory(review=review, place=place, title=title, **fields)

    with time_machine.travel("2027-01-01 12:00:00+00:00", tick=False):
        steps = deadlines_of(fresh(review))
        shown = [step.deadline.title for step in next_deadlines_of(fresh(review))]

    assert [step.state for step in steps] == states
    assert [step.is_overdue for step in steps] == [state.startswith("Overdue") for state in states]
    assert "Letzter Tag für Nachweise" not in shown
    assert ("Bericht übergeben" in shown) == (issued_on is None)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ((Anchor.BEFORE_VISIT, 3, Unit.WEEKS), "3 weeks before the visit"),
        ((Anchor.BEFORE_VISIT, 1, Unit.MONTHS), "1 month before the visit"),
        ((Anchor.BEFORE_VISIT, 0, Unit.DAYS), "on the first day of the visit"),
        ((Anchor.AFTER_VISIT, 1, Unit.DAYS), "1 day after the visit"),
        ((Anchor.AFTER_VISIT, 0, Unit.WEEKS), "on the last day of the visit"),
        ((Anchor.AFTER_ISSUE, 2, Unit.WEEKS), "2 weeks after issue"),
        ((Anchor.AFTER_ISSUE, 0, Unit.MONTHS), "on the day of issue"),
    ],
)
def test_the_rule_of_a_step_in_words(rule, words):
    assert rule_in_words(*rule) == words


@pytest.mark.parametrize("anchor", Anchor)
@pytest.mark.parametrize("unit", Unit)
def test_every_rule_has_words(anchor, unit):
    assert rule_in_words(anchor.value, 7, unit.value).startswith("7 ")


# Actions


def test_a_review_takes_the_steps_of_a_timetable_once():
    review = with_dates()

    with pytest.raises(ChangedMeanwhile):
        take_timetable(review=review, timetable=TimetablePolicyFactory(steps=STEPS), by=lead_of(review))

    assert [step.title for step in review.deadlines.all()] == [title for title, *_ in STEPS]


def test_a_set_day_counts_and_is_told_in_the_timeline():
    review = with_dates()

    set_day(review, date(2026, 9, 20))

    assert due(review)[0] == date(2026, 9, 20)
    last = review.timeline.last()
    assert (last.step, last.note) == (ReviewEvent.Step.PLAN_CHANGED, "Portfolio checked")


def test_a_set_day_goes_back_to_the_rule():
    review = with_dates()
    set_day(review, date(2026, 9, 20))

    set_day(review, None, based_on=1)

    assert due(review)[0] == date(2026, 9, 23)


def test_a_date_that_was_changed_since_is_not_overwritten():
    review = with_dates()
    set_day(review, date(2026, 9, 20))

    with pytest.raises(ChangedMeanwhile):
        set_day(review, date(2026, 9, 21))
    set_day(review, date(2026, 9, 20))

    assert due(review)[0] == date(2026, 9, 20)


def test_marking_as_done_in_another_window_is_not_overwritten():
    review = with_dates()
    mark_deadline(review=review, deadline=review.deadlines.first(), is_done=True, by=lead_of(review))

    with pytest.raises(ChangedMeanwhile):
        set_day(review, date(2026, 9, 21))

    assert Deadline.objects.first().done_on is not None


def test_a_step_marked_twice_keeps_its_first_day_and_can_be_taken_back():
    review = with_dates()
    deadline, lead = review.deadlines.first(), lead_of(review)
    for day in ("2026-09-20", "2026-09-25"):
        with time_machine.travel(f"{day} 12:00:00+00:00", tick=False):
            mark_deadline(review=review, deadline=deadline, is_done=True, by=lead)

    deadline.refresh_from_db()
    assert deadline.done_on == date(2026, 9, 20)
    mark_deadline(review=review, deadline=deadline, is_done=False, by=lead)
    deadline.refresh_from_db()
    assert deadline.done_on is None


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.OBSERVER, Role.MODERATOR])
def test_only_the_lead_sets_dates(role):
    review = with_dates()

    with pytest.raises(NotNow):
        set_day(review, date(2026, 9, 20), by=joined(review, role))


def test_dates_are_set_after_issue_too_but_not_once_the_review_is_cancelled():
    review = with_dates()
    at_stage(review, Stage.ISSUED)
    set_day(review, date(2026, 9, 20))
    at_stage(review, Stage.CANCELLED)

    with pytest.raises(NotNow):
        set_day(review, date(2026, 9, 21), based_on=1)
