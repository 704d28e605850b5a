"""The form of a program's funding threshold."""

from collections.abc import Sequence

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.actions.funding_thresholds import CountsAlready, OutOfRange, Typed, totals_of
from reviews.models import FundingThreshold
from scales.models import Scale

BEGINS_SAME_DAY = _("Another threshold begins on this day. Change that one, or choose another day.")
NAMES = ("points", "source", "valid_from", "ends_on", "note")


def _day(label, help_text, *, required: bool) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the first day it counts.")},
    )


class ThresholdForm(forms.Form):
    """`scales`: that a threshold may be of; where there is one only, nobody is asked."""

    scale = forms.ModelChoiceField(Scale.objects.none(), label=_("Scale"), empty_label=None)
    points = forms.IntegerField(
        label=_("Total asked for"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Write the total asked for."),
            "invalid": _("Write the total as a whole number."),
        },
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("Who set it, and where it is written, such as a contract and its page."),
        error_messages={"required": _("Write who set this threshold, and where it is written.")},
    )
    valid_from = _day(_("Valid from"), _("It counts until another begins."), required=True)
    ends_on = _day(_("Last day"), _("Only where no other one follows."), required=False)
    note = forms.CharField(
        label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args, scales: Sequence[Scale], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["scale"].queryset = Scale.objects.filter(pk__in=[scale.pk for scale in scales])
        if len(scales) == 1:
            self.fields["scale"].widget = forms.HiddenInput()
            self.initial["scale"] = scales[0].pk
            spec = totals_of(scales[0])
            self.fields["points"].help_text = gettext("From %(lowest)s to %(highest)s on this scale.") % {
                "lowest": spec.lowest_total,
                "highest": spec.highest_total,
            }
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @classmethod
    def initial_of(cls, threshold: FundingThreshold) -> dict:
        return {name: getattr(threshold, name) for name in (*NAMES, "revision")}

    def clean(self):
        data = super().clean()
        if data.get("ends_on") and "valid_from" in data and data["ends_on"] < data["valid_from"]:
            self.add_error("ends_on", _("The last day is before the first."))
        return data

    def typed(self) -> Typed:
        return Typed(**{name: self.cleaned_data[name] for name in NAMES})

    def say_range(self, error: OutOfRange) -> None:
        text = gettext("A total of this scale lies from %(lowest)s to %(highest)s.")
        self.add_error("points", text % {"lowest": error.lowest, "highest": error.highest})

    def say_counts_already(self, error: CountsAlready) -> None:
        if error.until:
            text = gettext(
                "From %(since)s to %(until)s the threshold of %(points)s counts already. "
                "End it first, or choose other days."
            )
        else:
            text = gettext(
                "From %(since)s on the threshold of %(points)s counts already. "
                "Choose an earlier last day, or leave it empty."
            )
        until = date_format(error.until, "DATE_FORMAT") if error.until else ""
        since = date_format(error.since, "DATE_FORMAT")
        self.add_error(error.field, text % {"since": since, "until": until, "points": error.points})
