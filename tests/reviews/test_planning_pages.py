"""The plan form: what is told beside which field, and what it takes."""

import pytest

from accounts.permissions import Role
from reviews.models import Review
from scales.models import SettingProfile
from tests.factories.accounts import UserFactory
from tests.factories.programs import MembershipFactory, OrganizationFactory, SettingFactory, SiteFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.scales import setting_profile
from tests.reviews.pages import error_beside, form_on, text_of
from tests.reviews.plans import plan_post, row
from tests.reviews.situations import at_stage, fresh, in_program, joined, lead_of, submitted_by

pytestmark = pytest.mark.django_db

NEW = "/reviews/new/"


@pytest.fixture
def planner(client):
    user = MembershipFactory(role=Role.PROGRAM_LEAD.value).user
    client.force_login(user)
    return user


@pytest.fixture
def site(planner):
    return SiteFactory(program=planner.memberships.get().program)


def colleague(site):
    return MembershipFactory(program=site.program, role=Role.PROGRAM_REVIEWER.value).user


def told(answer) -> str:
    assert answer.status_code == 422
    assert not Review.objects.exists()
    return text_of(answer)


def test_a_plan_is_made_and_shown(client, planner, site):
    other, trust = colleague(site), OrganizationFactory()
    post = plan_post(
        site,
        row(planner, Role.LEAD, trust, "no"),
        row(other, Role.REVIEWER, trust, "yes"),
        row(planner) | {"user": ""},
    )

    answer = client.post(NEW, post)

    review = Review.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/reviews/{review.pk}/")
    assert [(m.user, m.employer, m.worked_with_site) for m in review.team] == [
        (planner, trust, False),
        (other, trust, True),
    ]
    assert client.get(answer.url).status_code == 200


def test_a_new_plan_begins_with_the_planner_as_lead_and_the_site_one_came_from(client, planner, site):
    setting_profile()

    fields = form_on(client.get(f"{NEW}?site={site.pk}"), "form-1")

    assert (fields["site"], fields["team-0-user"]) == (str(site.pk), str(planner.pk))
    assert fields["team-0-role"] == Role.LEAD.value


@pytest.mark.parametrize("site_id", ["x", "999999", "-1", "9" * 40, "٣"])
def test_an_odd_site_in_the_address_is_no_error(client, planner, site, site_id):
    assert client.get(NEW, {"site": site_id}).status_code == 200


def test_who_plans_a_review_that_someone_else_leads_comes_to_a_page(client, planner, site):
    answer = client.post(NEW, plan_post(site, row(colleague(site), Role.LEAD)), follow=True)

    assert Review.objects.count() == 1
    assert answer.status_code == 200


def test_a_visit_that_ends_before_it_starts_is_told_beside_the_day(client, planner, site):
    answer = client.post(NEW, plan_post(site, row(planner, Role.LEAD), ends_on="2026-10-13"))

    assert told(answer)
    assert "The visit cannot end before it starts" in error_beside(answer, "ends_on")


@pytest.mark.parametrize("day", ["", "soon", "2026-02-30", "0000-00-00"])
def test_a_day_that_is_none_is_told_beside_it(client, planner, site, day):
    answer = client.post(NEW, plan_post(site, row(planner, Role.LEAD), starts_on=day))

    assert told(answer)
    assert error_beside(answer, "starts_on")


@pytest.mark.parametrize(
    "roles", [[], [Role.REVIEWER], [Role.LEAD, Role.LEAD], [Role.OBSERVER, Role.MODERATOR]]
)
def test_a_team_has_one_lead(client, planner, site, roles):
    answer = client.post(NEW, plan_post(site, *(row(colleague(site), role) for role in roles)))

    assert "Name one lead reviewer." in told(answer)


def test_nobody_is_on_the_team_twice(client, planner, site):
    answer = client.post(NEW, plan_post(site, row(planner, Role.LEAD), row(planner)))

    assert "Someone is named twice: one line per person." in told(answer)


def test_only_people_of_the_program_are_offered(client, planner, site):
    stranger, gone = UserFactory(name="Una Stranger"), colleague(site)
    gone.is_active = False
    gone.save()
    page = client.get(NEW).content.decode()

    answer = client.post(NEW, plan_post(site, row(planner, Role.LEAD), row(stranger)))

    assert "Una Stranger" not in page
    assert gone.name not in page
    assert told(answer)
    assert error_beside(answer, "team-1-user")


def test_a_profile_of_another_setting_asks_to_confirm_and_then_takes_it(client, planner, site):
    post = plan_post(site, row(planner, Role.LEAD), profile=setting_profile("primary-care"))

    first = client.post(NEW, post)

    assert told(first)
    assert f"{site.name} is a community mental health site." in error_beside(first, "profile")
    assert "Use this profile all the same" in text_of(first)
    assert client.post(NEW, post | {"profile_confirmed": "on"}).status_code == 302
    assert Review.objects.get().profile.code == "primary-care"


def test_the_profile_of_the_sites_own_setting_asks_nothing(client, planner, site):
    site.setting = SettingFactory(code="primary-care")
    site.save()

    post = plan_post(site, row(planner, Role.LEAD), profile=setting_profile("primary-care"))

    assert client.post(NEW, post).status_code == 302


