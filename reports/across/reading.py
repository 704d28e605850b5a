"""What the database counts over the latest results of many sites: a fixed number of queries, however many there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Case, Count, F, Func, OuterRef, Q, Subquery, Value, When

from accounts.permissions import Permission
from programs.models import Program
from reports.across.choosing import Choice, Order, chosen, comparable
from reports.across.counting import Counted
from reviews.influences.cfir import DOMAINS
from reviews.models import Adaptation, Influence, Result

RESULTS = Result._meta.db_table


@dataclass(frozen=True)
class Group:
    """Sites that are alike in how their latest review was done and in which band it came out."""

    version: int
    profile: int
    kind: str
    independence: str
    band: str
    is_imported: bool
    sites: int
    complete: int
    first_on: date
    last_on: date


@dataclass(frozen=True)
class Totals:
    """Of the complete ones; None where there is none."""

    lowest: int | None
    median: float | None
    highest: int | None


@dataclass(frozen=True)
class AdaptationCount:
    planned: bool
    core_kept: str
    adaptations: int
    sites: int


class Among(Func):
    """`filter(Among("pk", numbers))`: one parameter, however many numbers there are."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = models.BooleanField()

    def __init__(self, field: str, numbers: Sequence[int]) -> None:
        array = ArrayField(models.BigIntegerField())
        super().__init__(F(field), Value(list(numbers), output_field=array))


def latest_of_sites(user, choice: Choice) -> list[int]:
    """The result that counts for each site: the newest of those chosen."""
    newest = chosen(user, choice).order_by("site_id", "-starts_on", "-pk").distinct("site_id")
    return list(newest.values_list("pk", flat=True))


def groups_and_totals(results: Sequence[int]) -> tuple[list[Group], Totals]:
    alike = "version_id, profile_id, kind, independence, band, (review_id IS NULL)"
    rows = _rows(
        f"""SELECT GROUPING(version_id), {alike},
                   count(*), count(*) FILTER (WHERE unrated = 0), min(starts_on), max(starts_on),
                   min(points) FILTER (WHERE unrated = 0),
                   percentile_cont(0.5) WITHIN GROUP (ORDER BY points) FILTER (WHERE unrated = 0),
                   max(points) FILTER (WHERE unrated = 0)
            FROM {RESULTS} WHERE id = ANY(%s) GROUP BY GROUPING SETS (({alike}), ())""",
        results,
    )
    of_all = next(row for row in rows if row[0])
    return [Group(*row[1:-3]) for row in rows if not row[0]], Totals(*of_all[-3:])


def scores(results: Sequence[int]) -> list[Counted]:
    return _by_place("scores", results)


def spreads(results: Sequence[int]) -> list[Counted]:
    return _by_place("spreads", results)


def rated_by_several(results: Sequence[int]) -> tuple[int, int]:
    """How many have spreads between reviewers, and how many have none because they come from an old score sheet."""
    has_spreads = "EXISTS (SELECT FROM unnest(spreads) AS line (value) WHERE value IS NOT NULL)"
    ((several, old),) = _rows(
        f"""SELECT count(*) FILTER (WHERE {has_spreads}),
                   count(*) FILTER (WHERE review_id IS NULL AND NOT {has_spreads})
            FROM {RESULTS} WHERE id = ANY(%s)""",
        results,
    )
    return several, old


def influences(results: Sequence[int]) -> Mapping[tuple[str, str], int]:
    """Kind and construct to how many sites name it; under the code of a domain, how many name anything of it."""
    of_domain = [(construct.code, domain.code) for domain in DOMAINS for construct in domain.constructs]
    constructs, domains = (list(codes) for codes in zip(*of_domain, strict=True))
    rows = _rows(
        f"""WITH named AS MATERIALIZED (
                SELECT DISTINCT influence.review_id, influence.kind, influence.construct
                FROM {Influence._meta.db_table} influence
                JOIN {RESULTS} result ON result.review_id = influence.review_id
                WHERE result.id = ANY(%s) AND influence.withdrawn_at IS NULL)
            SELECT kind, construct, count(*) FROM named GROUP BY kind, construct
            UNION ALL
            SELECT kind, line.domain, count(DISTINCT review_id) FROM named
            JOIN unnest(%s::text[], %s::text[]) AS line (construct, domain) USING (construct)
            GROUP BY kind, line.domain""",
        results,
        constructs,
        domains,
    )
    return {(kind, code): sites for kind, code, sites in rows}


def adaptations(results: Sequence[int]) -> list[AdaptationCount]:
    rows = (
        Adaptation.objects.standing()
        .filter(Among("review__result__pk", results))
        .order_by()
        .values_list("planned", "core_kept")
        .annotate(Count("pk"), Count("review", distinct=True))
    )
    return [AdaptationCount(*row) for row in rows]


def in_order(user, choice: Choice, results: Sequence[int]):
    """The results themselves, each with `before_id`: the number of its site's review before it, in the same scale."""
    earlier = (
        comparable(user, choice)
        .filter(site=OuterRef("site"))
        .filter(
            Q(starts_on__lt=OuterRef("starts_on")) | Q(starts_on=OuterRef("starts_on"), pk__lt=OuterRef("pk"))
        )
        .latest_first()
    )
    found = (
        Result.objects.filter(Among("pk", results))
        .select_related("site__program", "site__setting")
        .annotate(before_id=Subquery(earlier.values("pk")[:1]))
    )
    if choice.order in (Order.FELL, Order.ROSE):
        complete = Case(When(unrated=0, then=F("points")))
        change = complete - Subquery(earlier.annotate(complete=complete).values("complete")[:1])
        found = found.annotate(change=change)
        by = (
            F("change").asc(nulls_last=True)
            if choice.order is Order.FELL
            else F("change").desc(nulls_last=True)
        )
        return found.order_by(by, "points", "site__name", "pk")
    orders = {
        Order.LOWEST: ("lowest", "highest", "site__name", "pk"),
        Order.HIGHEST: ("-highest", "-lowest", "site__name", "pk"),
        Order.OPEN: ("-open_highest", "-open_lowest", "site__name", "pk"),
        Order.NAME: ("site__name", "site__program__name", "pk"),
    }
    return found.order_by(*orders[choice.order])


def before(results: Iterable[Result]) -> Mapping[int, Result]:
    """The reviews before these, by number."""
    return Result.objects.in_bulk([one.before_id for one in results if one.before_id])


def programs_read(user) -> frozenset[int]:
    """Programs in which the user may read every report, and not only those of their own teams."""
    found = Program.objects.where_holding(user, Permission.READ_REPORT)
    return frozenset(found.values_list("pk", flat=True))


def _by_place(column: str, results: Sequence[int]) -> list[Counted]:
    rows = _rows(
        f"""SELECT version_id, profile_id, line.place, line.value, count(*)
            FROM {RESULTS}, unnest({column}) WITH ORDINALITY AS line (value, place)
            WHERE id = ANY(%s) GROUP BY version_id, profile_id, line.place, line.value""",
        results,
    )
    return [Counted(*row) for row in rows]


def _rows(sql: str, results: Sequence[int], *others: list[str]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(results), *others])
        return cursor.fetchall()
