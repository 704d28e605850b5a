"""A person says whether they want the weekly letter about goals."""

import logging

from django.db import transaction

from reviews.models import DigestRefusal

logger = logging.getLogger(__name__)


@transaction.atomic
def choose_letter(*, user, wants: bool) -> None:
    """Said twice is said once."""
    if wants:
        DigestRefusal.objects.filter(user=user).delete()
    else:
        DigestRefusal.objects.get_or_create(user=user)
    logger.info("weekly letter %s: user %s", "wanted" if wants else "refused", user.pk)


def wants_letter(user) -> bool:
    return not DigestRefusal.objects.filter(user=user).exists()