def test_an_unpublished_profile_is_not_offered(client, planner, site):
    version = setting_profile().version
    draft = SettingProfile.objects.create(
        version=version, code="draft", setting="x", title="Half-written profile", in_words="a draft"
    )
    page = client.get(NEW)

    answer = client.post(NEW, plan_post(site, row(planner, Role.LEAD), profile=draft))

    assert "Half-written profile" not in text_of(page)
    assert told(answer)
    assert error_beside(answer, "profile")


def test_a_site_of_another_program_is_not_accepted(client, planner, site):
    elsewhere = SiteFactory(name="Site elsewhere")

    answer = client.post(NEW, plan_post(elsewhere, row(planner, Role.LEAD)))

    assert "Site elsewhere" not in told(answer)
    assert error_beside(answer, "site")


@pytest.mark.parametrize("role", [Role.PROGRAM_MANAGER, Role.VIEWER, Role.PROGRAM_REVIEWER])
def test_who_does_not_plan_has_no_form(client, role):
    client.force_login(MembershipFactory(role=role.value).user)

    assert client.get(NEW).status_code == 403
    assert client.post(NEW).status_code == 403


@pytest.mark.parametrize(
    "posted", [{}, {"team-TOTAL_FORMS": "x"}, {"team-TOTAL_FORMS": "999999", "team-INITIAL_FORMS": "0"}]
)
def test_a_form_sent_in_pieces_is_told(client, planner, site, posted):
    assert client.post(NEW, posted).status_code == 422


@pytest.fixture
def review(client):
    review = ReviewFactory()
    client.force_login(lead_of(review))
    return review


def plan_url(review) -> str:
    return f"/reviews/{review.pk}/plan/"


def as_it_stands(client, review) -> dict:
    return form_on(client.get(plan_url(review)), "form-1")


def test_the_plan_is_shown_as_it_stands_and_saving_it_changes_nothing_else(client, review):
    joined(review, Role.REVIEWER, employer=OrganizationFactory(), worked_with_site=True)
    joined(review, Role.MODERATOR, worked_with_site=False)
    before = [(m.pk, m.user, m.role, m.employer, m.worked_with_site) for m in fresh(review).team]

    answer = client.post(plan_url(review), as_it_stands(client, review) | {"ends_on": "2026-10-16"})

    assert (answer.status_code, answer.url) == (302, f"/reviews/{review.pk}/")
    kept = fresh(review)
    assert [(m.pk, m.user, m.role, m.employer, m.worked_with_site) for m in kept.team] == before
    assert (kept.ends_on.day, kept.site, kept.profile) == (16, review.site, review.profile)


def test_a_plan_changed_meanwhile_is_told_with_what_was_typed(client, review):
    mine = as_it_stands(client, review)
    client.post(plan_url(review), mine | {"ends_on": "2026-10-16"})

    answer = client.post(plan_url(review), mine | {"ends_on": "2026-10-17"})

    assert answer.status_code == 422
    assert "Someone changed this plan since you opened it." in text_of(answer)
    assert form_on(answer, "form-1")["ends_on"] == "2026-10-17"
    assert fresh(review).ends_on.day == 16


def test_once_rating_began_another_profile_is_told(client, review):
    submitted_by(review, joined(review, Role.OBSERVER), 3)
    profile = setting_profile("primary-care")
    typed = {"profile": profile.pk, "profile_confirmed": "on"}

    answer = client.post(plan_url(review), as_it_stands(client, review) | typed)

    assert answer.status_code == 422
    assert "Rating has begun: scale version and profile stay as they are." in text_of(answer)
    assert fresh(review).profile != profile


def test_taking_someone_with_ratings_off_the_team_is_told(client, review):
    other = joined(review, Role.REVIEWER)
    submitted_by(review, other, 3)
    fields = as_it_stands(client, review)
    place = next(name for name, value in fields.items() if name.endswith("-user") and value == str(other.pk))

    answer = client.post(plan_url(review), fields | {place: ""})

    assert answer.status_code == 422
    assert "Someone who has begun to rate cannot be taken off the team." in text_of(answer)
    assert fresh(review).member(other)


def test_the_site_cannot_be_changed_by_the_form(client, review):
    elsewhere = SiteFactory(program=review.site.program)

    client.post(plan_url(review), as_it_stands(client, review) | {"site": elsewhere.pk})

    assert fresh(review).site == review.site


def test_a_profile_confirmed_once_stays_without_asking_again(client):
    review = ReviewFactory(site__setting=SettingFactory(code="rural"))
    client.force_login(lead_of(review))

    answer = client.post(plan_url(review), as_it_stands(client, review) | {"ends_on": "2026-10-16"})

    assert answer.status_code == 302


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.OBSERVER, Role.MODERATOR])
def test_only_the_lead_has_the_form(client, review, role):
    client.force_login(joined(review, role))

    assert client.get(plan_url(review)).status_code == 403


def test_the_programs_manager_does_not_change_the_plan(client, review):
    client.force_login(in_program(review, Role.PROGRAM_MANAGER))

    assert client.post(plan_url(review), {}).status_code == 403


@pytest.mark.parametrize("stage", ["consensus", "draft", "issued", "cancelled"])
def test_after_rating_there_is_no_form(client, review, stage):
    at_stage(review, stage)

    assert client.get(plan_url(review)).status_code == 403
