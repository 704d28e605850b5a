"""Which reports somebody wants in one file, and as what."""

from collections.abc import Sequence
from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from programs.models import Program
from reports.bundles.choosing import Choice
from reports.models import Bundle


def _date(label) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a date, such as 2026-10-14, or leave it empty.")},
    )


class ChoiceForm(forms.Form):
    """A program and the dates of visits, sent by GET: what it names is shown before anything is asked for."""

    program = forms.TypedChoiceField(
        label=_("Program"),
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": _("Choose one of your programs.")},
    )
    visits_from = _date(_("Visits from"))
    visits_to = _date(_("Visits until"))

    def __init__(self, *args, programs: Sequence[Program], **kwargs):
        super().__init__(*args, **kwargs)
        self.programs = {program.pk: program for program in programs}
        names = [(pk, program.name) for pk, program in self.programs.items()]
        self.fields["program"].choices = [("", _("All your programs")), *names]
        shown = ["visits_from", "visits_to"]
        if len(names) > 1:
            shown.insert(0, "program")
        else:
            del self.fields["program"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(Div(*shown, css_class="choice-fields"))

    def clean(self):
        data = super().clean()
        first, last = data.get("visits_from"), data.get("visits_to")
        if first and last and last < first:
            self.add_error(
                "visits_to", _("This is before the first day. Choose a later day, or leave it empty.")
            )
        return data

    def choice(self) -> Choice:
        """What was chosen, of a valid form."""
        data = self.cleaned_data
        only = next(iter(self.programs.values())) if len(self.programs) == 1 else None
        return Choice(
            program=self.programs.get(data.get("program"), only),
            visits_from=data["visits_from"],
            visits_to=data["visits_to"],
        )


class BundleForm(ChoiceForm):
    """The same choice, as it was shown, and what file to make of it."""

    form = forms.ChoiceField(
        label=_("Kind of file"),
        choices=Bundle.Form.choices,
        initial=Bundle.Form.ZIP,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what kind of file."),
            "invalid_choice": _("Choose what kind of file."),
        },
    )
    with_workbooks = forms.BooleanField(
        label=_("Put the Excel file of each report into the zip file too"), required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("program", "visits_from", "visits_to"):
            if name in self.fields:
                self.fields[name].widget = forms.HiddenInput()
        self.helper.layout = Layout(*self.fields)

    def clean(self):
        data = super().clean()
        if data.get("with_workbooks") and data.get("form") == Bundle.Form.BOUND:
            self.add_error(
                "with_workbooks", _("Excel files go into a zip file only: choose that, or leave them out.")
            )
        return data


def whole_year(year: int) -> dict[str, str]:
    """What the form holds for the visits of one year."""
    return {"visits_from": date(year, 1, 1).isoformat(), "visits_to": date(year, 12, 31).isoformat()}
