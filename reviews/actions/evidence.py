"""Keep what a source gave: add a note, mend one's own, withdraw it and put it back."""

import logging
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.models import EvidenceNote, Review
from reviews.permissions import may_work_on_visit
from scales.scoring import UnknownItem

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class NoteText:
    """What is typed of a note. `item_codes`: the items it bears on."""

    source: str
    who_or_what: str
    remote: bool
    text: str
    item_codes: frozenset[str]

    @classmethod
    def of(cls, note: EvidenceNote) -> "NoteText":
        return cls(
            source=note.source,
            who_or_what=note.who_or_what,
            remote=note.remote,
            text=note.text,
            item_codes=frozenset(item.code for item in note.items.all()),
        )


@transaction.atomic
def add_note(*, review: Review, note: NoteText, by) -> EvidenceNote:
    """Keep a new note for the team. The same sent twice by the same person is one note.

    Raises `NotNow` and `UnknownItem`.
    """
    review = _locked(review.pk, by)
    items = _item_ids(review, note)
    alike = review.evidence_notes.standing().filter(by=by, source=note.source, text=note.text)
    for kept in alike.prefetch_related("items"):
        if NoteText.of(kept) == note:
            return kept
    kept = review.evidence_notes.create(
        source=note.source, who_or_what=note.who_or_what, remote=note.remote, text=note.text, by=by
    )
    kept.items.set(items)
    logger.info("evidence noted: review %s note %s", review.pk, kept.pk)
    return kept


@transaction.atomic
def change_note(*, note: EvidenceNote, typed: NoteText, based_on: int, by) -> EvidenceNote:
    """Mend one's own note. Saving the same again changes nothing; a withdrawn note stays withdrawn.

    Raises `NotNow`, `UnknownItem`, and `ChangedMeanwhile` when it was changed since the page was opened.
    """
    review, note = _own_note(note, by)
    items = _item_ids(review, typed)
    if NoteText.of(note) == typed:
        return note
    if note.revision != based_on:
        raise ChangedMeanwhile
    note.source, note.who_or_what = typed.source, typed.who_or_what
    note.remote, note.text = typed.remote, typed.text
    note.revision += 1
    note.save()
    note.items.set(items)
    logger.info("evidence note changed: review %s note %s", review.pk, note.pk)
    return note


@transaction.atomic
def withdraw_note(*, note: EvidenceNote, by) -> EvidenceNote:
    """Set one's own note aside: kept, but no longer among the evidence. Raises `NotNow`."""
    review, note = _own_note(note, by)
    if note.withdrawn_at is None:
        note.withdrawn_at = timezone.now()
        note.revision += 1
        note.save(update_fields=["withdrawn_at", "revision"])
        logger.info("evidence note withdrawn: review %s note %s", review.pk, note.pk)
    return note


@transaction.atomic
def restore_note(*, note: EvidenceNote, by) -> EvidenceNote:
    """Put one's own withdrawn note back among the evidence. Raises `NotNow`."""
    review, note = _own_note(note, by)
    if note.withdrawn_at is not None:
        note.withdrawn_at = None
        note.revision += 1
        note.save(update_fields=["withdrawn_at", "revision"])
        logger.info("evidence note put back: review %s note %s", review.pk, note.pk)
    return note


def _own_note(note: EvidenceNote, by) -> tuple[Review, EvidenceNote]:
    """The review and the note, locked in this order. Raises `NotNow` unless the user wrote it."""
    review = _locked(note.review_id, by)
    note = EvidenceNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if note.by_id != by.pk:
        raise NotNow
    return review, note


def _locked(pk: int, by) -> Review:
    """The review as it is now, locked, so that its stage stays while the note is kept. Raises `NotNow`."""
    review = Review.objects.select_for_update(of=("self",)).with_details().get(pk=pk)
    if not may_work_on_visit(by, review):
        raise NotNow
    return review


def _item_ids(review: Review, note: NoteText) -> list[int]:
    ids = review.version.item_ids()
    for code in note.item_codes:
        if code not in ids:
            raise UnknownItem(code)
    return [ids[code] for code in note.item_codes]
