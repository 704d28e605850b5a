"""What is planned on an item that slipped, on the first page and on the site's: open goals, closed ones, or no plan."""

from datetime import date

import pytest

from accounts.permissions import Role
from programs.models import Site
from reviews.actions.action_plans import close_goal
from reviews.models import Goal
from tests.factories.programs import SiteFactory
from tests.factories.reviews import TeamMemberFactory
from tests.reviews.home import NOW, THEN, a_result, a_slip, in_role
from tests.reviews.pages import text_at, text_of
from tests.reviews.plans_after import goal_in
from tests.reviews.situations import issued

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    """Every item slipped from 4 to 3; the plan has no goal."""
    site = SiteFactory(name="Birch")
    a_result(site, 4, THEN)
    return issued(3, site=site, starts_on=NOW, ends_on=NOW)


@pytest.fixture
def manager(client, review):
    user = in_role(Role.PROGRAM_MANAGER, review.site.program)
    client.force_login(user)
    return user


def pages(client, site: Site) -> list:
    return [client.get("/"), client.get(f"/sites/{site.pk}/")]


@pytest.mark.parametrize(
    ("status", "reason", "said"),
    [
        (Goal.Status.REACHED, "", "reached May 3, 2026"),
        (Goal.Status.SET_ASIDE, "Sold.", "set aside May 3, 2026"),
    ],
)
def test_a_goal_that_was_closed_is_said_beside_its_item(client, review, manager, status, reason, said):
    goal = goal_in(review, manager, item_code="caseload-size", what="Share the caseload out")
    more = {"reason": reason} if reason else {}
    close_goal(goal=goal, status=status, closed_on=date(2026, 5, 3), by=manager, **more)

    for page in pages(client, review.site):
        text = text_of(page)
        assert f"Share the caseload out {said}" in text
        assert "no open goal" in text
        assert "There is no action plan here yet." not in text


def test_who_runs_the_plan_adds_a_goal_on_the_item_at_once_and_who_reads_does_not(client, review, manager):
    link = f"/reviews/{review.pk}/action-plan/new/?item=caseload-size"
    for page in pages(client, review.site):
        assert link in page.content.decode()
    assert '<option value="caseload-size" selected>' in client.get(link).content.decode()

    client.force_login(in_role(Role.VIEWER, review.site.program))
    for page in pages(client, review.site):
        assert "no open goal" in text_of(page)
        assert link not in page.content.decode()


def test_a_site_without_any_plan_says_so_once_and_not_item_by_item(client, review, manager):
    site = SiteFactory(program=review.site.program)
    a_slip(site, caseload_size=2, zero_exclusion=3)

    said = text_of(client.get(f"/sites/{site.pk}/"))

    assert said.count("There is no action plan here yet.") == 1
    assert "no open goal" not in said


def test_an_observer_of_both_visits_reads_what_slipped_and_nothing_of_the_plan(client, review, manager):
    goal_in(review, manager, item_code="caseload-size", what="Out of sight")
    observer = in_role(Role.PROGRAM_REVIEWER, review.site.program)
    for visit in review.site.reviews.all():
        TeamMemberFactory(review=visit, user=observer, role=Role.OBSERVER.value)
    client.force_login(observer)

    said = text_of(client.get(f"/sites/{review.site_id}/"))

    assert "Items that slipped" in said
    for word in ("Out of sight", "no open goal", "What is planned", "There is no action plan here yet."):
        assert word not in said


def test_other_open_goals_lead_to_the_plan(client, review, manager):
    goal_in(review, manager, what="For the whole site")

    page = client.get("/").content.decode()

    assert (
        f'<a class="tall" href="/reviews/{review.pk}/action-plan/">1 more open goal in the action plan<'
        in page
    )


def test_items_that_rose_are_counted_beside_the_points_that_are_net(client, review, manager):
    site = SiteFactory(program=review.site.program)
    a_slip(site, caseload_size=1, zero_exclusion=3, rapid_search=5, community_based=5)

    said = text_at(client.get("/"), f"slip-{site.pk}") + text_of(client.get("/"))

    assert "2 points down" in said
    assert "· 2 items rose" in said
