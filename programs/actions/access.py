"""Who may read a program's reports: a manager gives viewers access, and takes it back."""

import logging

import pghistory
from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import User
from accounts.permissions import Permission, Role, is_allowed
from programs.actions.refusals import NotAllowed
from programs.letters import send_access_letter
from programs.models import Membership, Program, roles_with

logger = logging.getLogger(__name__)


class ReadsAlready(ValueError):
    """The person has a role in the program with which they read its reports."""


@transaction.atomic
def give_access(*, program: Program, name: str, email: str, by, site_address: str) -> Membership:
    """Make someone a viewer of the program, and write to them once that is certain.

    An address that nobody has yet gets an account without a password, and its letter a link to choose one. Nothing
    that comes back tells whether there was an account before. Someone with another role here keeps the name under
    which the people of the program know them. `site_address`: where the product is, for the letter.
    Raises `NotAllowed`, `ReadsAlready`.
    """
    if not is_allowed(by, Permission.INVITE_VIEWERS, program):
        raise NotAllowed
    # Two managers who give the same person access at the same moment come here one after the other.
    program = Program.objects.select_for_update(of=("self",)).get(pk=program.pk)
    with pghistory.context(user=by.pk):
        new = {"email": User.objects.normalize_email(email), "name": name, "password": make_password(None)}
        person, _ = User.objects.get_or_create(email__iexact=email, defaults=new)
        if program.memberships.filter(user=person, role__in=roles_with(Permission.READ_REPORT)).exists():
            raise ReadsAlready
        has_a_name_here = program.memberships.filter(user=person).exists()
        membership = program.memberships.create(
            user=person, role=Role.VIEWER.value, known_as="" if has_a_name_here else name
        )

    def write() -> None:
        send_access_letter(membership=membership, site_address=site_address)

    # A mail server that is away takes no access back; the log says that the letter did not go.
    transaction.on_commit(write, robust=True)
    logger.info("viewer added: program %s, membership %s", program.pk, membership.pk)
    return membership


@transaction.atomic
def take_back_access(*, program: Program, membership: int, by) -> bool:
    """End a viewer's access; False where there is none (any more). Raises `NotAllowed`, also for another role."""
    if not is_allowed(by, Permission.INVITE_VIEWERS, program):
        raise NotAllowed
    row = program.memberships.select_for_update(of=("self",)).filter(pk=membership).first()
    if row is None:
        return False
    if row.role != Role.VIEWER:
        raise NotAllowed
    with pghistory.context(user=by.pk):
        row.delete()
    logger.info("viewer removed: program %s, membership %s", program.pk, membership)
    return True
