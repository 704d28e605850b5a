"""The form by which a lead issues a report."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import ConfirmedForm


class IssueForm(ConfirmedForm):
    has_read = forms.BooleanField(
        label=_("I have read the draft, page 1 above all, and it can go out as it is"),
        help_text=_("An issued report is frozen. A correction is a new edition that says what changed."),
        error_messages={"required": _("Read the draft first, then say that you have.")},
    )

    not_asked_because = forms.CharField(
        label=_("Why the service is not asked for a reply"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Printed in the report where the service’s reply would stand."),
        error_messages={"required": _("Say why the service is not asked for a reply.")},
    )

    def __init__(self, *args, was_asked: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if was_asked:
            del self.fields["not_asked_because"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            *(name for name in ("not_asked_because", "has_read", "password") if name in self.fields)
        )
