"""The programs of a network lead at a glance: bands, what slipped most, where nobody reviewed for long."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Window
from django.utils import timezone

from programs.models import Site
from reviews.home.ranking import Latest, latest_of, slipped_first
from reviews.home.words import points_in_words
from reviews.models import Result
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
class Network:
    """`self_assessed`: sites that nobody but themselves looked at; in no band here.

    `long_ago`: the first of the sites whose last review ended before `since`, or that never had one. Those that the
    person is rating now are left out of everything but `number`.
    """

    number: int
    bands: list[Bands]
    slipped: list[Slip]
    slipped_number: int
    self_assessed: int
    long_ago: list[Site]
    long_ago_number: int
    since: date


def network_of(user, programs: set[int], *, number: int, blinded_sites: set[int]) -> Network:
    """`programs`: those of the network. `number`: of sites in them. Three queries."""
    sites = Site.objects.filter(program__in=programs)
    latest = latest_of(user, sites)
    reviewed = [one for one in latest.of_sites if not one.is_self_assessed]
    slipped = [one for one in slipped_first(reviewed) if one.slipped]
    since = _years_before(timezone.localdate())
    long_ago = list(_without_review_since(since, sites.exclude(pk__in=blinded_sites))[:SHOWN])
    return Network(
        number=number,
        bands=_bands(reviewed, latest.versions.values()),
        slipped=[Slip(one) for one in slipped[:SHOWN]],
        slipped_number=len(slipped),
        self_assessed=len(latest.of_sites) - len(reviewed),
        long_ago=long_ago,
        long_ago_number=long_ago[0].number if long_ago else 0,
        since=since,
    )


def _bands(reviewed: Iterable[Latest], versions: Iterable[ScaleVersion]) -> list[Bands]:
    """By scale: versions of one share their bands' labels, or have others; each label once, the highest first."""
    counts = Counter((one.version, one.band) for one in reviewed)
    found = []
    for scale, of_scale in groupby(versions, key=lambda version: version.scale):
        numbers, lowest = [], {}
        for version in of_scale:
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


def _without_review_since(since: date, sites: QuerySet) -> QuerySet:
    """`last_review_on`: the last day of the last one, None where there never was one. Self-assessments are none.

    `number`: of all such sites, on each of them.
    """
    reviewed = Result.objects.standing().reviewed().filter(site=OuterRef("pk"))
    return (
        sites.filter(~Exists(reviewed.filter(ends_on__gte=since)))
        .select_related("program")
        .annotate(
            last_review_on=Subquery(reviewed.latest_first().values("ends_on")[:1]),
            number=Window(Count("pk")),
        )
        .order_by("last_review_on", "name", "pk")
    )


def _years_before(today: date) -> date:
    # The 29th of February has none in the year before last.
    return today.replace(year=today.year - YEARS, day=min(today.day, 28) if today.month == 2 else today.day)
