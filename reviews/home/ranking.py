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


def latest_of(user, sites: QuerySet) -> list[Latest]:
    """Of each site that has a result the user may read, by the name of the site; at most three queries.

    A self-assessment stands for a site only where nobody else reviewed it, and is compared with none but another.
    Of the results before, one on the same scale by the same points.
    """
    rows = list(_pairs(Result.objects.readable_by(user), sites))
    versions = _versions(rows)
    alike = {row["pk"] for row in rows if _total_tells(row, versions)}
    scores = _scores([row for row in rows if row["before"] and row["pk"] not in alike])
    return [
        Latest(
            result=row["pk"],
            site=row["site"],
            site_name=row["site__name"],
            version=row["version"],
            band=row["band"],
            ends_on=row["ends_on"],
            is_self_assessed=row["is_self_assessed"],
            previous=row["before"]["pk"] if row["before"] else None,
            points=row["points"] - row["before"]["points"]
            if row["pk"] in alike
            else _points_moved(row, versions, scores),
        )
        for row in rows
    ]


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
        .values(packed=JSONObject(pk="pk", points="points", unrated="unrated", version="version"))
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
            "points",
            "unrated",
            "is_self_assessed",
            "before",
        )
    )


def _versions(rows: Iterable[Mapping]) -> dict[int, list[str]]:
    """Of each version that is met the codes of its items, in the order of the score sheet."""
    met = {row["version"] for row in rows} | {row["before"]["version"] for row in rows if row["before"]}
    versions = ScaleVersion.objects.filter(pk__in=met)
    return {version.pk: [item.code for item in version.to_spec().items] for version in versions}


def _total_tells(row: Mapping, versions: Mapping[int, list[str]]) -> bool:
    """Whether the same items were all rated both times, so that the totals say what moved."""
    before = row["before"]
    return (
        before is not None
        and row["unrated"] == before["unrated"] == 0
        and set(versions[row["version"]]) == set(versions[before["version"]])
    )


def _scores(rows: Iterable[Mapping]) -> dict[int, list[int | None]]:
    wanted = {pk for row in rows for pk in (row["pk"], row["before"]["pk"])}
    return dict(Result.objects.filter(pk__in=wanted).values_list("pk", "scores")) if wanted else {}


def _points_moved(row: Mapping, versions: Mapping[int, list[str]], scores: Mapping[int, list]) -> int | None:
    before = row["before"]
    if before is None:
        return None
    then = dict(zip(versions[before["version"]], scores[before["pk"]], strict=True))
    now = zip(versions[row["version"]], scores[row["pk"]], strict=True)
    moved = [score - then[code] for code, score in now if score is not None and then.get(code) is not None]
    return sum(moved) if moved else None


def slipped_first(latest: Iterable[Latest]) -> list[Latest]:
    """Those that lost most first, the others in the order they come in."""
    return sorted(latest, key=lambda one: one.points if one.slipped else 0)
