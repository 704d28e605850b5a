"""How many addresses of shared reports that open nothing were tried from one place, lately.

Nobody guesses 256 bits; this keeps trying from costing the database anything. Counted in the cache, so per server
process where each has a cache of its own.
"""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

MOST = 30
SECONDS = 5 * 60


def has_guessed_too_often(request: HttpRequest) -> bool:
    return cache.get(_key(request), 0) >= MOST


def note_wrong_guess(request: HttpRequest) -> None:
    key = _key(request)
    cache.add(key, 0, SECONDS)
    try:
        cache.incr(key)
    except ValueError:
        # The count ended between the two lines, and begins anew.
        cache.set(key, 1, SECONDS)


def _key(request: HttpRequest) -> str:
    """Where a request comes from is found as for signing in."""
    return f"shared report guesses:{get_adapter(request).get_client_ip(request)}".replace(" ", "-")
