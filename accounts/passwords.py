"""The page on which a person without a password chooses one."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from accounts.models import User


def path_to_choose_password(person: User) -> str:
    """Opens once, and no longer than a link to reset a password."""
    key = default_token_generator.make_token(person)
    return reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key}
    )
