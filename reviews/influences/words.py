"""Domains and constructs of the CFIR in the language that is active. An unknown code stays as it is."""

from django.utils.translation import gettext

from reviews.influences.cfir import CONSTRUCTS, DOMAINS


def domain_title(code: str) -> str:
    """ "Inner setting"."""
    return next((gettext(domain.title) for domain in DOMAINS if domain.code == code), code)


def domain_in_plain_words(code: str) -> str:
    return next((gettext(domain.plain) for domain in DOMAINS if domain.code == code), "")


def construct_title(code: str) -> str:
    """ "Financing"."""
    return gettext(CONSTRUCTS[code].title) if code in CONSTRUCTS else code


def construct_in_plain_words(code: str) -> str:
    """ "Money: how the service is paid for, and for how long"."""
    return gettext(CONSTRUCTS[code].plain) if code in CONSTRUCTS else ""
