"""The agenda of a visit: start it from the template, add to it, change, tick off and remove entries."""

import logging
from dataclasses import asdict, dataclass
from datetime import time

from django.db import transaction
from django.utils import timezone, translation

from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.models import AgendaEntry, Review
from reviews.permissions import may_work_on_visit
from reviews.visit.agenda_template import agenda_for

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Line:
    """What an entry of the agenda says. `day`: 1 is the first day of the visit, 0 is before it."""

    activity: str
    title: str
    day: int
    starts_at: time | None = None
    minutes: int | None = None
    remote: bool = False


def fill_agenda(review: Review) -> None:
    """Give a review the agenda of the template, in the language of its scale; part of planning it."""
    with translation.override(review.version.language.lower()):
        AgendaEntry.objects.bulk_create(agenda_for(review))


@transaction.atomic
def start_agenda(*, review: Review, by) -> None:
    """Begin an empty agenda from the template.

    Raises `NotNow`, and `ChangedMeanwhile` where it has entries.
    """
    locked = _open(review, by)
    if locked.agenda.exists():
        raise ChangedMeanwhile
    fill_agenda(locked)
    logger.info("agenda started: review %s", locked.pk)


@transaction.atomic
def add_entry(*, review: Review, line: Line, by) -> AgendaEntry:
    """Add a line. The same line sent twice is one entry. Raises `NotNow`."""
    locked = _open(review, by)
    entry, is_new = AgendaEntry.objects.get_or_create(review=locked, **asdict(line))
    if is_new:
        logger.info("agenda entry added: review %s entry %s", locked.pk, entry.pk)
    return entry


@transaction.atomic
def change_entry(*, review: Review, entry: AgendaEntry, line: Line, by, based_on: int) -> AgendaEntry:
    """Change what an entry says; saving the same again changes nothing.

    Raises `NotNow`, `AgendaEntry.DoesNotExist` where someone removed it, and `ChangedMeanwhile` where someone
    changed it since.
    """
    locked = _locked(review, entry, by)
    if line_of(locked) == line:
        return locked
    if locked.revision != based_on:
        raise ChangedMeanwhile
    for name, value in asdict(line).items():
        setattr(locked, name, value)
    locked.revision += 1
    locked.save()
    logger.info("agenda entry changed: review %s entry %s", review.pk, locked.pk)
    return locked


@transaction.atomic
def tick_entry(*, review: Review, entry: AgendaEntry, is_done: bool, by) -> AgendaEntry:
    """Tick an entry off, or take the tick back. Who ticked first stays the one who did.

    Raises `NotNow`, and `AgendaEntry.DoesNotExist` where someone removed the entry.
    """
    locked = _locked(review, entry, by)
    if locked.is_done == is_done:
        return locked
    locked.done_at, locked.done_by = (timezone.now(), by) if is_done else (None, None)
    locked.save(update_fields=["done_at", "done_by"])
    logger.info("agenda entry %s: review %s entry %s", "done" if is_done else "open", review.pk, locked.pk)
    return locked


@transaction.atomic
def remove_entry(*, review: Review, entry: AgendaEntry, by, based_on: int) -> None:
    """Take an entry off the agenda.

    Raises `NotNow`, `AgendaEntry.DoesNotExist` where it is gone, and `ChangedMeanwhile` where someone changed it since.
    """
    locked = _locked(review, entry, by)
    if locked.revision != based_on:
        raise ChangedMeanwhile
    locked.delete()
    logger.info("agenda entry removed: review %s entry %s", review.pk, entry.pk)


def line_of(entry: AgendaEntry) -> Line:
    """What an entry says now."""
    return Line(
        activity=entry.activity,
        title=entry.title,
        day=entry.day,
        starts_at=entry.starts_at,
        minutes=entry.minutes,
        remote=entry.remote,
    )


def _open(review: Review, by) -> Review:
    locked = Review.objects.select_for_update(of=("self",)).with_details().get(pk=review.pk)
    if not may_work_on_visit(by, locked):
        raise NotNow
    return locked


def _locked(review: Review, entry: AgendaEntry, by) -> AgendaEntry:
    """The entry under its review's lock, so that the stage cannot move on meanwhile."""
    return AgendaEntry.objects.select_for_update(of=("self",)).get(review=_open(review, by), pk=entry.pk)
