"""What stands at the head of a comparison: which reviews count, how they came out, and what to read with care."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports import words
from reports.across.comparison import FEW_SITES, Comparison
from reports.across.counting import JoinedItem
from reports.document import Range


@dataclass(frozen=True)
class Head:
    """`counts`: which reviews these are. `came_out`: totals. `warnings`: what to read with care.

    `of_settings`: that warning of them which says that settings differ; "" where they do not.
    """

    counts: str
    came_out: tuple[str, ...]
    bands: tuple[tuple[str, int], ...]
    warnings: tuple[str, ...]
    of_settings: str


def head(comparison: Comparison) -> Head:
    return Head(
        counts=_counts(comparison),
        came_out=tuple(_totals(comparison)),
        bands=tuple((label or _("Not certain yet"), sites) for label, sites in comparison.bands),
        warnings=tuple(_warnings(comparison)),
        of_settings=_of_profiles(comparison),
    )


def number_of_sites(number: int) -> str:
    return ngettext("%(number)s site", "%(number)s sites", number) % {"number": number_format(number)}


def few_in_words(sites: int) -> str:
    """Says that nothing can be read from so few; "" where there are enough."""
    if not 0 < sites < FEW_SITES:
        return ""
    return ngettext(
        "Only %(number)s site: no pattern can be read from it. Read its report.",
        "Only %(number)s sites: no pattern can be read from so few. Read them one by one.",
        sites,
    ) % {"number": words.in_words(sites)}


def rests_on(comparison: Comparison) -> list[str]:
    """On how many reviews the agreement rests, and that the next can change it where they are few."""
    several, old = comparison.rated_by_several
    said = [
        ngettext(
            "Scored by two or more people here: %(several)s of %(number)s review.",
            "Scored by two or more people here: %(several)s of %(number)s reviews.",
            comparison.sites,
        )
        % {"several": number_format(several), "number": number_format(comparison.sites)}
    ]
    if old:
        said.append(
            ngettext(
                "%(number)s comes from an old score sheet, without the scores of each person.",
                "%(number)s come from old score sheets, without the scores of each person.",
                old,
            )
            % {"number": number_format(old)}
        )
    if 0 < several < FEW_SITES:
        said.append(_("Few reviews: the next one can change every figure here."))
    return said


def _counts(comparison: Comparison) -> str:
    """ "6 sites, each with its latest review in this choice, visited May 2024 to November 2026. …"."""
    groups = comparison.groups
    first, last = min(group.first_on for group in groups), max(group.last_on for group in groups)
    said = [
        _("%(sites)s, each with its latest review in this choice: %(when)s.")
        % {"sites": number_of_sites(comparison.sites), "when": _period(first, last)}
    ]
    if comparison.imported:
        said.append(
            ngettext(
                "%(number)s comes from an old score sheet.",
                "%(number)s come from old score sheets.",
                comparison.imported,
            )
            % {"number": number_format(comparison.imported)}
        )
    return " ".join(said)


def _period(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return words.month(first)
    return _("%(first)s to %(last)s") % {"first": words.month(first), "last": words.month(last)}


def _totals(comparison: Comparison) -> list[str]:
    """The middle only of enough sites, and never of sums that are not alike."""
    complete, sites = comparison.complete, comparison.sites
    if not complete:
        return [_("No total is complete yet: every review here has unrated items.")]
    if not comparison.totals_compare:
        return [_("Totals are of different items, so no middle is given.")]
    totals = comparison.totals
    said = []
    if complete >= FEW_SITES and totals.median is not None:
        said.append(_("Median total %(median)s.") % {"median": _plain(totals.median)})
    span = words.span(Range(int(totals.lowest or 0), int(totals.highest or 0)))
    said.append(_("Totals from lowest to highest: %(span)s.") % {"span": span})
    if complete < sites:
        said.append(
            ngettext(
                "%(number)s review with unrated items is not in these totals.",
                "%(number)s reviews with unrated items are not in these totals.",
                sites - complete,
            )
            % {"number": number_format(sites - complete)}
        )
    return said


def _plain(number: float) -> str:
    """ "102", "102.5"."""
    return number_format(number, 0 if number == int(number) else 1)


def _warnings(comparison: Comparison) -> list[str]:
    said = [
        few_in_words(comparison.sites),
        _of_self_assessments(comparison),
        _of_profiles(comparison),
        *_of_versions(comparison),
    ]
    return [text for text in said if text]


def _of_self_assessments(comparison: Comparison) -> str:
    if not comparison.self_assessed:
        return ""
    return ngettext(
        "%(number)s of these is a self-assessment: the service rated itself. It is here because you asked for it.",
        "%(number)s of these are self-assessments: the services rated themselves. They are here because you asked for "
        "them.",
        comparison.self_assessed,
    ) % {"number": number_format(comparison.self_assessed)}


def _of_profiles(comparison: Comparison) -> str:
    settings = {profile.code: profile.in_words for profile in comparison.profiles.values()}
    if len(settings) < 2:
        return ""
    return _(
        "These sites were read by different setting profiles: %(settings)s. A setting costs points that a service "
        "cannot win back, so totals of different settings do not stand side by side. Choose one setting profile, "
        "or compare the open part."
    ) % {"settings": ", ".join(sorted(settings.values()))}


def _of_versions(comparison: Comparison) -> list[str]:
    if len(comparison.specs) < 2:
        return []
    titles = "; ".join(spec.title for spec in comparison.specs.values())
    said = [
        _(
            "These reviews used different versions of the scale: %(versions)s. Items are joined by what they measure."
        )
        % {"versions": titles}
    ]
    moved = comparison.moved
    if moved.moved:
        said.append(
            _("Scored by other anchors in one version than in another: %(items)s.")
            % {"items": _listed(moved.moved)}
        )
    if moved.not_in_all:
        said.append(_("Not in every version: %(items)s.") % {"items": _listed(moved.not_in_all)})
    if not moved.moved and not moved.not_in_all:
        said.append(_("All of them have the same items, scored by the same anchors."))
    return [" ".join(said)]


def _listed(items: tuple[JoinedItem, ...]) -> str:
    return ", ".join(f"{one.item.number} {one.item.short_title}" for one in items)
