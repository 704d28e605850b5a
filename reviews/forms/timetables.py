"""A timetable: its name, where it comes from, and its steps."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.actions.timetables import Step
from reviews.models import TimetablePolicy
from reviews.visit.timetable import Purpose
from reviews.visit.timetable_words import ANCHORS, PURPOSES, UNITS

MOST_STEPS = 40
SPARE_ROWS = 3
HIGHEST_OFFSET = 1000
HIGHEST_PLACE = 999
LAST = HIGHEST_PLACE + 1


class TimetableForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    note = forms.CharField(
        label=_("Where it comes from"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(self, data=None, *, timetable: TimetablePolicy | None = None):
        names = ("name", "note", "revision")
        super().__init__(data, initial=timetable and {name: getattr(timetable, name) for name in names})
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("name", "note", "revision")

    def typed_over(self, timetable: TimetablePolicy) -> None:
        """Keep what was typed, now based on the timetable as it is saved: sending it again replaces that."""
        self.data = self.data.copy()
        self.data[self.add_prefix("revision")] = timetable.revision


class StepForm(forms.Form):
    """One step; a row without a step is left out."""

    place = forms.IntegerField(label=_("Place"), required=False, min_value=0, max_value=HIGHEST_PLACE)
    title = forms.CharField(label=_("Step"), required=False, max_length=160)
    offset = forms.IntegerField(label=_("How many"), required=False, min_value=0, max_value=HIGHEST_OFFSET)
    unit = forms.ChoiceField(label=_("Unit"), choices=[(unit.value, words) for unit, words in UNITS.items()])
    anchor = forms.ChoiceField(
        label=_("Counted from"), choices=[(anchor.value, words) for anchor, words in ANCHORS.items()]
    )
    purpose = forms.ChoiceField(
        label=_("What it is"),
        required=False,
        choices=[(purpose.value, words) for purpose, words in PURPOSES.items()],
    )
    remove = forms.BooleanField(label=_("Remove"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Div("place", "title", "offset", "unit", "anchor", "purpose", "remove", css_class="step-row")
        )

    def clean(self):
        data = super().clean()
        if data.get("remove"):
            self.errors.clear()
        elif data.get("title") and data.get("offset") is None and "offset" not in self.errors:
            self.add_error("offset", _("Say how many; 0 is the day itself."))
        elif data.get("offset") is not None and not data.get("title") and "title" not in self.errors:
            self.add_error("title", _("Name the step, or tick Remove."))
        return data

    def step(self) -> Step | None:
        data = self.cleaned_data
        if data.get("remove") or not data.get("title"):
            return None
        purpose = data["purpose"] or Purpose.STEP.value
        return Step(data["title"], data["anchor"], data["offset"], data["unit"], purpose)

    def order(self) -> tuple[int, int]:
        """Where the step comes. Of two with one number, the one that moved up or is new goes before the other.

        Steps 1, 2, 3: giving the third number 1 puts it first, giving the first number 3 puts it last.
        """
        place, before = self.cleaned_data.get("place"), self.initial.get("place")
        if place is None:
            return LAST, 0
        if before is None or place < before:
            return place, -1
        return place, int(place > before)


class BaseStepFormSet(forms.BaseFormSet):
    def clean(self):
        if not any(self.errors) and not self.steps():
            raise forms.ValidationError(_("Name at least one step."))

    def steps(self) -> tuple[Step, ...]:
        """The steps in the order of their place numbers; those without one come last."""
        placed = [(form.order(), step) for form in self.forms if (step := form.step()) is not None]
        return tuple(step for _order, step in sorted(placed, key=lambda pair: pair[0]))


def step_formset(data, *, timetable: TimetablePolicy | None = None):
    """Rows for the steps as they are, and room for more."""
    steps = timetable.steps.all() if timetable else ()
    initial = [
        {
            "place": place,
            "title": step.title,
            "offset": step.offset,
            "unit": step.unit,
            "anchor": step.anchor,
            "purpose": step.purpose,
        }
        for place, step in enumerate(steps, 1)
    ]
    formset = forms.formset_factory(
        StepForm, formset=BaseStepFormSet, extra=SPARE_ROWS, max_num=MOST_STEPS, absolute_max=MOST_STEPS
    )
    return formset(data, prefix="steps", initial=initial)
