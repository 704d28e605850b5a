"""Add a timetable, and change one. Reviews keep the dates they took; a change counts for reviews planned after it."""

import logging
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from accounts.permissions import Permission, is_allowed
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.models import TimetablePolicy, TimetableStep
from reviews.visit.timetable import Purpose

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Step:
    """One step, `offset` units before or after the day that `anchor` names (`reviews.visit.timetable`).

    `purpose`: what the product does with it.
    """

    title: str
    anchor: str
    offset: int
    unit: str
    purpose: str = Purpose.STEP.value


class NameTaken(ValueError):
    """Another timetable has this name."""


@transaction.atomic
def add_timetable(*, name: str, note: str, steps: tuple[Step, ...], by) -> TimetablePolicy:
    """Raises `NotNow` and `NameTaken`."""
    if not is_allowed(by, Permission.EDIT_DEFINITIONS):
        raise NotNow
    timetable = TimetablePolicy(name=name, note=note)
    _save(timetable, steps)
    logger.info("timetable added: %s", timetable.pk)
    return timetable


@transaction.atomic
def change_timetable(
    *, timetable: TimetablePolicy, name: str, note: str, steps: tuple[Step, ...], by, based_on: int
) -> TimetablePolicy:
    """Replace name, note and steps.

    Raises `NotNow`, `NameTaken`, and `ChangedMeanwhile` where someone changed the timetable since.
    """
    if not is_allowed(by, Permission.EDIT_DEFINITIONS):
        raise NotNow
    locked = TimetablePolicy.objects.select_for_update(of=("self",)).get(pk=timetable.pk)
    if (locked.name, locked.note, steps_of(locked)) == (name, note, steps):
        return locked
    if locked.revision != based_on:
        raise ChangedMeanwhile
    locked.name, locked.note = name, note
    locked.revision += 1
    _save(locked, steps)
    logger.info("timetable changed: %s", locked.pk)
    return locked


def steps_of(timetable: TimetablePolicy) -> tuple[Step, ...]:
    """The steps as they are saved, in their order."""
    return tuple(
        Step(step.title, step.anchor, step.offset, step.unit, step.purpose) for step in timetable.steps.all()
    )


def _save(timetable: TimetablePolicy, steps: tuple[Step, ...]) -> None:
    try:
        with transaction.atomic():
            timetable.save()
    except IntegrityError as error:
        raise NameTaken(timetable.name) from error
    timetable.steps.all().delete()
    TimetableStep.objects.bulk_create(
        TimetableStep(
            policy=timetable,
            place=place,
            title=step.title,
            anchor=step.anchor,
            offset=step.offset,
            unit=step.unit,
            purpose=step.purpose,
        )
        for place, step in enumerate(steps, 1)
    )
