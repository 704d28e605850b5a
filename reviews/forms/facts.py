"""The facts of one item, as its reading asks for them: two numbers, a row per specialist, boxes, yes or no."""

from collections.abc import Collection
from decimal import Decimal

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.facts import read_entries, takes_own_points
from scales.facts import FactsError, FactsProblem, check_facts
from scales.spec import Condition, Item, Reading
from scales.suggestion import Fact, Suggestion

SPARE_ROWS = 2
FEWEST_ROWS = 3
MOST_CHARACTERS_OF_A_NOTE = 300
# What entries hold besides answers.
NAMES = ("part", "whole", "value", "specialists", "present", "notes")

YES, NO, UNKNOWN = "yes", "no", ""

PROBLEMS = {
    FactsProblem.NOT_FINITE: _("Write a number, such as 2.1."),
    FactsProblem.OUT_OF_RANGE: _("This number is too large or too small to be right."),
    FactsProblem.NEGATIVE: _("This cannot be less than zero."),
    FactsProblem.WHOLE_ZERO: _("This cannot be zero: there is nothing to divide by."),
    FactsProblem.PART_OVER_WHOLE: _("This part is larger than the whole beside it."),
    FactsProblem.OVER_HUNDRED: _("A share cannot be over 100 %."),
    FactsProblem.NOT_A_SCORE: _("Write a whole score of this item."),
    FactsProblem.UNKNOWN: _("This is not one of the choices."),
}


def _number(label) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        max_digits=12,
        decimal_places=4,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"invalid": _("Write a number, such as 2.1.")},
    )


