"""A program manager gives viewers access and takes it back: once each, with a letter, and kept with who and when."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import User
from accounts.permissions import Role
from programs.actions.access import ReadsAlready, give_access, take_back_access
from programs.actions.refusals import NotAllowed
from programs.models import Membership
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.programs import MembershipFactory, ProgramFactory

pytestmark = pytest.mark.django_db

HOME = "https://reviews.example.org/"
ADA = {"name": "Ada Moss", "email": "ada@example.org"}


@pytest.fixture
def program():
    return ProgramFactory(name="Bayside Links")


@pytest.fixture
def manager(program):
    return MembershipFactory(program=program, role=Role.PROGRAM_MANAGER.value).user


@pytest.fixture
def give(program, manager, django_capture_on_commit_callbacks):
    """Give access and let the letter go out, as after a request."""

    def give(**given):
        with django_capture_on_commit_callbacks(execute=True):
            return give_access(**{"program": program, "by": manager, "site_address": HOME, **ADA} | given)

    return give


def last_event(membership_pk: int, label: str):
    events = Membership.pgh_event_model.objects.filter(pgh_obj_id=membership_pk, pgh_label=label)
    return events.select_related("pgh_context").latest("pgh_created_at")


def test_someone_new_gets_an_account_without_a_password_and_a_link_to_choose_one(give, client):
    person = give().user

    (letter,) = mail.outbox
    assert (person.name, person.has_usable_password()) == ("Ada Moss", False)
    assert letter.to == ["ada@example.org"]
    assert letter.subject == "The fidelity reports of Bayside Links"
    assert "IPS fidelity reviews" in letter.body
    path = re.search(r"https://reviews\.example\.org(/accounts/password/reset/key/\S+)", letter.body)[1]
    page = client.get(path, follow=True)
    answer = client.post(page.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    assert answer.status_code == 302
    assert User.objects.get(pk=person.pk).check_password(PASSWORD)
    assert client.login(email="ada@example.org", password=PASSWORD)
    assert "password1" not in client.get(path, follow=True).content.decode(), "the link opens once"


def test_someone_with_an_account_keeps_its_name_and_password_and_is_told_to_sign_in(give):
    person = UserFactory(email="Ada@Example.org", name="Dr Ada Moss-Hill", password=PASSWORD)

    membership = give()

    person.refresh_from_db()
    (letter,) = mail.outbox
    assert (membership.user, person.name, person.check_password(PASSWORD)) == (
        person,
        "Dr Ada Moss-Hill",
        True,
    )
    assert "/password/reset/" not in letter.body
    assert f"https://reviews.example.org{reverse('account_login')}" in letter.body
    assert "Hello Ada Moss," in letter.body, "the name of the account is nobody's business"


def test_someone_who_may_not_sign_in_gets_access_and_no_letter(give):
    UserFactory(email="ada@example.org", is_active=False)

    assert give().role == Role.VIEWER
    assert mail.outbox == []


def test_no_letter_goes_out_where_the_change_is_undone(program, manager, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as letters:
        give_access(program=program, by=manager, site_address=HOME, **ADA)

    assert (len(letters), mail.outbox) == (1, [])


def test_a_letter_that_cannot_be_sent_leaves_the_access_given(give, monkeypatch):
    monkeypatch.setattr("programs.letters.send_mail", _no_mail_server)

    assert Membership.objects.filter(pk=give().pk).exists()


def _no_mail_server(*args, **kwargs):
    raise OSError("no mail server")


def test_giving_twice_gives_once(give, program):
    give()

    with pytest.raises(ReadsAlready):
        give(email="ADA@example.org")

    assert program.memberships.filter(role=Role.VIEWER.value).count() == 1
    assert User.objects.filter(email__iexact="ada@example.org").count() == 1
    assert len(mail.outbox) == 1


def test_a_reviewer_of_the_program_may_be_given_access_and_a_manager_has_it(give, program, manager):
    reviewer = MembershipFactory(program=program, role=Role.PROGRAM_REVIEWER.value).user

    assert give(email=reviewer.email).user == reviewer
    with pytest.raises(ReadsAlready):
        give(email=manager.email)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.PROGRAM_LEAD, Role.PROGRAM_REVIEWER, None])
def test_only_managers_of_the_program_give_and_take_back(program, role):
    viewer = MembershipFactory(program=program)
    other = ProgramFactory()
    person = MembershipFactory(program=program, role=role.value).user if role else None
    person = person or MembershipFactory(program=other, role=Role.PROGRAM_MANAGER.value).user

    with pytest.raises(NotAllowed):
        give_access(program=program, by=person, site_address=HOME, **ADA)
    with pytest.raises(NotAllowed):
        take_back_access(program=program, membership=viewer.pk, by=person)

    assert Membership.objects.filter(pk=viewer.pk).exists()
    assert not User.objects.filter(email="ada@example.org").exists()


def test_access_taken_back_is_gone_and_its_history_tells_who_gave_and_who_took(give, program, manager):
    other = MembershipFactory(program=program, role=Role.PROGRAM_MANAGER.value).user
    membership = give().pk

    assert take_back_access(program=program, membership=membership, by=other) is True
    assert take_back_access(program=program, membership=membership, by=other) is False

    assert not program.memberships.filter(role=Role.VIEWER.value).exists()
    assert last_event(membership, "insert").pgh_context.metadata["user"] == manager.pk
    assert last_event(membership, "delete").pgh_context.metadata["user"] == other.pk
    assert User.objects.filter(email="ada@example.org").exists()


@pytest.mark.parametrize("role", [Role.PROGRAM_MANAGER, Role.PROGRAM_LEAD, Role.PROGRAM_REVIEWER])
def test_no_other_role_is_taken_back(program, manager, role):
    membership = MembershipFactory(program=program, role=role.value)

    with pytest.raises(NotAllowed):
        take_back_access(program=program, membership=membership.pk, by=manager)


def test_a_viewer_of_another_program_is_not_taken_out(program, manager):
    elsewhere = MembershipFactory()

    assert take_back_access(program=program, membership=elsewhere.pk, by=manager) is False
    assert Membership.objects.filter(pk=elsewhere.pk).exists()
