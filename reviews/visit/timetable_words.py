"""The steps of a timetable in words: "3 weeks before the visit"."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reviews.visit.timetable import Anchor, Purpose, Unit

ANCHORS = {
    Anchor.BEFORE_VISIT: gettext_lazy("before the visit"),
    Anchor.AFTER_VISIT: gettext_lazy("after the visit"),
    Anchor.AFTER_ISSUE: gettext_lazy("after issue"),
}
UNITS = {
    Unit.DAYS: gettext_lazy("days"),
    Unit.WEEKS: gettext_lazy("weeks"),
    Unit.MONTHS: gettext_lazy("months"),
}
PURPOSES = {
    Purpose.STEP: gettext_lazy("a step to do"),
    Purpose.REPORT: gettext_lazy("the report is issued"),
    Purpose.LAST_DAY: gettext_lazy("a last day: over, when it has passed"),
    Purpose.ACTION_PLAN: gettext_lazy("the service writes its action plan"),
}


def rule_in_words(anchor: str, offset: int, unit: str) -> str:
    """ "3 weeks before the visit"; with no offset, the day itself."""
    if offset == 0:
        return {
            Anchor.BEFORE_VISIT: _("on the first day of the visit"),
            Anchor.AFTER_VISIT: _("on the last day of the visit"),
            Anchor.AFTER_ISSUE: _("on the day of issue"),
        }[Anchor(anchor)]
    return _RULES[Anchor(anchor), Unit(unit)](offset) % {"count": offset}


_RULES = {
    (Anchor.BEFORE_VISIT, Unit.DAYS): lambda count: ngettext(
        "%(count)d day before the visit", "%(count)d days before the visit", count
    ),
    (Anchor.BEFORE_VISIT, Unit.WEEKS): lambda count: ngettext(
        "%(count)d week before the visit", "%(count)d weeks before the visit", count
    ),
    (Anchor.BEFORE_VISIT, Unit.MONTHS): lambda count: ngettext(
        "%(count)d month before the visit", "%(count)d months before the visit", count
    ),
    (Anchor.AFTER_VISIT, Unit.DAYS): lambda count: ngettext(
        "%(count)d day after the visit", "%(count)d days after the visit", count
    ),
    (Anchor.AFTER_VISIT, Unit.WEEKS): lambda count: ngettext(
        "%(count)d week after the visit", "%(count)d weeks after the visit", count
    ),
    (Anchor.AFTER_VISIT, Unit.MONTHS): lambda count: ngettext(
        "%(count)d month after the visit", "%(count)d months after the visit", count
    ),
    (Anchor.AFTER_ISSUE, Unit.DAYS): lambda count: ngettext(
        "%(count)d day after issue", "%(count)d days after issue", count
    ),
    (Anchor.AFTER_ISSUE, Unit.WEEKS): lambda count: ngettext(
        "%(count)d week after issue", "%(count)d weeks after issue", count
    ),
    (Anchor.AFTER_ISSUE, Unit.MONTHS): lambda count: ngettext(
        "%(count)d month after issue", "%(count)d months after issue", count
    ),
}
