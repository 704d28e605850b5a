"""What forms of any app share about the person who sends them."""

from django import forms
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from accounts.confirming import NotConfirmed, TooManyTries, confirm_person


class ConfirmedForm(forms.Form):
    """A form for a step that cannot be taken back: it asks for the password of who is signed in."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("The one you sign in with: it says that this is you."),
        error_messages={"required": _("Type your password.")},
    )

    def __init__(self, *args, request, **kwargs):
        self.request = request
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "password"])

    def clean_password(self) -> str:
        """Nothing is kept of what was typed."""
        try:
            confirm_person(self.request, password=self.cleaned_data["password"])
        except NotConfirmed:
            raise forms.ValidationError(_("This is not your password. Try again.")) from None
        except TooManyTries:
            raise forms.ValidationError(
                _("The password was wrong too often. Wait five minutes, then try again.")
            ) from None
        return ""


class ConfirmedFormMixin:
    """For views of a `ConfirmedForm`: the password stays out of every report on an error."""

    @method_decorator(sensitive_post_parameters("password"))
    def dispatch(self, request, *args, **kwargs):
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"request": self.request}
