"""The sweep over the addresses of a review: role by stage by page, GET and POST (DESIGN 10).

Out of sight is 404, in sight but not allowed is 403.
"""

import sys
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.permissions import Role
from reports.document import to_json
from reports.projection import project
from reviews.actions.consensus import agree, open_draft
from reviews.actions.issuing import issue_review
from reviews.actions.rating import save_rating, submit_ratings
from reviews.models import Rating, RatingConflict, Review, Stage
from tests.factories.accounts import UserFactory
from tests.factories.programs import MembershipFactory
from tests.factories.reviews import ReviewFactory, TeamMemberFactory, rate_all

pytestmark = pytest.mark.django_db

METHODS = ("get", "post")
IN_SIGHT = ("lead", "reviewer", "observer", "moderator", "manager", "viewer")
ITEM = "caseload-size"

# One line per page; one sign per role of IN_SIGHT for GET, then for POST with little in it:
#   2  the page (200)            -  in sight, but not allowed (403)
#   3  sent on (302)             0  out of sight (404)
#   4  shown again (422)         5  not a page for this method (405)
#   x  refused: 403, or 404 and 405 where there is no such edition, or nothing to send
NOT_RATED_YET = """
    detail           22222 0    55555 0
    change_plan      2---- 0    4---- 0
    ratings          333-- 0    333-- 0
    rate             222-- 0    444-- 0
    submit           222-- 0    444-- 0
    settle_conflict  555-- 0    300-- 0
    consensus        ----- 0    ----- 0
    draft            ----- 0    ----- 0
    report           ----- 0    xxxxx 0
    edition          xxxxx 0    xxxxx 0
    edition_pdf      xxxxx 0    xxxxx 0
    draft_pdf        ----- 0    xxxxx 0
    issue            xxxxx 0    ----- 0
"""
MAY = {
    Stage.PLANNED: NOT_RATED_YET,
    Stage.RATING: NOT_RATED_YET,
    Stage.CONSENSUS: """
    detail           22222 0    55555 0
    change_plan      ----- 0    ----- 0
    ratings          333-- 0    333-- 0
    rate             222-- 0    ----- 0
    submit           222-- 0    ----- 0
    settle_conflict  555-- 0    -00-- 0
    consensus        22--- 0    44--- 0
    draft            ----- 0    ----- 0
    report           ----- 0    xxxxx 0
    edition          xxxxx 0    xxxxx 0
    edition_pdf      xxxxx 0    xxxxx 0
    draft_pdf        ----- 0    xxxxx 0
    issue            xxxxx 0    ----- 0
""",
    Stage.DRAFT: """
    detail           22222 0    55555 0
    change_plan      ----- 0    ----- 0
    ratings          333-- 0    333-- 0
    rate             222-- 0    ----- 0
    submit           222-- 0    ----- 0
    settle_conflict  555-- 0    -00-- 0
    consensus        ----- 0    ----- 0
    draft            22--- 0    44--- 0
    report           22-2- 0    xxxxx 0
    edition          xxxxx 0    xxxxx 0
    edition_pdf      xxxxx 0    xxxxx 0
    draft_pdf        22-2- 0    xxxxx 0
    issue            ixxxx 0    3---- 0
""",
    Stage.ISSUED: """
    detail           22222 2    55555 5
    change_plan      ----- -    ----- -
    ratings          333-- -    333-- -
    rate             222-- -    ----- -
    submit           222-- -    ----- -
    settle_conflict  555-- -    -00-- -
    consensus        ----- -    ----- -
    draft            ----- -    ----- -
    report           22222 2    xxxxx x
    edition          22222 2    xxxxx x
    edition_pdf      22222 2    xxxxx x
    draft_pdf        ----- -    xxxxx x
    issue            xxxxx x    ----- -
""",
}
MEANS = {
    "2": {200},
    "3": {302},
    "4": {422},
    "5": {405},
    "-": {403},
    "0": {404},
    "x": {403, 404, 405},
    # Issuing is a POST; a page that asks for it first may be there or not.
    "i": {200, 405},
}


@dataclass(frozen=True)
class Case:
    stage: Stage
    page: str
    method: str
    role: str
    expected: frozenset[int]


