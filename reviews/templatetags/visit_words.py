from datetime import date, datetime

from django import template
from django.utils.timezone import localdate

from reviews.models import AgendaEntry
from reviews.visit.agenda import ends_at
from reviews.visit.dates import visit_dates
from reviews.visit.timetable_words import rule_in_words

register = template.Library()


@register.filter
def clock(entry: AgendaEntry) -> str:
    """ "09:00–09:45", "09:00" where no length is set, empty where no start is."""
    if entry.starts_at is None:
        return ""
    end = ends_at(entry)
    return f"{entry.starts_at:%H:%M}–{end:%H:%M}" if end else f"{entry.starts_at:%H:%M}"


@register.filter
def in_words(day: date) -> str:
    """ "16 November 2026", or "November 16, 2026" in the United States."""
    return visit_dates(day, day)


@register.filter
def day_in_words(moment: datetime) -> str:
    """The day of a moment, in the same style and in the reader's time zone."""
    return in_words(localdate(moment))


@register.filter
def rule(step) -> str:
    """ "3 weeks before the visit", of a step of a timetable."""
    return rule_in_words(step.anchor, step.offset, step.unit)