class FactsForm(forms.Form):
    """Facts of one item. `entries`: what the team has entered so far; `revision`: theirs.

    `given`: names of facts and codes of conditions that a worksheet gives, and that are not asked here.
    """

    facts_revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        data=None,
        *,
        item: Item,
        entries: dict,
        revision: int = 0,
        given: Collection[str] = (),
        prefix: str = "facts",
    ):
        self.item, self.given, self.before = item, given, entries
        self.rows = self._number_of_rows(data, entries)
        initial = {"facts_revision": revision}
        fields, layout = self._fields(initial, entries)
        super().__init__(data, initial=initial, prefix=prefix)
        self.fields.update(fields)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout("facts_revision", *layout)

    def _number_of_rows(self, data, entries: dict) -> int:
        if not self.asks_specialists:
            return 0
        if data is not None:
            return min(sum(1 for key in data if key.startswith("facts-label_")), 40)
        return max(FEWEST_ROWS, len(entries.get("specialists", [])) + SPARE_ROWS)

    def _fields(self, initial: dict, entries: dict) -> tuple[dict, list]:
        item, fields, layout = self.item, {}, []
        if self.asks_specialists:
            self._add_rows(fields, layout, initial, entries)
        elif item.reading in (Reading.RATIO, Reading.PERCENTAGE) and not self._is_given(
            "part", "whole", "value"
        ):
            fields["part"], fields["whole"] = _number(item.part_label), _number(item.whole_label)
            layout.append(Div("part", "whole", css_class="pair-of-fields"))
        elif item.reading in (Reading.DAYS, Reading.CONTACTS) and not self._is_given("specialists", "value"):
            fields["value"] = _number(item.part_label or item.unit)
            layout.append(Div("value", css_class="pair-of-fields"))
        if item.components and not self._is_given("present"):
            self._add_components(fields, layout, initial, entries)
        answers = entries.get("answers", {})
        for condition in self.asked_conditions():
            name = f"answer_{condition.code}"
            fields[name] = forms.ChoiceField(
                label=condition.question,
                required=False,
                choices=[(YES, _("Yes")), (NO, _("No")), (UNKNOWN, _("Not known yet"))],
                widget=forms.RadioSelect,
            )
            given = answers.get(condition.code)
            initial[name] = UNKNOWN if given is None else (YES if given else NO)
            layout.append(Div(name, css_class="inline-radios"))
        initial |= {name: entries.get(name, "") for name in ("part", "whole", "value") if name in fields}
        return fields, layout

    def _is_given(self, *names: str) -> bool:
        return any(name in self.given for name in names)

    @property
    def asks_specialists(self) -> bool:
        """Points are each reviewer's own (`forms.own_points`), and what the worksheet gives is not asked again."""
        return (
            self.item.per_specialist and not takes_own_points(self.item) and not self._is_given("specialists")
        )

    def _asks(self, name: str) -> bool:
        if name == "specialists":
            return self.asks_specialists or takes_own_points(self.item)
        return ("present" if name == "notes" else name) in self.fields

    @property
    def asks_anything(self) -> bool:
        return len(self.fields) > 1

    def _add_components(self, fields: dict, layout: list, initial: dict, entries: dict) -> None:
        fields["present"] = forms.MultipleChoiceField(
            label=_("In place, as you saw it"),
            required=False,
            choices=[(component.code, component.text) for component in self.item.components],
            widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        )
        fields["none_present"] = forms.BooleanField(label=_("None of these is in place"), required=False)
        initial |= {"present": entries.get("present") or [], "none_present": entries.get("present") == []}
        for component in self.item.components:
            name = f"note_{component.code}"
            fields[name] = forms.CharField(
                label=_("Note on: %(component)s") % {"component": component.text},
                required=False,
                max_length=MOST_CHARACTERS_OF_A_NOTE,
                widget=forms.TextInput(
                    attrs={"class": "form-control", "placeholder": _("note"), "autocomplete": "off"}
                ),
            )
            initial[name] = entries.get("notes", {}).get(component.code, "")
        layout += [Field("present", template="reviews/_partials/components.html"), "none_present"]

    @property
    def parts(self) -> list[tuple]:
        """Each component's box, and the field of its note."""
        codes = [component.code for component in self.item.components]
        return [(box, self[f"note_{code}"]) for box, code in zip(self["present"], codes, strict=True)]

    def _add_rows(self, fields: dict, layout: list, initial: dict, entries: dict) -> None:
        item, kept = self.item, entries.get("specialists", [])
        for row in range(self.rows):
            number = row + 1
            names = [f"label_{row}"]
            fields[f"label_{row}"] = forms.CharField(
                label=_("Specialist %(number)s (initials)") % {"number": number},
                required=False,
                max_length=40,
            )
            if item.reading is Reading.PERCENTAGE:
                fields[f"part_{row}"] = _number(item.part_label)
                fields[f"whole_{row}"] = _number(item.whole_label)
                names += [f"part_{row}", f"whole_{row}"]
            else:
                fields[f"value_{row}"] = _number(item.part_label or item.unit or _("Score"))
                names.append(f"value_{row}")
            if item.few_seekers:
                fields[f"job_seekers_{row}"] = forms.IntegerField(
                    label=_("People looking for work"),
                    required=False,
                    min_value=0,
                    max_value=999,
                    widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                )
                names.append(f"job_seekers_{row}")
            entry = kept[row] if row < len(kept) else {}
            for name in names:
                value = entry.get(name.rpartition("_")[0])
                initial[name] = "" if value is None else value
            layout.append(Div(*names, css_class="specialist-row"))
        layout.append(
            HTML(
                "{% load i18n %}<p><button type='submit' name='go' value='row' class='linklike tall'>"
                "{% trans 'Add specialists' %}</button></p>"
            )
        )

    def asked_conditions(self) -> list[Condition]:
        """Conditions that a person answers; those that the numbers answer are not asked."""
        return [
            condition
            for condition in self.item.conditions
            if condition.whole_below is None and not self._is_given(condition.code)
        ]

    def clean(self):
        data = super().clean()
        if data.get("none_present") and data.get("present"):
            self.add_error("none_present", _("Some boxes above are ticked: untick them, or untick this one."))
        if not self.errors:
            try:
                check_facts(self.item, read_entries(self._asked_entries()))
            except FactsError as error:
                name = (
                    error.field
                    if error.specialist is None
                    else f"{error.field}_{self._row_of(error.specialist)}"
                )
                self.add_error(name if name in self.fields else None, PROBLEMS[error.code])
        return data

    def _row_of(self, specialist: int) -> int:
        """The row on the page of a specialist; empty rows in between do not count as specialists."""
        return [row for row in range(self.rows) if self._row(row)][specialist]

    def _row(self, row: int) -> dict:
        """What was typed for one specialist; empty where nothing was."""
        typed = {}
        for name in ("label", "part", "whole", "value", "job_seekers"):
            value = self.cleaned_data.get(f"{name}_{row}")
            if value not in (None, ""):
                typed[name] = _plain(value)
        return typed

    def entries(self) -> dict:
        """What to keep, as `ItemFacts.entries`: what was typed, and what was typed before where it is not asked now."""
        asked = self._asked_entries()
        kept = {name: value for name, value in self.before.items() if name in NAMES and not self._asks(name)}
        answers = {
            code: answer for code, answer in self.before.get("answers", {}).items() if self._is_given(code)
        } | asked.get("answers", {})
        return kept | asked | ({"answers": answers} if answers else {})

    def _asked_entries(self) -> dict:
        """What was typed: numbers as text, only what was given."""
        data, entries = self.cleaned_data, {}
        for name in ("part", "whole", "value"):
            if data.get(name) is not None:
                entries[name] = _plain(data[name])
        if self.asks_specialists:
            rows = [typed for row in range(self.rows) if (typed := self._row(row))]
            if rows:
                entries["specialists"] = rows
        if data.get("present") or data.get("none_present"):
            entries["present"] = sorted(data["present"])
        notes = {
            component.code: note
            for component in self.item.components
            if (note := data.get(f"note_{component.code}"))
        }
        if notes:
            entries["notes"] = notes
        answers = {
            condition.code: given == YES
            for condition in self.asked_conditions()
            if (given := data.get(f"answer_{condition.code}")) != UNKNOWN
        }
        if answers:
            entries["answers"] = answers
        return entries

    def point_out_missing(self, suggestion: Suggestion) -> None:
        """Say beside each open question that the suggestion waits for its answer."""
        for missing in suggestion.missing:
            name = f"answer_{missing.condition}" if missing.fact is Fact.ANSWER else missing.fact.value
            if missing.specialist is not None:
                continue
            if name in self.fields:
                self.fields[name].help_text = _("Still needed for the suggestion.")


def _plain(value) -> str | int:
    return format(value, "f") if isinstance(value, Decimal) else value
