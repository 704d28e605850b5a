"""The programs of a network lead at a glance: bands, what slipped most, where nobody reviewed for long."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from programs.models import Site
from reviews.home.my_sites import OVERSEEN, sites_as
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


def network_of(user, *, blinded_sites: set[int]) -> Network | None:
    """None for those who lead no network."""
    sites = sites_as(user, *OVERSEEN)
    number = sites.count()
    if not number:
        return None
    latest = latest_of(user, sites)
    reviewed = [one for one in latest if not one.is_self_assessed]
    slipped = [one for one in slipped_first(reviewed) if one.slipped]
    since = _years_before(timezone.localdate())
    long_ago = _without_review_since(since, sites.exclude(pk__in=blinded_sites))
    return Network(
        number=number,
        bands=_bands(reviewed),
        slipped=[Slip(one) for one in slipped[:SHOWN]],
        slipped_number=len(slipped),
        self_assessed=len(latest) - len(reviewed),
        long_ago=list(long_ago.order_by("last_review_on", "name", "pk")[:SHOWN]),
        long_ago_number=long_ago.count(),
        since=since,
    )


def _bands(latest: Iterable[Latest]) -> list[Bands]:
    counts: dict[int, Counter] = {}
    for one in latest:
        counts.setdefault(one.version, Counter())[one.band] += 1
    of_scale: dict[int, list] = {}
    for version in (
        ScaleVersion.objects.filter(pk__in=counts).select_related("scale").order_by("scale_id", "pk")
    ):
        of_scale.setdefault(version.scale_id, []).append(version)
    found = []
    for versions in of_scale.values():
        sites: Counter = sum((counts[version.pk] for version in versions), Counter())
        # Bands of versions of one scale have the same labels or others: each label once, the highest first.
        lowest = {band.label: band.lowest for version in versions for band in version.to_spec().bands}
        labels = sorted(lowest, key=lambda label: -lowest[label])
        named = [BandCount(label, sites[label]) for label in labels]
        found.append(
            Bands(versions[0].scale.name, [*named, *([BandCount("", sites[""])] if sites[""] else [])])
        )
    return found


def _without_review_since(since: date, sites):
    """`last_review_on`: the last day of the last one, None where there never was one. Self-assessments are none."""
    reviewed = Result.objects.standing().reviewed().filter(site=OuterRef("pk"))
    return (
        sites.filter(~Exists(reviewed.filter(ends_on__gte=since)))
        .select_related("program")
        .annotate(last_review_on=Subquery(reviewed.latest_first().values("ends_on")[:1]))
    )


def _years_before(today: date) -> date:
    # The 29th of February has none in the year before last.
    return today.replace(year=today.year - YEARS, day=min(today.day, 28) if today.month == 2 else today.day)
