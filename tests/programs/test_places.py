"""Organizations, programs, sites and memberships: one of each name, roles within a program, and their history."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from accounts.permissions import Permission, Role
from programs.models import Membership, Organization, Program, Setting, Site, roles_with
from tests.factories.accounts import UserFactory
from tests.factories.programs import (
    MembershipFactory,
    OrganizationFactory,
    ProgramFactory,
    SettingFactory,
    SiteFactory,
)

pytestmark = pytest.mark.django_db

PROGRAM_ROLES = (
    Role.PROGRAM_MANAGER,
    Role.VIEWER,
    Role.PROGRAM_LEAD,
    Role.PROGRAM_REVIEWER,
    Role.NETWORK_LEAD,
)


def refused(constraint: str):
    return pytest.raises(IntegrityError, match=constraint)


# Names


def test_two_organizations_have_two_names():
    OrganizationFactory(name="Northern Trust")
    OrganizationFactory(name="Southern Trust")

    assert Organization.objects.count() == 2


def test_second_organization_of_a_name_is_refused():
    OrganizationFactory(name="Northern Trust")

    with refused("programs_organization_name"), transaction.atomic():
        OrganizationFactory(name="Northern Trust")


def test_program_of_the_same_name_in_another_organization_is_let_in():
    ProgramFactory(name="IPS")
    ProgramFactory(name="IPS")

    assert Program.objects.filter(name="IPS").count() == 2


def test_second_program_of_a_name_in_an_organization_is_refused():
    program = ProgramFactory(name="IPS")

    with refused("one_program_per_name_in_an_organization"), transaction.atomic():
        ProgramFactory(organization=program.organization, name="IPS")


def test_site_of_the_same_name_in_another_program_is_let_in():
    SiteFactory(name="Harbour Street")
    SiteFactory(name="Harbour Street")

    assert Site.objects.filter(name="Harbour Street").count() == 2


def test_second_site_of_a_name_in_a_program_is_refused():
    site = SiteFactory(name="Harbour Street")

    with refused("one_site_per_name_in_a_program"), transaction.atomic():
        SiteFactory(program=site.program, name="Harbour Street")


def test_second_setting_of_a_code_is_refused():
    SettingFactory(code="prison")

    with refused("programs_setting_code"), transaction.atomic():
        Setting.objects.create(code="prison", name="Another")


@pytest.mark.parametrize("role", PROGRAM_ROLES)
def test_person_holds_several_roles_in_a_program_but_each_once(role):
    program, person = ProgramFactory(), UserFactory()
    for each in PROGRAM_ROLES:
        MembershipFactory(program=program, user=person, role=each.value)

    with refused("a_role_is_held_once_in_a_program"), transaction.atomic():
        MembershipFactory(program=program, user=person, role=role.value)


def test_role_is_held_in_two_programs():
    person = UserFactory()
    MembershipFactory(user=person)
    MembershipFactory(user=person)

    assert person.memberships.count() == 2


def test_taken_name_of_a_program_is_said_in_words_fit_for_a_form():
    program = ProgramFactory()

    with pytest.raises(ValidationError, match="This organization has a program of this name already"):
        Program(organization=program.organization, name=program.name).full_clean()


def test_taken_name_of_a_site_is_said_in_words_fit_for_a_form():
    site = SiteFactory()

    with pytest.raises(ValidationError, match="This program has a site of this name already"):
        Site(program=site.program, name=site.name, setting=site.setting).full_clean()


def test_role_held_already_is_said_in_words_fit_for_a_form():
    held = MembershipFactory()

    with pytest.raises(ValidationError, match="This person holds this role in the program already"):
        Membership(program=held.program, user=held.user, role=held.role).full_clean()


@pytest.mark.parametrize("role", [Role.LEAD, Role.MODERATOR, Role.SCALE_ADMIN])
def test_role_of_a_team_or_of_the_product_is_no_choice_in_a_program(role):
    membership = Membership(program=ProgramFactory(), user=UserFactory(), role=role.value)

    with pytest.raises(ValidationError, match="role"):
        membership.full_clean()


# What stands on what


def test_organization_with_programs_is_not_deleted():
    program = ProgramFactory()

    with pytest.raises(ProtectedError):
        program.organization.delete()


def test_program_with_sites_is_not_deleted():
    site = SiteFactory()

    with pytest.raises(ProtectedError):
        site.program.delete()


def test_setting_of_a_site_is_not_deleted():
    site = SiteFactory()

    with pytest.raises(ProtectedError):
        site.setting.delete()


# Roles


@pytest.mark.parametrize("role", PROGRAM_ROLES)
def test_membership_gives_its_role_in_its_program_and_at_its_sites(role):
    site = SiteFactory()
    person = MembershipFactory(program=site.program, role=role.value).user

    assert site.program.roles_of(person) == {role}
    assert site.roles_of(person) == {role}


@pytest.mark.parametrize("role", PROGRAM_ROLES)
def test_membership_gives_no_role_in_another_program_of_the_same_organization(role):
    membership = MembershipFactory(role=role.value)
    beside = SiteFactory(program=ProgramFactory(organization=membership.program.organization))

    assert beside.roles_of(membership.user) == frozenset()
    assert beside.program.roles_of(membership.user) == frozenset()


def test_several_roles_in_a_program_count_together():
    program, person = ProgramFactory(), UserFactory()
    MembershipFactory(program=program, user=person, role=Role.PROGRAM_LEAD.value)
    MembershipFactory(program=program, user=person, role=Role.PROGRAM_MANAGER.value)

    assert program.roles_of(person) == {Role.PROGRAM_LEAD, Role.PROGRAM_MANAGER}


def test_roles_in_many_programs_are_read_in_one_query(django_assert_num_queries):
    person = UserFactory()
    programs = [MembershipFactory(user=person).program for _ in range(5)]

    with django_assert_num_queries(1):
        roles = {program.roles_of(person) for program in programs}

    assert roles == {frozenset({Role.VIEWER})}


@pytest.mark.parametrize(
    ("permission", "roles"),
    [
        (Permission.VIEW_PROGRAM, PROGRAM_ROLES),
        (Permission.PLAN_REVIEW, (Role.PROGRAM_LEAD,)),
        (Permission.VIEW_REVIEW, (Role.PROGRAM_MANAGER, Role.VIEWER, Role.NETWORK_LEAD)),
        (Permission.READ_REPORT, (Role.PROGRAM_MANAGER, Role.VIEWER, Role.NETWORK_LEAD)),
        (Permission.RATE, ()),
        (Permission.ISSUE_REPORT, ()),
        (Permission.MANAGE_PEOPLE, ()),
    ],
)
def test_program_roles_with_a_permission(permission, roles):
    assert set(roles_with(permission)) == {role.value for role in roles}


# What a person sees


@pytest.mark.parametrize("role", PROGRAM_ROLES)
def test_member_sees_the_program_and_its_sites_and_no_other(role):
    site, other = SiteFactory(), SiteFactory()
    SiteFactory(program=ProgramFactory(organization=site.program.organization))
    person = MembershipFactory(program=site.program, role=role.value).user

    assert list(Program.objects.visible_to(person)) == [site.program]
    assert list(Site.objects.visible_to(person)) == [site]
    assert other not in Site.objects.visible_to(person)


@pytest.mark.parametrize(
    "traits", [{"is_scale_admin": True}, {"is_user_admin": True}, {"is_superuser": True}, {}]
)
def test_person_without_a_membership_sees_no_program_and_no_site(traits):
    SiteFactory()
    person = UserFactory(**traits)

    assert not Program.objects.visible_to(person).exists()
    assert not Site.objects.visible_to(person).exists()


def test_program_is_listed_once_for_a_person_with_several_roles():
    site, person = SiteFactory(), UserFactory()
    for role in PROGRAM_ROLES:
        MembershipFactory(program=site.program, user=person, role=role.value)

    assert list(Program.objects.visible_to(person)) == [site.program]
    assert list(Site.objects.visible_to(person)) == [site]


@pytest.mark.parametrize(
    ("role", "count"),
    [
        (Role.PROGRAM_LEAD, 1),
        (Role.PROGRAM_REVIEWER, 0),
        (Role.PROGRAM_MANAGER, 0),
        (Role.VIEWER, 0),
        (Role.NETWORK_LEAD, 0),
    ],
)
def test_sites_where_a_person_may_plan_are_those_of_lead_reviewers_in_the_program(role, count):
    site = SiteFactory()
    SiteFactory()
    person = MembershipFactory(program=site.program, role=role.value).user

    assert Site.objects.where_holding(person, Permission.PLAN_REVIEW).count() == count


def test_person_whose_membership_ends_sees_the_program_no_longer():
    membership = MembershipFactory()
    membership.delete()

    assert not Program.objects.visible_to(membership.user).exists()


# History


def history() -> list[tuple[str, str]]:
    events = Membership.pgh_event_model.objects.order_by("pgh_id")
    return [(event.pgh_label, event.role) for event in events]


def run(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_every_change_of_a_membership_leaves_a_row():
    membership = MembershipFactory(role=Role.VIEWER.value)
    membership.role = Role.PROGRAM_MANAGER.value
    membership.save()
    membership.delete()

    assert history() == [("insert", "viewer"), ("update", "viewer"), ("delete", "program manager")]


def test_change_of_many_memberships_at_once_leaves_a_row_for_each():
    MembershipFactory.create_batch(3)

    Membership.objects.update(role=Role.PROGRAM_MANAGER.value)

    assert history()[3:] == [("update", "viewer")] * 3


def test_membership_given_changed_and_taken_by_sql_leaves_rows():
    program, person = ProgramFactory(), UserFactory()

    run(
        "INSERT INTO programs_membership (program_id, user_id, role) VALUES (%s, %s, 'viewer')",
        program.pk,
        person.pk,
    )
    run("UPDATE programs_membership SET role = 'program manager' WHERE user_id = %s", person.pk)
    run("DELETE FROM programs_membership WHERE user_id = %s", person.pk)

    assert history() == [("insert", "viewer"), ("update", "viewer"), ("delete", "program manager")]


def test_history_of_a_membership_says_whose_and_where():
    membership = MembershipFactory()

    event = Membership.pgh_event_model.objects.get()

    assert (event.user_id, event.program_id) == (membership.user_id, membership.program_id)


def test_history_outlives_the_person_and_the_program():
    membership = MembershipFactory()
    membership.user.delete()
    membership.program.delete()

    assert history() == [("insert", "viewer"), ("delete", "viewer")]
