"""The dates of a review: the timetable they come from, and one date."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.models import Deadline, TimetablePolicy


def _day(label, help_text) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class TakeTimetable(forms.Form):
    """Which timetable a review without dates takes them from."""

    timetable = forms.ModelChoiceField(TimetablePolicy.objects.all(), label=_("Timetable"), empty_label=None)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class DeadlineForm(forms.Form):
    """The day a step is due and the day it was done."""

    set_on = _day(
        _("Due on another day"),
        _("Leave it empty to go by the timetable; the date then moves with the visit."),
    )
    done_on = _day(_("Done on"), _("Leave it empty while it is not done."))
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data=None, *, deadline: Deadline):
        initial = {name: getattr(deadline, name) for name in ("set_on", "done_on", "revision")}
        super().__init__(data, initial=initial)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("set_on", "done_on", "revision")

    def clean_done_on(self):
        done_on = self.cleaned_data["done_on"]
        if done_on and done_on > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return done_on

    def typed_over(self, deadline: Deadline) -> None:
        """Keep what was typed, now based on the date as it is saved: sending it again replaces that."""
        self.data = self.data.copy()
        self.data[self.add_prefix("revision")] = deadline.revision
