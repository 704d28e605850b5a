"""Record barriers, facilitators and local adaptations: add, mend, withdraw and put back. They are the team's."""

import logging
from dataclasses import asdict, dataclass
from typing import ClassVar

from django.db import transaction
from django.utils import timezone

from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.influences.cfir import CONSTRUCTS
from reviews.models import Adaptation, Influence, Review
from reviews.permissions import may_record_influences
from scales.scoring import UnknownItem

logger = logging.getLogger(__name__)


class UnknownConstruct(ValueError):
    """The framework has no construct of this code."""


class Typed:
    """What is typed of a record, field by field as the model names them. `item_code`: "" for the whole site."""

    model: ClassVar[type]
    item_code: str

    @classmethod
    def of(cls, record):
        names = [name for name in cls.__dataclass_fields__ if name != "item_code"]
        code = record.item.code if record.item else ""
        return cls(item_code=code, **{name: getattr(record, name) for name in names})

    def values(self) -> dict:
        return {name: value for name, value in asdict(self).items() if name != "item_code"}


@dataclass(frozen=True)
class InfluenceTyped(Typed):
    model = Influence

    kind: str
    construct: str
    text: str
    item_code: str = ""


@dataclass(frozen=True)
class AdaptationTyped(Typed):
    model = Adaptation

    what: str
    why: str
    planned: bool
    core_kept: str
    decided_by: str = ""
    since: str = ""
    item_code: str = ""


@transaction.atomic
def add_record(*, review: Review, typed: InfluenceTyped | AdaptationTyped, by):
    """Keep a new barrier, facilitator or adaptation. The same sent twice by the same person is one.

    Raises `NotNow`, `UnknownItem` and `UnknownConstruct`.
    """
    review = _locked(review.pk, by)
    values = _values(review, typed)
    records = typed.model.objects
    if kept := records.standing().filter(review=review, by=by, **values).first():
        return kept
    kept = records.create(review=review, by=by, **values)
    logger.info("%s recorded: review %s row %s", kept._meta.model_name, review.pk, kept.pk)
    return kept


@transaction.atomic
def change_record(*, record, typed: InfluenceTyped | AdaptationTyped, based_on: int, by):
    """Mend one, whoever of the team wrote it. Saving the same again changes nothing; a withdrawn one stays withdrawn.

    Raises `NotNow`, `UnknownItem`, `UnknownConstruct`, and `ChangedMeanwhile` when it was changed since the page was
    opened.
    """
    review, record = _locked_with(record, by)
    values = _values(review, typed)
    if typed.of(record) == typed:
        return record
    if record.revision != based_on:
        raise ChangedMeanwhile
    for name, value in values.items():
        setattr(record, name, value)
    return _changed(record, "changed", by)


@transaction.atomic
def withdraw_record(*, record, by):
    """Set one aside: kept, but no longer part of the report. Raises `NotNow`."""
    _review, record = _locked_with(record, by)
    if record.withdrawn_at is None:
        record.withdrawn_at = timezone.now()
        _changed(record, "withdrawn", by)
    return record


@transaction.atomic
def restore_record(*, record, by):
    """Put a withdrawn one back. Raises `NotNow`."""
    _review, record = _locked_with(record, by)
    if record.withdrawn_at is not None:
        record.withdrawn_at = None
        _changed(record, "put back", by)
    return record


def _changed(record, step: str, by):
    record.revision += 1
    record.changed_by = by
    record.save()
    logger.info("%s %s: review %s row %s", record._meta.model_name, step, record.review_id, record.pk)
    return record


def _locked_with(record, by):
    """The review and the record, locked in this order."""
    review = _locked(record.review_id, by)
    rows = type(record).objects.select_for_update(of=("self",)).select_related("item")
    return review, rows.get(pk=record.pk)


def _locked(pk: int, by) -> Review:
    """The review as it is now, locked, so that its stage stays meanwhile. Raises `NotNow`."""
    review = Review.objects.select_for_update(of=("self",)).with_details().get(pk=pk)
    if not may_record_influences(by, review):
        raise NotNow
    return review


def _values(review: Review, typed: InfluenceTyped | AdaptationTyped) -> dict:
    """Columns of the row, the item by its number."""
    ids = review.version.item_ids()
    if typed.item_code and typed.item_code not in ids:
        raise UnknownItem(typed.item_code)
    if isinstance(typed, InfluenceTyped) and typed.construct not in CONSTRUCTS:
        raise UnknownConstruct(typed.construct)
    return typed.values() | {"item_id": ids.get(typed.item_code)}
