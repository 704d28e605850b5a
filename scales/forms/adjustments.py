"""What a setting does to one item, as a person edits it: degree, loss, statements, other bounds, reasons."""

from collections.abc import Iterator

from django import forms

from scales.forms.citing import CitingForm, CitingPage
from scales.forms.degrees import LossForm, typed_in
from scales.forms.statements import Reasons, Statements, rearranged
from scales.forms.thresholds import ThresholdRow, initial_of, takes_thresholds
from scales.spec import Adjustment, Item, ProfileSpec, ScaleSpec


class AdjustmentForm(CitingPage):
    """`typed`: the page as it was typed, shown again with a row more or in another order, and nothing checked."""

    def __init__(self, data=None, *, scale: ScaleSpec, spec: ProfileSpec, item: Item, typed=None):
        self.scale, self.spec, self.item = scale, spec, item
        stored, sources = spec.adjustment(item.code), spec.sources
        typed = typed or {}
        self.citing = CitingForm(data, sources=sources, cited=_cited(stored, spec), typed=typed.get("citing"))
        self.loss = LossForm(
            data,
            item=item,
            adjustment=stored,
            scale=scale,
            sources=sources,
            prefix="loss",
            typed=typed.get("loss"),
        )
        self.statements = Statements(
            data, sources=sources, stored=stored.statements, typed=typed.get("statements")
        )
        self.reasons = Reasons(
            data, sources=sources, stored=stored.unrated_reasons, typed=typed.get("reasons")
        )
        self.thresholds = self._threshold_rows(data, stored, typed.get("thresholds"))

    def _threshold_rows(self, data, stored: Adjustment, typed) -> list[ThresholdRow]:
        if not takes_thresholds(self.item, stored.thresholds):
            return []
        initial = initial_of(stored.thresholds) if typed is None else typed
        anchors = {anchor.points: anchor for anchor in self.item.anchors}
        return [
            ThresholdRow(
                data,
                points=points,
                anchor=anchors.get(points),
                sources=self.spec.sources,
                prefix=f"threshold-{points}",
                initial=initial.get(points, {}),
            )
            for points in sorted({*anchors, *(row.points for row in stored.thresholds)}, reverse=True)
        ]

    @property
    def has_thresholds(self) -> bool:
        """Whether any bound is entered, however little it makes sense."""
        return any(
            row[name].value() not in (None, "") for row in self.thresholds for name in ("lower", "upper")
        )

    def all_forms(self) -> Iterator[forms.Form]:
        yield from (self.citing, self.loss)
        yield from self.statements
        yield from self.thresholds
        yield from self.reasons

    def all_rows(self) -> tuple:
        return (self.statements, self.reasons)

    def rows_on_a_source(self) -> Iterator[forms.Form]:
        if self.loss.has_loss:
            yield self.loss
        yield from self.statements.kept()
        yield from (row for row in self.thresholds if row.has_bounds)
        yield from self.reasons.kept()

    def value(self) -> Adjustment:
        return Adjustment(
            item=self.item.code,
            degree=self.loss.degree_chosen(),
            expected_loss=self.loss.loss(self.source_of(self.loss)),
            statements=self.statements.value(self.source_of),
            thresholds=tuple(row.threshold(self.source_of(row)) for row in self.thresholds if row.has_bounds),
            unrated_reasons=self.reasons.value(self.source_of, self._codes_of_all_items()),
        )

    def value_as_typed(self) -> Adjustment:
        """The adjustment as far as it can be read, whatever is still to be mended."""
        for form in self.all_forms():
            form.full_clean()
        return self.value()

    def _codes_of_all_items(self) -> set[str]:
        return {reason.code for reason in self.spec.unrated_reasons}

    def rearranged(self, go: str) -> "AdjustmentForm":
        """The page as typed after what a button asks, such as `add:statements:look-for` or `up:reasons:2`."""
        act, _colon, rest = go.partition(":")
        name, _colon, which = rest.partition(":")
        rows = {"statements": self.statements.typed(), "reasons": self.reasons.typed()}
        if name in rows and act in ("add", "up", "down"):
            rows[name] = rearranged(rows[name], (act, which))
        form = type(self)(
            scale=self.scale,
            spec=self.spec,
            item=self.item,
            typed={
                "citing": typed_in(self.citing),
                "loss": typed_in(self.loss),
                "thresholds": {row.points: typed_in(row) for row in self.thresholds},
                **rows,
            },
        )
        if act == "add" and name in rows:
            getattr(form, name).focus_on_last()
        return form


def _cited(adjustment: Adjustment, profile: ProfileSpec) -> list[str]:
    """The codes that the item cites; those that the whole profile cites where it cites none."""

    def of(row: Adjustment) -> list[str]:
        cited = [one.source for one in (*row.statements, *row.thresholds, *row.unrated_reasons)]
        return [*cited, row.expected_loss.source] if row.expected_loss else cited

    own = of(adjustment)
    return own or [code for row in profile.adjustments for code in of(row)]
