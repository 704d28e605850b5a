"""What the pages take in the database that is there: queries, and time in the app beside that of one bare query."""

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from accounts.permissions import Role
from programs.models import Membership
from reviews.models import Result, Review, TeamMember

# Of DESIGN 12.
MOST_QUERIES, MOST_MILLISECONDS = 20, 150
# Nothing is cached between these two visits and the ones that are timed but what any page caches once per process.
VISITS_BEFORE = 2
WHOLE_YEARS_BACK = 3


@dataclass(frozen=True)
class Page:
    """`of`: what its address names: "site", "review", "program", or "" for nothing. `query`: as in the address."""

    title: str
    name: str
    of: str = ""
    query: str = ""


@dataclass(frozen=True)
class Taken:
    """`milliseconds`: of every timed visit, by the clock. `processor`: the median of this process alone.

    The latter says on a busy machine what the app takes, without the database's part.
    """

    person: str
    page: str
    address: str
    status: int
    queries: int
    milliseconds: tuple[float, ...]
    processor: float
    bytes: int

    @property
    def median(self) -> float:
        return statistics.median(self.milliseconds)

    @property
    def p95(self) -> float:
        return percentile_95(self.milliseconds)

    @property
    def is_within(self) -> bool:
        return self.queries <= MOST_QUERIES and self.p95 <= MOST_MILLISECONDS


PAGES = (
    Page("home", "home"),
    Page("sites", "reviews:sites"),
    Page("reviews", "reviews:list"),
    Page("reviews, last page", "reviews:list", query="page=last"),
    Page("reports to bind", "reports:bundles"),
    Page("site", "reviews:site", "site"),
    Page("trend", "reports:trend", "site"),
    Page("trend as a file", "reports:trend_csv", "site"),
    Page("outcomes", "reports:outcomes", "site"),
    Page("review", "reviews:detail", "review"),
    Page("report", "reports:report", "review"),
    Page("action plan", "reviews:action_plan", "review"),
    Page("all goals", "reviews:actions"),
    Page("all goals as a file", "reports:actions_csv"),
    Page("across sites", "reports:across"),
    Page("across, one setting", "reports:across", query="setting={setting}"),
    Page("across, one region", "reports:across", query="region={region}"),
    Page("across, one program", "reports:across", query="program={program}"),
    Page("across, three years", "reports:across", query="from={from}"),
    Page("across, with self-assessments", "reports:across", query="self=on"),
    Page("across as a file", "reports:across_csv"),
    Page("past reviews", "reviews:past_reviews"),
    Page("people", "programs:people", "program"),
)


def people() -> Iterator[tuple[str, User]]:
    """Of each kind the one with most to see; a manager and a viewer of one program."""
    managers = _holders(Role.PROGRAM_MANAGER)
    program = (
        Membership.objects.filter(
            user__in=managers.filter(programs=1).values("pk"), role=Role.PROGRAM_MANAGER
        )
        .annotate(results=Count("program__sites__results"))
        .order_by("-results", "pk")
        .values_list("program", flat=True)
        .first()
    )
    of_program = Membership.objects.filter(program=program)
    for kind, role in (("manager", Role.PROGRAM_MANAGER), ("viewer", Role.VIEWER)):
        place = of_program.filter(role=role.value).select_related("user").order_by("pk").first()
        if place:
            yield kind, place.user
    if network := _holders(Role.NETWORK_LEAD).order_by("-programs", "pk").first():
        yield "network lead", network
    busiest = (
        TeamMember.objects.counting().values("user").annotate(visits=Count("pk")).order_by("-visits", "user")
    )
    if place := busiest.first():
        yield "reviewer", User.objects.get(pk=place["user"])


def _holders(role: Role):
    held = User.objects.filter(is_active=True, memberships__role=role.value)
    return held.annotate(programs=Count("memberships__program", distinct=True))


def measure(times: int, pages: tuple[Page, ...] = PAGES) -> Iterator[Taken]:
    """Each page that there is for each person who may open it, one after the other, as in one process of many."""
    host = next((one for one in settings.ALLOWED_HOSTS if "*" not in one), "localhost").lstrip(".")
    for kind, user in people():
        client, names = Client(headers={"host": host}), _names_for(user)
        client.force_login(user)
        for page in pages:
            address = _address(page, names)
            if address is not None:
                yield _visit(client, kind, page, address, times)


def bare_query(times: int) -> list[float]:
    """Milliseconds of `SELECT 1`: what this machine and this connection take at least."""

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()

    ask()
    return [milliseconds(ask) for _time in range(times)]


def _names_for(user: User) -> dict[str, object]:
    """What the pages' addresses name, of what this person may see."""
    readable = Result.objects.readable_by(user).filter(review__isnull=False)
    most = (
        readable.order_by().values("site").annotate(results=Count("pk")).order_by("-results", "site").first()
    )
    if most is None:
        return {}
    latest = readable.filter(site=most["site"]).with_details().latest_first().first()
    return {
        "site": latest.site_id,
        "review": latest.review_id,
        "program": latest.site.program_id,
        "setting": latest.site.setting.code,
        "region": latest.site.region,
        "from": latest.starts_on.replace(year=latest.starts_on.year - WHOLE_YEARS_BACK, day=1),
    }


def _address(page: Page, names: dict[str, object]) -> str | None:
    """None where the product has no such page, or the person sees nothing that it could be of."""
    if page.of and page.of not in names:
        return None
    try:
        address = reverse(page.name, kwargs={"pk": names[page.of]} if page.of else {})
    except NoReverseMatch:
        return None
    if page.query and "{" in page.query and not names:
        return None
    return f"{address}?{page.query.format(**names)}" if page.query else address


def _visit(client: Client, kind: str, page: Page, address: str, times: int) -> Taken:
    for _visit in range(VISITS_BEFORE):
        client.get(address, secure=True)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address, secure=True)
    queries = len(captured)
    taken, processor = [], []
    for _visit in range(times):
        start = time.process_time()
        taken.append(milliseconds(lambda: client.get(address, secure=True)))
        processor.append(1000 * (time.process_time() - start))
    length = 0 if answer.streaming else len(answer.content)
    return Taken(
        kind,
        page.title,
        address,
        answer.status_code,
        queries,
        tuple(taken),
        statistics.median(processor),
        length,
    )


def milliseconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - start)


def percentile_95(taken) -> float:
    ordered = sorted(taken)
    return ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]


def size() -> dict[str, int]:
    return {"reviews": Review.objects.count(), "results": Result.objects.count()}
