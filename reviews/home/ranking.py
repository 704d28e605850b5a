"""The newest result of many sites beside the one before it, in a fixed number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Case, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject

from reviews.models import Result
from reviews.models.result import SELF_ASSESSED
from scales.models import ScaleVersion

IS_SELF_ASSESSED = Case(
    When(kind__in=SELF_ASSESSED, then=Value(True)), default=Value(False), output_field=BooleanField()
)


@dataclass(frozen=True)
class Latest:
    """A site's newest result. `previous`: the one before it that it can be compared with, None where there is none.

    `points`: gained since, or lost below 0, over the items rated both times; None where nothing can be compared.
    """

    result: int
    site: int
    site_name: str
    version: int
    band: str
    ends_on: date
    is_self_assessed: bool
    previous: int | None
    points: int | None

    @property
    def slipped(self) -> bool:
        return self.points is not None and self.points < 0


@dataclass(frozen=True)
class LatestOfSites:
    """`of_sites`: by the name of the site. `versions`: those that are met, by their number."""

    of_sites: list[Latest]
    versions: dict[int, ScaleVersion]


def latest_of(user, sites: QuerySet) -> LatestOfSites:
    """Of each site that has a result the user may read; two queries.

    A self-assessment stands for a site only where nobody else reviewed it, and is compared with none but another.
    Of the results before, one on the same scale by the same points.
    """
    rows = list(_pairs(Result.objects.readable_by(user), sites))
    versions = _versions(rows)
    codes = {pk: [item.code for item in version.to_spec().items] for pk, version in versions.items()}
    found = [
        Latest(
            result=row["pk"],
            site=row["site"],
            site_name=row["site__name"],
            version=row["version"],
            band=row["band"],
            ends_on=row["ends_on"],
            is_self_assessed=row["is_self_assessed"],
            previous=row["before"]["pk"] if row["before"] else None,
            points=_points_moved(row, row["before"], codes) if row["before"] else None,
        )
        for row in rows
    ]
    return LatestOfSites(found, versions)


def _pairs(results: QuerySet, sites: QuerySet) -> QuerySet:
    of_site = results.filter(site=OuterRef("pk")).latest_first().values("pk")
    newest = sites.order_by().values(
        latest=Coalesce(
            Subquery(of_site.reviewed()[:1]), Subquery(of_site.filter(kind__in=SELF_ASSESSED)[:1])
        )
    )
    before = (
        results.annotate(is_self_assessed=IS_SELF_ASSESSED)
        .filter(
            site=OuterRef("site"),
            is_self_assessed=OuterRef("is_self_assessed"),
            version__scale=OuterRef("version__scale"),
            version__minimum=OuterRef("version__minimum"),
            version__maximum=OuterRef("version__maximum"),
            starts_on__lt=OuterRef("starts_on"),
        )
        .latest_first()
        .values(packed=JSONObject(pk="pk", version="version", scores="scores"))
    )
    return (
        Result.objects.filter(pk__in=newest)
        .annotate(is_self_assessed=IS_SELF_ASSESSED, before=Subquery(before[:1]))
        .order_by("site__name", "site")
        .values(
            "pk",
            "site",
            "site__name",
            "version",
            "band",
            "ends_on",
            "scores",
            "is_self_assessed",
            "before",
        )
    )


def _versions(rows: Iterable[Mapping]) -> dict[int, ScaleVersion]:
    met = {row["version"] for row in rows} | {row["before"]["version"] for row in rows if row["before"]}
    versions = ScaleVersion.objects.filter(pk__in=met).select_related("scale").order_by("scale", "pk")
    return {version.pk: version for version in versions}


def _points_moved(row: Mapping, before: Mapping, codes: Mapping[int, list[str]]) -> int | None:
    """Over the items rated both times, joined by code where the versions differ."""
    scores, earlier = row["scores"], before["scores"]
    if row["version"] != before["version"]:
        then = dict(zip(codes[before["version"]], earlier, strict=True))
        earlier = [then.get(code) for code in codes[row["version"]]]
    moved = [
        now - then for now, then in zip(scores, earlier, strict=True) if now is not None and then is not None
    ]
    return sum(moved) if moved else None


def slipped_first(latest: Iterable[Latest]) -> list[Latest]:
    """Those that lost most first, the others in the order they come in."""
    return sorted(latest, key=lambda one: one.points if one.slipped else 0)
