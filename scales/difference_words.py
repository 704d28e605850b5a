"""Puts the differences between what is saved and what was typed into sentences of the page's language."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scales.differences import Difference, How

# What the names of a definition's parts are called on a page. A name that is not here is a code, and shown as it is.
NAMES = {
    "scale_code": gettext_lazy("code of the scale"),
    "scale_name": gettext_lazy("name of the scale"),
    "label": gettext_lazy("label"),
    "title": gettext_lazy("title"),
    "short_title": gettext_lazy("short title"),
    "language": gettext_lazy("language"),
    "source": gettext_lazy("source"),
    "edition": gettext_lazy("edition"),
    "permission": gettext_lazy("permission to use the wording"),
    "minimum": gettext_lazy("lowest score"),
    "maximum": gettext_lazy("highest score"),
    "sections": gettext_lazy("sections"),
    "items": gettext_lazy("items"),
    "anchors": gettext_lazy("anchors"),
    "components": gettext_lazy("components"),
    "conditions": gettext_lazy("side conditions"),
    "descriptor": gettext_lazy("descriptor"),
    "measures": gettext_lazy("what it measures"),
    "intent": gettext_lazy("intent"),
    "note": gettext_lazy("note"),
    "reading": gettext_lazy("how its anchors are read"),
    "unit": gettext_lazy("unit"),
    "part_label": gettext_lazy("what the first number counts"),
    "whole_label": gettext_lazy("what the second number counts"),
    "per_specialist": gettext_lazy("rated specialist by specialist"),
    "few_seekers": gettext_lazy("relief for few job seekers"),
    "fewer_than": gettext_lazy("fewer job seekers than"),
    "times": gettext_lazy("contacts for each"),
    "evidence": gettext_lazy("evidence"),
    "principles": gettext_lazy("principles"),
    "lower": gettext_lazy("lower bound"),
    "upper": gettext_lazy("upper bound"),
    "lower_open": gettext_lazy("lower bound left out"),
    "upper_open": gettext_lazy("upper bound left out"),
    "count_lowest": gettext_lazy("components from"),
    "count_highest": gettext_lazy("components up to"),
    "requires": gettext_lazy("conditions that must be met"),
    "also_when": gettext_lazy("conditions that lead here by themselves"),
    "question": gettext_lazy("question"),
    "implies": gettext_lazy("also answers yes to"),
    "whole_below": gettext_lazy("answered by a number under"),
    "lowest": gettext_lazy("lowest"),
    "highest": gettext_lazy("highest"),
    "meaning": gettext_lazy("what it means"),
    "code": gettext_lazy("code"),
    "text": gettext_lazy("text"),
    "setting": gettext_lazy("setting"),
    "in_words": gettext_lazy("as a sentence names it"),
    "summary": gettext_lazy("summary"),
    "citation": gettext_lazy("citation"),
    "notes": gettext_lazy("notes on the sources"),
    "unrated_reasons": gettext_lazy("reasons to leave it unrated"),
    "degree": gettext_lazy("degree"),
    "expected_loss": gettext_lazy("expected loss"),
    "statements": gettext_lazy("statements"),
    "thresholds": gettext_lazy("re-anchored thresholds"),
    "kind": gettext_lazy("kind"),
}


def conflict_lines(differences: Iterable[Difference]) -> list[str]:
    """One line for each place where what was typed (`after`) differs from what is saved (`before`)."""
    return [_line(found) for found in differences]


def _line(found: Difference) -> str:
    words = {"place": " › ".join(str(NAMES.get(step, step)) for step in found.place)}
    match found.how:
        case How.ADDED:
            return _("%(place)s: yours only") % words
        case How.REMOVED:
            return _("%(place)s: theirs only") % words
        case How.REORDERED:
            return _("%(place)s: in another order") % words
    words |= {"theirs": _shown(found.before), "yours": _shown(found.after)}
    return _("%(place)s: saved is %(theirs)s, yours is %(yours)s") % words


def _shown(value: object) -> str:
    if value is None or value == "" or value == ():
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return _("“%(text)s”") % {"text": value}
