"""Write what page 1 of the report says: summary, strengths, what to do next."""

import logging
from dataclasses import dataclass

from django.db import transaction

from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.models import Review, ReviewEvent
from reviews.permissions import may_edit_draft

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class NextStep:
    """What to do next on one item, and the score to reach with it."""

    item_code: str
    action: str
    target: int | None


@dataclass(frozen=True)
class Draft:
    """`strengths`: item code to a sentence. `next_steps`: most important first. Counts are None where not said."""

    summary: str
    interviews: int | None
    observations: int | None
    records: int | None
    strengths: dict[str, str]
    next_steps: tuple[NextStep, ...]
    not_seen: str = ""


@transaction.atomic
def save_draft(*, review: Review, draft: Draft, by, based_on: int) -> Review:
    """Replace page 1's words. Raises `NotNow`, and `ChangedMeanwhile` when someone saved since the page was opened."""
    review = Review.objects.select_for_update(of=("self",)).with_details().get(pk=review.pk)
    if not may_edit_draft(by, review):
        raise NotNow
    if review.revision != based_on:
        raise ChangedMeanwhile
    for name in ("summary", "interviews", "observations", "records", "not_seen"):
        setattr(review, name, getattr(draft, name))
    review.revision += 1
    review.save()
    review.consensus.filter(priority__isnull=False).update(priority=None, action="", target=None)
    steps = {step.item_code: (place, step) for place, step in enumerate(draft.next_steps, 1)}
    for agreed in review.consensus.select_related("item"):
        place, step = steps.get(agreed.item.code, (None, None))
        agreed.priority = place
        agreed.action, agreed.target = (step.action, step.target) if step else ("", None)
        agreed.strength = draft.strengths.get(agreed.item.code, "")
        agreed.save(update_fields=["priority", "action", "target", "strength"])
    review.timeline.create(step=ReviewEvent.Step.DRAFT_CHANGED, by=by)
    logger.info("draft changed: review %s", review.pk)
    return review
