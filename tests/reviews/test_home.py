"""The first page and the top of a site's page: what slipped, whose part it is, who is to do what by when."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection

from accounts.permissions import Role
from reviews.models import FundingThreshold, Kind, Result, Stage
from tests.factories.accounts import UserFactory
from tests.factories.programs import ProgramFactory, SiteFactory
from tests.factories.reviews import ReviewFactory
from tests.reports.trends import two_reviews
from tests.reviews.home import NOW, THEN, a_result, a_slip, in_role, sites_of
from tests.reviews.pages import text_at, text_of
from tests.reviews.plans_after import goal_in, issued_with_plan, manager_of
from tests.reviews.situations import issued, joined, lead_of, submitted_by
from tests.reviews.test_page_queries import MOST, queries

pytestmark = [pytest.mark.django_db]

TODAY = "2026-03-02 12:00:00+00:00"


@pytest.fixture
def program():
    return ProgramFactory(name="Bayside")


@pytest.fixture
def manager(program):
    return in_role(Role.PROGRAM_MANAGER, program)


def page_of(client, user, url="/"):
    client.force_login(user)
    return client.get(url)


def one_value(sql: str, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def test_a_manager_reads_which_site_slipped_on_which_item_and_whose_part_it_is(client, program, manager):
    steady, slipped = SiteFactory(program=program, name="Alder"), SiteFactory(program=program, name="Birch")
    a_result(steady, 4, THEN)
    a_result(steady, 4)
    result = a_slip(slipped, caseload_size=2, zero_exclusion=3)

    said = text_of(page_of(client, manager))

    lost = one_value(
        "SELECT now.points - before.points FROM reviews_result now JOIN reviews_result before USING (site_id)"
        " WHERE now.id = %s AND before.id <> now.id",
        result.pk,
    )
    assert lost == -3
    assert "1 of your sites has a lower total than before." in said
    assert f"{result.points} of 125" in said
    assert "3 points down since" in said
    assert "1 Caseload size from 4 → to 2 the service’s: 3 points to the top are open" in said
    assert said.count("There is no action plan here yet.") == 1
    sites = said[said.index("My sites") :]
    assert sites.index("Birch") < sites.index("Alder")
    assert "no change" in sites


@time_machine.travel(TODAY)
def test_beside_an_item_that_slipped_stands_who_does_what_by_when(client, program, manager):
    site = SiteFactory(program=program, name="Birch")
    a_result(site, 4, THEN)
    review = issued(3, site=site, starts_on=NOW, ends_on=NOW)
    plan = review.action_plan
    plan.goals.create(
        item_id=review.version.item_ids()["caseload-size"],
        place=1,
        score_then=3,
        target=4,
        what="Share the caseload out",
        owner="Ines Farrow",
        due_on=date(2026, 2, 20),
    )

    page = page_of(client, manager)

    said = text_of(page)
    assert "Next: Look after 1 goal that is overdue" in said
    planned = "Share the caseload out Ines Farrow , by February 20, 2026 overdue by 10 days"
    assert planned in said[said.index("What slipped") : said.index("Who is to do what")]
    assert "Share the caseload out" in said[said.index("Who is to do what") : said.index("My sites")]
    assert f'href="/reviews/{review.pk}/action-plan/"' in page.content.decode()
    assert planned in text_of(client.get(f"/sites/{site.pk}/"))


def test_a_self_assessment_is_compared_with_no_review(client, program, manager):
    reviewed, alone = SiteFactory(program=program), SiteFactory(program=program)
    a_result(reviewed, 3, THEN)
    a_result(reviewed, 5, NOW, kind=Kind.SELF)
    a_result(alone, 5, THEN, kind=Kind.SELF)
    a_result(alone, 4, NOW, kind=Kind.SELF)

    said = text_of(page_of(client, manager))

    assert "75 of 125" in said
    assert "125 of 125" not in said
    assert "100 of 125" in said
    assert "Self-assessment" in said
    assert "25 points down" in said


def test_a_total_that_is_not_whole_is_compared_over_the_items_rated_both_times(client, program, manager):
    site = SiteFactory(program=program)
    a_result(site, 4, THEN)
    a_result(site, {"caseload-size": None, "zero-exclusion": 2})

    said = text_of(page_of(client, manager))

    assert "95 to 99 of 125" in said
    assert "2 points down over the 24 items rated both times" in said


def test_a_withdrawn_result_counts_for_nothing(client, program, manager):
    site = SiteFactory(program=program)
    a_result(site, 3, THEN)
    a_result(site, 5, NOW, stands=False)

    said = text_of(page_of(client, manager))

    assert "75 of 125" in said
    assert "125 of 125" not in said


def test_the_funding_threshold_stands_beside_the_band(client, program, manager):
    site = SiteFactory(program=program)
    result = a_result(site, 4)
    FundingThreshold.objects.create(
        program=program,
        scale=result.version.scale,
        points=101,
        source="A contract",
        valid_from=THEN,
        by=manager,
    )

    said = text_of(page_of(client, manager))

    assert f"100 of 125 , {result.band} , below the funding threshold of 101" in said


def test_nothing_of_another_program_is_on_the_page(client, program, manager):
    other = SiteFactory(name="Hollow Lane")
    a_slip(other, caseload_size=1)
    a_slip(SiteFactory(program=program), zero_exclusion=3)

    for user in (manager, in_role(Role.NETWORK_LEAD, program), in_role(Role.VIEWER, program)):
        assert "Hollow Lane" not in text_of(page_of(client, user))
        assert "Hollow Lane" not in text_of(client.get("/sites/"))
        assert client.get(f"/sites/{other.pk}/").status_code == 404


@pytest.mark.parametrize("role", [Role.PROGRAM_MANAGER, Role.VIEWER, Role.NETWORK_LEAD])
def test_whoever_is_rating_a_site_reads_nothing_of_what_it_scored(client, program, role):
    site = SiteFactory(program=program, name="Birch")
    a_slip(site, caseload_size=1)
    user = in_role(role, program)
    review = ReviewFactory(site=site, lead=user)

    said = text_of(page_of(client, user)) + text_of(client.get(f"/sites/{site.pk}/"))

    assert "97 of 125" not in said
    assert "Caseload size" not in said
    assert "points down" not in said
    assert "1 has a lower total" not in said
    assert "What it scored before opens to you after you have rated." in said

    submitted_by(review, user)

    assert "3 points down" in text_of(client.get("/"))


@time_machine.travel(TODAY)
def test_a_network_lead_reads_bands_slips_and_sites_without_a_review_for_long(client, program):
    sites = sites_of(program, 4)
    a_slip(sites[0], caseload_size=1, zero_exclusion=1)
    a_slip(sites[1], caseload_size=3)
    a_result(sites[2], 5, date(2023, 1, 10))
    a_result(sites[3], 5, NOW, kind=Kind.SELF)
    lead = in_role(Role.NETWORK_LEAD, program)

    said = text_at(page_of(client, lead), "network") + text_of(client.get("/"))

    for band in {result.band for result in Result.objects.reviewed()}:
        sites_in_band = one_value(
            "SELECT count(*) FROM (SELECT DISTINCT ON (site_id) band FROM reviews_result"
            " WHERE kind NOT IN ('self', 'guided') ORDER BY site_id, starts_on DESC) latest WHERE band = %s",
            band,
        )
        assert f"{band} {sites_in_band}" in said
    assert "2 have a lower total than at the review before" in said
    assert said.index("6 points down") < said.index("1 point down")
    assert "1 without a review for two years · 1 never reviewed here" in said
    assert "Without a review for two years, or never reviewed here" in said
    assert "1 more site has assessed itself only" in said


def test_a_network_lead_is_led_to_the_goals_that_are_overdue(client):
    review = issued_with_plan()
    for day in (date(2026, 1, 5), date(2026, 2, 2), date(2099, 1, 1)):
        goal_in(review, manager_of(review), what=f"By {day}", due_on=day)
    with time_machine.travel("2030-01-01"):
        lead = in_role(Role.NETWORK_LEAD, review.site.program)
        page = page_of(client, lead)

        assert "2 goals of your sites are overdue" in text_of(page)
        assert 'href="/actions/?show=overdue"' in page.content.decode()
        assert "2 goals" in text_of(client.get("/actions/?show=overdue"))


def test_whoever_reads_the_reviews_of_their_team_alone_is_not_told_that_there_is_none_before(client):
    newest = two_reviews()
    lead, url = (
        in_role(Role.PROGRAM_REVIEWER, newest.site.program, user=lead_of(newest)),
        f"/sites/{newest.site_id}/",
    )

    own = text_of(page_of(client, lead, url))
    every = text_of(page_of(client, in_role(Role.VIEWER, newest.site.program), url))

    assert "the first that you may read" in own
    assert "no earlier review to compare with" not in own
    assert "the first that you may read" not in every


def test_a_reviewer_reads_where_each_visit_stands_for_them(client):
    ahead = date(2026, 3, 30)
    review = ReviewFactory(starts_on=ahead, ends_on=ahead)
    lead, other = lead_of(review), joined(review, Role.REVIEWER)
    with time_machine.travel(TODAY):
        said = text_of(page_of(client, lead))
        assert "Next: Prepare the visit:" in said
        assert "March 30, 2026, in 4 weeks" in said
        submitted_by(review, other)

        said = text_of(page_of(client, other))

    assert "your ratings are in, others are still rating" in said
    assert "Nothing waits for you today." in said


def test_the_goals_of_the_plan_before_are_read_back_after_rating(client):
    before = issued(3, starts_on=THEN, ends_on=THEN)
    review = ReviewFactory(site=before.site, starts_on=NOW, ends_on=NOW)
    lead = lead_of(review)
    joined(review, Role.REVIEWER)
    link = f"/reviews/{review.pk}/goals-before/"

    assert link not in page_of(client, lead).content.decode()

    submitted_by(review, lead)

    page = client.get("/").content.decode()
    assert link in page
    assert client.get(link).status_code == 200


@pytest.mark.parametrize("role", [Role.PROGRAM_MANAGER, Role.NETWORK_LEAD])
def test_the_first_page_takes_the_same_queries_for_3_and_30_sites(client, program, role):
    user = in_role(role, program)
    client.force_login(user)
    for site in sites_of(program, 3):
        a_slip(site, caseload_size=2, zero_exclusion=None)
    SiteFactory(program=program)
    few = queries(client, "/")

    for place, site in enumerate(sites_of(program, 27)):
        a_slip(site, caseload_size=place % 5 + 1)
        ReviewFactory(site=site)

    assert queries(client, "/") == few
    assert few <= MOST


def test_sites_are_found_by_a_part_of_their_name_or_program(client, program):
    SiteFactory(program=program, name="Birch")
    SiteFactory(program=program, name="Alder")
    user = in_role(Role.PROGRAM_REVIEWER, program)

    found = text_of(page_of(client, user, "/sites/?q=bir+bays"))

    assert "Birch" in found
    assert "Alder" not in found
    assert "No site of yours has these words." in text_of(client.get("/sites/?q=%00zzz"))
    assert text_of(client.get("/sites/")).count("Bayside") == 2


def test_the_page_of_a_site_that_nobody_reviewed_says_so(client, program, manager):
    review = ReviewFactory(site=SiteFactory(program=program), starts_on=NOW + timedelta(days=400))

    said = text_of(page_of(client, manager, f"/sites/{review.site_id}/"))

    assert review.stage == Stage.PLANNED
    assert "Where it stands" not in said
    assert "Coming up" in said


def test_a_person_without_anything_is_told_so_once(client):
    said = text_of(page_of(client, UserFactory()))

    assert "No program or review is shared with you yet." in said
    assert "Nothing waits for you today." not in said
