"""Rows inside an item that keep a key while they are edited, whatever becomes of their code or their place."""

import re
from collections.abc import Mapping, Sequence

from django import forms

from scales.forms.codes import code_from
from scales.forms.rows import MOST_ROWS, RowForm, Words, focus_on, rows_of, whole
from scales.yaml_nodes import MOST_CHARACTERS

KEY = re.compile(r"[a-z][0-9]{1,3}")


class Passage(Words):
    """Text of any number of lines; browsers send their ends in two characters, files keep one."""

    def __init__(self, **kwargs):
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", MOST_CHARACTERS)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        super().__init__(**kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n") if text else text


class KeyedRow(RowForm):
    """`key`: what the other fields of the page call the row, whether or not it has a code by now."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)

    # The field that the code is made from where none is given.
    names_itself_by = ""

    def words(self, name: str) -> str:
        """What was typed into a text field, kept even where it cannot stay as it is."""
        return as_text(self, name)


class KeyedRows:
    """The rows of one kind. A subclass names `row_form`, `prefix` and `letter`, and gives `initial_of(row)`."""

    row_form: type[KeyedRow] = KeyedRow
    prefix = "rows"
    letter = "r"

    def __init__(self, data=None, *, stored: Sequence = (), typed: Sequence[Mapping] | None = None):
        self.stored = tuple(stored)
        initial = typed
        if typed is None:
            keys = [f"{self.letter}{number}" for number, _row in enumerate(self.stored)]
            initial = [
                {"key": key, "before": row.code, "code": row.code, **self.initial_of(row, keys)}
                for key, row in zip(keys, self.stored, strict=True)
            ]
        most = max(MOST_ROWS, len(self.stored))
        self.rows = rows_of(self.row_form, prefix=self.prefix, data=data, initial=initial, most=most)
        self.keys = self._keys()
        for number, row in enumerate(self.rows, 1):
            row.number = number
            row.is_first, row.is_last = number == 1, number == len(self.rows.forms)

    def initial_of(self, row, keys: Sequence[str]) -> dict:
        """The fields of a stored row besides its code. `keys`: of the stored rows, in their order."""
        raise NotImplementedError

    def _keys(self) -> list[str]:
        """A key for each row; one that was tampered with gives way to a free one."""
        taken: list[str] = []
        for row in self.rows:
            key = str(row["key"].value() or "")
            taken.append(key if KEY.fullmatch(key) and key not in taken else "")
        for place, key in enumerate(taken):
            if not key:
                taken[place] = self._free(taken)
        return taken

    def _free(self, taken: Sequence[str]) -> str:
        number = 0
        while f"{self.letter}{number}" in taken:
            number += 1
        return f"{self.letter}{number}"

    def by_key(self) -> dict[str, KeyedRow]:
        """The rows that stay, in order."""
        pairs = zip(self.keys, self.rows, strict=True)
        return {key: row for key, row in pairs if not row.is_left_out()}

    def codes(self) -> dict[str, str]:
        """Key to code of the rows that stay; a row without a code has one made of its words."""
        rows = self.by_key()
        codes = {key: row.cleaned_data.get("code") or "" for key, row in rows.items()}
        for key, row in rows.items():
            if not codes[key]:
                words = row.words(row.names_itself_by)
                codes[key] = code_from(words, taken=set(codes.values()), instead=self.prefix.rstrip("s"))
        return codes

    def is_valid(self) -> bool:
        return self.rows.is_valid()

    def refuse_twins(self, message) -> None:
        """A mistake beside the second of two rows with one code."""
        seen: set[str] = set()
        for row in self.by_key().values():
            code = row.cleaned_data.get("code")
            if code and code in seen:
                row.add_error("code", message)
            seen.add(code)

    def renamed(self) -> list[tuple[str, str]]:
        """Code before and now of the rows whose code changed."""
        codes, rows = self.codes(), self.by_key()
        return [
            (before, codes[key])
            for key, row in rows.items()
            if (before := row.words("before")) and before != codes[key]
        ]

    def removed(self) -> list[str]:
        """Codes of the stored rows that do not stay."""
        staying = {row.words("before") for row in self.by_key().values()}
        return [row.code for row in self.stored if row.code not in staying]

    def rearranged(self, act: str, place: int | None) -> tuple[list[dict], bool]:
        """What was typed into the rows, after adding one or moving one; and whether one was added."""
        typed = [row.typed() | {"key": key} for key, row in zip(self.keys, self.rows, strict=True)]
        if act in ("up", "down") and place is not None:
            here, there = place - 1, place - 2 if act == "up" else place
            if min(here, there) >= 0 and max(here, there) < len(typed):
                typed[here], typed[there] = typed[there], typed[here]
        is_added = act == "add" and len(typed) < MOST_ROWS
        if is_added:
            typed.append({"key": self._free(self.keys)})
        return typed, is_added

    def focus_on_last(self, name: str) -> None:
        if self.rows.forms:
            focus_on(self.rows.forms[-1], name)


def as_text(form: forms.Form, name: str) -> str:
    """What was typed into a text field; the text as sent where it cannot be saved so."""
    cleaned = getattr(form, "cleaned_data", {})
    if name in cleaned:
        return cleaned[name] or ""
    return str(form[name].value() or "")[:MOST_CHARACTERS]


def asked_for(go: str) -> tuple[str, str, int | None]:
    """Of a button's `go`, such as `components-up:2`: the rows it is about, what is to be done, and with which row."""
    rows, _dash, act = go.partition("-")
    act, _colon, place = act.partition(":")
    return rows, act, whole(place)
