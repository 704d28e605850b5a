"""Write what page 1 of the report says: summary, strengths, what to do next."""

import logging
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.models import Review, ReviewEvent
from reviews.permissions import may_edit_draft

logger = logging.getLogger(__name__)

# What page 1 takes from an agreed rating.
OF_PAGE_1 = ("priority", "action", "target", "strength")


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
    """Replace page 1's words. Raises `NotNow`, and `ChangedMeanwhile` when someone saved since the page was opened.

    What is typed is saved many times over: the timeline has one step for all that one person changes in a day.
    """
    review = Review.objects.select_for_update(of=("self",)).with_details().get(pk=review.pk)
    if not may_edit_draft(by, review):
        raise NotNow
    if review.revision != based_on:
        raise ChangedMeanwhile
    for name in ("summary", "interviews", "observations", "records", "not_seen"):
        setattr(review, name, getattr(draft, name))
    review.revision += 1
    review.save()
    _write_items(review, draft)
    last = review.timeline.order_by("at", "pk").last()
    step = ReviewEvent.Step.DRAFT_CHANGED
    today = timezone.localdate()
    if last is None or (last.step, last.by_id, timezone.localdate(last.at)) != (step, by.pk, today):
        review.timeline.create(step=step, by=by)
    logger.info("draft changed: review %s", review.pk)
    return review


def _write_items(review: Review, draft: Draft) -> None:
    """Only the items whose words change; their places are freed first, as no two items may hold one."""
    steps = {step.item_code: (place, step) for place, step in enumerate(draft.next_steps, 1)}
    changed = []
    for agreed in review.consensus.select_related("item"):
        place, step = steps.get(agreed.item.code, (None, None))
        action, target = (step.action, step.target) if step else ("", None)
        words = (place, action, target, draft.strengths.get(agreed.item.code, ""))
        if words != tuple(getattr(agreed, name) for name in OF_PAGE_1):
            for name, value in zip(OF_PAGE_1, words, strict=True):
                setattr(agreed, name, value)
            changed.append(agreed)
    moved = [agreed.pk for agreed in changed]
    review.consensus.filter(pk__in=moved, priority__isnull=False).update(priority=None)
    for agreed in changed:
        agreed.save(update_fields=OF_PAGE_1)
