"""Set a program's funding threshold, change it, and say its last day."""

import logging
from dataclasses import asdict, dataclass
from datetime import date, timedelta

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


class CountsAlready(ValueError):
    """Another threshold counts on these days, `until` None where without an end. `field`: the day that meets them."""

    def __init__(self, field: str, points: int, since: date, until: date | None):
        super().__init__(f"{points} from {since} to {until}")
        self.field, self.points, self.since, self.until = field, points, since, until


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
    """Another threshold; those before stay for their time, and one without a last day ends where this one follows it.

    Raises `NotNow`, `OutOfRange`, `BeginsSameDay` and `CountsAlready`.
    """
    _lock(program.pk, by)
    _check(program.pk, scale, typed)
    with pghistory.context(user=by.pk):
        threshold = FundingThreshold.objects.create(program=program, scale=scale, by=by, **asdict(typed))
    logger.info("funding threshold set: program %s row %s", program.pk, threshold.pk)
    return threshold


@transaction.atomic
def change_threshold(*, threshold: FundingThreshold, typed: Typed, based_on: int, by) -> FundingThreshold:
    """Mend one, or say its last day. The same again changes nothing.

    Raises `NotNow`, `OutOfRange`, `BeginsSameDay`, `CountsAlready`, and `ChangedMeanwhile` when it was changed since it
    was opened.
    """
    _lock(threshold.program_id, by)
    threshold = FundingThreshold.objects.select_related("scale").get(pk=threshold.pk)
    _check(threshold.program_id, threshold.scale, typed, changes=threshold)
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


def ended_by(threshold: FundingThreshold) -> FundingThreshold | None:
    """The one before that had no last day of its own, and ends the day before this one begins."""
    others = FundingThreshold.objects.filter(program=threshold.program_id, scale=threshold.scale_id)
    before = _before(others, threshold.valid_from)
    return before if before and before.ends_on is None else None


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


def _check(program: int, scale: Scale, typed: Typed, changes: FundingThreshold | None = None) -> None:
    spec = totals_of(scale)
    lowest, highest = (spec.lowest_total, spec.highest_total) if spec else (0, 0)
    if not lowest <= typed.points <= highest:
        raise OutOfRange(lowest, highest)
    others = FundingThreshold.objects.filter(program=program, scale=scale).exclude(pk=changes and changes.pk)
    if others.filter(valid_from=typed.valid_from).exists():
        raise BeginsSameDay
    if changes is None or typed.valid_from != changes.valid_from:
        _check_first_day(others, typed, changes)
    following = others.filter(valid_from__gt=typed.valid_from).order_by("valid_from").with_last_day().first()
    is_new = changes is None or (typed.valid_from, typed.ends_on) != (changes.valid_from, changes.ends_on)
    if is_new and following and typed.ends_on and typed.ends_on >= following.valid_from:
        raise CountsAlready("ends_on", following.points, following.valid_from, following.last_day)


def _check_first_day(others, typed: Typed, changes: FundingThreshold | None) -> None:
    """It follows one that ended, or the last one that has no end; a changed one also the one that it followed."""
    before = _before(others, typed.valid_from)
    if before is None or (before.ends_on and before.ends_on < typed.valid_from):
        return
    following = others.filter(valid_from__gt=typed.valid_from).order_by("valid_from").first()
    followed = _before(others, changes.valid_from) if changes else None
    if before.ends_on is None and (following is None or before == followed):
        return
    next_day = following and following.valid_from - timedelta(days=1)
    until = min(filter(None, (before.ends_on, next_day)))
    raise CountsAlready("valid_from", before.points, before.valid_from, until)


def _before(others, day: date) -> FundingThreshold | None:
    return others.filter(valid_from__lt=day).order_by("-valid_from").first()
