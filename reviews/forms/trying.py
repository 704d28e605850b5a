"""An item that is still being written, as a reviewer would meet it: its fields, and what they come to."""

from dataclasses import replace

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from reviews.facts import read_entries, suggestion_for, takes_own_points, with_own_points
from reviews.forms.facts import FEWEST_ROWS, SPARE_ROWS, FactsForm
from reviews.forms.own_points import OwnPointsForm
from reviews.forms.rating import NOT_RATED
from reviews.suggestion_words import SuggestionWords, put_in_words
from scales.parts import fingerprint
from scales.spec import Item, Reading
from scales.suggesting import Facts, Suggestion

FACTS, POINTS = "facts", "points"
# So many unanswered questions could take very long to weigh up: each one doubles the ways they can turn out.
MOST_QUESTIONS = 16


class ScoreForm(forms.Form):
    """The choice of a score, as on the page of an item."""

    score = forms.ChoiceField(required=False, widget=forms.RadioSelect)

    def __init__(self, item: Item):
        super().__init__(prefix="tried")
        anchors = sorted(item.anchors, key=lambda anchor: -anchor.points)
        self.fields["score"].label = _("Your score")
        self.fields["score"].choices = [
            *((str(anchor.points), anchor.descriptor or _("(no descriptor yet)")) for anchor in anchors),
            (NOT_RATED, _("Not rated, with a reason")),
        ]


class Trial:
    """`data`: the facts typed so far, beside whatever else the page sends. `item`: as typed."""

    def __init__(self, data: QueryDict, *, item: Item, more_rows: bool = False):
        self.item = with_placeholders(item)
        self.data, self.more_rows = data, more_rows

    @cached_property
    def score_form(self) -> ScoreForm:
        return ScoreForm(self.item)

    @cached_property
    def facts_form(self) -> FactsForm | None:
        if not self.item.takes_facts:
            return None
        form = FactsForm(self._facts_data(), item=self.item, entries={})
        return form if form.asks_anything else None

    @cached_property
    def points_form(self) -> OwnPointsForm | None:
        if not (takes_own_points(self.item) and self.item.anchors):
            return None
        return OwnPointsForm(self._with_rows(self.data, POINTS), item=self.item)

    @property
    def forms(self) -> list[forms.Form]:
        return [form for form in (self.points_form, self.facts_form) if form is not None]

    @property
    def mistakes(self) -> list[tuple[str, str, str]]:
        """Id, label and message of every fact that cannot be."""
        return [
            (form[name].id_for_label or form[name].auto_id, form[name].label, message)
            for form in self.forms
            for name, messages in form.errors.items()
            if name in form.fields
            for message in messages
        ]

    @cached_property
    def facts(self) -> Facts:
        """What can be read of the facts; a form with a mistake in it says nothing yet."""
        facts = Facts()
        if self.facts_form is not None and self.facts_form.is_valid():
            facts = read_entries(self.facts_form.entries())
        if self.points_form is not None and self.points_form.is_valid():
            facts = with_own_points(facts, self.points_form.points())
        return facts

    @cached_property
    def suggestion(self) -> Suggestion | None:
        """None without facts, and for an item that cannot be tried yet."""
        if self.facts == Facts() or not self.item.anchors or self.asks_too_much:
            return None
        return suggestion_for(self.item, self.facts)

    @property
    def asks_too_much(self) -> bool:
        return len(self.item.conditions) > MOST_QUESTIONS

    @property
    def words(self) -> SuggestionWords | None:
        return put_in_words(self.item, self.suggestion) if self.suggestion else None

    @property
    def shape(self) -> str:
        """Tells whether the facts are asked for as they were: only then the fields on the page may stay."""
        asked = [
            [form.prefix, name, str(field.label), [str(one) for one in getattr(field, "choices", ())]]
            for form in self.forms
            for name, field in form.fields.items()
        ]
        return fingerprint(asked)

    def _facts_data(self) -> QueryDict:
        """What was typed; ticks of components that are gone are left out, and a row for each specialist is there."""
        data = self.data.copy()
        data.setdefault("facts-facts_revision", "0")
        codes = {component.code for component in self.item.components}
        data.setlist("facts-present", [code for code in data.getlist("facts-present") if code in codes])
        return self._with_rows(data, FACTS)

    def _with_rows(self, data: QueryDict, prefix: str) -> QueryDict:
        """At least the fewest rows for specialists, and more where they were asked for."""
        data = data.copy()
        rows = sum(1 for key in data if key.startswith(f"{prefix}-label_"))
        wanted = max(rows + (SPARE_ROWS if self.more_rows else 0), FEWEST_ROWS)
        for row in range(wanted):
            data.setdefault(f"{prefix}-label_{row}", "")
        return data


def with_placeholders(item: Item) -> Item:
    """The item with a word wherever a field would have no name yet."""
    part_label, whole_label = item.part_label, item.whole_label
    if item.reading in (Reading.RATIO, Reading.PERCENTAGE):
        part_label = part_label or _("(the first number, not named yet)")
        whole_label = whole_label or _("(the second number, not named yet)")
    elif item.reading in (Reading.DAYS, Reading.CONTACTS) and not item.unit:
        part_label = part_label or _("(the number, not named yet)")
    return replace(
        item,
        title=item.title or _("(no title yet)"),
        part_label=part_label,
        whole_label=whole_label,
        components=tuple(replace(one, text=one.text or _("(no words yet)")) for one in item.components),
        conditions=tuple(
            replace(one, question=one.question or _("(no words yet)")) for one in item.conditions
        ),
    )
