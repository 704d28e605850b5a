"""The first page of those who look after definitions, people or a program's scale version."""

import pytest

from accounts.permissions import Role
from scales.actions.publishing import retire_version
from tests.factories.accounts import UserFactory, scale_administrator
from tests.factories.programs import MembershipFactory, ProgramFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.scales import draft_of, profile_draft_of, scale_version
from tests.reviews.pages import text_of
from tests.reviews.situations import lead_of
from tests.reviews.test_program_scale import at_site, published, url

pytestmark = pytest.mark.django_db

NOTHING = "No program or review is shared with you yet."


def home(client, user):
    client.force_login(user)
    return client.get("/")


@pytest.fixture
def program():
    return ProgramFactory(name="Bayside")


@pytest.fixture
def manager(program):
    return MembershipFactory(program=program, role=Role.PROGRAM_MANAGER.value).user


def test_a_scale_administrator_finds_the_drafts_and_the_library(client):
    admin = scale_administrator()
    version, profile = draft_of(by=admin), profile_draft_of(by=admin)

    page = home(client, admin)

    links = page.content.decode()
    assert f'href="/drafts/versions/{version.pk}/"' in links
    assert f'href="/drafts/profiles/{profile.pk}/"' in links
    assert 'href="/scales/"' in links
    assert "Drafts under way" in text_of(page)
    assert NOTHING not in text_of(page)


def test_without_a_draft_the_administrator_is_told_and_can_begin_one(client):
    page = home(client, scale_administrator())

    assert "No draft is under way." in text_of(page)
    assert 'href="/drafts/profiles/new/"' in page.content.decode()


def test_a_user_administrator_finds_people_and_places(client):
    page = home(client, UserFactory(is_user_admin=True, is_staff=True))

    assert "Look after people and places" in text_of(page)
    assert NOTHING not in text_of(page)


def test_others_see_neither_drafts_nor_administration(client):
    draft = draft_of(by=scale_administrator())

    said = text_of(home(client, UserFactory()))

    assert NOTHING in said
    assert "Drafts under way" not in said
    assert draft.title not in said
    assert "Look after people and places" not in said


def test_a_manager_reads_of_a_newer_version_and_where_to_choose(client, program, manager):
    ReviewFactory(site=at_site(program), wording="uk")
    assert "Scale versions of your programs" not in text_of(home(client, manager))

    published(scale_administrator(), "2027-uk")

    page = home(client, manager)
    assert "A newer version is published: IPS-25, 2027-uk." in text_of(page)
    assert f'href="{url(program)}"' in page.content.decode()


def test_a_manager_reads_that_the_version_was_retired(client, program, manager):
    ReviewFactory(site=at_site(program), wording="uk")
    retire_version(version=scale_version("uk"), by=scale_administrator(), note="Replaced.")

    said = text_of(home(client, manager))

    assert (
        "Bayside : IPS-25, UK wording, 2008 is retired, and nothing else in its wording is published." in said
    )


def test_a_viewer_who_cannot_choose_is_not_asked_to(client, program):
    viewer = MembershipFactory(program=program, role=Role.VIEWER.value).user
    ReviewFactory(site=at_site(program), wording="uk")
    published(scale_administrator(), "2027-uk")

    assert "A newer version is published" not in text_of(home(client, viewer))


def test_a_review_under_way_says_that_its_version_was_retired_and_that_it_keeps_it(client):
    review = ReviewFactory(wording="uk")
    client.force_login(lead_of(review))
    page = f"/reviews/{review.pk}/"
    assert "this review keeps it" not in text_of(client.get(page))

    retire_version(version=review.version, by=scale_administrator(), note="Replaced.")

    assert "this review keeps it, new ones start with another" in text_of(client.get(page))


def test_changing_a_plan_says_why_a_newer_version_is_not_among_the_choices(client):
    review = ReviewFactory(wording="uk")
    client.force_login(lead_of(review))
    published(scale_administrator(), "2027-uk")

    said = text_of(client.get(f"/reviews/{review.pk}/plan/"))

    assert "IPS-25, 2027-uk is published, but has no profile for community mental health sites yet" in said
