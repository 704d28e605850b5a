"""The forms with which somebody asks for a link to choose a password, and chooses one. Their labels are said once."""

from allauth.account.forms import ChangePasswordForm, ResetPasswordForm, ResetPasswordKeyForm
from django.utils.translation import gettext_lazy as _


class WithoutPlaceholders:
    """allauth writes each label into its field as well."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class AskForLinkForm(WithoutPlaceholders, ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")


class ChoosePasswordForm(WithoutPlaceholders, ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("Password")
        self.fields["password2"].label = _("The same password again")


class OtherPasswordForm(WithoutPlaceholders, ChangePasswordForm):
    """Of someone signed in."""
