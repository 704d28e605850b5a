"""When the steps of a review are due: so many days, weeks or months before or after one of its days.

"England" counts the steps before the visit from its first day. Its source does not say what "within four weeks" counts
from; here it is the last day of the visit (`domain/process.md`).
"""

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum


class Anchor(StrEnum):
    """The day that a step is counted from, and in which direction."""

    BEFORE_VISIT = "before"
    AFTER_VISIT = "after"
    AFTER_ISSUE = "issue"


class Purpose(StrEnum):
    """What a step is to the review, whatever its title says and in which language; most are steps and no more."""

    STEP = "step"
    REPORT = "report"
    LAST_DAY = "last day"
    ACTION_PLAN = "action plan"


class Unit(StrEnum):
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


def day_after(
    anchor: Anchor, offset: int, unit: Unit, *, starts_on: date, ends_on: date, issued_on: date | None
) -> date | None:
    """The day a step is due; None where it counts from an issue that has not been."""
    if anchor is Anchor.BEFORE_VISIT:
        return _moved(starts_on, -offset, unit)
    if anchor is Anchor.AFTER_VISIT:
        return _moved(ends_on, offset, unit)
    return None if issued_on is None else _moved(issued_on, offset, unit)


def _moved(day: date, offset: int, unit: Unit) -> date:
    """A month on keeps the day, or takes the last day of a shorter month: 31 December and 2 months is 28 February."""
    if unit is Unit.MONTHS:
        years, month = divmod(day.year * 12 + day.month - 1 + offset, 12)
        return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
    return day + timedelta(days=offset * (7 if unit is Unit.WEEKS else 1))
