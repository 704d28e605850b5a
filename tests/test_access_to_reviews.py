"""The sweep over the addresses of a review: role by stage by page, GET and POST (DESIGN 10).

Out of sight is 404, in sight but not allowed is 403.
"""

import sys
from dataclasses import dataclass
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.permissions import Role
from reviews.models import Stage
from tests.action_plan_access import OF_ACTION_PLANS
from tests.factories.reviews import ReviewFactory, TeamMemberFactory
from tests.review_access import MAY
from tests.visits import FILES_OF_DRAFT, FILES_OF_EDITION, PAGES, lead_of, signed_in, strangers_to, visit_at

pytestmark = pytest.mark.django_db

METHODS = ("get", "post")
IN_SIGHT = ("lead", "reviewer", "observer", "moderator", "manager", "viewer")

# Who may have the PDF may have the other files.
LIKE = {"edition_pdf": ("edition_pdf", *FILES_OF_EDITION), "draft_pdf": ("draft_pdf", *FILES_OF_DRAFT)}
MEANS = {"2": 200, "3": 302, "4": 422, "5": 405, "-": 403, "0": 404}


@dataclass(frozen=True)
class Case:
    stage: Stage
    page: str
    method: str
    role: str
    expected: int


def cases() -> list[Case]:
    found = []
    for stage, grid in MAY.items():
        for line in (grid.strip() + OF_ACTION_PLANS[stage].rstrip()).splitlines():
            page, get_team, get_viewer, post_team, post_viewer = line.split()
            for method, signs in (("get", get_team + get_viewer), ("post", post_team + post_viewer)):
                for role, sign in zip(IN_SIGHT, signs, strict=True):
                    found += [Case(stage, one, method, role, MEANS[sign]) for one in LIKE.get(page, (page,))]
    return found


CASES = cases()
# In sight


@pytest.mark.parametrize("stage", MAY)
def test_role_is_let_in_exactly_where_the_design_says_so(stage):
    visit = visit_at(stage)
    clients = {role: signed_in(person) for role, person in visit.people.items()}

    wrong = [
        f"{case.role}: {case.method.upper()} {case.page}: {status}, should be {case.expected}"
        for case in CASES
        if case.stage == stage
        and (status := visit.ask(clients[case.role], case.method, case.page)) != case.expected
    ]

    assert wrong == [], "\n".join([f"While {stage.label}:", *wrong])


def test_person_who_rates_the_site_now_reads_no_earlier_report_of_it():
    """The last scores would colour their own."""
    visit = visit_at(Stage.ISSUED)
    now = ReviewFactory(site=visit.review.site)
    people = {
        "viewer who rates now": visit.people["viewer"],
        "earlier lead who rates now": visit.people["lead"],
        "manager who observes now": visit.people["manager"],
    }
    for name, person in people.items():
        role = Role.OBSERVER if "observes" in name else Role.REVIEWER
        TeamMemberFactory(review=now, user=person, role=role.value)

    statuses = {
        (name, page): visit.ask(signed_in(person), "get", page)
        for name, person in people.items()
        for page in ("report", "edition", "edition_pdf", *FILES_OF_EDITION)
    }

    assert set(statuses.values()) == {403}, statuses


def test_person_who_has_rated_the_site_anew_reads_the_earlier_report_again():
    visit = visit_at(Stage.ISSUED)
    ReviewFactory(site=visit.review.site, lead=visit.people["lead"], scores=4)
    client = signed_in(visit.people["lead"])

    assert [
        visit.ask(client, "get", page) for page in ("report", "edition", "edition_pdf", *FILES_OF_EDITION)
    ] == [200] * 7


def test_edition_that_was_never_issued_is_not_there():
    visit = visit_at(Stage.ISSUED)
    client = signed_in(visit.people["lead"])
    number = {"pk": visit.review.pk, "major": 1, "minor": 7}

    for name in ("reports:edition", "reports:edition_pdf", *(f"reports:{page}" for page in FILES_OF_EDITION)):
        assert client.get(reverse(name, kwargs=number)).status_code == 404


def test_edition_is_not_served_under_the_number_of_another_review():
    visit, other = visit_at(Stage.ISSUED), ReviewFactory(scores=3)
    client = signed_in(lead_of(other))
    number = {"pk": other.pk, "major": 1, "minor": 0}

    for name in ("reports:edition", "reports:edition_pdf", *(f"reports:{page}" for page in FILES_OF_EDITION)):
        assert client.get(reverse(name, kwargs=number)).status_code in (403, 404)
    assert visit.ask(client, "get", "edition_pdf") == 404


def test_member_whose_membership_ended_is_out_of_sight_of_the_report():
    visit = visit_at(Stage.ISSUED)
    viewer = visit.people["viewer"]
    viewer.memberships.all().delete()

    assert {visit.ask(signed_in(viewer), "get", page) for page in PAGES} == {404}


@pytest.mark.parametrize("stage", MAY)
def test_looking_at_a_page_writes_nothing(stage):
    visit = visit_at(stage)
    client = signed_in(visit.people["lead"])

    with CaptureQueriesContext(connection) as queries:
        statuses = [visit.ask(client, "get", page) for page in PAGES]

    assert 200 in statuses
    assert [
        query["sql"]
        for query in queries
        if query["sql"].startswith(("INSERT", "UPDATE", "DELETE")) or " FOR UPDATE" in query["sql"]
    ] == []


# Out of sight


@pytest.mark.parametrize("stage", Stage)
def test_review_is_out_of_sight_to_everyone_without_a_part_in_it(stage):
    visit = visit_at(stage)

    seen = [
        f"{method.upper()} {page} by {name}: {status}"
        for name, person in strangers_to(visit.review).items()
        for client in [signed_in(person)]
        for page, method in product(PAGES, METHODS)
        if (status := visit.ask(client, method, page)) != 404
    ]

    assert seen == [], "\n".join([f"While {stage.label}:", *seen])


def test_review_that_is_not_there_looks_like_one_out_of_sight():
    visit = visit_at(Stage.RATING)
    client = signed_in(visit.people["lead"])
    visit.review.pk = 10**9

    statuses = {(name, method): visit.ask(client, method, name) for name, method in product(PAGES, METHODS)}

    assert set(statuses.values()) == {404}, statuses


@pytest.mark.parametrize("stage", [Stage.RATING, Stage.ISSUED])
def test_review_is_named_on_no_page_of_those_without_a_part_in_it(stage):
    visit = visit_at(stage)
    address = visit.address("detail")
    strangers = strangers_to(visit.review)

    shown = [
        f"{name}: {page}"
        for name, person in strangers.items()
        for page in ("home", "reviews:list")
        if f'href="{address}' in signed_in(person).get(reverse(page)).content.decode()
    ]

    assert shown == []


# How much was tried


def test_the_sweep_leaves_no_page_method_or_role_out():
    strangers = len(strangers_to(ReviewFactory()))
    tried = len(CASES) + len(Stage) * strangers * len(PAGES) * len(METHODS)
    sys.stdout.write(
        f"\n{tried} requests: {len(PAGES)} addresses of a review, {len(IN_SIGHT)} roles in sight at {len(MAY)} stages, "
        f"{strangers} without a part in it at {len(Stage)} stages, GET and POST\n"
    )

    assert len(PAGES) == 88
    assert {(case.stage, case.page, case.method, case.role) for case in CASES} == {
        *product(MAY, PAGES, METHODS, IN_SIGHT)
    }
    assert tried > 2500
