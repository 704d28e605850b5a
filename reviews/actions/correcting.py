"""Correct an issued report: begin, save what changes, drop it, or issue it as another edition."""

import hashlib
import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.actions.results import record_result
from reviews.models import CorrectedItem, Correction, Edition, Review, ReviewEvent
from reviews.models.correction import HOW_IT_WAS_DONE, PAGE_1, page_1_of
from reviews.models.frozen_consensus import CORRECTABLE
from reviews.permissions import may_correct
from scales.scoring import check_score

logger = logging.getLogger(__name__)

Compose = Callable[[Correction, str, datetime, str], tuple[str, bytes]]


class NothingCorrected(Exception):
    """A correction changes something."""


class ReasonMissing(Exception):
    """A corrected edition, and a withdrawal, say why."""


@transaction.atomic
def begin_correction(*, review: Review, by) -> Correction:
    """Begin a correction; where one is open already, that one. Readers see nothing of it. Raises `NotNow`."""
    review = _locked(review, by)
    if (correction := review.corrections.filter(ended_at=None).first()) is not None:
        return correction
    correction = review.corrections.create(begun_at=timezone.now(), begun_by=by)
    review.timeline.create(step=ReviewEvent.Step.CORRECTION_BEGUN, by=by)
    logger.info("correction begun: review %s correction %s", review.pk, correction.pk)
    return correction


@transaction.atomic
def correct_item(
    *, review: Review, item_code: str, values: Mapping[str, object], based_on: int, by
) -> CorrectedItem | None:
    """Save the corrected rating of one item; None where it is as it was issued, so that nothing is corrected.

    `values`: fields of `CORRECTABLE`; missing ones stay as they are. `based_on`: revision of the row that the page
    showed, 0 where there was none. Raises `NotNow`, `ChangedMeanwhile`, `ScoreOutOfRange`, and
    `ConsensusRating.DoesNotExist` for an item that the report does not have.
    """
    correction = _open_correction(_locked(review, by))
    agreed = correction.review.consensus.select_related("item").get(item__code=item_code)
    row = correction.items.filter(item=agreed.item_id).first()
    if (row.revision if row else 0) != based_on:
        raise ChangedMeanwhile
    spec = correction.review.version.to_spec()
    for name in ("score", "target"):
        check_score(spec, item_code, values.get(name))
    row = row or CorrectedItem(correction=correction, item_id=agreed.item_id, suggested=agreed.suggested)
    for name in CORRECTABLE:
        standing = getattr(row if row.pk else agreed, name)
        setattr(row, name, values.get(name, standing))
    if all(getattr(row, name) == getattr(agreed, name) for name in CORRECTABLE):
        if row.pk:
            row.delete()
        row = None
    else:
        row.revision += 1
        row.save()
    _count(correction)
    return row


@transaction.atomic
def correct_page_1(*, review: Review, values: Mapping[str, str | int | None], was: str, by) -> Correction:
    """Save the corrected summary, and the corrected words and numbers on how the review was done.

    `values`: fields of `PAGE_1`; missing ones stay as they are. `was`: `mark_of_page_1` of what the page showed.
    Raises `NotNow`, `ChangedMeanwhile`.
    """
    correction = _open_correction(_locked(review, by))
    if was != correction.mark_of_page_1:
        raise ChangedMeanwhile
    issued = page_1_of(correction.review)
    wanted = correction.page_1_now | values
    correction.summary = None if _is_same(wanted["summary"], issued["summary"]) else wanted["summary"]
    correction.corrects_how_it_was_done = not all(
        _is_same(wanted[name], issued[name]) for name in HOW_IT_WAS_DONE
    )
    for name in HOW_IT_WAS_DONE:
        unsaid = Correction._meta.get_field(name).get_default()
        setattr(correction, name, wanted[name] if correction.corrects_how_it_was_done else unsaid)
    _count(correction)
    return correction


@transaction.atomic
def drop_correction(*, review: Review, by) -> Correction:
    """End the open correction without an edition; what it held stays in the history. Raises `NotNow`."""
    correction = _open_correction(_locked(review, by))
    correction.ended_at = timezone.now()
    correction.save(update_fields=["ended_at"])
    correction.review.timeline.create(step=ReviewEvent.Step.CORRECTION_DROPPED, by=by)
    logger.info("correction dropped: review %s correction %s", correction.review_id, correction.pk)
    return correction


@transaction.atomic
def issue_correction(*, review: Review, reason: str, based_on: int, compose: Compose, by) -> Edition:
    """Write the next edition, and bring the agreed ratings to what it says.

    `compose(correction, edition, issued_at, issued_by)` gives the data and the PDF, as in `issuing.issue_review`.
    `based_on`: revision of the correction whose changes the lead was shown. Raises `NotNow`, `ChangedMeanwhile`,
    `NothingCorrected`, `ReasonMissing`.
    """
    correction = _open_correction(_locked(review, by))
    if correction.revision != based_on:
        raise ChangedMeanwhile
    if not correction.corrects_anything:
        raise NothingCorrected
    if not reason.strip():
        raise ReasonMissing
    review, correction.reason = correction.review, reason.strip()
    last = review.editions.without_files().latest("major", "minor")
    issued_at = timezone.now().replace(microsecond=0)
    edition = Edition(
        review=review, major=last.major, minor=last.minor + 1, issued_at=issued_at, issued_by=by
    )
    _bring_to(correction, by)
    note = f"{edition.number}: {correction.reason}"
    review.timeline.create(step=ReviewEvent.Step.CORRECTED, by=by, note=note)
    document, pdf = compose(correction, edition.number, issued_at, by.name)
    edition.document, edition.document_sha256 = document, hashlib.sha256(document.encode()).hexdigest()
    edition.pdf, edition.pdf_sha256 = pdf, hashlib.sha256(pdf).hexdigest()
    edition.save()
    correction.edition, correction.ended_at = edition, timezone.now()
    correction.save(update_fields=["reason", "edition", "ended_at"])
    record_result(review)
    logger.info("report corrected: review %s edition %s", review.pk, edition.number)
    return edition


def _bring_to(correction: Correction, by) -> None:
    """The agreed ratings and page 1 as corrected. The database lets this through for an open correction alone."""
    review = correction.review
    agreed = {rating.item_id: rating for rating in review.consensus.all()}
    for row in correction.items.all():
        rating = row.put_into(agreed[row.item_id])
        rating.correction, rating.agreed_by = correction, by
        rating.revision += 1
        rating.save()
    if correction.corrects_page_1:
        for name, value in correction.page_1_now.items():
            setattr(review, name, value)
        review.save(update_fields=PAGE_1)


def _locked(review: Review, by) -> Review:
    """The issued review as it is now. Whoever corrects it waits here. Raises `NotNow`."""
    review = Review.objects.select_for_update(of=("self",)).with_details().get(pk=review.pk)
    if not may_correct(by, review):
        raise NotNow
    return review


def _open_correction(review: Review) -> Correction:
    correction = review.corrections.filter(ended_at=None).first()
    if correction is None:
        raise NotNow
    correction.review = review
    return correction


def _is_same(one: str | int | None, other: str | int | None) -> bool:
    """The same but for how a browser ends a line."""
    if isinstance(one, str) and isinstance(other, str):
        return one.replace("\r\n", "\n") == other.replace("\r\n", "\n")
    return one == other


def _count(correction: Correction) -> None:
    correction.revision += 1
    correction.save(update_fields=["revision", "corrects_how_it_was_done", *PAGE_1])
    logger.info("correction changed: review %s correction %s", correction.review_id, correction.pk)
