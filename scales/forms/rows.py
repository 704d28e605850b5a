"""Rows of a definition as a person edits them: added, put in another place, removed; and kept as typed."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from scales.yaml_nodes import CODE, UNPRINTABLE

HIGHEST_PLACE = 999
LAST = HIGHEST_PLACE + 1
LONGEST_CODE = 50
LONGEST_TEXT = 5000
MOST_ROWS = 60
WELL_FORMED_CODE = RegexValidator(
    rf"\A(?:{CODE.pattern})\Z",
    _("Use letters, digits and hyphens, without spaces; begin with a letter or a digit."),
)


class Words(forms.CharField):
    """Text without the characters that no page shows and no file holds, its lines ending as in a file."""

    def to_python(self, value):
        return "\n".join(super().to_python(value).splitlines())

    def validate(self, value):
        super().validate(value)
        if UNPRINTABLE.search(value or ""):
            raise forms.ValidationError(_("This has a character that cannot be shown or stored."))


class CodeField(Words):
    """A short name without spaces, by which other parts of the definition refer to a row."""

    default_validators = [WELL_FORMED_CODE]

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", LONGEST_CODE)
        super().__init__(**kwargs)


class RowForm(forms.Form):
    """One row. A row that is ticked for removal, or has nothing in it, is left out.

    `before`: what names the row in the draft as saved, empty for a new one. `content`: the fields a person fills in.
    """

    before = forms.CharField(required=False, widget=forms.HiddenInput)
    remove = forms.BooleanField(label=_("Remove"), required=False)

    content: tuple[str, ...] = ()

    def typed(self) -> dict[str, object]:
        """Every field as it was sent, or as it is shown, however little it makes sense."""
        return {name: self[name].data if self.is_bound else self[name].value() for name in self.fields}

    def is_left_out(self) -> bool:
        typed = self.typed()
        return bool(typed["remove"]) or not any(_is_filled(typed[name]) for name in self.content)

    def clean(self):
        data = super().clean()
        if self.is_left_out():
            self.errors.clear()
        else:
            self.check(data)
        return data

    def check(self, data) -> None:
        """What must hold for a row that stays."""

    def ask_for(self, name: str, message) -> None:
        if self.cleaned_data.get(name) in (None, "") and name not in self.errors:
            self.add_error(name, message)


class PlacedRowForm(RowForm):
    """A row with a place number. `was`: the number that the page showed, so that the row that was moved wins."""

    place = forms.IntegerField(label=_("Place"), required=False, min_value=0, max_value=HIGHEST_PLACE)
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def order(self) -> tuple[int, int]:
        """Of two rows with one number the one that moved up goes first, the one that moved down goes last."""
        typed = self.typed()
        place, was = whole(typed["place"]), whole(typed["was"])
        if place is None:
            return LAST, 0
        if was is None or place < was:
            return place, -1
        return place, int(place > was)


class BaseRows(forms.BaseFormSet):
    def get_form_kwargs(self, index):
        """Every row is looked at: a row tells by itself whether it is left out, whatever its number."""
        return super().get_form_kwargs(index) | {"empty_permitted": False, "use_required_attribute": False}

    def in_order(self) -> list:
        """The rows in the order of their places, those without one last; as they stand where there are none."""
        return sorted(self.forms, key=lambda row: row.order() if hasattr(row, "order") else 0)

    def kept(self) -> list:
        return [row for row in self.in_order() if not row.is_left_out()]

    def mistakes(self) -> list:
        """What is to be mended; empty when nothing is."""
        return [*self.non_form_errors(), *(row.errors for row in self if row.errors)] if self.is_bound else []

    def refuse_twins(self, name: str, message) -> None:
        """A mistake beside the second of two rows that have the same value in a field."""
        seen: set[object] = set()
        for row in self.kept():
            value = row.cleaned_data.get(name)
            if value in seen and value not in (None, ""):
                row.add_error(name, message)
            seen.add(value)


def rows_of(form, *, prefix: str, data=None, initial=(), spare: int = 0, most: int = MOST_ROWS):
    """A form for each row. More rows than `most` are never added, and never lost where they are stored already."""
    most = max(most, len(initial))
    kind = forms.formset_factory(
        form, formset=BaseRows, extra=0 if initial else spare, max_num=most, absolute_max=most
    )
    return kind(data, prefix=prefix, initial=list(initial))


class RowsPart:
    """A part of a definition that consists of rows of one kind.

    A subclass names `row_form`, and gives `initial_of(stored)` and `value()`.
    """

    row_form: type[RowForm] = RowForm
    prefix = "rows"

    def __init__(self, data=None, *, stored=(), typed: list[dict] | None = None):
        self.stored = stored
        initial = self.initial_of(stored) if typed is None else typed
        self.rows = rows_of(self.row_form, prefix=self.prefix, data=data, initial=initial, spare=1)

    def initial_of(self, stored) -> list[dict]:
        raise NotImplementedError

    def value(self):
        raise NotImplementedError

    @property
    def formsets(self) -> tuple:
        return (self.rows,)

    @property
    def errors(self) -> list:
        return self.rows.mistakes()

    def is_valid(self) -> bool:
        if self.rows.is_valid():
            self.check()
        return not self.errors

    def check(self) -> None:
        """What must hold between rows that are each in order."""

    def rearranged(self, go: str) -> "RowsPart":
        """The rows as typed, numbered by their places, after what a button asks: `add`, `up:2`, `down:2` and so on.

        A row keeps its position in what is sent, so that its fields keep their names while it moves.
        """
        act, _colon, which = go.partition(":")
        order = self.rows.in_order()
        move(order, whole(which), act)
        typed = [row.typed() for row in self.rows.forms]
        for place, row in enumerate(order, 1):
            typed[self.rows.forms.index(row)] |= {"place": place, "was": place}
        is_new = act == "add" and len(typed) < MOST_ROWS
        if is_new:
            typed.append({"place": len(typed) + 1, "was": len(typed) + 1})
        part = type(self)(stored=self.stored, typed=typed)
        if is_new:
            focus_on(part.rows.forms[-1], self.row_form.content[0])
        return part


def move(order: list, position: int | None, act: str) -> None:
    """Trade the row of this position among the forms (from 0) with its neighbour; nothing where there is none."""
    if act not in ("up", "down") or position is None:
        return
    here = next((place for place, row in enumerate(order) if row.prefix.endswith(f"-{position}")), None)
    there = None if here is None else here + (1 if act == "down" else -1)
    if there is not None and 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]


def focus_on(row: forms.Form, name: str) -> None:
    row.fields[name].widget.attrs["autofocus"] = True


def whole(typed: object) -> int | None:
    """The whole number that was typed, None where there is none."""
    text = str(typed if typed is not None else "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 5 else None


def _is_filled(typed: object) -> bool:
    return typed is not None and bool(str(typed).strip())
