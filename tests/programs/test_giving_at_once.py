"""Two managers, or two clicks, at the same moment."""

import pytest
from django.core import mail

from accounts.models import User
from accounts.permissions import Role
from programs.actions.access import ReadsAlready, give_access
from programs.models import Membership
from tests.at_once import at_once
from tests.factories.programs import MembershipFactory, ProgramFactory

pytestmark = pytest.mark.django_db(transaction=True)


def giving(membership, **given):
    return lambda: give_access(
        program=membership.program,
        by=membership.user,
        site_address="https://reviews.example.org/",
        **{"name": "Ada Moss", "email": "ada@example.org"} | given,
    )


def test_the_same_person_is_given_access_once():
    program = ProgramFactory()
    managers = [MembershipFactory(program=program, role=Role.PROGRAM_MANAGER.value) for _ in range(2)]

    outcomes = at_once(giving(managers[0]), giving(managers[1], email="Ada@example.org"))

    assert {type(one) for one in outcomes} == {Membership, ReadsAlready}
    assert Membership.objects.filter(role=Role.VIEWER.value).count() == 1
    assert len(mail.outbox) == 1


def test_two_programs_that_invite_the_same_stranger_share_one_account():
    managers = [MembershipFactory(role=Role.PROGRAM_MANAGER.value) for _ in range(2)]

    outcomes = at_once(*map(giving, managers))

    assert {type(one) for one in outcomes} == {Membership}
    assert User.objects.filter(email="ada@example.org").count() == 1
    assert len(mail.outbox) == 2
