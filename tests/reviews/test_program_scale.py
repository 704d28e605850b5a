"""What a program's new reviews start with: its own choice, else its last review's version, else the newest."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.permissions import Role
from reviews.actions.planning import PlanDoesNotHold, plan_review
from reviews.actions.program_scale import NotOnOffer, choose_version
from reviews.actions.refusals import NotNow
from reviews.models import ProgramScale, Review, Stage
from reviews.starting_version import Why, newer_than, start_of, versions_on_offer
from scales.actions.drafting import draft_profile, draft_version
from scales.actions.publishing import publish_profile, publish_version, retire_profile, retire_version
from tests.factories.accounts import UserFactory, scale_administrator
from tests.factories.programs import MembershipFactory, ProgramFactory, SettingFactory, SiteFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.scales import scale_version, setting_profile, shipped_profile, shipped_scale
from tests.reviews.pages import form_on, text_of
from tests.reviews.plans import plan_for, plan_like, plan_post, row
from tests.reviews.situations import fresh

pytestmark = pytest.mark.django_db

NEW = "/reviews/new/"


@pytest.fixture
def admin():
    return scale_administrator()


@pytest.fixture
def program():
    return ProgramFactory(name="Bayside")


@pytest.fixture
def lead(program):
    return MembershipFactory(program=program, role=Role.PROGRAM_LEAD.value).user


def published(admin, label: str = "2026-uk", *settings: str):
    """A later British version, with a profile for each setting."""
    definition = replace(shipped_scale(), label=label, title=f"IPS-25, {label}")
    version = draft_version(definition=definition, by=admin, copied_from=scale_version())
    publish_version(version=version, by=admin, note="Clearer words.")
    version.refresh_from_db()
    for setting in settings:
        spec = replace(shipped_profile(setting), scale_label=label)
        profile = draft_profile(definition=spec, version=version, by=admin)
        publish_profile(profile=profile, by=admin, note="As before.")
    return version


def url(program) -> str:
    return f"/programs/{program.pk}/scale/"


def start(program, language: str = "en-gb"):
    return start_of(program, language=language)


def at_site(program, setting: str = "community-mental-health"):
    return SiteFactory(program=program, setting=SettingFactory(code=setting))


# Where a program starts


@pytest.mark.parametrize(("language", "label"), [("en-gb", "2008-uk"), ("en-us", "2008-us")])
def test_without_reviews_a_program_starts_with_the_newest_in_the_readers_language(program, language, label):
    found = start(program, language)

    assert (found.version.label, found.why) == (label, Why.NEWEST)


def test_a_version_published_later_is_the_newest(program, admin):
    published(admin)

    assert start(program).version.label == "2026-uk"
    assert start(program, "en-us").version.label == "2008-us"


def test_a_language_without_a_version_gets_the_newest_of_all(program, admin):
    published(admin)

    assert start(program, "fr").version.label == "2026-uk"


def test_where_nothing_is_published_a_program_starts_with_nothing(program, no_definitions):
    assert start(program).version is None


def test_a_program_starts_with_the_version_of_the_review_planned_last(program, admin):
    ReviewFactory(site=at_site(program), wording="us")
    published(admin)
    ReviewFactory(site=at_site(program), wording="uk", starts_on="2026-01-05")
    cancelled = ReviewFactory(site=at_site(program), wording="us")
    Review.objects.filter(pk=cancelled.pk).update(stage=Stage.CANCELLED)
    ReviewFactory(wording="us")

    found = start(program)

    assert (found.version.label, found.why) == ("2008-uk", Why.LAST_REVIEW)


def test_what_the_program_chose_goes_before_its_last_review(program, lead):
    ReviewFactory(site=at_site(program), wording="uk")

    choose_version(program=program, version=scale_version("us"), by=lead)

    found = start(program)
    assert (found.version.label, found.why, found.choice.chosen_by) == ("2008-us", Why.CHOSEN, lead)


def test_a_choice_that_was_retired_counts_no_more(program, lead, admin):
    version = published(admin)
    choose_version(program=program, version=version, by=lead)
    ReviewFactory(site=at_site(program), wording="us")

    retire_version(version=version, by=admin, note="A slip.")

    found = start(program)
    assert (found.version.label, found.why, found.choice.version) == ("2008-us", Why.LAST_REVIEW, version)


def test_newer_versions_are_later_ones_of_the_same_scale_and_language(admin):
    uk, us = scale_version("uk"), scale_version("us")
    first, second = published(admin), published(admin, "2027-uk")

    offered = versions_on_offer()

    assert newer_than(uk, offered) == [second, first]
    assert newer_than(first, offered) == [second]
    assert newer_than(us, offered) == []
    assert newer_than(None, offered) == []


# Choosing


def test_choosing_keeps_reviews_that_are_planned(program, lead, admin):
    review = ReviewFactory(site=at_site(program))

    choose_version(program=program, version=published(admin), by=lead, without_profiles=True)

    assert fresh(review).version.label == "2008-uk"


def test_each_choice_is_kept_with_who_and_when(program, lead):
    manager = MembershipFactory(program=program, role=Role.PROGRAM_MANAGER.value).user
    choose_version(program=program, version=scale_version("us"), by=lead)
    choose_version(program=program, version=scale_version("uk"), by=manager)
    choose_version(program=program, version=scale_version("uk"), by=lead)

    kept = ProgramScale.objects.get(program=program)
    past = kept.events.all()
    assert (kept.version.label, kept.chosen_by) == ("2008-uk", manager)
    assert [(event.version.label, event.chosen_by) for event in past] == [("2008-us", lead)]


@pytest.mark.parametrize("state", ["draft", "retired"])
def test_only_what_is_published_is_chosen(program, lead, admin, state):
    if state == "draft":
        version = draft_version(definition=replace(shipped_scale(), label="2026-uk"), by=admin)
    else:
        version = published(admin)
        retire_version(version=version, by=admin, note="A slip.")

    with pytest.raises(NotOnOffer):
        choose_version(program=program, version=version, by=lead)

    assert not ProgramScale.objects.exists()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.PROGRAM_REVIEWER, None])
def test_only_managers_and_leads_of_the_program_choose(program, role):
    person = MembershipFactory(program=program, role=role.value).user if role else scale_administrator()

    with pytest.raises(NotNow):
        choose_version(program=program, version=scale_version(), by=person)


# The page


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.PROGRAM_LEAD, 200),
        (Role.PROGRAM_MANAGER, 200),
        (Role.VIEWER, 403),
        (Role.PROGRAM_REVIEWER, 403),
    ],
)
def test_the_page_is_open_to_managers_and_leads_and_hidden_from_other_programs(client, program, role, status):
    own, other = (MembershipFactory(role=role.value, **where).user for where in ({"program": program}, {}))
    typed = {"version": scale_version("us").pk}

    client.force_login(own)
    assert client.get(url(program)).status_code == status
    assert client.post(url(program), typed).status_code == {200: 302, 403: 403}[status]
    client.force_login(other)
    assert client.get(url(program)).status_code == 404
    assert client.post(url(program), typed).status_code == 404


def test_the_page_shows_what_is_newer_with_a_comparison_and_moves_to_it(client, program, lead, admin):
    ReviewFactory(site=at_site(program, "primary-care"))
    version = published(admin)
    client.force_login(lead)

    page = client.get(url(program))
    said = text_of(page)

    assert "Newer versions IPS-25, 2026-uk" in said
    assert "it is the one of the review planned last" in said
    assert "No profile yet for a setting of your sites: Primary care." in said
    assert f"before={scale_version().pk}&amp;after={version.pk}" in page.content.decode()
    after = client.post(url(program), {"version": version.pk, "without_profiles": "on"}, follow=True)
    assert "New reviews start with IPS-25, 2026-uk." in text_of(after)
    assert f"Chosen by {lead.name}" in text_of(after)
    assert "Newer versions" not in text_of(after)


@pytest.mark.parametrize(
    "typed", [{}, {"version": ""}, {"version": "x"}, {"version": "999999"}, {"version": "-1"}]
)
def test_a_version_that_is_not_on_offer_is_told(client, program, lead, typed):
    client.force_login(lead)

    answer = client.post(url(program), typed)

    assert answer.status_code == 422
    assert "This version is not open for new reviews (any more)." in text_of(answer)
    assert not ProgramScale.objects.exists()


def test_a_choice_retired_since_is_told(client, program, lead, admin):
    version = published(admin)
    choose_version(program=program, version=version, by=lead)
    retire_version(version=version, by=admin, note="A slip.")
    client.force_login(lead)

    said = text_of(client.get(url(program)))

    assert "IPS-25, 2026-uk is retired, so new reviews start with IPS-25, UK wording, 2008" in said
    assert f"/scales/versions/{version.pk}" not in said


def test_the_site_page_leads_there_for_those_who_may_choose(client, program, lead):
    site = at_site(program)
    viewer = MembershipFactory(program=program, role=Role.VIEWER.value).user

    client.force_login(lead)
    assert url(program) in client.get(f"/sites/{site.pk}/").content.decode()
    client.force_login(viewer)
    assert url(program) not in client.get(f"/sites/{site.pk}/").content.decode()


def test_the_number_of_queries_of_the_page_does_not_grow(client, program, lead, admin):
    client.force_login(lead)
    at_site(program)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(url(program))
        return len(seen)

    queries()
    before = queries()
    for number in range(3):
        published(admin, f"{number}-uk")
        at_site(program, f"setting-{number}")

    assert queries() == before


# Planning


def planned(client, site) -> dict:
    return form_on(client.get(f"{NEW}?site={site.pk}"), "form-1")


@pytest.mark.parametrize("wording", ["uk", "us"])
def test_a_plan_begins_with_the_profile_of_the_sites_setting_in_the_programs_version(
    client, program, lead, wording
):
    choose_version(program=program, version=scale_version(wording), by=lead)
    client.force_login(lead)

    fields = planned(client, at_site(program, "primary-care"))

    assert fields["profile"] == str(setting_profile("primary-care", wording).pk)


def test_a_program_that_did_not_choose_gets_a_profile_of_the_setting_from_another_version(
    client, program, lead, admin
):
    published(admin)
    client.force_login(lead)

    with translation.override("en-gb"):
        fields = planned(client, at_site(program, "primary-care"))

    assert fields["profile"] in {str(setting_profile("primary-care", wording).pk) for wording in ("uk", "us")}


def test_a_chosen_version_without_a_profile_of_the_setting_says_so(client, program, lead, admin):
    choose_version(program=program, version=published(admin), by=lead)
    client.force_login(lead)
    site = at_site(program, "primary-care")

    page = client.get(f"{NEW}?site={site.pk}")

    assert form_on(page, "form-1")["profile"] == ""
    assert "has no profile for primary care sites yet" in text_of(page)


def test_a_plan_says_that_a_newer_version_is_published_and_where_to_move(client, program, lead, admin):
    choose_version(program=program, version=scale_version(), by=lead)
    client.force_login(lead)
    page = f"{NEW}?site={at_site(program).pk}"
    assert "A newer version is published" not in text_of(client.get(page))

    version = published(admin)

    answer = client.get(page)
    assert "A newer version is published: IPS-25, 2026-uk." in text_of(answer)
    assert f"after={version.pk}" in answer.content.decode()
    assert url(program) in answer.content.decode()


def test_what_is_retired_is_not_offered_for_a_new_review_and_a_review_under_way_keeps_it(
    client, program, lead, admin
):
    version = published(admin, "2026-uk", "primary-care", "community-mental-health")
    kept, other = version.profiles.order_by("code")
    review = plan_review(site=at_site(program), plan=plan_for(lead, profile=kept), by=lead)
    site = at_site(program, "primary-care")
    client.force_login(lead)

    retire_profile(profile=other, by=admin, note="Superseded.")
    assert f'value="{other.pk}"' not in client.get(NEW).content.decode()
    assert f'value="{kept.pk}"' in client.get(NEW).content.decode()
    retire_version(version=version, by=admin, note="A slip.")

    assert f'value="{kept.pk}"' not in client.get(NEW).content.decode()
    assert client.post(NEW, plan_post(site, row(lead, Role.LEAD), profile=kept)).status_code == 422
    with pytest.raises(PlanDoesNotHold):
        plan_review(site=site, plan=plan_for(lead, profile=kept), by=lead)
    fields = form_on(client.get(f"/reviews/{review.pk}/plan/"), "form-1")
    assert fields["profile"] == str(kept.pk)
    assert client.post(f"/reviews/{review.pk}/plan/", fields | {"ends_on": "2026-10-16"}).status_code == 302
    assert (fresh(review).version, fresh(review).ends_on.day) == (version, 16)
    assert plan_like(fresh(review)).version == version


def test_someone_without_a_program_is_not_told_that_one_is_there(client, program):
    client.force_login(UserFactory())

    assert client.get(url(program)).status_code == 404
