"""The agenda of a visit: what it begins with, and what its actions keep and refuse."""

from datetime import date, time

import pytest

from accounts.permissions import Role
from reviews.actions.agenda import (
    Line,
    add_entry,
    change_entry,
    line_of,
    remove_entry,
    start_agenda,
    tick_entry,
)
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.models import Activity, AgendaEntry, Mode, Stage
from reviews.visit.agenda import agenda_of, ends_at
from tests.factories.reviews import AgendaEntryFactory, ReviewFactory
from tests.reviews.situations import at_stage, fresh, in_program, joined, lead_of

pytestmark = pytest.mark.django_db

ONE_DAY = {"starts_on": date(2026, 10, 14), "ends_on": date(2026, 10, 14)}
LINE = Line(Activity.INTERVIEW, "Team leader", 1, time(9, 30), 45)


def started(**fields):
    review = ReviewFactory(**fields)
    start_agenda(review=fresh(review), by=lead_of(review))
    return fresh(review)


def titles(review) -> list[str]:
    return [entry.title for entry in agenda_of(fresh(review)).entries]


# The template


def test_the_template_asks_for_everyone_a_review_speaks_to_watches_and_reads():
    entries = agenda_of(started()).entries

    assert len(entries) == 22
    assert {entry.activity for entry in entries} == set(Activity)
    words = " ".join(entry.title.lower() for entry in entries)
    for asked in (
        "executive director",
        "clinical leaders",
        "team leader",
        "every employment specialist",
        "clients",
        "family",
        "clinicians",
        "benefits",
        "public employment service",
        "ips team meeting",
        "clinical team meeting",
        "with employers",
        "numbered sample",
        "caseload list",
        "job starts",
        "employer contact logs",
        "intake and assessment forms",
        "leaflets and posters",
        "supervision notes",
    ):
        assert asked in words


def test_documents_are_asked_for_before_the_visit_and_the_rest_is_spread_over_two_days():
    agenda = agenda_of(started())

    assert {entry.activity for entry in agenda.before.entries} == {Activity.DOCUMENT}
    assert [day.on for day in agenda.at_the_visit] == [date(2026, 10, 14), date(2026, 10, 15)]
    assert all(len(day.entries) >= 7 for day in agenda.at_the_visit)


def test_on_two_days_no_two_lines_overlap():
    for day in agenda_of(started()).at_the_visit:
        for before, after in zip(day.entries, day.entries[1:], strict=False):
            assert ends_at(before) <= after.starts_at


def test_a_visit_of_one_day_takes_place_on_one_day():
    agenda = agenda_of(started(**ONE_DAY))

    assert len(agenda.days) == 2
    assert max(ends_at(entry) for entry in agenda.at_the_visit[0].entries) <= time(17)


@pytest.mark.parametrize(("mode", "by_video"), [(Mode.ON_SITE, 0), (Mode.HYBRID, 3), (Mode.REMOTE, 14)])
def test_who_is_spoken_to_by_video_follows_from_how_the_review_is_done(mode, by_video):
    entries = agenda_of(started(mode=mode)).entries

    assert sum(entry.remote for entry in entries) == by_video
    assert not any(entry.remote for entry in entries if entry.activity == Activity.DOCUMENT)


def test_the_template_fills_an_empty_agenda_only():
    review = started()

    with pytest.raises(ChangedMeanwhile):
        start_agenda(review=review, by=lead_of(review))

    assert len(titles(review)) == 22


# Actions


def test_an_entry_is_added_in_its_place():
    review = ReviewFactory()
    AgendaEntryFactory(review=review, title="Late", starts_at=time(15))
    AgendaEntryFactory(review=review, title="Some time")

    add_entry(review=fresh(review), line=LINE, by=lead_of(review))

    assert titles(review) == ["Team leader", "Late", "Some time"]


def test_the_same_line_sent_twice_is_one_entry():
    review = ReviewFactory()

    for _ in range(2):
        add_entry(review=fresh(review), line=LINE, by=lead_of(review))

    assert titles(review) == ["Team leader"]


def test_a_change_is_kept():
    review = ReviewFactory()
    entry = AgendaEntryFactory(review=review)

    change_entry(review=fresh(review), entry=entry, line=LINE, by=lead_of(review), based_on=0)

    entry.refresh_from_db()
    assert (line_of(entry), entry.revision) == (LINE, 1)