def cases() -> list[Case]:
    found = []
    for stage, grid in MAY.items():
        for line in grid.strip().splitlines():
            page, get_team, get_viewer, post_team, post_viewer = line.split()
            for method, signs in (("get", get_team + get_viewer), ("post", post_team + post_viewer)):
                for role, sign in zip(IN_SIGHT, signs, strict=True):
                    found.append(Case(stage, page, method, role, frozenset(MEANS[sign])))
    return found


CASES = cases()
# Set by hand: planned, since a conflict takes a rating to be in; the others, since the product has no step to them yet.
NO_STEP_LEADS_THERE = (Stage.PLANNED, Stage.WITH_SERVICE, Stage.CANCELLED)
PAGES = tuple(dict.fromkeys(case.page for case in CASES))
NAMES = {
    page: f"reports:{page}"
    if page in ("report", "edition", "edition_pdf", "draft_pdf", "issue")
    else f"reviews:{page}"
    for page in PAGES
}
# What a page sends besides nothing.
SENT = {
    "change_plan": {"team-TOTAL_FORMS": "0", "team-INITIAL_FORMS": "0"},
    "rate": {"score": "3", "revision": "0"},
}


# The review, and who asks


@dataclass
class Visit:
    """A review, its people by role, and an open conflict of the lead's."""

    review: Review
    people: dict[str, User] = field(default_factory=dict)
    conflict: int = 0

    def fresh(self) -> Review:
        return Review.objects.with_details().get(pk=self.review.pk)

    def address(self, page: str) -> str:
        extra = {
            "rate": {"code": ITEM},
            "settle_conflict": {"conflict": self.conflict},
            "edition": {"major": 1, "minor": 0},
            "edition_pdf": {"major": 1, "minor": 0},
        }
        return reverse(NAMES[page], kwargs={"pk": self.review.pk, **extra.get(page, {})})

    def ask(self, client: Client, method: str, page: str) -> int:
        """The status of the answer; whatever the request changed is taken back."""
        data = SENT.get(page, {}) if method == "post" else {}
        with transaction.atomic():
            status = getattr(client, method)(self.address(page), data).status_code
            transaction.set_rollback(True)
        return status


def visit_at(stage: Stage) -> Visit:
    """A review with two raters, an observer and a moderator, brought to a stage by the product's own steps."""
    review = ReviewFactory()
    visit = Visit(review, {"lead": lead_of(review)})
    for role in (Role.REVIEWER, Role.OBSERVER, Role.MODERATOR):
        visit.people[role.name.lower()] = TeamMemberFactory(review=review, role=role.value).user
    for name, role in (("manager", Role.PROGRAM_MANAGER), ("viewer", Role.VIEWER)):
        visit.people[name] = MembershipFactory(program=review.site.program, role=role.value).user
    keep_a_conflict(visit)
    if stage in (Stage.CONSENSUS, Stage.DRAFT, Stage.WITH_SERVICE, Stage.ISSUED):
        bring_to_consensus(visit)
    if stage in (Stage.DRAFT, Stage.WITH_SERVICE, Stage.ISSUED):
        bring_to_draft(visit)
    if stage == Stage.ISSUED:
        issue_review(review=visit.fresh(), by=visit.people["lead"], compose=compose)
    if stage in NO_STEP_LEADS_THERE:
        Review.objects.filter(pk=review.pk).update(stage=stage)
    assert visit.fresh().stage == stage
    return visit


def keep_a_conflict(visit: Visit) -> None:
    lead = visit.people["lead"]
    save_rating(review=visit.fresh(), item_code=ITEM, values={"score": 3}, based_on=0, by=lead)
    visit.conflict = RatingConflict.objects.create(
        rating=Rating.objects.get(), by=lead, values={"score": 4}
    ).pk


def bring_to_consensus(visit: Visit) -> None:
    for name in ("lead", "reviewer"):
        rate_all(visit.fresh(), visit.people[name], 3)
        submit_ratings(review=visit.fresh(), by=visit.people[name])


def bring_to_draft(visit: Visit) -> None:
    review = visit.fresh()
    for item in review.version.to_spec().items:
        values = {"score": 3, "rationale": "Agreed."}
        agree(review=review, item_code=item.code, values=values, by=visit.people["lead"])
    open_draft(review=review, by=visit.people["lead"])


