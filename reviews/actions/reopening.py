"""Reopen a submitted set while others still rate: a recorded step, with a reason."""

import logging

from django.db import transaction

from reviews.actions.refusals import NotNow
from reviews.models import RatingSet, Review, ReviewEvent
from reviews.permissions import has_reopened, may_reopen

logger = logging.getLogger(__name__)


class ReasonMissing(ValueError):
    """A reopening says why."""


@transaction.atomic
def reopen_ratings(*, review: Review, reason: str, by) -> RatingSet:
    """Open the user's own submitted set again; from then on it is unsubmitted in every respect.

    A set that is open again already stays as it is. Raises `NotNow` and `ReasonMissing`.
    """
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    # Submitting the last set locks the review too: whichever comes first decides.
    review = Review.objects.select_for_update(of=("self",)).with_details().get(pk=review.pk)
    if has_reopened(by, review):
        return review.member(by).own_set
    if not may_reopen(by, review):
        raise NotNow
    own_set = RatingSet.objects.select_for_update(of=("self",)).of(review, by).get()
    own_set.submitted_at = None
    own_set.reopenings += 1
    own_set.reopening_reason = reason
    own_set.save(update_fields=["submitted_at", "reopenings", "reopening_reason"])
    review.timeline.create(step=ReviewEvent.Step.REOPENED, by=by, note=reason)
    logger.info("ratings reopened: review %s set %s", review.pk, own_set.pk)
    return own_set
