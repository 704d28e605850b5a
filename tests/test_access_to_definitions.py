"""Definitions: what is published is read by everyone signed in; drafts and every change are their editors' alone."""

import sys
from itertools import product

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from accounts.models import User
from accounts.permissions import Role
from scales.models import ScaleVersion, SettingProfile
from tests.address_rules import DEFINITIONS, RULES
from tests.factories.accounts import UserFactory, scale_administrator
from tests.factories.programs import MembershipFactory, SiteFactory
from tests.factories.scales import draft_of, profile_draft_of, setting_profile

pytestmark = pytest.mark.django_db

METHODS = ("get", "post")
OF_EDITORS = sorted(
    name for name, rule in RULES.items() if rule == DEFINITIONS and not name.endswith("timetable")
)
OF_WHAT_IS_PUBLISHED = ("reviews:retire_version", "reviews:retire_profile", "scales:carry_over")
READ_BY_ALL = ("scales:version", "scales:profile", "scales:version_yaml", "scales:profile_yaml")


def member(role: Role) -> User:
    return MembershipFactory(program=SiteFactory().program, role=role.value).user


PEOPLE = {
    "person without a role": UserFactory,
    "superuser": lambda: UserFactory(is_superuser=True, is_staff=True),
    "user administrator": lambda: UserFactory(is_user_admin=True, is_staff=True),
    **{role.value: lambda role=role: member(role) for role in (Role.PROGRAM_MANAGER, Role.VIEWER)},
    **{role.value: lambda role=role: member(role) for role in (Role.PROGRAM_LEAD, Role.PROGRAM_REVIEWER)},
}


def parameters(name: str) -> set[str]:
    namespace, _, short = name.partition(":")
    _, resolver = get_resolver().namespace_dict[namespace]
    possibilities, *_ = resolver.reverse_dict.getlist(short)[0]
    names = possibilities[0][1]
    return set(names)


def address(name: str, row: ScaleVersion | SettingProfile) -> str:
    version = row if isinstance(row, ScaleVersion) else row.version
    values = {
        "pk": row.pk,
        "code": version.to_spec().items[0].code,
        "scale": version.scale.code,
        "label": version.label,
        "profile": getattr(row, "code", ""),
    }
    return reverse(name, kwargs={key: values[key] for key in parameters(name)})


def draft_for(name: str) -> ScaleVersion | SettingProfile:
    is_of_profile = "profile" in name or "adjustment" in name
    return profile_draft_of() if is_of_profile else draft_of()


def published_for(name: str) -> ScaleVersion | SettingProfile:
    profile = setting_profile()
    return profile if "profile" in name or "adjustment" in name else profile.version


def signed_in(person: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize("name", OF_EDITORS)
def test_nobody_without_the_role_opens_or_sends_a_page_of_editors(name, role):
    client = signed_in(PEOPLE[role]())
    rows = [draft_for(name), published_for(name)]

    answers = {
        (method, row.status): getattr(client, method)(address(name, row)).status_code
        for method, row in product(METHODS, rows)
    }

    assert set(answers.values()) == {403}, answers


@pytest.mark.parametrize("name", OF_EDITORS)
def test_editors_open_every_page_of_theirs(name):
    client = signed_in(scale_administrator())
    row = published_for(name) if name in OF_WHAT_IS_PUBLISHED else draft_for(name)

    assert client.get(address(name, row)).status_code in (200, 405)


@pytest.mark.parametrize(
    "name", [name for name in OF_EDITORS if parameters(name) and name not in OF_WHAT_IS_PUBLISHED]
)
def test_what_is_published_is_no_draft_to_its_editors_either(name):
    client = signed_in(scale_administrator())
    page = address(name, published_for(name))

    assert {getattr(client, method)(page).status_code for method in METHODS} <= {404, 405}


@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize("name", READ_BY_ALL)
def test_everyone_signed_in_reads_what_is_published_and_no_draft(name, role):
    client = signed_in(PEOPLE[role]())

    assert client.get(address(name, published_for(name))).status_code == 200
    assert client.get(address(name, draft_for(name))).status_code == 404


@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize("name", ["scales:compare", "scales:compare_profiles"])
def test_drafts_are_compared_by_their_editors_alone(name, role):
    before, after = published_for(name), draft_for(name)
    page = f"{reverse(name)}?before={before.pk}&after={after.pk}"

    assert signed_in(PEOPLE[role]()).get(page).status_code == 404
    assert signed_in(scale_administrator()).get(page).status_code == 200


@pytest.mark.parametrize("role", PEOPLE)
def test_no_page_of_readers_names_a_draft(role):
    client = signed_in(PEOPLE[role]())
    drafts = [draft_of(label="hidden-version"), profile_draft_of(code="hidden-profile")]
    ScaleVersion.objects.filter(pk=drafts[0].pk).update(title="A hidden draft")
    SettingProfile.objects.filter(pk=drafts[1].pk).update(title="A hidden draft")
    published = setting_profile()
    pages = [reverse("reviews:library"), reverse("scales:compare"), reverse("scales:compare_profiles")]
    pages += [address(name, published) for name in ("scales:profile",)]
    pages += [address("scales:version", published.version)]

    for page in pages:
        text = client.get(page).content.decode()
        assert "hidden" not in text.replace("visually-hidden", "").replace('type="hidden"', ""), page


def test_how_much_was_tried():
    tried = len(PEOPLE) * len(OF_EDITORS) * len(METHODS) * 2
    sys.stdout.write(f"\n{tried} requests by {len(PEOPLE)} roles on {len(OF_EDITORS)} pages of editors\n")
    assert len(OF_EDITORS) >= 20
