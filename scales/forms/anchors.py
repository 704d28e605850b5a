"""The anchors of an item, one for each score: the descriptor, the bounds of its number, the components it takes."""

from collections.abc import Sequence
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from scales.checking import MOST_POINTS
from scales.forms.keyed_rows import Passage, as_text
from scales.spec import Anchor, Item, Reading, ScaleSpec

INCLUDED, EXCLUDED = "included", "excluded"
MOST_COMPONENTS = 9999
NUMBERS = (Reading.RATIO, Reading.PERCENTAGE, Reading.DAYS, Reading.CONTACTS)


def number_field(label) -> forms.DecimalField:
    """A number as definition files write it: six digits, and four after the point."""
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_digits=10,
        decimal_places=4,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 7}),
        error_messages={"invalid": _("Write a number, such as 20 or 2.5.")},
    )


def count_field(label, *, most: int = MOST_COMPONENTS, least: int = 0) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 4}),
        error_messages={"invalid": _("Write a whole number.")},
    )


class AnchorForm(forms.Form):
    """What one score takes. An anchor with nothing in it is not there yet."""

    descriptor = Passage(label=_("Descriptor"), widget=forms.Textarea(attrs={"rows": 6}))
    lower = number_field(_("Lowest number"))
    lower_is = forms.ChoiceField(
        label=_("Lowest number: from or above"),
        required=False,
        choices=[(INCLUDED, _("from")), (EXCLUDED, _("above"))],
    )
    upper = number_field(_("Highest number"))
    upper_is = forms.ChoiceField(
        label=_("Highest number: up to or below"),
        required=False,
        choices=[(INCLUDED, _("up to")), (EXCLUDED, _("below"))],
    )
    count_lowest = count_field(_("Components in place, from"))
    count_highest = count_field(_("Components in place, up to"))

    def __init__(self, *args, points: int, is_beyond: bool, **kwargs):
        self.points, self.is_beyond = points, is_beyond
        super().__init__(*args, prefix=f"anchor-{points}", **kwargs)

    @staticmethod
    def initial_of(anchor: Anchor) -> dict:
        return {
            "descriptor": anchor.descriptor,
            "lower": plain_number(anchor.lower),
            "lower_is": EXCLUDED if anchor.lower_open else INCLUDED,
            "upper": plain_number(anchor.upper),
            "upper_is": EXCLUDED if anchor.upper_open else INCLUDED,
            "count_lowest": anchor.count_lowest,
            "count_highest": anchor.count_highest,
        }

    def typed(self) -> dict[str, object]:
        return {name: self[name].value() for name in self.fields}

    def clean(self):
        data = super().clean()
        lower, upper = data.get("lower"), data.get("upper")
        if lower is not None and upper is not None and lower > upper:
            self.add_error(
                "upper", _("This is under the lowest number, %(lower)s.") % {"lower": plain_number(lower)}
            )
        lowest, highest = data.get("count_lowest"), data.get("count_highest")
        if lowest is None and highest is not None and "count_lowest" not in self.errors:
            self.add_error("count_lowest", _("Say from how many on; 0 is none."))
        if lowest is not None and highest is not None and lowest > highest:
            self.add_error(
                "count_highest",
                _("This is fewer than it begins with, %(lowest)s.") % {"lowest": lowest},
            )
        return data

    def value(self, reading: Reading, requires: tuple[str, ...], also_when: tuple[str, ...]) -> Anchor | None:
        """None where there is nothing. What the reading does not read is left out."""
        data = self.cleaned_data
        bounds = (data.get("lower"), data.get("upper")) if reading in NUMBERS else (None, None)
        counts = (None, None)
        if reading is Reading.COMPONENTS and (lowest := data.get("count_lowest")) is not None:
            highest = data.get("count_highest")
            counts = (lowest, lowest if highest is None else highest)
        descriptor = as_text(self, "descriptor")
        if not (descriptor or requires or also_when or any(one is not None for one in (*bounds, *counts))):
            return None
        return Anchor(
            points=self.points,
            descriptor=descriptor,
            lower=bounds[0],
            upper=bounds[1],
            lower_open=bounds[0] is not None and data.get("lower_is") == EXCLUDED,
            upper_open=bounds[1] is not None and data.get("upper_is") == EXCLUDED,
            count_lowest=counts[0],
            count_highest=counts[1],
            requires=requires,
            also_when=also_when,
        )


class AnchorForms:
    """One form for each score of the version, lowest first, and for each other that the item has an anchor for."""

    def __init__(self, data=None, *, item: Item, scale: ScaleSpec, typed: dict[int, dict] | None = None):
        self.points = points_of(item, scale)
        stored = {anchor.points: AnchorForm.initial_of(anchor) for anchor in item.anchors}
        initial = stored if typed is None else typed
        beyond = set(self.points) - set(_range(scale))
        self.forms = [
            AnchorForm(data, points=one, is_beyond=one in beyond, initial=initial.get(one, {}))
            for one in self.points
        ]

    def __iter__(self):
        return iter(self.forms)

    def __len__(self):
        return len(self.forms)

    def is_valid(self) -> bool:
        found = [form.is_valid() for form in self.forms]
        return all(found)

    def typed(self) -> dict[int, dict]:
        return {form.points: form.typed() for form in self.forms}


def points_of(item: Item, scale: ScaleSpec) -> Sequence[int]:
    """Every score to show an anchor for, lowest first."""
    return sorted({*_range(scale), *(anchor.points for anchor in item.anchors)})


def _range(scale: ScaleSpec) -> range:
    return range(scale.minimum, min(scale.maximum, scale.minimum + MOST_POINTS) + 1)


def plain_number(number: Decimal | None) -> str:
    return "" if number is None else format(number.normalize(), "f")
