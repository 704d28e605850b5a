"""Keeping a note, mending it, withdrawing it: by its writer, while the visit is open, never over another's save."""

from dataclasses import replace

import pytest

from accounts.permissions import Role
from reviews.actions.evidence import NoteText, add_note, change_note, restore_note, withdraw_note
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.models import EvidenceNote, Source, Stage
from scales.scoring import UnknownItem
from tests.factories.accounts import UserFactory
from tests.factories.reviews import EvidenceNoteFactory, ReviewFactory
from tests.reviews.situations import NOBODY, at_stage, fresh, in_program, joined, lead_of, submitted_by

pytestmark = pytest.mark.django_db

NOTE = NoteText(
    source=Source.OBSERVATION,
    who_or_what="employment team meeting",
    remote=True,
    text="Two of five cases were about work.",
    item_codes=frozenset({"team-contact", "vocational-unit"}),
)
OPEN = (Stage.PLANNED, Stage.RATING, Stage.CONSENSUS)


@pytest.fixture
def review():
    return ReviewFactory()


def kept(note: EvidenceNote) -> NoteText:
    return NoteText.of(EvidenceNote.objects.get(pk=note.pk))


def change(note, by=None, based_on=0, **values):
    typed = replace(kept(note), **values)
    return change_note(note=note, typed=typed, based_on=based_on, by=by or note.by)


def test_note_keeps_source_words_writer_and_items(review):
    lead = lead_of(review)

    note = add_note(review=review, note=NOTE, by=lead)

    assert kept(note) == NOTE
    assert (note.review_id, note.by, note.revision, note.withdrawn_at) == (review.pk, lead, 0, None)


def test_same_note_sent_twice_is_kept_once(review):
    lead = lead_of(review)

    first, second = (add_note(review=review, note=NOTE, by=lead) for _send in range(2))

    assert first == second
    assert review.evidence_notes.count() == 1


@pytest.mark.parametrize(
    "other",
    [
        {"source": Source.INTERVIEW},
        {"who_or_what": "treatment team meeting"},
        {"remote": False},
        {"text": "None of five."},
        {"item_codes": frozenset({"team-contact"})},
    ],
)
def test_note_that_differs_in_anything_is_another_note(review, other):
    lead = lead_of(review)
    add_note(review=review, note=NOTE, by=lead)

    add_note(review=review, note=replace(NOTE, **other), by=lead)

    assert review.evidence_notes.count() == 2


def test_same_words_of_two_people_are_two_notes(review):
    for person in (lead_of(review), joined(review, Role.REVIEWER)):
        add_note(review=review, note=NOTE, by=person)

    assert review.evidence_notes.count() == 2


def test_note_on_an_item_of_another_scale_is_refused(review):
    with pytest.raises(UnknownItem):
        add_note(
            review=review, note=replace(NOTE, item_codes=frozenset({"no-such-item"})), by=lead_of(review)
        )

    assert not review.evidence_notes.exists()


@pytest.mark.parametrize("stage", Stage)
def test_notes_are_kept_until_there_is_a_draft(review, stage):
    lead = lead_of(review)
    note = EvidenceNoteFactory(review=review)
    review = at_stage(review, stage)
    steps = [
        lambda: add_note(review=review, note=NOTE, by=lead),
        lambda: change(note, text="Other words."),
        lambda: withdraw_note(note=note, by=lead),
        lambda: restore_note(note=note, by=lead),
    ]

    for step in steps:
        if stage in OPEN:
            step()
        else:
            with pytest.raises(NotNow):
                step()

    assert EvidenceNote.objects.count() == (2 if stage in OPEN else 1)


def test_note_is_refused_when_the_stage_moved_on_meanwhile(review):
    stale = fresh(review)
    at_stage(review, Stage.DRAFT)

    with pytest.raises(NotNow):
        add_note(review=stale, note=NOTE, by=lead_of(review))


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.OBSERVER])
def test_everyone_at_the_visit_keeps_notes(review, role):
    assert add_note(review=review, note=NOTE, by=joined(review, role)).pk


def test_reviewer_whose_ratings_are_in_still_keeps_notes(review):
    joined(review, Role.REVIEWER)
    submitted_by(review, lead_of(review))

    assert add_note(review=review, note=NOTE, by=lead_of(review)).pk


def test_nobody_else_keeps_notes(review):
    people = [
        joined(review, Role.MODERATOR),
        in_program(review, Role.PROGRAM_MANAGER),
        in_program(review, Role.VIEWER),
        lead_of(ReviewFactory()),
        UserFactory(is_superuser=True),
        NOBODY,
    ]

    for person in people:
        with pytest.raises(NotNow):
            add_note(review=review, note=NOTE, by=person)


def test_only_the_writer_changes_withdraws_or_puts_back(review):
    note = EvidenceNoteFactory(review=review)
    colleague = joined(review, Role.REVIEWER)

    for step in (
        lambda: change(note, by=colleague, text="Other words."),
        lambda: withdraw_note(note=note, by=colleague),
        lambda: restore_note(note=note, by=colleague),
    ):
        with pytest.raises(NotNow):
            step()

    note.refresh_from_db()
    assert (note.revision, note.withdrawn_at) == (0, None)


def test_changed_note_keeps_its_day_and_counts_its_revision(review):
    note = EvidenceNoteFactory(review=review)

    changed = change(note, text="Other words.", item_codes=frozenset({"disclosure"}))

    assert (changed.revision, changed.noted_at) == (1, note.noted_at)
    assert (kept(note).text, kept(note).item_codes) == ("Other words.", {"disclosure"})


def test_change_based_on_an_older_note_overwrites_nothing(review):
    note = EvidenceNoteFactory(review=review)
    change(note, text="First window.")

    with pytest.raises(ChangedMeanwhile):
        change(note, text="Second window.")

    assert kept(note).text == "First window."


def test_same_change_sent_twice_is_no_conflict(review):
    note = EvidenceNoteFactory(review=review)
    change(note, text="Once.")

    assert change(note, text="Once.").revision == 1


def test_withdrawn_note_is_kept_and_can_be_put_back(review):
    note = EvidenceNoteFactory(review=review)
    before = kept(note)

    withdraw_note(note=note, by=note.by)
    again = withdraw_note(note=note, by=note.by)

    assert list(review.evidence_notes.standing()) == []
    assert kept(note) == before
    assert again.revision == 1

    back = restore_note(note=note, by=note.by)
    assert list(review.evidence_notes.standing()) == [back]
    assert kept(note) == before


def test_change_of_a_note_that_was_withdrawn_meanwhile_is_a_conflict(review):
    note = EvidenceNoteFactory(review=review)
    withdraw_note(note=note, by=note.by)

    with pytest.raises(ChangedMeanwhile):
        change(note, text="Other words.")

    assert change(note, text="Other words.", based_on=1).withdrawn_at is not None
