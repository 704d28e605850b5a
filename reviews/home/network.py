"""The programs of a network lead at a glance: bands, what slipped most, where nobody reviewed for long."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils import timezone

from programs.models import Site
from reviews.home.ranking import Latest, LatestOfSites, latest_of, slipped_first
from reviews.home.words import points_in_words
from reviews.models import Goal
from scales.models import ScaleVersion

SHOWN = 10
YEARS = 2


@dataclass(frozen=True)
class BandCount:
    """`label`: "" where the band is not certain."""

    label: str
    sites: int


@dataclass(frozen=True)
class Bands:
    """Of one scale, the highest band first."""

    scale: str
    counts: list[BandCount]


@dataclass(frozen=True)
class Slip:
    latest: Latest

    @property
    def moved(self) -> str:
        return points_in_words(self.latest.points)


@dataclass(frozen=True)
class LongAgo:
    """A site. `last_review_on`: the last day of its last review, None where there never was one."""

    pk: int
    name: str
    program: str
    last_review_on: date | None


@dataclass(frozen=True)
class Network:
    """`self_assessed`: sites that nobody but themselves looked at; in no band here.

    `long_ago`: the first of the sites without a review for `YEARS`, or that never had one; `long_ago_number` and
    `never_number`: how many of either there are. Those that the person is rating now are left out of everything
    but `number`. `overdue_goals`: as many as the page of goals shows.
    """

    number: int
    bands: list[Bands]
    slipped: list[Slip]
    slipped_number: int
    self_assessed: int
    long_ago: list[LongAgo]
    long_ago_number: int
    never_number: int
    overdue_goals: int


def network_of(user, programs: set[int], *, blinded_sites: set[int]) -> Network:
    """`programs`: those of the network. Four queries."""
    latest = latest_of(user, Site.objects.filter(program__in=programs))
    reviewed = [one for one in latest.of_sites if not one.is_self_assessed]
    slipped = [one for one in slipped_first(reviewed) if one.slipped]
    today = timezone.localdate()
    long_ago = _without_review_since(_years_before(today), latest, blinded_sites)
    never = sum(one.last_review_on is None for one in long_ago)
    return Network(
        number=len(latest.of_sites) + len(latest.without),
        bands=_bands(reviewed, latest.versions.values()),
        slipped=[Slip(one) for one in slipped[:SHOWN]],
        slipped_number=len(slipped),
        self_assessed=len(latest.of_sites) - len(reviewed),
        long_ago=long_ago[:SHOWN],
        long_ago_number=len(long_ago) - never,
        never_number=never,
        overdue_goals=Goal.objects.visible_to(user).overdue(today).count(),
    )


def _bands(reviewed: Iterable[Latest], versions: Iterable[ScaleVersion]) -> list[Bands]:
    """By scale: versions of one share their bands' labels, or have others; each label once, the highest first."""
    counts = Counter((one.version, one.band) for one in reviewed)
    found = []
    for scale, of_scale in groupby(versions, key=lambda version: version.scale):
        numbers, lowest = [], {}
        # Only the bands of versions in use.
        for version in of_scale:
            if not any(number == version.pk for number, _label in counts):
                continue
            numbers.append(version.pk)
            lowest |= {band.label: band.lowest for band in version.to_spec().bands}
        labels = [*sorted(lowest, key=lambda label: -lowest[label]), ""]
        sites = {label: sum(counts[number, label] for number in numbers) for label in labels}
        if any(sites.values()):
            found.append(
                Bands(
                    scale.name, [BandCount(label, sites[label]) for label in labels if label or sites[label]]
                )
            )
    return found


def _without_review_since(since: date, latest: LatestOfSites, blinded_sites: set[int]) -> list[LongAgo]:
    """The longest ago first, those that never had one last. Self-assessments are none."""
    found = [
        LongAgo(one.site, one.site_name, one.program, None if one.is_self_assessed else one.ends_on)
        for one in latest.of_sites
        if one.is_self_assessed or one.ends_on < since
    ]
    found += [
        LongAgo(site.pk, site.name, site.program, None)
        for site in latest.without
        if site.pk not in blinded_sites
    ]
    return sorted(found, key=lambda site: site.last_review_on or date.max)


def _years_before(today: date) -> date:
    # The 29th of February has none in the year before last.
    return today.replace(year=today.year - YEARS, day=min(today.day, 28) if today.month == 2 else today.day)
