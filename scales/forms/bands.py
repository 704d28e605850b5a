"""The bands of the total: from which number to which, what a band is called, and what it means."""

from dataclasses import replace

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from scales.forms.rows import LONGEST_TEXT, RowForm, RowsPart, Words, whole
from scales.spec import Band, ScaleSpec

HIGHEST_TOTAL = 9999


class BandForm(RowForm):
    lowest = forms.IntegerField(label=_("From"), required=False, min_value=0, max_value=HIGHEST_TOTAL)
    highest = forms.IntegerField(label=_("Up to"), required=False, min_value=0, max_value=HIGHEST_TOTAL)
    label = Words(label=_("Band"), required=False, max_length=100)
    meaning = Words(
        label=_("What it means"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    content = ("lowest", "highest", "label", "meaning")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "before",
            Div(
                "lowest",
                "highest",
                Field("label", wrapper_class="wide"),
                Field("meaning", wrapper_class="wide"),
                Field("remove", wrapper_class="tick-remove"),
                css_class="fields",
            ),
        )

    def check(self, data) -> None:
        self.ask_for("lowest", _("Say at which total the band begins."))
        self.ask_for("highest", _("Say at which total the band ends."))
        self.ask_for("label", _("Name the band."))
        lowest, highest = data.get("lowest"), data.get("highest")
        if lowest is not None and highest is not None and lowest > highest:
            self.add_error("highest", _("The band ends before it begins."))


class BandsPart(RowsPart):
    row_form = BandForm

    def initial_of(self, stored: tuple[Band, ...]) -> list[dict]:
        return [
            {
                "before": band.label,
                "lowest": band.lowest,
                "highest": band.highest,
                "label": band.label,
                "meaning": band.meaning,
            }
            for band in stored
        ]

    def check(self) -> None:
        self.rows.refuse_twins("lowest", _("Another band begins at this total."))
        self.rows.refuse_twins("label", _("Another band has this name."))

    def value(self) -> tuple[Band, ...]:
        names = ("lowest", "highest", "label", "meaning")
        return _from_the_top(
            Band(**{name: row.cleaned_data[name] for name in names}) for row in self.rows.kept()
        )

    def as_typed(self) -> tuple[Band, ...]:
        """The bands that can be told from what is typed so far."""
        found = []
        for row in self.rows.kept():
            typed = row.typed()
            lowest, highest = whole(typed["lowest"]), whole(typed["highest"])
            if lowest is not None and highest is not None:
                found.append(Band(lowest, highest, str(typed["label"] or ""), str(typed["meaning"] or "")))
        return _from_the_top(found)

    def over(self, scale: ScaleSpec) -> ScaleSpec:
        """The scale as it would be with the bands as typed."""
        return replace(scale, bands=self.as_typed())


def _from_the_top(bands) -> tuple[Band, ...]:
    return tuple(sorted(bands, key=lambda band: -band.lowest))
