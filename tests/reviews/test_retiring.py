"""What a program starts with once its version is retired, and whom the page that retires it names."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.permissions import Role
from reviews.actions.program_scale import choose_version
from reviews.models import Review, Stage
from reviews.retiring_effect import effect_of_retiring_profile, effect_of_retiring_version
from reviews.starting_version import Why, start_of
from scales.actions.publishing import retire_profile, retire_version
from tests.factories.accounts import scale_administrator
from tests.factories.programs import MembershipFactory, ProgramFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.scales import scale_version, setting_profile
from tests.reviews.pages import form_on, text_of
from tests.reviews.test_program_scale import at_site, published, url

pytestmark = pytest.mark.django_db

UK = "IPS-25, UK wording, 2008"


@pytest.fixture
def admin():
    return scale_administrator()


@pytest.fixture
def program():
    return ProgramFactory(name="Bayside")


@pytest.fixture
def lead(program):
    return MembershipFactory(program=program, role=Role.PROGRAM_LEAD.value).user


def retire(version, admin):
    retire_version(version=version, by=admin, note="Replaced.")


def start(program, language: str = "en-us"):
    return start_of(program, language=language)


# Where a program starts then


@pytest.mark.parametrize("language", ["en-us", "en-gb", "fr"])
def test_a_program_stays_in_the_wording_it_had_whatever_the_reader_reads(program, admin, language):
    ReviewFactory(site=at_site(program), wording="uk")
    version = published(admin, "2027-uk")

    retire(scale_version("uk"), admin)

    found = start(program, language)
    assert (found.version, found.why, found.retired) == (version, Why.SAME_WORDING, scale_version("uk"))


def test_a_retired_choice_counts_until_a_review_is_planned_after_it(program, lead, admin):
    ReviewFactory(site=at_site(program), wording="us")
    version = published(admin, "2027-uk")
    choose_version(program=program, version=version, by=lead, without_profiles=True)
    retire(version, admin)
    assert start(program).version == scale_version("uk")

    ReviewFactory(site=at_site(program, "primary-care"), wording="us")

    assert (start(program).version, start(program).why) == (scale_version("us"), Why.LAST_REVIEW)


def test_where_the_wording_is_gone_a_program_starts_with_nothing_and_is_told(client, program, lead, admin):
    site = at_site(program)
    ReviewFactory(site=site, wording="uk")
    client.force_login(lead)

    retire(scale_version("uk"), admin)

    assert (start(program).version, start(program).why) == (None, Why.NONE_LEFT)
    told = f"{UK} is retired, and nothing else in its wording is published."
    assert told in text_of(client.get(url(program)))
    plan = client.get(f"/reviews/new/?site={site.pk}")
    assert told in text_of(plan)
    assert form_on(plan, "form-1")["profile"] == ""


def test_no_profile_of_another_wording_is_chosen_for_a_plan(client, program, lead, admin):
    site = at_site(program, "primary-care")
    ReviewFactory(site=site, wording="uk")
    published(admin, "2027-uk")
    client.force_login(lead)

    retire(scale_version("uk"), admin)

    plan = client.get(f"/reviews/new/?site={site.pk}")
    assert form_on(plan, "form-1")["profile"] == ""
    said = text_of(plan)
    assert f"{UK} is retired, so new reviews start with IPS-25, 2027-uk" in said
    assert "has no profile for primary care sites yet. A scale administrator makes the profiles." in said


# Whom it touches


def test_retiring_a_version_names_programs_what_they_start_with_then_and_counts_reviews(program, admin):
    site = at_site(program, "primary-care")
    ReviewFactory(site=site, wording="uk")
    done, cancelled = (ReviewFactory(site=site, wording="uk") for _time in range(2))
    Review.objects.filter(pk=cancelled.pk).update(stage=Stage.CANCELLED)
    ReviewFactory(site=at_site(ProgramFactory(name="Elsewhere")), wording="us")
    version = published(admin, "2027-uk", "community-mental-health")

    effect = effect_of_retiring_version(scale_version("uk"), language="en-gb")

    assert effect.under_way == 2
    assert [(line.program, line.start.version) for line in effect.programs] == [(program, version)]
    assert effect.programs[0].lacking == (site.setting.name,)
    assert done.version == scale_version("uk")


def test_the_page_that_retires_a_version_says_so_before_the_button(client, program, admin):
    ReviewFactory(site=at_site(program, "primary-care"), wording="uk")
    client.force_login(admin)
    page = reverse("reviews:retire_version", args=[scale_version("uk").pk])

    alone = text_of(client.get(page))
    published(admin, "2027-uk")
    beside = text_of(client.get(page))

    assert "1 review under way keeps it" in alone
    assert "Bayside : then starts with nothing until it chooses" in alone
    assert "Bayside : then starts with IPS-25, 2027-uk." in beside
    assert "That version has no profile yet for: Primary care." in beside


def test_retiring_a_profile_names_the_programs_that_begin_with_it(client, program, admin):
    profile = setting_profile("primary-care", "uk")
    ReviewFactory(site=at_site(program, "primary-care"), profile=profile, version=profile.version)
    mental_health = at_site(ProgramFactory(name="Elsewhere"))
    ReviewFactory(site=mental_health, wording="uk")

    effect = effect_of_retiring_profile(profile, language="en-gb")

    assert (effect.programs, effect.instead) == ((program,), None)
    client.force_login(admin)
    said = text_of(client.get(reverse("reviews:retire_profile", args=[profile.pk])))
    assert "Bayside" in said
    assert "until one is published, no review of such a site can be planned with it" in said


def test_nobody_is_named_once_the_profile_is_not_what_new_reviews_begin_with(program, admin):
    version = published(admin, "2027-uk", "primary-care")
    profile = version.profiles.get()
    at_site(program, "primary-care")
    assert effect_of_retiring_profile(profile, language="en-gb").programs == (program,)

    retire_profile(profile=profile, by=admin, note="A slip.")

    assert effect_of_retiring_profile(profile, language="en-gb").programs == ()


def test_the_numbers_cost_the_same_for_many_programs(admin):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            effect_of_retiring_version(scale_version("uk"), language="en-gb")
        return len(seen)

    ReviewFactory(site=at_site(ProgramFactory()), wording="uk")
    before = queries()
    for _time in range(4):
        ReviewFactory(site=at_site(ProgramFactory(), "primary-care"), wording="uk")

    assert queries() == before
