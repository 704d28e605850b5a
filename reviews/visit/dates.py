"""Visit dates in the reader's order: 14–15 October 2026, or October 14–15, 2026."""

from datetime import date

from django.utils.dates import MONTHS
from django.utils.translation import get_language


def visit_dates(starts_on: date, ends_on: date) -> str:
    day_first = not (get_language() or "").lower().startswith("en-us")
    if starts_on == ends_on:
        return _whole(starts_on, day_first)
    if (starts_on.year, starts_on.month) == (ends_on.year, ends_on.month):
        days = f"{starts_on.day}–{ends_on.day}"
        month, year = MONTHS[starts_on.month], starts_on.year
        return f"{days} {month} {year}" if day_first else f"{month} {days}, {year}"
    return f"{_whole(starts_on, day_first)} – {_whole(ends_on, day_first)}"


def _whole(day: date, day_first: bool) -> str:
    month = MONTHS[day.month]
    return f"{day.day} {month} {day.year}" if day_first else f"{month} {day.day}, {day.year}"
