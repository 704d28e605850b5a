"""Whether a database may be filled with invented data: only where there is nothing in it that is not invented."""

from django.db.models import Q

from accounts.models import User
from ipsfidelity.generating.texts import DOMAIN, MARK
from programs.models import Organization

DEMO_DOMAIN = "example.org"


class OtherDataHere(Exception):
    """The database has organizations or people that were not invented by this product."""


class GeneratedAlready(Exception):
    """The database has generated data; there is no second helping, and nothing generated can be taken out."""


def check_database(demo_organizations: set[str], *, anyway: bool) -> None:
    """Raises `OtherDataHere`, which `anyway` waives, and `GeneratedAlready`."""
    if User.objects.filter(email__endswith=f"@{DOMAIN}").exists():
        raise GeneratedAlready
    if anyway:
        return
    others = Organization.objects.exclude(name__in=demo_organizations).exclude(name__endswith=f"({MARK})")
    people = User.objects.exclude(Q(email__endswith=f"@{DEMO_DOMAIN}") | Q(email__endswith=f"@{DOMAIN}"))
    if others.exists() or people.exists():
        raise OtherDataHere
