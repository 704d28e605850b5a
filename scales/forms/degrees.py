"""The table of a profile: how far the setting changes each item, and what it is known to cost there."""

from collections.abc import Iterator
from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from scales.forms.citing import CitingForm, CitingPage, Paragraphs, offer_sources, source_field
from scales.parts import Degrees, ItemDegree
from scales.setting_effect import Attainable, attainable_total
from scales.spec import (
    Adjustment,
    Degree,
    ExpectedLoss,
    Item,
    ProfileSpec,
    ScaleSpec,
    Statement,
    StatementKind,
)

DEGREES = {
    Degree.SAME: _("Same"),
    Degree.PARTLY: _("Partly changed"),
    Degree.MAJORLY: _("Majorly changed"),
    Degree.LIMITED: _("Limited by design"),
}


class LossForm(forms.Form):
    """Degree and expected loss of one item. `widest`: the points that an item has to lose."""

    degree = forms.ChoiceField(
        label=_("Degree"),
        required=False,
        choices=[(degree.value, words) for degree, words in DEGREES.items()],
    )
    lowest = forms.IntegerField(label=_("Costs at least"), required=False)
    highest = forms.IntegerField(label=_("Costs at most"), required=False)
    source = source_field()

    def __init__(self, data=None, *, item: Item, adjustment: Adjustment, scale: ScaleSpec, sources, **kwargs):
        self.item, self.widest = item, scale.maximum - scale.minimum
        initial = kwargs.pop("typed", None)
        if initial is None:
            initial = self.initial_from(adjustment)
        super().__init__(data, initial=initial, **kwargs)
        offer_sources(self, sources)
        for name in ("lowest", "highest"):
            self.fields[name] = _points_lost(self.fields[name].label, self.widest)

    @staticmethod
    def initial_from(adjustment: Adjustment) -> dict:
        loss = adjustment.expected_loss
        return {
            "degree": adjustment.degree.value,
            "lowest": loss.lowest if loss else None,
            "highest": loss.highest if loss else None,
            "source": loss.source if loss else "",
        }

    def typed(self) -> dict[str, object]:
        return {name: self[name].data for name in self.fields}

    def clean(self):
        data = super().clean()
        lowest, highest = data.get("lowest"), data.get("highest")
        if self.errors:
            return data
        if not data.get("degree"):
            self.add_error("degree", _("Choose how far the setting changes the item."))
        if lowest is not None and highest is None:
            self.add_error(
                "highest", _("Write the most it costs too: the same number where it is always so.")
            )
        elif highest is not None and lowest is None:
            self.add_error("lowest", _("Write the least it costs too: 0 where it may cost nothing."))
        elif lowest is not None and lowest > highest:
            self.add_error(
                "highest", _("The most it costs is below the least, %(lowest)s.") % {"lowest": lowest}
            )
        elif highest and data.get("degree") == Degree.SAME:
            self._offer_another_degree()
        return data

    def _offer_another_degree(self) -> None:
        self.data = self.data.copy()
        self.data[self.add_prefix("degree")] = Degree.PARTLY.value
        self.add_error(
            "degree",
            _(
                "It costs points, so it is not the same here. “Partly changed” is chosen now: look, then save."
            ),
        )

    @property
    def has_loss(self) -> bool:
        data = self.cleaned_data
        return data.get("lowest") is not None and data.get("highest") is not None

    def degree_chosen(self) -> Degree:
        return Degree(self.cleaned_data.get("degree") or Degree.SAME)

    def loss(self, source: str) -> ExpectedLoss | None:
        """The expected loss; None too while the row as typed cannot be saved."""
        if not self.has_loss or self.errors:
            return None
        return ExpectedLoss(self.cleaned_data["lowest"], self.cleaned_data["highest"], source)


