"""When a goal is due, in words: a reader needs no colour to know where it stands."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.models import Goal
from reviews.visit.dates import visit_dates

DAYS_COUNTED_AS_DAYS = 14


def when(goal: Goal, today: date) -> str:
    """ "overdue by 12 days", "due in 3 weeks", "no day yet", "reached 3 May 2026"."""
    if not goal.is_open:
        day = {"day": visit_dates(goal.closed_on, goal.closed_on)}
        return (
            _("reached %(day)s") % day if goal.status == Goal.Status.REACHED else _("set aside %(day)s") % day
        )
    if goal.due_on is None:
        return _("no day yet")
    days = (goal.due_on - today).days
    if days < 0:
        return ngettext("overdue by %(days)d day", "overdue by %(days)d days", -days) % {"days": -days}
    return _ahead(days)


def _ahead(days: int) -> str:
    if days == 0:
        return _("due today")
    if days <= DAYS_COUNTED_AS_DAYS:
        return ngettext("due in %(days)d day", "due in %(days)d days", days) % {"days": days}
    weeks = days // 7
    return ngettext("due in %(weeks)d week", "due in %(weeks)d weeks", weeks) % {"weeks": weeks}


def step(goal: Goal) -> str:
    """ "3 → 5", the score alone without a target; empty for the site as a whole."""
    if goal.item_id is None:
        return ""
    then = _("not rated") if goal.score_then is None else str(goal.score_then)
    return f"{then} → {goal.target}" if goal.target is not None else then


def about(goal: Goal) -> str:
    """ "14 Caseload size", or that it is of the whole site."""
    return f"{goal.item.number} {goal.item.short_title}" if goal.item else _("The whole site")


def lacking(goal: Goal) -> str:
    """What an open goal still lacks, as a sentence; empty where it lacks nothing."""
    if not goal.is_open:
        return ""
    missing = [
        words
        for words, value in (
            (_("who sees to it"), goal.owner),
            (_("a day"), goal.due_on),
            (_("how we will know"), goal.measure),
        )
        if not value
    ]
    return _("Still to say: %(what)s.") % {"what": ", ".join(missing)} if missing else ""
