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
from tests.factories.reviews import ReviewFactory, TeamMemberFactory
from tests.visits import FILES_OF_DRAFT, FILES_OF_EDITION, PAGES, lead_of, signed_in, strangers_to, visit_at

pytestmark = pytest.mark.django_db

METHODS = ("get", "post")
IN_SIGHT = ("lead", "reviewer", "observer", "moderator", "manager", "viewer")


# One line per page; one sign per role of IN_SIGHT for GET, then for POST with little in it:
#   2  the page (200)            -  in sight, but not allowed (403)
#   3  sent on (302)             0  out of sight (404)
#   4  shown again (422)         5  not a page for this method (405)
NOT_RATED_YET = """
    detail           22222 0    55555 0
    change_plan      2---- 0    4---- 0
    agenda           22222 0    55555 0
    schedule         22222 0    55555 0
    dates            22222 0    4---- 0
    edit_date        2---- 0    4---- 0
    mark_date        5---- 0    3---- 0
    add_agenda_entry     222-- 0    444-- 0
    start_agenda         555-- 0    333-- 0
    edit_agenda_entry    222-- 0    444-- 0
    tick_agenda_entry    555-- 0    333-- 0
    remove_agenda_entry  555-- 0    333-- 0
    ratings          333-- 0    333-- 0
    rate             222-- 0    333-- 0
    submit           222-- 0    444-- 0
    settle_conflict  555-- 0    300-- 0
    reopen           ----- 0    ----- 0
    compare          ----- 0    ----- 0
    history          22222 0    55555 0
    rating_history   222-- 0    555-- 0
    worksheets          222-- 0    555-- 0
    components          222-- 0    444-- 0
    worksheet           222-- 0    444-- 0
    paste_worksheet     222-- 0    444-- 0
    worksheet_template  222-- 0    555-- 0
    evidence         222-- 0    555-- 0
    add_note         222-- 0    444-- 0
    edit_note        2---- 0    4---- 0
    withdraw_note    5---- 0    3---- 0
    restore_note     5---- 0    3---- 0
    consensus        ----- 0    ----- 0
    agree            ----- 0    ----- 0
    consensus_here   ----- 0    ----- 0
    draft            ----- 0    ----- 0
    back_to_consensus    ----- 0    ----- 0
    report           ----- 0    ----- 0
    edition          ----- 0    ----- 0
    edition_pdf      ----- 0    ----- 0
    draft_pdf        ----- 0    ----- 0
    issue            ----- 0    ----- 0
"""
MAY = {
    Stage.PLANNED: NOT_RATED_YET,
    Stage.RATING: NOT_RATED_YET,
    Stage.CONSENSUS: """
    detail           22222 0    55555 0
    change_plan      ----- 0    ----- 0
    agenda           22222 0    55555 0
    schedule         22222 0    55555 0
    dates            22222 0    4---- 0
    edit_date        2---- 0    4---- 0
    mark_date        5---- 0    3---- 0
    add_agenda_entry     222-- 0    444-- 0
    start_agenda         555-- 0    333-- 0
    edit_agenda_entry    222-- 0    444-- 0
    tick_agenda_entry    555-- 0    333-- 0
    remove_agenda_entry  555-- 0    333-- 0
    ratings          333-- 0    333-- 0
    rate             222-- 0    --3-- 0
    submit           222-- 0    334-- 0
    settle_conflict  555-- 0    -00-- 0
    reopen           ----- 0    ----- 0
    compare          22--- 0    55--- 0
    history          22222 0    55555 0
    rating_history   222-- 0    555-- 0
    worksheets          222-- 0    555-- 0
    components          222-- 0    444-- 0
    worksheet           222-- 0    444-- 0
    paste_worksheet     222-- 0    444-- 0
    worksheet_template  222-- 0    555-- 0
    evidence         222-- 0    555-- 0
    add_note         222-- 0    444-- 0
    edit_note        2---- 0    4---- 0
    withdraw_note    5---- 0    3---- 0
    restore_note     5---- 0    3---- 0
    consensus        22--- 0    44--- 0
    agree            55--- 0    33--- 0
    consensus_here   55--- 0    22--- 0
    draft            ----- 0    ----- 0
    back_to_consensus    ----- 0    ----- 0
    report           ----- 0    ----- 0
    edition          ----- 0    ----- 0
    edition_pdf      ----- 0    ----- 0
    draft_pdf        ----- 0    ----- 0
    issue            ----- 0    ----- 0
""",
    Stage.DRAFT: """
    detail           22222 0    55555 0
    change_plan      ----- 0    ----- 0
    agenda           22222 0    55555 0
    schedule         22222 0    55555 0
    dates            22222 0    4---- 0
    edit_date        2---- 0    4---- 0
    mark_date        5---- 0    3---- 0
    add_agenda_entry     ----- 0    ----- 0
    start_agenda         ----- 0    ----- 0
    edit_agenda_entry    ----- 0    ----- 0
    tick_agenda_entry    ----- 0    ----- 0
    remove_agenda_entry  ----- 0    ----- 0
    ratings          333-- 0    333-- 0
    rate             222-- 0    --3-- 0
    submit           222-- 0    334-- 0
    settle_conflict  555-- 0    -00-- 0
    reopen           ----- 0    ----- 0
    compare          22--- 0    55--- 0
    history          22222 0    55555 0
    rating_history   2222- 0    5555- 0
    worksheets          2222- 0    5555- 0
    components          2222- 0    ----- 0
    worksheet           2222- 0    ----- 0
    paste_worksheet     ----- 0    ----- 0
    worksheet_template  2222- 0    5555- 0
    evidence         2222- 0    5555- 0
    add_note         ----- 0    ----- 0
    edit_note        ----- 0    ----- 0
    withdraw_note    ----- 0    ----- 0
    restore_note     ----- 0    ----- 0
    consensus        ----- 0    ----- 0
    agree            ----- 0    ----- 0
    consensus_here   ----- 0    ----- 0
    draft            22--- 0    44--- 0
    back_to_consensus    22--- 0    44--- 0
    report           22-2- 0    55-5- 0
    edition          ----- 0    ----- 0
    edition_pdf      ----- 0    ----- 0
    draft_pdf        22-2- 0    55-5- 0
    issue            2---- 0    4---- 0
""",
    Stage.ISSUED: """
    detail           22222 2    55555 5
    change_plan      ----- -    ----- -
    agenda           22222 2    55555 5
    schedule         22222 2    55555 5
    dates            22222 2    4---- -
    edit_date        2---- -    4---- -
    mark_date        5---- -    3---- -
    add_agenda_entry     ----- -    ----- -
    start_agenda         ----- -    ----- -
    edit_agenda_entry    ----- -    ----- -
    tick_agenda_entry    ----- -    ----- -
    remove_agenda_entry  ----- -    ----- -
    ratings          333-- -    333-- -
    rate             222-- -    ----- -
    submit           222-- -    33--- -
    settle_conflict  555-- -    -00-- -
    reopen           ----- -    ----- -
    compare          22--- -    55--- -
    history          22222 2    55555 5
    rating_history   2222- -    5555- -
    worksheets          2222- -    5555- -
    components          2222- -    ----- -
    worksheet           2222- -    ----- -
    paste_worksheet     ----- -    ----- -
    worksheet_template  2222- -    5555- -
    evidence         2222- -    5555- -
    add_note         ----- -    ----- -
    edit_note        ----- -    ----- -
    withdraw_note    ----- -    ----- -
    restore_note     ----- -    ----- -
    consensus        ----- -    ----- -
    agree            ----- -    ----- -
    consensus_here   ----- -    ----- -
    draft            ----- -    ----- -
    back_to_consensus    ----- -    ----- -
    report           22222 2    55555 5
    edition          22222 2    55555 5
    edition_pdf      22222 2    55555 5
    draft_pdf        ----- -    ----- -
    issue            ----- -    ----- -
""",
}
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
        for line in grid.strip().splitlines():
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

    assert len(PAGES) == 48
    assert {(case.stage, case.page, case.method, case.role) for case in CASES} == {
        *product(MAY, PAGES, METHODS, IN_SIGHT)
    }
    assert tried > 2500
