"""For whom a link is made, and until when it opens the report."""

from datetime import timedelta

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.models.shared_link import LONGEST

BY_DATE = "date"
OUT_OF_REACH = _("Choose a day from today to a year from now.")


class ShareForm(forms.Form):
    """`cleaned_data["last_day"]`: the last day on which the link opens the report, however it was chosen."""

    label = forms.CharField(
        label=_("For whom"),
        max_length=150,
        help_text=_(
            "For your own list, such as “Board of trustees”. Whoever opens the link does not see it."
        ),
        error_messages={"required": _("Say for whom the link is.")},
    )
    until = forms.ChoiceField(
        label=_("How long it opens the report"),
        choices=[
            ("7", _("7 days")),
            ("30", _("30 days")),
            ("90", _("90 days")),
            (BY_DATE, _("Until a day of your choice")),
        ],
        initial="30",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how long the link opens the report.")},
    )
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("At most a year from now. Only for a day of your choice."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self):
        cleaned = super().clean()
        today, until = timezone.localdate(), cleaned.get("until")
        if until is None:
            return cleaned
        if until != BY_DATE:
            # What was typed for a day of one's own choice counts for nothing then, be it no day at all.
            self.errors.pop("last_day", None)
            cleaned["last_day"] = today + timedelta(days=int(until))
        elif "last_day" in self.errors:
            return cleaned
        elif cleaned.get("last_day") is None:
            self.add_error("last_day", _("Choose the last day on which the link opens the report."))
        elif not today <= cleaned["last_day"] <= today + LONGEST:
            self.add_error("last_day", OUT_OF_REACH)
        return cleaned
