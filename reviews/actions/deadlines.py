"""The dates of a review: take them from a timetable, set another day, put it back to the rule, mark as done."""

import logging
from datetime import date

from django.db import transaction
from django.utils import timezone

from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.models import Deadline, Review, ReviewEvent, TimetablePolicy
from reviews.permissions import may_set_dates

logger = logging.getLogger(__name__)


def copy_steps(review: Review, timetable: TimetablePolicy) -> None:
    """Copy the steps of a timetable into a review; later changes of the timetable leave them as they are."""
    Deadline.objects.bulk_create(
        Deadline(
            review=review,
            place=step.place,
            title=step.title,
            anchor=step.anchor,
            offset=step.offset,
            unit=step.unit,
            purpose=step.purpose,
        )
        for step in timetable.steps.all()
    )


@transaction.atomic
def take_timetable(*, review: Review, timetable: TimetablePolicy, by) -> None:
    """Give a review without dates those of a timetable.

    Raises `NotNow`, and `ChangedMeanwhile` where it has dates.
    """
    locked = _open(review, by)
    if locked.deadlines.exists():
        raise ChangedMeanwhile
    copy_steps(locked, timetable)
    locked.timeline.create(step=ReviewEvent.Step.PLAN_CHANGED, by=by, note=timetable.name)
    logger.info("timetable taken: review %s timetable %s", locked.pk, timetable.pk)


@transaction.atomic
def change_deadline(
    *, review: Review, deadline: Deadline, set_on: date | None, done_on: date | None, by, based_on: int
) -> Deadline:
    """Set the day a step is due and the day it was done; None is by the rule, and not done.

    Saving the same again changes nothing. Raises `NotNow`, and `ChangedMeanwhile` where someone changed it since.
    """
    locked = _locked(review, deadline, by)
    if (locked.set_on, locked.done_on) == (set_on, done_on):
        return locked
    if locked.revision != based_on:
        raise ChangedMeanwhile
    if locked.set_on != set_on:
        review.timeline.create(step=ReviewEvent.Step.PLAN_CHANGED, by=by, note=locked.title)
    _save(locked, set_on, done_on)
    return locked


@transaction.atomic
def mark_deadline(*, review: Review, deadline: Deadline, is_done: bool, by) -> Deadline:
    """Mark a step as done today, or as not done after all. Raises `NotNow`."""
    locked = _locked(review, deadline, by)
    if (locked.done_on is not None) != is_done:
        _save(locked, locked.set_on, timezone.localdate() if is_done else None)
    return locked


def _open(review: Review, by) -> Review:
    locked = Review.objects.select_for_update(of=("self",)).with_details().get(pk=review.pk)
    if not may_set_dates(by, locked):
        raise NotNow
    return locked


def _locked(review: Review, deadline: Deadline, by) -> Deadline:
    """The step under its review's lock, so that the review cannot be cancelled meanwhile."""
    return Deadline.objects.select_for_update(of=("self",)).get(review=_open(review, by), pk=deadline.pk)


def _save(locked: Deadline, set_on: date | None, done_on: date | None) -> None:
    locked.set_on, locked.done_on = set_on, done_on
    locked.revision += 1
    locked.save(update_fields=["set_on", "done_on", "revision"])
    logger.info("date changed: review %s step %s", locked.review_id, locked.pk)
