"""The sweep over every address: each has a rule, and closed is what it is without one.

What each role may do with a review, stage by stage, is in `test_access_to_reviews`.
"""

import re
import sys
from collections.abc import Iterator
from itertools import product

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from accounts.models import User
from accounts.permissions import Role
from scales.models import ScaleVersion
from tests.address_rules import (
    ADMINISTRATION,
    BY_LINK,
    FOR_SUPERUSERS,
    IN_THE_ADMINISTRATION,
    PUBLIC,
    RULES,
)
from tests.factories.accounts import UserFactory
from tests.factories.programs import MembershipFactory, SiteFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.scales import setting_profile

pytestmark = pytest.mark.django_db

METHODS = ("get", "post")

# An address for each route written as a regular expression; the converters of the others fill themselves in.
REGEX_ROUTES = {
    "account_confirm_email": "accounts/confirm-email/a-key/",
    "account_reset_password_from_key": "accounts/password/reset/key/1-a-key/",
    "admin:app_list": "admin/accounts/",
    "admin/(?P<url>.*)$": "admin/anything",
}
FILLING = {"int": "1", "slug": "x", "str": "x", "path": "1", None: "1"}


def patterns(resolver=None, route: str = "", namespace: str = "") -> Iterator[tuple[str, str]]:
    """The name of each address, or its route where it has none; and its whole route."""
    for pattern in (resolver or get_resolver()).url_patterns:
        whole = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield (f"{namespace}{pattern.name}" if pattern.name else whole), whole
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from patterns(pattern, whole, inner)


def address(name: str, route: str) -> str:
    """A concrete address of a route; its numbers and codes name nothing that is there."""
    if name in REGEX_ROUTES:
        return f"/{REGEX_ROUTES[name]}"
    return "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda match: FILLING[match[1]], route)


ADDRESSES = {name: address(name, route) for name, route in patterns()}


@pytest.fixture(autouse=True)
def _no_requests_counted():
    """allauth limits how often its pages are asked for, and counts in the cache."""
    cache.clear()


def signed_in(person: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def member(role: Role) -> User:
    return MembershipFactory(program=SiteFactory().program, role=role.value).user


PEOPLE = {
    "person without a role": UserFactory,
    "program manager": lambda: member(Role.PROGRAM_MANAGER),
    "viewer": lambda: member(Role.VIEWER),
    "lead reviewer": lambda: member(Role.PROGRAM_LEAD),
    "reviewer": lambda: member(Role.PROGRAM_REVIEWER),
    "network lead": lambda: member(Role.NETWORK_LEAD),
    "scale administrator": lambda: UserFactory(is_scale_admin=True),
    "user administrator without the administration pages": lambda: UserFactory(is_user_admin=True),
}

SHARED = [name for name in ADDRESSES if RULES.get(name) == BY_LINK]
CLOSED = [name for name in ADDRESSES if RULES.get(name) not in (PUBLIC, BY_LINK)]
OPEN = [name for name in ADDRESSES if RULES.get(name) == PUBLIC]
OWN_PAGES = [
    "home",
    "reviews:list",
    "reviews:agreement",
    "reviews:actions",
    "reviews:weekly_letter",
    "reports:across",
    "reviews:timetables",
    "reviews:library",
    "scales:version",
    "scales:profile",
]
OF_ADMINISTRATION = [
    name for name in ADDRESSES if RULES.get(name) == ADMINISTRATION and name != "admin:logout"
]


# Rules


def test_every_address_has_a_rule():
    assert sorted(set(ADDRESSES) - set(RULES)) == [], "give these a rule in RULES, or take them away"


def test_every_rule_is_of_an_address_that_is_there():
    assert sorted(set(RULES) - set(ADDRESSES)) == []


def test_every_name_leads_to_its_address():
    assert ADDRESSES["reviews:rate"] == reverse("reviews:rate", args=[1, "x"])
    assert ADDRESSES["admin:accounts_user_change"] == reverse("admin:accounts_user_change", args=[1])
    assert all("<" not in one and "(" not in one for one in ADDRESSES.values())


# Strangers


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", CLOSED)
def test_stranger_is_sent_to_sign_in(name, method):
    answer = getattr(Client(), method)(ADDRESSES[name], follow=True)

    assert answer.redirect_chain[0][1] == 302
    assert answer.request["PATH_INFO"] == reverse("account_login")
    assert answer.templates[0].name == "account/login.html"


@pytest.mark.parametrize("name", [name for name in CLOSED if RULES[name] != ADMINISTRATION])
def test_stranger_comes_back_to_the_page_after_signing_in(name):
    answer = Client().get(ADDRESSES[name])

    assert answer.url == f"{reverse('account_login')}?next={ADDRESSES[name]}"


@pytest.mark.parametrize("name", OPEN)
def test_public_page_ends_on_a_page_without_a_sign_in(name):
    answer = Client().get(ADDRESSES[name], follow=True)

    assert answer.status_code == 200
    assert answer.request["PATH_INFO"] in {ADDRESSES[one] for one in OPEN}


@pytest.mark.parametrize("name", SHARED)
def test_shared_report_is_no_page_without_its_link(name):
    """Who has the link is let in; see `tests/reports/test_shared_report`."""
    assert Client().get(ADDRESSES[name]).status_code == 404


# A mail program sends to it without a page of ours; its signed address is the proof (RFC 8058).
# One's own choice is made on the page itself.
WITH_A_CHOICE = {"reviews:weekly_letter"}
FROM_A_LETTER = {"reviews:stop_weekly_letter"}


@pytest.mark.parametrize("name", sorted(set(ADDRESSES) - FROM_A_LETTER))
def test_nothing_is_sent_from_a_page_that_is_not_ours(name):
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory())

    answer = client.post(ADDRESSES[name])

    assert answer.status_code == 403
    assert answer.templates[0].name == "403_csrf.html"


