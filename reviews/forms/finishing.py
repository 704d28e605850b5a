"""Forms by which a draft goes on: the moderator's word, the last day to reply, a reason to take it back."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from scales.spec import ScaleSpec

NO_NAMES = _("No names of people who use the service.")
ITEM = "item-"


def plain_helper() -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


class ModerateForm(forms.Form):
    """A note on the whole draft and one on each item. `state`: the draft that the page showed."""

    state = forms.CharField(widget=forms.HiddenInput, max_length=64)
    note = forms.CharField(
        label=_("On the whole draft"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, spec: ScaleSpec, **kwargs):
        super().__init__(*args, **kwargs)
        for item in spec.items:
            self.fields[f"{ITEM}{item.code}"] = forms.CharField(
                label=f"{item.number} {item.short_title}",
                required=False,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def item_notes(self) -> dict[str, str]:
        return {
            name.removeprefix(ITEM): text for name, text in self.cleaned_data.items() if name.startswith(ITEM)
        }


class ReplyDateForm(forms.Form):
    reply_by = forms.DateField(
        label=_("Last day to reply"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the last day on which the service may reply.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()

    def clean_reply_by(self):
        day = self.cleaned_data["reply_by"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is past: choose today or a later one."))
        return day


class BackToDraftForm(forms.Form):
    reason = forms.CharField(
        label=_("Why you take the draft back"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=NO_NAMES,
        error_messages={"required": _("Say why you take the draft back.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()
