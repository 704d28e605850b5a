"""How allauth is used here: people are invited by an administrator, nobody signs up alone."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return False

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """The page that follows a link to choose a password says itself that it is set."""
        match = request.resolver_match
        is_on_that_page = match is not None and match.url_name == "account_reset_password_from_key"
        if message_template != "account/messages/password_changed.txt" or not is_on_that_page:
            super().add_message(request, level, message_template, *args, **kwargs)
