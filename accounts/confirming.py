"""Is it still the person who signed in? Asked again before a step that cannot be taken back."""

from allauth.core import ratelimit
from django.http import HttpRequest

# Its rate is in the settings: ACCOUNT_RATE_LIMITS.
TRIES = "confirm_step"


class NotConfirmed(Exception):
    """What was typed is not the person's password."""


class TooManyTries(Exception):
    """The password was wrong too often: the next try has to wait."""


def confirm_person(request: HttpRequest, *, password: str) -> None:
    """Hold a password against that of who is signed in. The one place where a second factor would join.

    Each try counts before it is looked at, so that many at the same moment are no way around; a right one clears the
    count. Raises `NotConfirmed` and `TooManyTries`.
    """
    if not ratelimit.consume(request, action=TRIES):
        raise TooManyTries
    if not request.user.check_password(password):
        raise NotConfirmed
    ratelimit.clear(request, action=TRIES)
