"""The note that says why something is published or retired."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _


class NoteForm(forms.Form):
    """Who and when are kept by themselves; why is typed."""

    note = forms.CharField(label=_("Note"), max_length=2000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args, help_text: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].help_text = help_text
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
