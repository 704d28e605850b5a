"""Notes of the timeline in words: a day is kept as 2026-12-09, and read in the reader's language."""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from reviews.models import ReviewEvent
from reviews.visit.dates import visit_dates

WITH_A_DAY = (ReviewEvent.Step.SENT_TO_SERVICE, ReviewEvent.Step.REPLY_DATE_MOVED)


def day_of_reader(day: date) -> str:
    return visit_dates(day, day)


def note_in_words(step: str, note: str, in_words: Callable[[date], str] = day_of_reader) -> str:
    """ "reply until December 9, 2026"; every other note is as it was written."""
    if step not in WITH_A_DAY:
        return note
    try:
        day = date.fromisoformat(note)
    except ValueError:
        return note
    return _("reply until %(day)s") % {"day": in_words(day)}
