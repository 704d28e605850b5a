"""Part 5 as a report shows it: barriers and facilitators by domain of the CFIR, and local adaptations."""

from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports import words
from reports.document import AdaptationLine, InfluenceLine, ReportDocument
from reviews.influences import words as cfir
from reviews.influences.cfir import CITATION
from reviews.models import Adaptation, Influence


@dataclass(frozen=True)
class InfluenceView:
    """`kind`: "Barrier" or "Facilitator". `item`: "item 5, Frequent team contact", empty for the whole site."""

    kind: str
    text: str
    item: str
    anchor_id: str
    line: InfluenceLine


@dataclass(frozen=True)
class ConstructView:
    title: str
    plain: str
    lines: tuple[InfluenceView, ...]


@dataclass(frozen=True)
class DomainView:
    """`counts`: "2 barriers, 1 facilitator"."""

    title: str
    plain: str
    counts: str
    constructs: tuple[ConstructView, ...]


@dataclass(frozen=True)
class AdaptationView:
    """`heading`: the item, or that it is of the whole site. `parts`: label and text, in order."""

    heading: str
    parts: tuple[tuple[str, str], ...]
    line: AdaptationLine


@dataclass(frozen=True)
class Influences:
    """`nothing`: that nothing was recorded; empty where something was. `framework`: where the domains are from.
    `on_adaptations`: that they change no score.
    """

    nothing: str
    intro: str
    domains: tuple[DomainView, ...]
    framework: str
    on_adaptations: str
    adaptations: tuple[AdaptationView, ...]


def influences_view(document: ReportDocument) -> Influences:
    return Influences(
        nothing=_nothing(document),
        intro=_(
            "What gets in the way of good IPS here and what helps it, by the five parts of the CFIR, a framework for "
            "putting services in place."
        ),
        domains=tuple(
            _domain(code, tuple(lines))
            for code, lines in groupby(document.influences, key=attrgetter("domain"))
        ),
        framework=f"{_('The five parts and their names:')} {CITATION}",
        on_adaptations=_(
            "What is done differently here, and why. No score is changed by it: items are scored as they stand."
        ),
        adaptations=tuple(map(_adaptation, document.adaptations)),
    )


def _nothing(document: ReportDocument) -> str:
    if document.influences or document.adaptations:
        return ""
    if document.is_final:
        return _("No barriers, facilitators or local adaptations are part of this edition.")
    return _("The team has recorded no barriers, facilitators or local adaptations yet.")


def kind_in_words(code: str) -> str:
    return str(Influence.Kind(code).label) if code in Influence.Kind.values else code


def core_kept_in_words(code: str) -> str:
    return str(Adaptation.CoreKept(code).label) if code in Adaptation.CoreKept.values else code


def planned_in_words(planned: bool) -> str:
    return _("Yes, decided beforehand") if planned else _("No, it came about in the work")


def about(construct: ConstructView) -> str:
    """ "Financing (Money: how the service is paid for, and for how long)"."""
    return f"{construct.title} ({construct.plain})" if construct.plain else construct.title


def _domain(code: str, lines: tuple[InfluenceLine, ...]) -> DomainView:
    return DomainView(
        title=cfir.domain_title(code),
        plain=cfir.domain_in_plain_words(code),
        counts=_counts(lines),
        constructs=tuple(
            ConstructView(
                title=cfir.construct_title(construct),
                plain=cfir.construct_in_plain_words(construct),
                lines=tuple(map(_influence, of_construct)),
            )
            for construct, of_construct in groupby(lines, key=attrgetter("construct"))
        ),
    )


def _counts(lines: tuple[InfluenceLine, ...]) -> str:
    barriers = sum(line.kind == Influence.Kind.BARRIER for line in lines)
    helping = len(lines) - barriers
    return ", ".join(
        [
            *([ngettext("%d barrier", "%d barriers", barriers) % barriers] if barriers else []),
            *([ngettext("%d facilitator", "%d facilitators", helping) % helping] if helping else []),
        ]
    )


def _influence(line: InfluenceLine) -> InfluenceView:
    return InfluenceView(
        kind=kind_in_words(line.kind),
        text=line.text,
        item=_item(line),
        anchor_id=f"item-{line.item_number}" if line.item_number else "",
        line=line,
    )


def _item(line: InfluenceLine | AdaptationLine) -> str:
    if line.item_number is None:
        return ""
    return _("item %(number)s, %(title)s") % {"number": line.item_number, "title": line.item_title}


def _adaptation(line: AdaptationLine) -> AdaptationView:
    parts = (
        (_("What"), line.what),
        (_("Why"), line.why),
        (_("Planned"), planned_in_words(line.planned)),
        (_("Core of IPS kept"), core_kept_in_words(line.core_kept)),
        (_("Who decided"), line.decided_by),
        (_("Since"), line.since),
    )
    return AdaptationView(
        heading=words.capital(_item(line)) or _("The whole site"),
        parts=tuple((label, text) for label, text in parts if text),
        line=line,
    )
