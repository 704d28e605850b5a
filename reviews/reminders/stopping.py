"""The link in a weekly letter by which a person stops it, signed in or not."""

from django.contrib.auth import get_user_model
from django.core import signing

SALT = "weekly letter"


def token_of(user) -> str:
    return signing.dumps(user.pk, salt=SALT)


def person_of(token: str):
    """Whose letter a token stops, None where it stops none. It opens nothing else, so it does not expire."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return get_user_model().objects.filter(pk=pk).first()
