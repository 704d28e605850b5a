"""A program that moves to a version without profiles for its sites is asked again, for nobody could plan with it."""

import pytest

from accounts.permissions import Role
from reviews.actions.program_scale import ProfilesLacking, choose_version
from reviews.models import ProgramScale
from tests.factories.accounts import scale_administrator
from tests.factories.programs import MembershipFactory, ProgramFactory
from tests.reviews.pages import text_of
from tests.reviews.test_program_scale import at_site, published, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return ProgramFactory(name="Bayside")


@pytest.fixture
def lead(program):
    return MembershipFactory(program=program, role=Role.PROGRAM_LEAD.value).user


@pytest.fixture
def version():
    return published(scale_administrator(), "2027-uk", "community-mental-health")


def test_a_version_without_a_profile_for_a_site_is_not_chosen_in_passing(program, lead, version):
    at_site(program, "community-mental-health")
    lacking = at_site(program, "primary-care")

    with pytest.raises(ProfilesLacking) as refusal:
        choose_version(program=program, version=version, by=lead)

    assert refusal.value.settings == [lacking.setting.name]
    assert not ProgramScale.objects.exists()


def test_it_is_chosen_when_that_is_meant(program, lead, version):
    at_site(program, "primary-care")

    choice = choose_version(program=program, version=version, by=lead, without_profiles=True)

    assert choice.version == version


def test_a_version_with_a_profile_for_every_site_is_chosen_at_once(program, lead, version):
    at_site(program, "community-mental-health")

    assert choose_version(program=program, version=version, by=lead).version == version


def test_the_page_asks_beside_the_version_and_moves_once_it_is_ticked(client, program, lead, version):
    at_site(program, "primary-care")
    client.force_login(lead)

    asked = client.post(url(program), {"version": version.pk})

    assert asked.status_code == 422
    said = text_of(asked)
    assert said.count("No review of these sites can be planned with this version yet: Primary care.") == 2
    assert f'href="#without-{version.pk}"' in asked.content.decode()
    assert "A scale administrator makes the profiles." in said
    assert not ProgramScale.objects.exists()
    moved = client.post(url(program), {"version": version.pk, "without_profiles": "on"})
    assert moved.status_code == 302
    assert ProgramScale.objects.get(program=program).version == version


def test_a_version_that_has_every_profile_shows_no_box_to_tick(client, program, lead, version):
    at_site(program, "community-mental-health")
    client.force_login(lead)

    assert 'name="without_profiles"' not in client.get(url(program)).content.decode()
