"""Where something in a definition stands, as an editor calls it: "Item 1, Caseload size, anchor 4"."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from scales.draft_checks import Finding, Place
from scales.spec import ScaleSpec

FIELDS = {
    "name": gettext_noop("Name of the scale"),
    "scale_name": gettext_noop("Name of the scale"),
    "code": gettext_noop("Code"),
    "setting": gettext_noop("Setting"),
    "title": gettext_noop("Title"),
    "language": gettext_noop("Language of the wording"),
    "source": gettext_noop("Source"),
    "edition": gettext_noop("Edition"),
    "permission": gettext_noop("Permission to use the wording"),
    "label": gettext_noop("Label"),
    "meaning": gettext_noop("What it means"),
    "short_title": gettext_noop("Short title"),
    "measures": gettext_noop("What it measures"),
    "intent": gettext_noop("Intent"),
    "note": gettext_noop("Note"),
    "unit": gettext_noop("Unit"),
    "part_label": gettext_noop("What the first number counts"),
    "whole_label": gettext_noop("What the second number counts"),
    "descriptor": gettext_noop("Descriptor"),
    "question": gettext_noop("Question"),
    "text": gettext_noop("Text"),
    "citation": gettext_noop("Citation"),
    "in_words": gettext_noop("As a sentence names it"),
    "summary": gettext_noop("Summary"),
}

# What stands under one key of a definition, by the name of that key.
ROWS = {
    "bands": gettext_noop("band “%(name)s”"),
    "evidence_sources": gettext_noop("kind of evidence %(name)s"),
    "principles": gettext_noop("principle %(name)s"),
    "anchors": gettext_noop("anchor %(name)s"),
    "components": gettext_noop("component %(name)s"),
    "conditions": gettext_noop("question %(name)s"),
    "sources": gettext_noop("source %(name)s"),
    "notes": gettext_noop("note %(name)s"),
    "unrated_reasons": gettext_noop("reason %(name)s"),
    "statements": gettext_noop("statement %(name)s"),
    "thresholds": gettext_noop("changed bounds of %(name)s"),
}

LISTS = {
    "bands": gettext_noop("bands"),
    "evidence_sources": gettext_noop("kinds of evidence"),
    "principles": gettext_noop("principles"),
    "sections": gettext_noop("sections and items"),
    "anchors": gettext_noop("anchors"),
    "components": gettext_noop("components"),
    "evidence": gettext_noop("evidence"),
    "implies": gettext_noop("what it also answers"),
    "requires": gettext_noop("questions to be met"),
    "also_when": gettext_noop("questions that lead here"),
    "reading": gettext_noop("how the anchors are read"),
    "degree": gettext_noop("degree"),
    "expected_loss": gettext_noop("expected loss"),
    "maximum": gettext_noop("scores"),
    "scale": gettext_noop("scale"),
    "code": gettext_noop("code"),
    "setting": gettext_noop("setting"),
}


def field_name(name: str) -> str:
    return _(FIELDS.get(name, name))


def place_in_words(finding: Finding, scale: ScaleSpec) -> str:
    """The item first where there is one, then what stands inside it; fields are left to the sentence."""
    place, words = finding.place, []
    match place:
        case ("sections", _section_code, "items", code, *rest):
            words, place = [_item(code, scale)], tuple(rest)
        case ("sections", section, *rest):
            words, place = [_section(section, scale)], tuple(rest)
        case ("adjustments", code, *rest):
            words, place = [_item(code, scale)], tuple(rest)
    text = ", ".join([*words, *_inside(place, is_whole=not words)])
    if not text:
        return _("The profile as a whole")
    return capfirst(text)


def _inside(place: Place, *, is_whole: bool) -> list[str]:
    if not place:
        return []
    key, *rest = place
    if rest and key in ROWS:
        return [_(ROWS[key]) % {"name": rest[0]}, *_inside(tuple(rest[1:]), is_whole=False)]
    if key in LISTS:
        return [_(LISTS[key])]
    # A field of the whole definition is its own place; inside an item the sentence names it.
    return [_(FIELDS[key])] if is_whole and key in FIELDS else []


def _item(code: str, scale: ScaleSpec) -> str:
    item = scale.items_by_code.get(code)
    if item is None:
        return _("item “%(code)s”") % {"code": code}
    words = {"number": item.number, "title": item.short_title or item.title or item.code}
    return _("item %(number)s, %(title)s") % words


def _section(code: str, scale: ScaleSpec) -> str:
    title = next((section.title for section in scale.sections if section.code == code), "")
    return _("section “%(title)s”") % {"title": title or code}
