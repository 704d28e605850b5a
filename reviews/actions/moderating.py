"""Send a draft to its moderator, and their word on it."""

import logging
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.finishing.moderating import standing_of
from reviews.finishing.state import state_of
from reviews.finishing.unresolved import Line, must_have
from reviews.models import Moderation, ModerationNote, Review, ReviewEvent
from reviews.permissions import may_moderate, may_send_to_moderator

logger = logging.getLogger(__name__)


class DraftIncomplete(Exception):
    """The draft cannot be sent on yet. `missing`: what it lacks, as lines of the list of what is unresolved."""

    def __init__(self, missing: list[Line]):
        self.missing = missing
        super().__init__("; ".join(map(str, missing)))


class NothingNoted(Exception):
    """A draft is returned with at least one note."""


@transaction.atomic
def send_to_moderator(*, review: Review, by) -> Moderation:
    """Ask for the moderator's word. Raises `NotNow`, also where the team has no moderator, and `DraftIncomplete`."""
    review = _locked(review)
    standing = standing_of(review)
    open_to = standing.has_moderator and not standing.is_out and not standing.is_approved
    if not (open_to and may_send_to_moderator(by, review)):
        raise NotNow
    if missing := must_have(review):
        raise DraftIncomplete(missing)
    sent = review.moderations.create(sent_at=timezone.now(), sent_by=by)
    review.timeline.create(step=ReviewEvent.Step.SENT_TO_MODERATOR, by=by)
    logger.info("draft sent to moderator: review %s", review.pk)
    return sent


@transaction.atomic
def decide_on_draft(
    *, review: Review, approve: bool, note: str, item_notes: Mapping[str, str], state: str, by
) -> Moderation:
    """Approve the draft, or return it with notes.

    `item_notes`: item code to a note. `state`: of the draft that the moderator read (`finishing.state`).
    Raises `NotNow`, `ChangedMeanwhile` when the draft is another by now, `NothingNoted`.
    """
    review = _locked(review)
    if not may_moderate(by, review):
        raise NotNow
    if state_of(review) != state:
        raise ChangedMeanwhile
    notes = {code: text.strip() for code, text in item_notes.items() if text.strip()}
    if not approve and not notes and not note.strip():
        raise NothingNoted
    decided = review.moderations.get(outcome="")
    ids = review.version.item_ids()
    ModerationNote.objects.bulk_create(
        ModerationNote(moderation=decided, item_id=ids[code], text=text) for code, text in notes.items()
    )
    decided.outcome = Moderation.Outcome.APPROVED if approve else Moderation.Outcome.RETURNED
    decided.decided_at, decided.decided_by = timezone.now(), by
    decided.note, decided.state = note.strip(), state
    decided.save()
    step = ReviewEvent.Step.DRAFT_APPROVED if approve else ReviewEvent.Step.DRAFT_RETURNED
    review.timeline.create(step=step, by=by)
    logger.info("draft %s: review %s", decided.outcome, review.pk)
    return decided


def _locked(review: Review) -> Review:
    return Review.objects.select_for_update(of=("self",)).with_details().get(pk=review.pk)
