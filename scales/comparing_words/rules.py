"""How an item is scored, in words: the way it is read, the bounds of an anchor, what it asks besides."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from scales.number_words import number_in_words
from scales.spec import Anchor, Condition, FewSeekers, Item, ReanchoredThreshold

READINGS = {
    "judgement": gettext_noop("by judgement, from the descriptors"),
    "ratio": gettext_noop("by a ratio of two numbers"),
    "percentage": gettext_noop("by a percentage"),
    "days": gettext_noop("by a number of days"),
    "contacts": gettext_noop("by contacts a week"),
    "components": gettext_noop("by how many components are in place"),
}


def reading_in_words(item: Item) -> str:
    return _(READINGS[item.reading.value])


def rule_in_words(anchor: Anchor, item: Item) -> str:
    """ "21 to 25; needs a yes to “Every week?”"; empty where the descriptor alone decides."""
    questions = {condition.code: condition.question or condition.code for condition in item.conditions}
    return "; ".join(_clauses(anchor, questions))


def threshold_in_words(threshold: ReanchoredThreshold) -> str:
    return bounds_in_words(threshold.lower, threshold.upper)


def bounds_in_words(
    lower: Decimal | None, upper: Decimal | None, *, lower_open: bool = False, upper_open: bool = False
) -> str:
    """ "21 to 25", "over 20, up to 25", "41 or more", "under 60"; empty without bounds."""
    words = {"lower": number_in_words(lower), "upper": number_in_words(upper)}
    match lower is not None, upper is not None, lower_open, upper_open:
        case True, True, False, False if lower == upper:
            pattern = _("exactly %(lower)s")
        case True, True, False, False:
            pattern = _("%(lower)s to %(upper)s")
        case True, True, True, False:
            pattern = _("over %(lower)s, up to %(upper)s")
        case True, True, False, True:
            pattern = _("%(lower)s or more, under %(upper)s")
        case True, True, True, True:
            pattern = _("over %(lower)s, under %(upper)s")
        case True, False, is_open, _never:
            pattern = _("over %(lower)s") if is_open else _("%(lower)s or more")
        case False, True, _never, is_open:
            pattern = _("under %(upper)s") if is_open else _("up to %(upper)s")
        case _:
            return ""
    return pattern % words


def question_rule_in_words(condition: Condition, item: Item) -> str:
    """What a yes to a question brings with it, and when the numbers answer it; empty for a plain question."""
    questions = {one.code: one.question or one.code for one in item.conditions}
    parts = [
        _("a yes also answers “%(question)s”") % {"question": questions.get(code, code)}
        for code in condition.implies
    ]
    if condition.whole_below is not None:
        number = number_in_words(condition.whole_below)
        parts.append(_("answered yes where the second number is under %(number)s") % {"number": number})
    return "; ".join(parts)


def relief_in_words(relief: FewSeekers | None) -> str:
    if relief is None:
        return ""
    words = {"fewer": relief.fewer_than, "times": relief.times}
    return (
        _("with fewer than %(fewer)s job seekers, %(times)s contacts for each are enough for the top") % words
    )


def _clauses(anchor: Anchor, questions: dict[str, str]) -> Iterator[str]:
    bounds = bounds_in_words(
        anchor.lower, anchor.upper, lower_open=anchor.lower_open, upper_open=anchor.upper_open
    )
    if bounds:
        yield bounds
    if anchor.count_lowest is not None and anchor.count_highest is not None:
        yield _count(anchor.count_lowest, anchor.count_highest)
    yield from _asked(_("needs a yes to “%(question)s”"), anchor.requires, questions)
    yield from _asked(_("also on a yes to “%(question)s”"), anchor.also_when, questions)


def _asked(pattern: str, codes: Iterable[str], questions: dict[str, str]) -> Iterator[str]:
    for code in codes:
        yield pattern % {"question": questions.get(code, code)}


def _count(lowest: int, highest: int) -> str:
    if lowest == highest:
        words = ngettext("%(count)s component in place", "%(count)s components in place", highest)
        return words % {"count": highest}
    return _("%(lowest)s to %(highest)s components in place") % {"lowest": lowest, "highest": highest}
