"""Other bounds that a setting puts beside the printed ones of an anchor."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scales.bounds_words import plain, printed_bounds
from scales.forms.citing import offer_sources, source_field
from scales.spec import Anchor, Item, ReanchoredThreshold


class ThresholdRow(forms.Form):
    """One anchor in this setting. Both bounds empty: the printed ones hold."""

    lower = forms.DecimalField(required=False, min_value=0, max_digits=12, decimal_places=4)
    upper = forms.DecimalField(required=False, min_value=0, max_digits=12, decimal_places=4)
    source = source_field()

    def __init__(self, data=None, *, points: int, anchor: Anchor | None, sources, **kwargs):
        super().__init__(data, **kwargs)
        self.points, self.anchor = points, anchor
        offer_sources(self, sources)
        labels = {
            "lower": gettext_lazy("Score %(points)s here: from"),
            "upper": gettext_lazy("Score %(points)s here: up to"),
            "source": gettext_lazy("Source of the bounds of score %(points)s"),
        }
        for name, label in labels.items():
            self.fields[name].label = label % {"points": points}
        for name in ("lower", "upper"):
            self.fields[name].widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def clean(self):
        data = super().clean()
        lower, upper = data.get("lower"), data.get("upper")
        if lower is not None and upper is not None and lower > upper:
            self.add_error("upper", _("This is below the other bound, %(lower)s.") % {"lower": plain(lower)})
        return data

    @property
    def has_bounds(self) -> bool:
        return any(self.cleaned_data.get(name) is not None for name in ("lower", "upper"))

    def threshold(self, source: str) -> ReanchoredThreshold:
        data = self.cleaned_data
        return ReanchoredThreshold(self.points, source, data.get("lower"), data.get("upper"))

    @property
    def printed(self) -> str:
        return printed_bounds(self.anchor) if self.anchor else ""


def initial_of(thresholds: Iterable[ReanchoredThreshold]) -> dict[int, dict]:
    return {
        row.points: {
            "lower": None if row.lower is None else plain(row.lower),
            "upper": None if row.upper is None else plain(row.upper),
            "source": row.source,
        }
        for row in thresholds
    }


def takes_thresholds(item: Item, thresholds: Iterable[ReanchoredThreshold]) -> bool:
    """Other bounds make sense where a number is read against printed ones, and are shown where there are any."""
    return any(anchor.has_bounds for anchor in item.anchors) or bool(tuple(thresholds))
