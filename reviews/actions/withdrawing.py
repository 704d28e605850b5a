"""Withdraw an edition of a report: it stays as it was issued, and every copy that is given out from then on says so."""

import hashlib
import logging
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from reviews.actions.correcting import ReasonMissing
from reviews.actions.refusals import NotNow
from reviews.actions.results import record_result
from reviews.models import Edition, Review, ReviewEvent, Withdrawal
from reviews.permissions import may_correct

logger = logging.getLogger(__name__)

Stamp = Callable[[Withdrawal], tuple[str, bytes]]


@transaction.atomic
def withdraw_edition(*, edition: Edition, reason: str, stamp: Stamp, by) -> Withdrawal:
    """Say that an edition no longer holds, and keep its files with the mark on them.

    `stamp(withdrawal)` gives the data and the PDF, marked. Raises `NotNow`, also where it is withdrawn already, and
    `ReasonMissing`.
    """
    review = Review.objects.select_for_update(of=("self",)).with_details().get(pk=edition.review_id)
    if not may_correct(by, review) or Withdrawal.objects.filter(edition=edition).exists():
        raise NotNow
    if not reason.strip():
        raise ReasonMissing
    at = timezone.now().replace(microsecond=0)
    withdrawal = Withdrawal(edition=edition, reason=reason.strip(), at=at, by=by)
    document, pdf = stamp(withdrawal)
    withdrawal.document_sha256 = hashlib.sha256(document.encode()).hexdigest()
    withdrawal.pdf, withdrawal.pdf_sha256 = pdf, hashlib.sha256(pdf).hexdigest()
    withdrawal.save()
    record_result(review)
    note = f"{edition.number}: {withdrawal.reason}"
    review.timeline.create(step=ReviewEvent.Step.WITHDRAWN, by=by, note=note)
    logger.info("edition withdrawn: review %s edition %s", review.pk, edition.number)
    return withdrawal
