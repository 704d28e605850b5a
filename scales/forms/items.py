"""One item of a draft as a person edits it: what it says, its anchors, its components, its yes/no questions."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from scales.forms.anchors import NUMBERS, AnchorForms, count_field
from scales.forms.components import ComponentRows
from scales.forms.conditions import BOTH, LEADS, MUST, ConditionRows, in_order_of
from scales.forms.keyed_rows import Passage, as_text, asked_for
from scales.forms.rows import CodeField, Words
from scales.spec import Anchor, FewSeekers, Item, Reading, ScaleSpec

READINGS = {
    Reading.JUDGEMENT: (
        _("Judgement"),
        _("The reviewer reads the descriptors and chooses. Yes/no questions can help."),
    ),
    Reading.RATIO: (
        _("Ratio"),
        _("One number divided by another, such as people on all caseloads for each specialist."),
    ),
    Reading.PERCENTAGE: (
        _("Percentage"),
        _("One number as a share of another, such as hours in the community of all hours."),
    ),
    Reading.DAYS: (_("Days"), _("A number of days, such as from the first meeting to the first contact.")),
    Reading.CONTACTS: (_("Contacts a week"), _("How many contacts there are in a week.")),
    Reading.COMPONENTS: (
        _("Components in place"),
        _("A list of things that are in place or not; how many there are gives the score."),
    ),
}
TWO_NUMBERS = (Reading.RATIO, Reading.PERCENTAGE)


class AboutItemForm(forms.Form):
    """What an item says of itself, and how its anchors are read."""

    code = CodeField(
        label=_("Code"),
        error_messages={"required": _("Give the item a code.")},
        help_text=_("Keep it from version to version: by it, trends join the item."),
    )
    title = Words(label=_("Title"), required=False, max_length=200)
    short_title = Words(
        label=_("Short title"),
        required=False,
        max_length=40,
        help_text=_("For lists and charts, at most 40 characters."),
    )
    measures = Passage(label=_("What it measures"))
    intent = Passage(label=_("Intent"), help_text=_("Why it matters. Stands beside the item."))
    note = Passage(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Anything printed with the item that is no anchor."),
    )
    reading = forms.ChoiceField(
        label=_("How its anchors are read"),
        choices=[(reading.value, words[0]) for reading, words in READINGS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the anchors are read.")},
    )
    unit = Words(
        label=_("Unit"),
        required=False,
        max_length=100,
        help_text=_("What the number or the count is of, such as “contacts a week” or “phases”."),
    )
    part_label = Words(label=_("What the first number counts"), required=False, max_length=200)
    whole_label = Words(label=_("What the second number counts"), required=False, max_length=200)
    per_specialist = forms.BooleanField(
        label=_("Rate each specialist, average, take the closest point"), required=False
    )
    fewer_than = count_field(_("With fewer people looking for work than"), least=1)
    times = count_field(_("this many contacts for each of them are enough for the top"))
    evidence = forms.MultipleChoiceField(
        label=_("Kinds of evidence"), required=False, widget=forms.CheckboxSelectMultiple
    )
    principles = forms.MultipleChoiceField(
        label=_("Principles"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data=None, *, item: Item, scale: ScaleSpec, typed: dict | None = None):
        self.item = item
        super().__init__(data, initial=self.initial_of(item) if typed is None else typed)
        sources = [(row.code, f"{row.code}, {row.title}") for row in scale.evidence_sources]
        principles = [(row.code, row.title) for row in scale.principles]
        self.fields["evidence"].choices = _with_unlisted(sources, item.evidence)
        self.fields["principles"].choices = _with_unlisted(principles, item.principles)

    @staticmethod
    def initial_of(item: Item) -> dict:
        same = ("code", "title", "short_title", "measures", "intent", "note", "unit", "part_label")
        relief = item.few_seekers
        return {name: getattr(item, name) for name in same} | {
            "reading": item.reading.value,
            "whole_label": item.whole_label,
            "per_specialist": item.per_specialist,
            "fewer_than": relief and relief.fewer_than,
            "times": relief and relief.times,
            "evidence": item.evidence,
            "principles": item.principles,
        }

    def readings(self) -> list[tuple]:
        """Each way to read the anchors as a radio button, with its explanation."""
        return [(radio, READINGS[Reading(radio.data["value"])][1]) for radio in self["reading"]]

    def typed(self) -> dict[str, object]:
        return {name: self[name].value() for name in self.fields}

    def clean(self):
        data = super().clean()
        for name, other in (("fewer_than", "times"), ("times", "fewer_than")):
            if data.get(name) is not None and data.get(other) is None and other not in self.errors:
                self.add_error(other, _("Fill in both numbers, or neither."))
        return data

    @property
    def chosen_reading(self) -> Reading:
        return Reading(self.cleaned_data.get("reading") or Reading.JUDGEMENT)

    def words(self, name: str) -> str:
        return as_text(self, name)

    def value(self) -> dict:
        """The fields of an `Item` but its rows. What the reading does not read is left out."""
        data, reading = self.cleaned_data, self.chosen_reading
        has_number, has_two = reading in NUMBERS, reading in TWO_NUMBERS
        fewer_than, times = data.get("fewer_than"), data.get("times")
        by_specialist = bool(data.get("per_specialist")) and reading is not Reading.COMPONENTS
        relief = None
        if by_specialist and has_number and fewer_than is not None and times is not None:
            relief = FewSeekers(fewer_than=fewer_than, times=times)
        return {
            "code": self.words("code"),
            "title": self.words("title"),
            "short_title": self.words("short_title"),
            "measures": self.words("measures"),
            "intent": self.words("intent"),
            "note": self.words("note"),
            "reading": reading,
            "unit": "" if reading is Reading.JUDGEMENT else self.words("unit"),
            "part_label": self.words("part_label") if has_number else "",
            "whole_label": self.words("whole_label") if has_two else "",
            "per_specialist": by_specialist,
            "few_seekers": relief,
            "evidence": in_order_of(self.item.evidence, data.get("evidence", ())),
            "principles": in_order_of(self.item.principles, data.get("principles", ())),
        }


@dataclass(frozen=True)
class Mistake:
    """`anchor`: id of the field on the page. `place`: what the field is of, such as "Anchor 5"."""

    anchor: str
    place: str
    label: str
    message: str


class ItemForm:
    """The whole item: `about`, `anchors`, `components`, `conditions`. `item`: as stored; `scale`: its version."""

    def __init__(self, data=None, *, item: Item, scale: ScaleSpec, typed: dict | None = None):
        self.item, self.scale = item, scale
        typed = typed or {}
        self.about = AboutItemForm(data, item=item, scale=scale, typed=typed.get("about"))
        self.anchors = AnchorForms(data, item=item, scale=scale, typed=typed.get("anchors"))
        self.components = ComponentRows(data, stored=item.components, typed=typed.get("components"))
        self.conditions = ConditionRows(
            data,
            stored=item.conditions,
            anchors=item.anchors,
            points=self.anchors.points,
            typed=typed.get("conditions"),
        )

    def is_valid(self) -> bool:
        parts = (self.about, self.anchors, self.components, self.conditions)
        found = [part.is_valid() for part in parts]
        return all(found)

    def value(self) -> Item:
        """The item as it shall be saved, without its place on the score sheet."""
        return self._item(self.components.codes(), self.conditions.codes())

    def value_as_typed(self) -> Item:
        """The item as far as what was typed can be read, valid or not.

        Components and questions go by the keys of their rows, so that what is answered while trying the item stays
        with its row whatever becomes of the code.
        """
        self.is_valid()
        components, conditions = self.components.by_key(), self.conditions.by_key()
        return self._item({key: key for key in components}, {key: key for key in conditions})

    def _item(self, components: dict[str, str], conditions: dict[str, str]) -> Item:
        about = self.about.value()
        is_counted = about["reading"] is Reading.COMPONENTS
        return Item(
            **about,
            number=0,
            number_in_section=0,
            anchors=self._anchors(about["reading"], conditions),
            components=self.components.value(components) if is_counted else (),
            conditions=self.conditions.value(conditions),
        )

    def _anchors(self, reading: Reading, codes: dict[str, str]) -> tuple[Anchor, ...]:
        """From the highest score to the lowest."""
        stored = {anchor.points: anchor for anchor in self.item.anchors}
        anchors = []
        for form in self.anchors:
            before = stored.get(form.points)
            requires = self.conditions.named_at(form.points, codes, MUST, BOTH)
            also_when = self.conditions.named_at(form.points, codes, LEADS, BOTH)
            if before is not None:
                requires = in_order_of(before.requires, requires)
                also_when = in_order_of(before.also_when, also_when)
            anchors.append(form.value(reading, requires, also_when))
        return tuple(anchor for anchor in reversed(anchors) if anchor is not None)

    def rearranged(self, go: str) -> "ItemForm":
        """What was typed, after what a button asks, such as `components-add` or `conditions-up:2`; nothing is lost."""
        rows, act, place = asked_for(go)
        typed = {"about": self.about.typed(), "anchors": self.anchors.typed()}
        added = None
        for name, part in (("components", self.components), ("conditions", self.conditions)):
            typed[name], is_added = part.rearranged(act if rows == name else "", place)
            added = name if is_added else added
        form = ItemForm(item=self.item, scale=self.scale, typed=typed)
        if added:
            getattr(form, added).focus_on_last("text" if added == "components" else "question")
        return form

    def mistakes(self) -> list[Mistake]:
        """What is to be mended, in the order of the page."""
        found = [*_mistakes(self.about, "")]
        for form in self.anchors:
            found += _mistakes(form, _("Anchor %(points)s") % {"points": form.points})
        for rows, place in (
            (self.components.rows, _("Component %(number)s")),
            (self.conditions.rows, _("Question %(number)s")),
        ):
            found += [Mistake("", "", "", message) for message in rows.non_form_errors()]
            for row in rows:
                found += _mistakes(row, place % {"number": row.number})
        return found


def _mistakes(form: forms.Form, place: str) -> list[Mistake]:
    return [
        Mistake(form[name].id_for_label or form[name].auto_id, place, form.fields[name].label, message)
        for name, messages in form.errors.items()
        for message in messages
    ]


def _with_unlisted(choices: list[tuple], named) -> list[tuple]:
    """The version's own, and what the item names beside them, so that it can be seen and taken off."""
    known = {code for code, _label in choices}
    beside = [
        (code, _("%(code)s, not in the list of this version") % {"code": code})
        for code in named
        if code not in known
    ]
    return [*choices, *beside]
