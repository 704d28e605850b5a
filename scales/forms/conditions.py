"""The yes/no questions of an item, and at which of its anchors the answer counts."""

from collections.abc import Iterable, Mapping, Sequence

from django import forms
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from scales.forms.anchors import number_field, plain_number
from scales.forms.keyed_rows import KeyedRow, KeyedRows, Passage
from scales.forms.rows import CodeField
from scales.spec import Anchor, Condition

# What the answer yes does at an anchor.
NOTHING, MUST, LEADS, BOTH = "", "must", "leads", "both"
AT_AN_ANCHOR = [(NOTHING, "–"), (MUST, _("must be met")), (LEADS, _("leads here"))]


class ConditionRow(KeyedRow):
    """One question. `at_5` and so on: what a yes does at that anchor."""

    question = Passage(label=_("Question, answered yes or no"))
    code = CodeField(label=_("Code"), required=False)
    implies = forms.MultipleChoiceField(
        label=_("A yes here also answers yes to"), required=False, widget=forms.CheckboxSelectMultiple
    )
    whole_below = number_field(_("Answered by the figures: yes where the second number is under"))

    content = ("question", "code")
    names_itself_by = "question"

    def take_anchors(self, points: Iterable[int]) -> None:
        """Ask for what a yes does at each anchor; "both" is kept where it is there already, and not offered."""
        for one in points:
            name = f"at_{one}"
            field = forms.ChoiceField(label=_("At %(points)s") % {"points": one}, required=False)
            self.fields[name] = field
            field.choices = AT_AN_ANCHOR
            if self[name].value() == BOTH:
                field.choices = [*AT_AN_ANCHOR, (BOTH, _("must be met, and leads here"))]

    @property
    def at_anchors(self) -> list:
        return [self[name] for name in self.fields if name.startswith("at_")]

    @property
    def has_more(self) -> bool:
        """Whether the less usual fields hold anything, so that they are shown at once."""
        return bool(self["implies"].value() or self["whole_below"].value() not in (None, "") or self.errors)

    def label(self) -> str:
        return self["code"].value() or _("question %(number)s") % {"number": self.number}

    def check(self, data) -> None:
        self.ask_for("question", _("Write the question, or tick Remove."))


class ConditionRows(KeyedRows):
    """`anchors`: as stored. `points`: every score that the item has an anchor for, lowest first."""

    row_form = ConditionRow
    prefix = "conditions"
    letter = "q"

    def __init__(self, data=None, *, stored=(), anchors: Sequence[Anchor], points: Sequence[int], typed=None):
        self.anchors, self.points = tuple(anchors), tuple(points)
        super().__init__(data, stored=stored, typed=typed)
        for row in self.rows:
            row.take_anchors(self.points)
        labels = [(key, row.label()) for key, row in zip(self.keys, self.rows, strict=True)]
        for key, row in zip(self.keys, self.rows, strict=True):
            row.fields["implies"].choices = [one for one in labels if one[0] != key]

    def initial_of(self, row: Condition, keys) -> dict:
        key_of = {one.code: key for one, key in zip(self.stored, keys, strict=True)}
        named = {f"at_{anchor.points}": _named(row.code, anchor) for anchor in self.anchors}
        implied = [key_of[code] for code in row.implies if code in key_of]
        return {
            "question": row.question,
            "implies": implied,
            "whole_below": plain_number(row.whole_below),
            **named,
        }

    def is_valid(self) -> bool:
        if super().is_valid():
            self.refuse_twins(_("Another question of this item has this code."))
        return super().is_valid()

    def value(self, codes: Mapping[str, str]) -> tuple[Condition, ...]:
        """`codes`: key to the code that each row shall have."""
        before = {row.code: row.implies for row in self.stored}
        return tuple(
            Condition(
                code=codes[key],
                question=row.words("question"),
                implies=in_order_of(
                    before.get(codes[key], ()),
                    [codes[one] for one in row.cleaned_data.get("implies", ()) if one in codes],
                ),
                whole_below=row.cleaned_data.get("whole_below"),
            )
            for key, row in self.by_key().items()
        )

    def named_at(self, points: int, codes: Mapping[str, str], *ways: str) -> tuple[str, ...]:
        """Codes of the questions whose yes does one of these things at an anchor."""
        rows = self.by_key().items()
        return tuple(codes[key] for key, row in rows if row.cleaned_data.get(f"at_{points}") in ways)

    def what_follows(self) -> list[str]:
        """What renaming and removing questions does to the anchors that name them, a sentence for each."""
        lines = []
        for before, now in self.renamed():
            if anchors := self._anchors_naming(before):
                lines.append(
                    gettext("The question “%(before)s” is now “%(now)s”, at %(anchors)s too.")
                    % {"before": before, "now": now, "anchors": anchors}
                )
        for code in self.removed():
            if anchors := self._anchors_naming(code):
                lines.append(
                    gettext("The question “%(code)s” is removed; it no longer counts at %(anchors)s.")
                    % {"code": code, "anchors": anchors}
                )
        return lines

    def _anchors_naming(self, code: str) -> str:
        """Of the stored anchors, highest first: "anchor 5 and anchor 4"; empty where none names the question."""
        naming = [one.points for one in self.anchors if code in (*one.requires, *one.also_when)]
        return get_text_list(
            [gettext("anchor %(points)s") % {"points": one} for one in naming], gettext("and")
        )


def in_order_of(before: Sequence[str], chosen: Sequence[str]) -> tuple[str, ...]:
    """What was chosen; in the order it had before, where it is the same set, for ticks have no order."""
    return tuple(before) if sorted(before) == sorted(chosen) else tuple(chosen)


def _named(code: str, anchor: Anchor) -> str:
    if code in anchor.requires:
        return BOTH if code in anchor.also_when else MUST
    return LEADS if code in anchor.also_when else NOTHING