def compose(review: Review, edition: str, issued_at: datetime, issued_by: str) -> tuple[str, bytes]:
    """The report's true data; a stand-in for its PDF."""
    return to_json(
        project(review, edition=edition, made_at=issued_at, issued_by=issued_by)
    ), b"%PDF-1.7\n%%EOF\n"


def lead_of(review: Review) -> User:
    return review.members.get(role=Role.LEAD.value).user


def strangers_to(review: Review) -> dict[str, User]:
    """People who may not know of the review, each for another reason to be let in somewhere else."""
    elsewhere = ReviewFactory()
    same_site = ReviewFactory(site=review.site)
    in_program = {
        "lead reviewer of the program": Role.PROGRAM_LEAD,
        "reviewer of the program": Role.PROGRAM_REVIEWER,
    }
    return {
        "reviewer of another program": reviewer_in(elsewhere),
        "lead of another review": lead_of(elsewhere),
        "lead of another review of the site": lead_of(same_site),
        "manager of another program": member(elsewhere, Role.PROGRAM_MANAGER),
        "viewer of another program": member(elsewhere, Role.VIEWER),
        "scale administrator": UserFactory(is_scale_admin=True),
        "user administrator": UserFactory(is_user_admin=True, is_staff=True),
        "superuser": User.objects.create_superuser("root@example.org"),
        **{name: member(review, role) for name, role in in_program.items()},
    }


def reviewer_in(review: Review) -> User:
    person = member(review, Role.PROGRAM_REVIEWER)
    return TeamMemberFactory(review=review, user=person, role=Role.REVIEWER.value).user


def member(review: Review, role: Role) -> User:
    return MembershipFactory(program=review.site.program, role=role.value).user


def signed_in(person: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


# In sight


@pytest.mark.parametrize("stage", MAY)
def test_role_is_let_in_exactly_where_the_design_says_so(stage):
    visit = visit_at(stage)
    clients = {role: signed_in(person) for role, person in visit.people.items()}

    wrong = [
        f"{case.role}: {case.method.upper()} {case.page}: {status}, should be {sorted(case.expected)}"
        for case in CASES
        if case.stage == stage
        and (status := visit.ask(clients[case.role], case.method, case.page)) not in case.expected
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
        for page in ("report", "edition", "edition_pdf")
    }

    assert set(statuses.values()) == {403}, statuses


def test_person_who_has_rated_the_site_anew_reads_the_earlier_report_again():
    visit = visit_at(Stage.ISSUED)
    ReviewFactory(site=visit.review.site, lead=visit.people["lead"], scores=4)
    client = signed_in(visit.people["lead"])

    assert [visit.ask(client, "get", page) for page in ("report", "edition", "edition_pdf")] == [200] * 3


def test_edition_that_was_never_issued_is_not_there():
    visit = visit_at(Stage.ISSUED)
    client = signed_in(visit.people["lead"])
    number = {"pk": visit.review.pk, "major": 1, "minor": 7}

    for name in ("reports:edition", "reports:edition_pdf"):
        assert client.get(reverse(name, kwargs=number)).status_code == 404


def test_edition_is_not_served_under_the_number_of_another_review():
    visit, other = visit_at(Stage.ISSUED), ReviewFactory(scores=3)
    client = signed_in(lead_of(other))
    number = {"pk": other.pk, "major": 1, "minor": 0}

    for name in ("reports:edition", "reports:edition_pdf"):
        assert client.get(reverse(name, kwargs=number)).status_code in (403, 404)
    assert visit.ask(client, "get", "edition_pdf") == 404


def test_member_whose_membership_ended_is_out_of_sight_of_the_report():
    visit = visit_at(Stage.ISSUED)
    viewer = visit.people["viewer"]
    viewer.memberships.all().delete()

    assert {visit.ask(signed_in(viewer), "get", page) for page in PAGES} == {404}


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

    assert len(PAGES) == 13
    assert {(case.stage, case.page, case.method, case.role) for case in CASES} == {
        *product(MAY, PAGES, METHODS, IN_SIGHT)
    }
    assert tried > 2500
