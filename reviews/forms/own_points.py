"""The points that a reviewer gives each specialist, where an item is judged specialist by specialist: their own."""

from collections.abc import Sequence

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from scales.spec import Item

SPARE_ROWS = 1
FEWEST_ROWS = 3
MOST_ROWS = 40


class OwnPointsForm(forms.Form):
    """`points`: those given so far, as `Rating.specialist_points`. `names`: of the specialists on the worksheet."""

    def __init__(self, data=None, *, item: Item, points: Sequence[dict] = (), names: Sequence[str] = ()):
        kept = [dict(row) for row in points]
        known = {row.get("label", "").casefold() for row in kept}
        kept += [{"label": name} for name in names if name.casefold() not in known]
        self.number = max(FEWEST_ROWS, len(kept) + SPARE_ROWS)
        if data is not None:
            self.number = min(sum(1 for key in data if key.startswith("points-label_")), MOST_ROWS)
        initial = {}
        for place, row in enumerate(kept):
            initial |= {f"label_{place}": row.get("label", ""), f"value_{place}": row.get("value", "")}
        super().__init__(data, initial=initial, prefix="points")
        points_of_item = [anchor.points for anchor in item.anchors]
        lines = []
        for place in range(self.number):
            self._add_row(place, min(points_of_item), max(points_of_item))
            lines.append(Div(f"label_{place}", f"value_{place}", css_class="specialist-row"))
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            *lines,
            HTML(
                "{% load i18n %}<p><button type='submit' name='go' value='row' class='linklike tall'>"
                "{% trans 'Add specialists' %}</button></p>"
            ),
        )

    def _add_row(self, place: int, lowest: int, highest: int) -> None:
        self.fields[f"label_{place}"] = forms.CharField(
            label=_("Specialist %(number)s (initials)") % {"number": place + 1}, required=False, max_length=40
        )
        wrong = _("Write a whole score of this item.")
        self.fields[f"value_{place}"] = forms.IntegerField(
            label=_("Your points, %(lowest)s to %(highest)s") % {"lowest": lowest, "highest": highest},
            required=False,
            min_value=lowest,
            max_value=highest,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
        )

    def points(self) -> list[dict[str, str]]:
        """What to keep: nothing before the first points; then every specialist named, so that none is forgotten."""
        rows = []
        for place in range(self.number):
            label, value = self.cleaned_data[f"label_{place}"], self.cleaned_data[f"value_{place}"]
            row = {"label": label} if label else {}
            if value is not None:
                row["value"] = str(value)
            if row:
                rows.append(row)
        return rows if any("value" in row for row in rows) else []


def points_in_words(points: Sequence[dict]) -> str:
    """AK 5, BD 4."""
    return ", ".join(f"{row.get('label', '')} {row.get('value', '–')}".strip() for row in points)
