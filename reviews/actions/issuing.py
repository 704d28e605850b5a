"""Issue a report: freeze its data and its PDF, once."""

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from reviews.actions.action_plans import open_plan
from reviews.actions.refusals import NotNow
from reviews.actions.results import record_result
from reviews.finishing.unresolved import Line, missing_before_issue
from reviews.models import Edition, Review, ReviewEvent, Stage
from reviews.permissions import may_issue

logger = logging.getLogger(__name__)

Compose = Callable[[Review, str, datetime, str], tuple[str, bytes]]


class ReportIncomplete(Exception):
    """The report cannot be issued yet. `missing`: what it lacks, as lines of the list of what is unresolved."""

    def __init__(self, missing: list[Line]):
        self.missing = missing
        super().__init__("; ".join(str(line) for line in missing))


@transaction.atomic
def issue_review(*, review: Review, by, compose: Compose, not_asked_because: str = "") -> Edition:
    """Write edition 1.0 and close the review.

    `compose(review, edition, issued_at, issued_by)` gives the report's data as JSON and its PDF; it runs with the
    review locked, so that what is frozen is what was read. `not_asked_because`: why the service is not asked for a
    reply, needed where it was not. Raises `NotNow` and `ReportIncomplete`.
    """
    locked = Review.objects.select_for_update(of=("self",)).with_details().get(pk=review.pk)
    if not may_issue(by, locked):
        raise NotNow
    if missing := missing_before_issue(locked, not_asked_because):
        raise ReportIncomplete(missing)
    issued_at = timezone.now().replace(microsecond=0)
    edition = Edition(review=locked, issued_at=issued_at, issued_by=by)
    if locked.latest_reply is None:
        locked.timeline.create(step=ReviewEvent.Step.REPLY_NOT_ASKED, by=by, note=not_asked_because.strip())
    locked.timeline.create(step=ReviewEvent.Step.ISSUED, by=by, note=edition.number)
    document, pdf = compose(locked, edition.number, issued_at, by.name)
    edition.document, edition.document_sha256 = document, hashlib.sha256(document.encode()).hexdigest()
    edition.pdf, edition.pdf_sha256 = pdf, hashlib.sha256(pdf).hexdigest()
    edition.save()
    locked.stage = Stage.ISSUED
    locked.save(update_fields=["stage"])
    record_result(locked)
    open_plan(review=locked, by=by)
    logger.info("report issued: review %s edition %s", locked.pk, edition.number)
    return edition
