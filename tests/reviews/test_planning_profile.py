"""Choosing a site when a review is planned brings the site's own profile, with a script and without."""

from datetime import timedelta

import pytest

from accounts.permissions import Role
from reviews.models import Review
from scales.models import SettingProfile
from tests.factories.programs import MembershipFactory, SettingFactory, SiteFactory
from tests.factories.scales import setting_profile
from tests.reviews.pages import HTMX, error_beside, form_on, text_of
from tests.reviews.plans import plan_post, row

pytestmark = pytest.mark.django_db

NEW = "/reviews/new/"


@pytest.fixture
def planner(client):
    user = MembershipFactory(role=Role.PROGRAM_LEAD.value).user
    client.force_login(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en-gb"
    return user


@pytest.fixture
def sites(planner):
    program = planner.memberships.get().program
    codes = ("primary-care", "community-forensic")
    for code in codes:
        setting_profile(code)
    return [SiteFactory(program=program, setting=SettingFactory(code=code)) for code in codes]


def offered(client, site, **on_page) -> str:
    return form_on(client.get(NEW, {"site": site.pk} | on_page, **HTMX), "form-1")["profile"]


def test_the_site_brings_its_profile_and_another_site_another(client, sites):
    care, forensic = (str(setting_profile(site.setting.code).pk) for site in sites)

    assert offered(client, sites[0]) == care
    assert offered(client, sites[1], profile=care, offered=care) == forensic


def test_a_profile_chosen_by_hand_stays(client, sites):
    forensic = str(setting_profile(sites[1].setting.code).pk)

    assert offered(client, sites[0], profile=forensic, offered="") == forensic
    assert offered(client, sites[0], profile="x", offered="") == ""


def test_the_field_of_the_site_asks_for_the_profile(client, sites):
    page = client.get(NEW).content.decode()

    assert 'hx-get="/reviews/new/"' in page
    assert 'hx-include="#id_profile, #id_offered"' in page


def test_without_script_a_plan_without_a_profile_comes_back_with_the_site_s_own(client, planner, sites):
    post = plan_post(sites[0], row(planner, Role.LEAD)) | {"profile": ""}

    answer = client.post(NEW, post)

    care = setting_profile("primary-care")
    assert answer.status_code == 422
    assert not Review.objects.exists()
    assert f"“{care.title}”, the profile of {sites[0].name}, is chosen now." in error_beside(
        answer, "profile"
    )
    sent_again = form_on(answer, "form-1")
    assert sent_again["profile"] == str(care.pk)
    client.post(NEW, sent_again)
    assert Review.objects.get().profile == care


def test_a_site_whose_setting_has_no_profile_is_asked_for_one(client, planner, sites):
    site = SiteFactory(program=sites[0].program, setting=SettingFactory(code="prison"))

    answer = client.post(NEW, plan_post(site, row(planner, Role.LEAD)) | {"profile": ""})

    assert answer.status_code == 422
    assert "required" in error_beside(answer, "profile")


def test_two_profiles_of_one_title_are_told_apart_by_when_they_were_published(client, sites):
    first = setting_profile("primary-care")
    earlier = first.published_at - timedelta(days=400)
    second = SettingProfile.objects.create(
        version=first.version,
        code="again",
        setting=first.setting,
        title=first.title,
        in_words=first.in_words,
        status="published",
        published_at=earlier,
        content_hash="0" * 64,
    )

    page = text_of(client.get(NEW))

    assert f"{first.title} (published " in page
    assert page.count(f"{second.title} (published ") == 2