def test_address_that_is_not_there_shows_nothing_to_a_stranger():
    assert Client().get("/reviews/1/nothing/").status_code == 404


# Everyone signed in


@pytest.fixture
def definitions() -> dict[str, str]:
    """Addresses of what is published."""
    profile = setting_profile()
    version = profile.version
    of_version = [version.scale.code, version.label]
    return ADDRESSES | {
        "scales:version": reverse("scales:version", args=of_version),
        "scales:profile": reverse("scales:profile", args=[*of_version, profile.code]),
    }


@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize("name", OWN_PAGES)
def test_everyone_signed_in_reads_their_own_pages_and_the_definitions(definitions, role, name):
    client = signed_in(PEOPLE[role]())

    assert client.get(definitions[name]).status_code == 200
    assert client.post(definitions[name]).status_code == (302 if name in WITH_A_CHOICE else 405)


@pytest.mark.parametrize("role", PEOPLE)
def test_draft_of_a_definition_is_out_of_sight(role):
    profile = setting_profile()
    draft = ScaleVersion.objects.create(
        scale=profile.version.scale, label="draft", title="A draft", language="en", source="-", edition="-"
    )
    client = signed_in(PEOPLE[role]())

    assert client.get(reverse("scales:version", args=[draft.scale.code, draft.label])).status_code == 404
    if role != "scale administrator":
        assert "A draft" not in client.get(reverse("reviews:library")).content.decode()


@pytest.mark.parametrize("name", ["account_change_password", "account_email", "account_reauthenticate"])
def test_everyone_signed_in_opens_the_pages_on_their_own_account(name):
    person = UserFactory(password="quiet-harbour-lantern-42")

    assert signed_in(person).get(ADDRESSES[name]).status_code == 200


# Sites, and planning


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "role",
    [Role.PROGRAM_MANAGER, Role.VIEWER, Role.PROGRAM_LEAD, Role.PROGRAM_REVIEWER, Role.NETWORK_LEAD],
)
def test_site_is_open_to_its_program_and_out_of_sight_to_another(role, method):
    site = SiteFactory()
    own = signed_in(MembershipFactory(program=site.program, role=role.value).user)
    other = signed_in(member(role))
    page = reverse("reviews:site", args=[site.pk])

    assert getattr(own, method)(page).status_code == {"get": 200, "post": 405}[method]
    if method == "get":
        assert other.get(page).status_code == 404


