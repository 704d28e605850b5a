"""Lines of the tables below the sites: what holds sites back, how scores lie, barriers, adaptations, agreement."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports import words
from reports.across import bars
from reports.across.comparison import Comparison
from reports.across.counting import ItemAcross, ItemAgreement, by_open_points
from reports.across.words import number_of_sites
from reports.document import Range
from reviews.influences import words as cfir_words
from reviews.influences.cfir import DOMAINS
from reviews.models import Adaptation, Influence


@dataclass(frozen=True)
class HoldingLine:
    """One item on which points are lost. `setting`, `open`: ranges of points in words."""

    item: ItemAcross
    bar: bars.GapBar
    below: str
    setting: str
    open: str


@dataclass(frozen=True)
class ScoresLine:
    """`counts`: sites with each score, and the shade of each; in the order of the points."""

    item: ItemAcross
    drawing: bars.Columns
    counts: tuple[int, ...]


@dataclass(frozen=True)
class NamedBy:
    """A domain or a construct, and how many sites name it."""

    title: str
    plain: str
    barriers: int
    facilitators: int


@dataclass(frozen=True)
class DomainLine:
    domain: NamedBy
    constructs: tuple[NamedBy, ...]


@dataclass(frozen=True)
class AdaptationLine:
    core_kept: str
    planned: int
    unplanned: int


@dataclass(frozen=True)
class AgreementLine:
    item: ItemAgreement
    exact: str
    within_one: str


def holding_back(comparison: Comparison) -> list[HoldingLine]:
    lines = by_open_points(comparison.items)
    most = max((one.gap.gap for one in lines), default=0)
    return [_holding(one, most) for one in lines]


def score_lines(comparison: Comparison) -> list[ScoresLine]:
    return [_scores(one, comparison.points) for one in comparison.items]


def domain_lines(comparison: Comparison) -> list[DomainLine]:
    """Every domain in the framework's order; of its constructs those named, most barriers first."""
    found = []
    for domain in DOMAINS:
        constructs = [
            _named(
                comparison,
                one.code,
                cfir_words.construct_title(one.code),
                cfir_words.construct_in_plain_words(one.code),
            )
            for one in domain.constructs
        ]
        named = [one for one in constructs if one.barriers or one.facilitators]
        found.append(
            DomainLine(
                _named(
                    comparison,
                    domain.code,
                    cfir_words.domain_title(domain.code),
                    cfir_words.domain_in_plain_words(domain.code),
                ),
                tuple(sorted(named, key=lambda one: (-one.barriers, -one.facilitators))),
            )
        )
    return found


def adaptation_lines(comparison: Comparison) -> list[AdaptationLine]:
    """How many local adaptations keep what makes the model, by whether they were planned."""
    counted = {(one.core_kept, one.planned): one.adaptations for one in comparison.adaptations}
    return [
        AdaptationLine(
            str(kept.label), counted.get((kept.value, True), 0), counted.get((kept.value, False), 0)
        )
        for kept in Adaptation.CoreKept
        if (kept.value, True) in counted or (kept.value, False) in counted
    ]


def agreement_lines(comparison: Comparison) -> list[AgreementLine]:
    """The items that reviewers scored alike least often first."""
    ordered = sorted(
        comparison.agreement,
        key=lambda one: (one.exact / one.compared, one.within_one / one.compared, one.joined.item.number),
    )
    return [
        AgreementLine(one, share(one.exact, one.compared), share(one.within_one, one.compared))
        for one in ordered
    ]


def share(part: int, whole: int) -> str:
    """ "7 of 9 (78%)"; the per cent only where the whole is not few."""
    said = _("%(part)s of %(whole)s") % {"part": number_format(part), "whole": number_format(whole)}
    if whole < LEAST_FOR_PER_CENT:
        return said
    return f"{said} ({round(100 * part / whole)}%)"


# Under so many a share in per cent says more than it can.
LEAST_FOR_PER_CENT = 5


def _holding(one: ItemAcross, most: int) -> HoldingLine:
    gap = one.gap
    setting = words.span(Range(gap.setting_lowest, gap.setting_highest))
    is_open = words.span(Range(gap.open_lowest, gap.open_highest))
    title = _("%(item)s: %(points)s lost, %(open)s open to services, %(setting)s the setting’s") % {
        "item": one.joined.item.short_title,
        "points": _points(gap.gap),
        "open": is_open,
        "setting": setting,
    }
    return HoldingLine(one, bars.gap_bar(gap, most, title), share(one.below, one.rated), setting, is_open)


def _scores(one: ItemAcross, points: Sequence[int]) -> ScoresLine:
    counts = tuple(one.scores.get(score, 0) for score in points)
    said = ", ".join(
        f"{score}: {number_of_sites(count)}" for score, count in zip(points, counts, strict=True)
    )
    title = f"{one.joined.item.short_title}. {said}"
    if one.unrated:
        title = _("%(scores)s, not rated: %(sites)s") % {
            "scores": title,
            "sites": number_of_sites(one.unrated),
        }
    return ScoresLine(one, bars.columns(one.scores, one.unrated, points, title), counts)


def _named(comparison: Comparison, code: str, title: str, plain: str) -> NamedBy:
    counted = comparison.influences
    return NamedBy(
        title,
        plain,
        barriers=counted.get((Influence.Kind.BARRIER.value, code), 0),
        facilitators=counted.get((Influence.Kind.FACILITATOR.value, code), 0),
    )


def _points(number: int) -> str:
    return ngettext("%(number)s point", "%(number)s points", number) % {"number": number_format(number)}