def test_a_change_based_on_an_older_one_is_refused_and_overwrites_nothing():
    review = ReviewFactory()
    entry, other = AgendaEntryFactory(review=review), joined(review, Role.REVIEWER)
    change_entry(review=fresh(review), entry=entry, line=LINE, by=other, based_on=0)

    with pytest.raises(ChangedMeanwhile):
        change_entry(
            review=fresh(review),
            entry=entry,
            line=Line(Activity.MEETING, "Mine", 2),
            by=lead_of(review),
            based_on=0,
        )

    assert titles(review) == ["Team leader"]


def test_the_same_change_sent_twice_is_one():
    review = ReviewFactory()
    entry = AgendaEntryFactory(review=review)

    for _ in range(2):
        change_entry(review=fresh(review), entry=entry, line=LINE, by=lead_of(review), based_on=0)

    entry.refresh_from_db()
    assert entry.revision == 1


def test_a_tick_says_who_and_when_and_stays_with_who_ticked_first():
    review = ReviewFactory()
    entry, other = AgendaEntryFactory(review=review), joined(review, Role.OBSERVER)

    for person in (other, lead_of(review)):
        tick_entry(review=fresh(review), entry=entry, is_done=True, by=person)

    entry.refresh_from_db()
    assert entry.done_by == other
    assert entry.done_at is not None


def test_a_tick_can_be_taken_back():
    review = ReviewFactory()
    entry = AgendaEntryFactory(review=review)
    for is_done in (True, False):
        tick_entry(review=fresh(review), entry=entry, is_done=is_done, by=lead_of(review))

    entry.refresh_from_db()
    assert (entry.done_at, entry.done_by) == (None, None)


def test_a_tick_does_not_stand_in_the_way_of_a_change():
    review = ReviewFactory()
    entry = AgendaEntryFactory(review=review)
    tick_entry(review=fresh(review), entry=entry, is_done=True, by=lead_of(review))

    change_entry(review=fresh(review), entry=entry, line=LINE, by=lead_of(review), based_on=0)

    entry.refresh_from_db()
    assert entry.is_done


def test_an_entry_that_was_changed_since_is_not_removed():
    review = ReviewFactory()
    entry = AgendaEntryFactory(review=review, revision=1)

    with pytest.raises(ChangedMeanwhile):
        remove_entry(review=fresh(review), entry=entry, by=lead_of(review), based_on=0)

    remove_entry(review=fresh(review), entry=entry, by=lead_of(review), based_on=1)
    assert titles(review) == []


def test_an_entry_of_another_review_is_not_reached():
    review, elsewhere = ReviewFactory(), AgendaEntryFactory()

    with pytest.raises(AgendaEntry.DoesNotExist):
        tick_entry(review=fresh(review), entry=elsewhere, is_done=True, by=lead_of(review))


ACTS = {
    "start": lambda review, entry, by: start_agenda(review=review, by=by),
    "add": lambda review, entry, by: add_entry(review=review, line=LINE, by=by),
    "change": lambda review, entry, by: change_entry(
        review=review, entry=entry, line=LINE, by=by, based_on=0
    ),
    "tick": lambda review, entry, by: tick_entry(review=review, entry=entry, is_done=True, by=by),
    "remove": lambda review, entry, by: remove_entry(review=review, entry=entry, by=by, based_on=0),
}


@pytest.mark.parametrize("act", ACTS)
def test_only_who_is_at_the_visit_works_on_the_agenda(act):
    review = ReviewFactory()
    entry = AgendaEntryFactory(review=review)

    for person in (joined(review, Role.MODERATOR), in_program(review, Role.PROGRAM_MANAGER)):
        with pytest.raises(NotNow):
            ACTS[act](fresh(review), entry, person)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.WITH_SERVICE, Stage.ISSUED, Stage.CANCELLED])
def test_after_consensus_the_agenda_stays_as_it_is(act, stage):
    review = ReviewFactory()
    entry = AgendaEntryFactory(review=review)
    stale = fresh(review)
    at_stage(review, stage)

    with pytest.raises(NotNow):
        ACTS[act](stale, entry, lead_of(review))


# Reading


def test_a_day_that_the_visit_lost_keeps_its_entries_and_says_so():
    review = started()
    review.ends_on = review.starts_on
    review.save()

    last = agenda_of(fresh(review)).days[-1]

    assert (last.number, last.is_lost) == (2, True)
    assert last.entries


@pytest.mark.parametrize(
    ("starts_at", "minutes", "end"),
    [
        (time(9), 45, time(9, 45)),
        (time(9), None, None),
        (None, 30, None),
        (time(23, 30), 45, None),
    ],
)
def test_when_an_entry_ends(starts_at, minutes, end):
    assert ends_at(AgendaEntry(starts_at=starts_at, minutes=minutes)) == end
