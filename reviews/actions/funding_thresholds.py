"""Set a program's funding threshold, change it, and say its last day."""

import logging
from dataclasses import asdict, dataclass
from datetime import date

import pghistory
from django.db import transaction

from accounts.permissions import Permission, is_allowed
from programs.models import Program
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.models import FundingThreshold
from scales.models import Scale, ScaleVersion
from scales.spec import ScaleSpec

logger = logging.getLogger(__name__)


class OutOfRange(ValueError):
    """The scale's total cannot be this. `lowest`, `highest`: what it can be."""

    def __init__(self, lowest: int, highest: int):
        super().__init__(f"{lowest} to {highest}")
        self.lowest, self.highest = lowest, highest


class BeginsSameDay(ValueError):
    """Another threshold of the program and scale begins on this day."""


@dataclass(frozen=True)
class Typed:
    """What is typed of a threshold, field by field as the model names them."""

    points: int
    source: str
    valid_from: date
    ends_on: date | None = None
    note: str = ""


@transaction.atomic
def set_threshold(*, program: Program, scale: Scale, typed: Typed, by) -> FundingThreshold:
    """Another threshold; those before stay for their time. Raises `NotNow`, `OutOfRange` and `BeginsSameDay`."""
    _lock(program.pk, by)
    _check(program.pk, scale, typed)
    with pghistory.context(user=by.pk):
        threshold = FundingThreshold.objects.create(program=program, scale=scale, by=by, **asdict(typed))
    logger.info("funding threshold set: program %s row %s", program.pk, threshold.pk)
    return threshold


@transaction.atomic
def change_threshold(*, threshold: FundingThreshold, typed: Typed, based_on: int, by) -> FundingThreshold:
    """Mend one, or say its last day. The same again changes nothing.

    Raises `NotNow`, `OutOfRange`, `BeginsSameDay`, and `ChangedMeanwhile` when it was changed since it was opened.
    """
    _lock(threshold.program_id, by)
    threshold = FundingThreshold.objects.select_related("scale").get(pk=threshold.pk)
    _check(threshold.program_id, threshold.scale, typed, besides=threshold.pk)
    if all(getattr(threshold, name) == value for name, value in asdict(typed).items()):
        return threshold
    if threshold.revision != based_on:
        raise ChangedMeanwhile
    for name, value in asdict(typed).items():
        setattr(threshold, name, value)
    threshold.revision += 1
    threshold.by = by
    with pghistory.context(user=by.pk):
        threshold.save()
    logger.info("funding threshold changed: program %s row %s", threshold.program_id, threshold.pk)
    return threshold


def totals_of(scale: Scale) -> ScaleSpec | None:
    """The newest published version, whose totals a threshold lies within; None where none is published."""
    versions = ScaleVersion.objects.published().filter(scale=scale).select_related("scale")
    newest = versions.order_by("-published_at", "-pk").first()
    return newest.to_spec() if newest else None


def _lock(program: int, by) -> None:
    """So that two thresholds of a program come one after the other. Raises `NotNow`."""
    program = Program.objects.select_for_update(of=("self",), no_key=True).get(pk=program)
    if not is_allowed(by, Permission.SET_THRESHOLD, program):
        raise NotNow


def _check(program: int, scale: Scale, typed: Typed, besides: int | None = None) -> None:
    spec = totals_of(scale)
    lowest, highest = (spec.lowest_total, spec.highest_total) if spec else (0, 0)
    if not lowest <= typed.points <= highest:
        raise OutOfRange(lowest, highest)
    others = FundingThreshold.objects.filter(program=program, scale=scale).exclude(pk=besides)
    if others.filter(valid_from=typed.valid_from).exists():
        raise BeginsSameDay
