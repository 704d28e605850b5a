"""What moved, whose part it is, and when something is due, in words."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.action_plans.words import DAYS_COUNTED_AS_DAYS
from reviews.home.change import Change
from reviews.models import Kind, Result
from reviews.visit.dates import visit_dates
from scales.scoring import Gap


def change_in_words(result: Result, change: Change | None, *, reads_all: bool = True) -> str:
    """ "9 points down", "no change", "first review"; over how many items where not all were rated both times.

    `reads_all`: whether the reader may read every review of the site; if not, there may be earlier ones.
    """
    if change is None and not reads_all:
        return _("the first that you may read")
    if change is None:
        return _("first review") if result.kind == Kind.BASELINE else _("no earlier review to compare with")
    said = points_in_words(change.points)
    if change.is_whole:
        return said
    over = ngettext(
        "over the %(number)d item rated both times",
        "over the %(number)d items rated both times",
        change.compared,
    )
    return f"{said} {over % {'number': change.compared}}"


def points_in_words(points: int) -> str:
    if points == 0:
        return _("no change")
    if points > 0:
        return ngettext("%(number)d point up", "%(number)d points up", points) % {"number": points}
    return ngettext("%(number)d point down", "%(number)d points down", -points) % {"number": -points}


def whose_part(gap: Gap) -> str:
    """Of one item: whose the points to the top are, the service's or the setting's."""
    words = {
        "gap": gap.gap,
        "setting": span(gap.setting_lowest, gap.setting_highest),
        "open": span(gap.open_lowest, gap.open_highest),
    }
    if gap.gap == 0:
        return _("nothing is missing now")
    if gap.setting_highest == 0:
        return (
            ngettext(
                "the service’s: %(gap)d point to the top is open",
                "the service’s: %(gap)d points to the top are open",
                gap.gap,
            )
            % words
        )
    if gap.open_highest == 0:
        return (
            ngettext(
                "the setting’s: it accounts for the %(gap)d point to the top",
                "the setting’s: it accounts for the %(gap)d points to the top",
                gap.gap,
            )
            % words
        )
    return (
        ngettext(
            "shared: of %(gap)d point to the top, %(setting)s the setting’s, %(open)s open to the service",
            "shared: of %(gap)d points to the top, %(setting)s the setting’s, %(open)s open to the service",
            gap.gap,
        )
        % words
    )


def span(lowest: int, highest: int) -> str:
    """ "4", or "2 to 4"."""
    if lowest == highest:
        return str(lowest)
    return _("%(lowest)d to %(highest)d") % {"lowest": lowest, "highest": highest}


def total_in_words(result: Result) -> str:
    """ "98 of 125", or what it can become."""
    words = {
        "points": result.points,
        "lowest": result.lowest,
        "highest": result.highest,
        "maximum": result.version.to_spec().highest_total,
    }
    if result.is_complete:
        return _("%(points)d of %(maximum)d") % words
    return _("%(lowest)d to %(highest)d of %(maximum)d") % words


def threshold_in_words(result: Result, asked_for: int) -> str:
    """Where a total, or all that it can become, lies beside what the program's funder asks for."""
    words = {"points": asked_for}
    if result.lowest >= asked_for:
        return _("reaches the funding threshold of %(points)d") % words
    if result.highest < asked_for:
        return _("below the funding threshold of %(points)d") % words
    return _("not certain yet beside the funding threshold of %(points)d") % words


def band_in_words(result: Result) -> str:
    """The band, or what is left open between two."""
    if result.band:
        return result.band
    bands = sorted(result.version.to_spec().bands, key=lambda one: one.lowest)
    touched = [one.label for one in bands if one.lowest <= result.highest and one.highest >= result.lowest]
    words = {"lowest": touched[0], "highest": touched[-1]}
    return _("band not certain yet: %(lowest)s to %(highest)s") % words


def day_in_words(day: date, today: date) -> str:
    """How far a day is, of something to be done by it: "today", "in 3 days", "overdue by 2 days"."""
    days = (day - today).days
    if days == 0:
        return _("today")
    if days < 0:
        return ngettext("overdue by %(days)d day", "overdue by %(days)d days", -days) % {"days": -days}
    if days <= DAYS_COUNTED_AS_DAYS:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    weeks = days // 7
    return ngettext("in %(weeks)d week", "in %(weeks)d weeks", weeks) % {"weeks": weeks}


def day_and_distance(day: date, today: date) -> str:
    """ "16 November 2026, in 3 days"."""
    return f"{visit_dates(day, day)}, {day_in_words(day, today)}"
