"""The form by which a lead issues a report."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _


class IssueForm(forms.Form):
    has_read = forms.BooleanField(
        label=_("I have read the draft, page 1 above all, and it can go out as it is"),
        help_text=_("An issued report is frozen. A correction is a new edition that says what changed."),
        error_messages={"required": _("Read the draft first, then say that you have.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("has_read")
