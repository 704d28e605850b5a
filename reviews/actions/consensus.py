"""From submitted sets to agreed ratings, and on to the draft report."""

import logging

from django.db import transaction

from reviews.actions.refusals import NotNow
from reviews.models import ConsensusRating, Rating, Review, ReviewEvent, Stage
from reviews.permissions import may_agree
from scales.scoring import check_score

logger = logging.getLogger(__name__)

CARRIED = (
    "item_id",
    "score",
    "not_rated",
    "unrated_code",
    "unrated_note",
    "rationale",
    "evidence",
    "recommendation",
    "suggested",
    "departure_reason",
)


class ConsensusIncomplete(Exception):
    """Items without an agreed score remain. `item_codes`: which."""

    def __init__(self, item_codes: list[str]):
        self.item_codes = item_codes
        super().__init__(", ".join(item_codes))


def open_what_comes_after_rating(*, review: Review, by) -> None:
    """Once every counting set is in: one set alone goes on to the draft, several to consensus."""
    counting = [member for member in review.members.select_related("rating_set") if member.counts]
    if not all(member.has_submitted for member in counting):
        return
    if len(counting) == 1:
        ratings = Rating.objects.filter(rating_set__member=counting[0])
        ConsensusRating.objects.bulk_create(
            ConsensusRating(review=review, **{name: getattr(rating, name) for name in CARRIED})
            for rating in ratings
        )
        _advance(review, Stage.DRAFT, ReviewEvent.Step.DRAFT_OPENED, by)
    else:
        _advance(review, Stage.CONSENSUS, ReviewEvent.Step.CONSENSUS_OPENED, by)


@transaction.atomic
def agree(*, review: Review, item_code: str, values: dict, by) -> ConsensusRating:
    """Record the agreed rating of one item. `values`: fields of a rating. Raises `NotNow`, `UnknownItem`,
    `ScoreOutOfRange`.
    """
    if not may_agree(by, review):
        raise NotNow
    check_score(review.version.to_spec(), item_code, values.get("score"))
    agreed, _ = ConsensusRating.objects.update_or_create(
        review=review, item_id=review.version.item_ids()[item_code], defaults=values
    )
    return agreed


@transaction.atomic
def open_draft(*, review: Review, by) -> Review:
    """Close consensus and open the draft report. Raises `NotNow`, `ConsensusIncomplete`."""
    review = Review.objects.select_for_update(of=("self",)).with_details().get(pk=review.pk)
    if not may_agree(by, review):
        raise NotNow
    if unsettled := review.items_without_consensus():
        raise ConsensusIncomplete(unsettled)
    _advance(review, Stage.DRAFT, ReviewEvent.Step.DRAFT_OPENED, by)
    return review


def _advance(review: Review, stage: Stage, step: ReviewEvent.Step, by) -> None:
    review.stage = stage
    review.save(update_fields=["stage"])
    review.timeline.create(step=step, by=by)
    logger.info("review %s is now in stage %s", review.pk, stage.value)
