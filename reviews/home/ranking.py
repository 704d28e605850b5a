"""The newest result of many sites beside the one before it, in a few queries, however many sites."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from reviews.models import Result
from scales.models import ScaleVersion
from scales.models.status import Status

READ = ("pk", "version", "points", "unrated", "band", "ends_on")


class Latest(NamedTuple):
    """A site's newest result. `previous`: the one before it that it can be compared with, None where there is none.

    `points`: gained since, or lost below 0, over the items rated both times; None where nothing can be compared.
    """

    result: int
    site: int
    site_name: str
    program: str
    version: int
    band: str
    ends_on: date
    is_self_assessed: bool
    previous: int | None
    points: int | None

    @property
    def slipped(self) -> bool:
        return self.points is not None and self.points < 0


class OfSite(NamedTuple):
    """What is read of one site. `rows`: results by the names in `READ`, the newest first."""

    pk: int
    name: str
    program: str
    rows: list[Mapping]


@dataclass(frozen=True)
class LatestOfSites:
    """`of_sites`: by the name of the site. `without`: sites that have no result to read.

    `versions`: every one, by its number, scale by scale.
    """

    of_sites: list[Latest]
    without: list[OfSite]
    versions: dict[int, ScaleVersion]


class _Pair(NamedTuple):
    site: OfSite
    now: Mapping
    before: Mapping | None

    @property
    def totals_tell(self) -> bool:
        """Whether the same items were all rated both times, so that the totals say what moved."""
        now, before = self.now, self.before
        return not now["unrated"] and not before["unrated"] and now["version"] == before["version"]


def latest_of(user, sites: QuerySet) -> LatestOfSites:
    """Of each site that has a result the user may read; three queries.

    A self-assessment stands for a site only where nobody else reviewed it, and is compared with none but another.
    Of the results before, the last on the same scale by the same points.
    """
    results, versions = Result.objects.readable_by(user), _versions()
    # Most sites have two complete reviews on one scale. Of the others more is read.
    read = _two_newest(results.reviewed(), sites)
    odd = {site.pk for site in read if len(site.rows) < 2 or not _alike(*site.rows, versions)}
    in_items = [
        row["pk"]
        for site in read
        if site.pk not in odd and not _Pair(site, *site.rows).totals_tell
        for row in site.rows
    ]
    of_odd, scores = _more(results, odd, in_items, versions)
    pairs, without = [], []
    for site in read:
        rows = of_odd[site.pk] if site.pk in odd else site.rows
        if rows:
            pairs.append(_pair(site, rows, versions))
        else:
            without.append(site)
    return LatestOfSites([_latest(pair, scores) for pair in pairs], without, versions)


def _two_newest(results: QuerySet, sites: QuerySet) -> list[OfSite]:
    of_site = results.filter(site=OuterRef("pk")).latest_first()
    packed = of_site.values(packed=JSONObject(**{name: name for name in READ}))[:2]
    rows = sites.order_by("name", "pk").annotate(newest=ArraySubquery(packed))
    return [OfSite(*row) for row in rows.values_list("pk", "name", "program__name", "newest")]


def _more(
    results: QuerySet, odd: set[int], pks: list[int], versions: Mapping[int, ScaleVersion]
) -> tuple[dict[int, list[Mapping]], dict[int, dict[str, int | None]]]:
    """Every result of the odd sites, self-assessments after reviews; and the scores of these and of `pks`."""
    of_odd, scores = {site: [] for site in odd}, {}
    found = results.filter(Q(site__in=odd) | Q(pk__in=pks)).latest_first()
    for row in found.values("site", "scores", "kind", "independence", *READ):
        items = versions[row["version"]].to_spec().items
        scores[row["pk"]] = {item.code: score for item, score in zip(items, row["scores"], strict=True)}
        if row["site"] in odd:
            alone = Result(kind=row["kind"], independence=row["independence"]).is_self_assessed
            of_odd[row["site"]].append(row | {"is_self_assessed": alone})
    return {site: sorted(rows, key=_is_self_assessed) for site, rows in of_odd.items()}, scores


def _versions() -> dict[int, ScaleVersion]:
    """Every version that a review can have: there are few."""
    versions = ScaleVersion.objects.exclude(status=Status.DRAFT).select_related("scale")
    return {version.pk: version for version in versions.order_by("scale", "pk")}


def _pair(site: OfSite, rows: list[Mapping], versions: Mapping[int, ScaleVersion]) -> _Pair:
    now = rows[0]
    return _Pair(site, now, next((row for row in rows[1:] if _alike(now, row, versions)), None))


def _alike(now: Mapping, before: Mapping, versions: Mapping[int, ScaleVersion]) -> bool:
    """Whether the two can be compared: both reviewed or both self-assessed, on one scale by the same points."""
    if _is_self_assessed(now) != _is_self_assessed(before):
        return False
    if now["version"] == before["version"]:
        return True
    one, other = versions[now["version"]], versions[before["version"]]
    return (one.scale_id, one.minimum, one.maximum) == (other.scale_id, other.minimum, other.maximum)


def _is_self_assessed(row: Mapping) -> bool:
    """What was read as the two newest are reviews."""
    return row.get("is_self_assessed", False)


def _points_moved(pair: _Pair, scores: Mapping[int, Mapping[str, int | None]]) -> int | None:
    """Where all was rated both times the totals say it, else the items rated both times."""
    if pair.before is None:
        return None
    if pair.totals_tell:
        return pair.now["points"] - pair.before["points"]
    then = scores[pair.before["pk"]]
    moved = [
        score - then[code]
        for code, score in scores[pair.now["pk"]].items()
        if score is not None and then.get(code) is not None
    ]
    return sum(moved) if moved else None


def _latest(pair: _Pair, scores: Mapping[int, Mapping[str, int | None]]) -> Latest:
    ends_on = pair.now["ends_on"]
    return Latest(
        result=pair.now["pk"],
        site=pair.site.pk,
        site_name=pair.site.name,
        program=pair.site.program,
        version=pair.now["version"],
        band=pair.now["band"],
        ends_on=date.fromisoformat(ends_on) if isinstance(ends_on, str) else ends_on,
        is_self_assessed=_is_self_assessed(pair.now),
        previous=pair.before["pk"] if pair.before else None,
        points=_points_moved(pair, scores),
    )


def slipped_first(latest: Iterable[Latest]) -> list[Latest]:
    """Those that lost most first, the others in the order they come in."""
    return sorted(latest, key=lambda one: one.points if one.slipped else 0)