class DegreeRow(LossForm):
    """A row of the table. `why` is asked only of an item of which the profile says nothing yet."""

    why = Paragraphs(label=_("Why, in a sentence"), required=False, rows=1)

    def __init__(self, data=None, *, adjustment: Adjustment, **kwargs):
        super().__init__(data, adjustment=adjustment, **kwargs)
        self.adjustment = adjustment
        # Styles tell by it whether anything is typed.
        self.fields["why"].widget.attrs["placeholder"] = " "
        if adjustment.statements:
            del self.fields["why"]
        for field in self.fields.values():
            field.label = _("%(field)s, item %(number)s") % {
                "field": field.label,
                "number": self.item.number,
            }

    @property
    def statements(self) -> int:
        return len(self.adjustment.statements)

    @property
    def thresholds(self) -> int:
        return len(self.adjustment.thresholds)

    @property
    def reasons(self) -> int:
        return len(self.adjustment.unrated_reasons)


class DegreesForm(CitingPage):
    """All items of the scale, under their sections."""

    def __init__(self, data=None, *, scale: ScaleSpec, spec: ProfileSpec, typed=None):
        self.scale, self.spec = scale, spec
        losses = (row.expected_loss for row in spec.adjustments)
        self.citing = CitingForm(
            data,
            sources=spec.sources,
            cited=[loss.source for loss in losses if loss],
            typed=typed and typed["citing"],
        )
        self.rows = [self._row(data, item, typed) for item in scale.items]

    def _row(self, data, item: Item, typed) -> DegreeRow:
        return DegreeRow(
            data,
            item=item,
            adjustment=self.spec.adjustment(item.code),
            scale=self.scale,
            sources=self.spec.sources,
            prefix=f"item-{item.code}",
            typed=typed and typed[item.code],
        )

    def sections(self) -> list[tuple[str, list[DegreeRow]]]:
        rows = {row.item.code: row for row in self.rows}
        return [
            (section.title, [rows[item.code] for item in section.items]) for section in self.scale.sections
        ]

    def all_forms(self) -> Iterator[forms.Form]:
        yield self.citing
        yield from self.rows

    def rows_on_a_source(self) -> Iterator[forms.Form]:
        return (row for row in self.rows if row.has_loss or row.cleaned_data.get("why"))

    def value(self) -> Degrees:
        return tuple(
            ItemDegree(row.item.code, row.degree_chosen(), row.loss(self.source_of(row))) for row in self.rows
        )

    def said_why(self) -> dict[str, Statement]:
        """Item code to the sentence that says why the setting changes it: a caution to whoever scores it."""
        return {
            row.item.code: Statement(StatementKind.CAUTION, row.cleaned_data["why"], self.source_of(row))
            for row in self.rows
            if row.cleaned_data.get("why")
        }

    def attainable_as_typed(self) -> Attainable:
        """What the page comes to as it is typed, without the rows that cannot be saved yet; those are named."""
        self.is_valid()
        return replace(
            attainable_total(self.scale, self._profile_as_typed()),
            uncounted=tuple(row.item.short_title for row in self.rows if row.errors),
            lacks_source=self.citing.has_error("citation"),
        )

    def _profile_as_typed(self) -> ProfileSpec:
        adjustments = (
            replace(self.spec.adjustment(row.item), degree=row.degree, expected_loss=row.expected_loss)
            for row in self.value()
        )
        return replace(self.spec, adjustments=tuple(adjustments))

    def rearranged(self, go: str) -> "DegreesForm":
        """The page as typed: nothing on it moves."""
        typed = {row.item.code: row.typed() for row in self.rows} | {"citing": typed_in(self.citing)}
        return type(self)(scale=self.scale, spec=self.spec, typed=typed)


def degree_in_words(row: ItemDegree) -> str:
    """Partly changed, 2–3 points (england)."""
    words, loss = str(DEGREES[row.degree]), row.expected_loss
    if loss is None:
        return words
    ends = str(loss.lowest) if loss.lowest == loss.highest else f"{loss.lowest}–{loss.highest}"
    costs = ngettext("%(ends)s point", "%(ends)s points", loss.highest) % {"ends": ends}
    return f"{words}, {costs} ({loss.source})"


def typed_in(form: forms.Form) -> dict[str, object]:
    return {name: form[name].data for name in form.fields}


def _points_lost(label, widest: int) -> forms.IntegerField:
    wrong = _("Write whole points from 0 to %(widest)s.") % {"widest": widest}
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=widest,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 3, "placeholder": " "}
        ),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
    )
