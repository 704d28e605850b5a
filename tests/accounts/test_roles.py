"""What each role carries, across the product and in a program."""

import pytest

from accounts.models import User
from accounts.permissions import ROLE_NAMES, ROLE_PERMISSIONS, Permission, Role, is_allowed
from tests.factories.accounts import UserFactory
from tests.factories.programs import MembershipFactory, ProgramFactory, SiteFactory

pytestmark = pytest.mark.django_db

# DESIGN 10, by permission: every role that carries it. What everyone signed in may do stands apart.
WHO_MAY = {
    Permission.EDIT_DEFINITIONS: {Role.SCALE_ADMIN},
    Permission.MANAGE_PEOPLE: {Role.USER_ADMIN},
    Permission.VIEW_PROGRAM: {
        Role.PROGRAM_MANAGER,
        Role.VIEWER,
        Role.PROGRAM_LEAD,
        Role.PROGRAM_REVIEWER,
        Role.NETWORK_LEAD,
        Role.LEAD,
        Role.REVIEWER,
        Role.OBSERVER,
        Role.MODERATOR,
    },
    Permission.PLAN_REVIEW: {Role.PROGRAM_LEAD},
    Permission.CHOOSE_SCALE: {Role.PROGRAM_LEAD, Role.PROGRAM_MANAGER},
    Permission.VIEW_REVIEW: {
        Role.PROGRAM_MANAGER,
        Role.VIEWER,
        Role.NETWORK_LEAD,
        Role.LEAD,
        Role.REVIEWER,
        Role.OBSERVER,
        Role.MODERATOR,
    },
    Permission.EDIT_PLAN: {Role.LEAD},
    Permission.RATE: {Role.LEAD, Role.REVIEWER, Role.OBSERVER},
    Permission.WORK_ON_VISIT: {Role.LEAD, Role.REVIEWER, Role.OBSERVER},
    Permission.READ_VISIT: {Role.LEAD, Role.REVIEWER, Role.OBSERVER, Role.MODERATOR},
    Permission.MODERATE: {Role.MODERATOR},
    Permission.REPLY: {Role.PROGRAM_MANAGER},
    Permission.EDIT_DRAFT: {Role.LEAD, Role.REVIEWER},
    Permission.READ_DRAFT: {Role.LEAD, Role.REVIEWER, Role.MODERATOR, Role.PROGRAM_MANAGER},
    Permission.READ_REPORT: {
        Role.PROGRAM_MANAGER,
        Role.VIEWER,
        Role.NETWORK_LEAD,
        Role.LEAD,
        Role.REVIEWER,
        Role.OBSERVER,
        Role.MODERATOR,
    },
    Permission.ISSUE_REPORT: {Role.LEAD},
    Permission.CORRECT_REPORT: {Role.LEAD},
    Permission.SHARE_REPORT: {Role.PROGRAM_MANAGER},
    Permission.INVITE_VIEWERS: {Role.PROGRAM_MANAGER},
    Permission.READ_ACTION_PLAN: {
        Role.PROGRAM_MANAGER,
        Role.VIEWER,
        Role.NETWORK_LEAD,
        Role.LEAD,
        Role.REVIEWER,
    },
    Permission.EDIT_ACTION_PLAN: {Role.PROGRAM_MANAGER},
    Permission.COMMENT_ON_ACTION_PLAN: {Role.PROGRAM_MANAGER, Role.LEAD},
    Permission.IMPORT_REVIEWS: {Role.PROGRAM_MANAGER, Role.NETWORK_LEAD},
    Permission.SET_THRESHOLD: {Role.PROGRAM_MANAGER, Role.NETWORK_LEAD},
    Permission.ENTER_OUTCOMES: {Role.PROGRAM_MANAGER},
}


def test_every_permission_is_in_the_table():
    assert {*WHO_MAY, Permission.VIEW_DEFINITIONS} == set(Permission)


def test_every_role_has_a_name_and_permissions():
    assert set(ROLE_NAMES) == set(ROLE_PERMISSIONS) == set(Role)


@pytest.mark.parametrize("permission", WHO_MAY)
@pytest.mark.parametrize("role", Role)
def test_role_carries_a_permission_exactly_where_the_design_says_so(role, permission):
    assert (permission in ROLE_PERMISSIONS[role]) is (role in WHO_MAY[permission])


def test_definitions_are_open_to_everyone_signed_in():
    assert is_allowed(UserFactory(), Permission.VIEW_DEFINITIONS)


@pytest.mark.parametrize(
    ("field", "role", "permission"),
    [
        ("is_scale_admin", Role.SCALE_ADMIN, Permission.EDIT_DEFINITIONS),
        ("is_user_admin", Role.USER_ADMIN, Permission.MANAGE_PEOPLE),
    ],
)
def test_role_across_the_product_is_held_by_its_mark(field, role, permission):
    person = UserFactory(**{field: True})

    assert person.roles == {role}
    assert [one for one in WHO_MAY if is_allowed(person, one)] == [permission]


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize(
    "role", [Role.PROGRAM_MANAGER, Role.VIEWER, Role.PROGRAM_LEAD, Role.PROGRAM_REVIEWER]
)
def test_membership_gives_its_permissions_on_the_program_and_its_sites(role, permission):
    site = SiteFactory()
    person = MembershipFactory(program=site.program, role=role.value).user
    expected = permission is Permission.VIEW_DEFINITIONS or role in WHO_MAY[permission]

    assert is_allowed(person, permission, site) is expected
    assert is_allowed(person, permission, site.program) is expected


@pytest.mark.parametrize("permission", WHO_MAY)
@pytest.mark.parametrize(
    "role", [Role.PROGRAM_MANAGER, Role.VIEWER, Role.PROGRAM_LEAD, Role.PROGRAM_REVIEWER]
)
def test_membership_gives_nothing_in_another_program(role, permission):
    person = MembershipFactory(role=role.value).user
    elsewhere = SiteFactory(program=ProgramFactory())

    assert not is_allowed(person, permission, elsewhere)
    assert not is_allowed(person, permission, elsewhere.program)


@pytest.mark.parametrize("permission", WHO_MAY)
def test_superuser_holds_no_role_in_a_program(permission):
    assert not is_allowed(User.objects.create_superuser("root@example.org"), permission, SiteFactory())


@pytest.mark.parametrize("permission", Permission)
def test_person_who_may_not_sign_in_is_allowed_nothing(permission):
    site = SiteFactory()
    person = UserFactory(is_active=False, is_scale_admin=True, is_user_admin=True)
    for role in (Role.PROGRAM_MANAGER, Role.PROGRAM_LEAD):
        MembershipFactory(program=site.program, user=person, role=role.value)

    assert not is_allowed(person, permission, site)


@pytest.mark.parametrize("permission", Permission)
def test_permission_is_answered_under_its_own_name(permission):
    site = SiteFactory()
    manager = MembershipFactory(program=site.program, role=Role.PROGRAM_MANAGER.value).user

    assert manager.has_perm(permission.value, site) is is_allowed(manager, permission, site)
