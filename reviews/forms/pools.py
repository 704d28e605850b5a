"""Which reviews to pool: a pair of reviewers, a program, a year, an item."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.pools.pool import Choice, Pools


class PoolForm(forms.Form):
    """Offers what the reviews of the person hold; sent by GET, so that a pool has an address."""

    scale = forms.ChoiceField(label=_("Scale"), required=False)
    pair = forms.ChoiceField(label=_("Pair of reviewers"), required=False)
    program = forms.ChoiceField(label=_("Program"), required=False)
    year = forms.ChoiceField(label=_("Year of the visit"), required=False)
    item = forms.ChoiceField(label=_("Item"), required=False)

    def __init__(self, data, *, pools: Pools):
        super().__init__(data)
        scale = data.get("scale") if data.get("scale") in pools.scales else None
        pairs = [(f"{one}-{other}", names) for (one, other), names in pools.pairs().items()]
        items = [(item.code, f"{item.number} {item.short_title}") for item in pools.items(scale)]
        self.fields["pair"].choices = [("", _("All reviewers")), *pairs]
        self.fields["program"].choices = [("", _("All programs")), *pools.programs().items()]
        self.fields["year"].choices = [("", _("All years")), *((year, year) for year in pools.years())]
        self.fields["item"].choices = [("", _("All items")), *items]
        self.fields["scale"].choices = list(pools.scales.items())
        shown = ["pair", "program", "year", "item"]
        if len(pools.scales) > 1:
            shown.insert(0, "scale")
        else:
            del self.fields["scale"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(Div(*shown, css_class="pool-fields"))

    def choice(self) -> Choice:
        """What was chosen, of a valid form."""
        data = self.cleaned_data
        pair = data.get("pair")
        return Choice(
            scale=data.get("scale") or None,
            pair=tuple(int(number) for number in pair.split("-")) if pair else None,
            program=int(data["program"]) if data.get("program") else None,
            year=int(data["year"]) if data.get("year") else None,
            item=data.get("item") or None,
        )
