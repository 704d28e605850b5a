"""How a review was done, as a report shows it: who, when, which sources, how many, and what was not seen."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports import words
from reports.document import ReportDocument
from reviews.models import Source


@dataclass(frozen=True)
class Fact:
    name: str
    text: str


@dataclass(frozen=True)
class Member:
    name: str
    role: str
    employer: str


def members(document: ReportDocument) -> tuple[Member, ...]:
    return tuple(Member(member.name, words.role(member.role), member.employer) for member in document.team)


def method_facts(document: ReportDocument) -> tuple[Fact, ...]:
    label = words.independence(document.independence)
    return filled(
        (_("Visit"), f"{words.days(document.starts_on, document.ends_on)}, {words.mode(document.mode)}"),
        (_("Type of review"), words.kind(document.kind)),
        (_("Independence"), f"{label}: {words.independence_reason(document)}"),
        (_("How it was scored"), _how_it_was_scored(document)),
        (_("How much was seen"), words.method(document) or _("Not counted.")),
        (_("Notes by source"), _notes_by_source(document)),
        (_("What was not seen"), document.not_seen or _("The team named nothing that it could not see.")),
        (_("Not rated"), _not_rated(document)),
    )


def filled(*facts: tuple[str, str]) -> tuple[Fact, ...]:
    return tuple(Fact(name, text) for name, text in facts if text)


def _how_it_was_scored(document: ReportDocument) -> str:
    if document.raters < 2:
        return _("One reviewer scored every item, with the evidence that each item asks for.")
    return _(
        "Each reviewer scored every item alone, without seeing the others’ scores. Then they agreed one score per "
        "item."
    )


def _notes_by_source(document: ReportDocument) -> str:
    """ "Interview: 12 · Document: none"; empty where no notes were kept in the product."""
    return " · ".join(
        _("%(source)s: %(count)s") % {"source": _source(line.source), "count": line.notes or _("none")}
        for line in document.evidence_notes
    )


def _source(code: str) -> str:
    return str(Source(code).label) if code in Source.values else code


def _not_rated(document: ReportDocument) -> str:
    unrated = [f"{item.number} {item.short_title}" for item in document.items if item.score is None]
    if not unrated:
        return ""
    if len(unrated) == len(document.items):
        return _("No item was rated.")
    return ngettext(
        "Item %(items)s. The reason is with it.",
        "Items %(items)s. The reasons are with them.",
        len(unrated),
    ) % {"items": ", ".join(unrated)}