@pytest.mark.parametrize(
    "traits", [{}, {"is_scale_admin": True}, {"is_user_admin": True}, {"is_superuser": True}]
)
def test_site_is_out_of_sight_to_those_without_a_role_in_its_program(traits):
    page = reverse("reviews:site", args=[SiteFactory().pk])

    assert signed_in(UserFactory(**traits)).get(page).status_code == 404


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("role", [*PEOPLE, "superuser"])
def test_only_a_lead_reviewer_of_some_program_plans_reviews(role, method):
    SiteFactory()
    person = User.objects.create_superuser("root@example.org") if role == "superuser" else PEOPLE[role]()

    answer = getattr(signed_in(person), method)(reverse("reviews:plan"), _empty_team())

    expected = {"get": 200, "post": 422}[method] if role == "lead reviewer" else 403
    assert answer.status_code == expected


def _empty_team() -> dict[str, str]:
    return {"team-TOTAL_FORMS": "0", "team-INITIAL_FORMS": "0"}


# Administration


@pytest.mark.parametrize("role", PEOPLE)
def test_administration_is_closed_to_everyone_without_a_right_to_its_pages(role):
    client = signed_in(PEOPLE[role]())

    opened = {
        f"{method} {name}": answer.status_code
        for name, method in product(OF_ADMINISTRATION, METHODS)
        if (answer := getattr(client, method)(ADDRESSES[name], follow=True)).status_code != 403
    }

    assert opened == {}


@pytest.mark.parametrize("table", IN_THE_ADMINISTRATION)
def test_user_administrator_opens_people_and_places(table):
    client = signed_in(UserFactory(is_user_admin=True, is_staff=True))

    assert client.get(reverse(f"admin:{table}_changelist")).status_code == 200
    assert client.get(reverse(f"admin:{table}_add")).status_code == 200


@pytest.mark.parametrize("table", FOR_SUPERUSERS)
def test_user_administrator_opens_no_other_table(table):
    client = signed_in(UserFactory(is_user_admin=True, is_staff=True))

    assert client.get(reverse(f"admin:{table}_changelist")).status_code == 403
    assert client.post(reverse(f"admin:{table}_add")).status_code == 403


@pytest.mark.parametrize("traits", [{"is_staff": True}, {"is_staff": True, "is_scale_admin": True}])
@pytest.mark.parametrize("table", [*IN_THE_ADMINISTRATION, *FOR_SUPERUSERS])
def test_right_to_the_pages_alone_opens_no_table(table, traits):
    client = signed_in(UserFactory(**traits))

    assert client.get(reverse(f"admin:{table}_changelist")).status_code == 403
    assert client.post(reverse(f"admin:{table}_add")).status_code == 403


@pytest.mark.parametrize("table", ["organization", "program", "site", "setting"])
def test_user_administrator_deletes_no_place(table):
    site = ReviewFactory().site
    rows = {
        "organization": site.program.organization,
        "program": site.program,
        "site": site,
        "setting": site.setting,
    }
    client = signed_in(UserFactory(is_user_admin=True, is_staff=True))

    answer = client.post(reverse(f"admin:programs_{table}_delete", args=[rows[table].pk]), {"post": "yes"})

    assert answer.status_code == 403


# How much was tried


def test_the_sweep_leaves_no_address_out():
    by_role = [*product(PEOPLE, OWN_PAGES, METHODS), *product(PEOPLE, OF_ADMINISTRATION, METHODS)]
    tried = len(CLOSED) * len(METHODS) + len(OPEN) + len(SHARED) + len(by_role)
    sys.stdout.write(
        f"\n{tried} requests: {len(ADDRESSES)} addresses, {len(PEOPLE)} roles and a stranger, GET and POST\n"
    )

    assert {*CLOSED, *OPEN, *SHARED} == set(ADDRESSES)
    assert tried > 800
