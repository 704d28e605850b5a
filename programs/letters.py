"""The letter to someone who may read a program's reports from now on. It holds no score."""

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.passwords import path_to_choose_password
from programs.models import Membership

SECONDS_OF_A_DAY = 24 * 60 * 60


def send_access_letter(*, membership: Membership, site_address: str) -> None:
    """To choose a password for someone who has none, else to sign in. Someone who may not sign in gets none."""
    person = membership.user
    if not person.is_active:
        return
    program = " ".join(membership.program.name.split())
    words = {"name": membership.shown_name, "where": program}
    lines = [
        _("Hello %(name)s,") % words,
        _("you can now read the fidelity reports of %(where)s in IPS fidelity reviews.") % words,
        *(_to_sign_in(site_address) if person.has_usable_password() else _to_begin(person, site_address)),
        _("If you did not expect this letter, you can leave it unanswered."),
    ]
    subject = _("The fidelity reports of %(where)s") % words
    send_mail(subject, "\n\n".join(lines) + "\n", settings.DEFAULT_FROM_EMAIL, [person.email])


def _to_sign_in(site_address: str) -> list[str]:
    return [
        _("Sign in with this e-mail address and your password:"),
        _address(site_address, reverse("account_login")),
    ]


def _to_begin(person, site_address: str) -> list[str]:
    days = settings.PASSWORD_RESET_TIMEOUT // SECONDS_OF_A_DAY
    return [
        _("Choose a password first. This link opens the page for it, once:"),
        _address(site_address, path_to_choose_password(person)),
        ngettext("The link works for %(days)d day.", "The link works for %(days)d days.", days)
        % {"days": days}
        + " "
        + _("Ask for a new one here, with this e-mail address:"),
        _address(site_address, reverse("account_reset_password")),
    ]


def _address(site_address: str, path: str) -> str:
    return site_address.rstrip("/") + path
