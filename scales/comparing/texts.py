"""Two wordings of one text, cut into the words that stayed, went and came."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

Row = TypeVar("Row")

# Numbers with their decimals, words, single marks, white space: "20." against "25." differs in the number alone.
WORDS = re.compile(r"\d+(?:[.,]\d+)*|\w+|\s+|[^\w\s]")
# Under this share of common words the two are told as two texts, not as a patchwork.
ALIKE = 0.4


class PieceKind(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    kind: PieceKind
    text: str


@dataclass(frozen=True)
class TextChange:
    """A text that differs. `field`: its name in the definition; "" on one side where it was not there."""

    field: str
    before: str
    after: str

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        return pieces(self.before, self.after)


@dataclass(frozen=True)
class ValueChange:
    """Anything but running text that differs: a number, a choice, codes; None on one side where it was not there."""

    field: str
    before: object
    after: object


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts in one: what is the same or gone gives the first, what is the same or new the second."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < ALIKE:
        return _joined([(PieceKind.GONE, before), (PieceKind.NEW, after)])
    found: list[tuple[PieceKind, str]] = []
    for step, start, end, other_start, other_end in matcher.get_opcodes():
        gone, came = "".join(old[start:end]), "".join(new[other_start:other_end])
        if step == "equal":
            found.append((PieceKind.SAME, gone))
        else:
            found += [(PieceKind.GONE, gone), (PieceKind.NEW, came)]
    return _joined(_without_lone_spaces(found))


def text_changes(before: object, after: object, fields: Iterable[str]) -> tuple[TextChange, ...]:
    """The texts of these fields in which two specs of one kind differ."""
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in fields)
    return tuple(TextChange(name, old, new) for name, old, new in pairs if old != new)


def value_changes(before: object, after: object, fields: Iterable[str]) -> tuple[ValueChange, ...]:
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in fields)
    return tuple(ValueChange(name, old, new) for name, old, new in pairs if old != new)


def row_changes(
    before: Sequence[Row], after: Sequence[Row], code: Callable[[Row], str], text: Callable[[Row], str]
) -> tuple[TextChange, ...]:
    """Rows joined by their code: those reworded, come or gone, by that code, in the order of the later ones."""
    old, new = ({code(row): text(row) for row in rows} for rows in (before, after))
    codes = dict.fromkeys([*new, *old])
    return tuple(
        TextChange(one, old.get(one, ""), new.get(one, "")) for one in codes if old.get(one) != new.get(one)
    )


def _without_lone_spaces(found: Sequence[tuple[PieceKind, str]]) -> Iterator[tuple[PieceKind, str]]:
    """A space that stayed between two changed words is told as part of the change."""
    for place, (kind, text) in enumerate(found):
        if kind is PieceKind.SAME and text.isspace() and 0 < place < len(found) - 1:
            yield PieceKind.GONE, text
            yield PieceKind.NEW, text
        else:
            yield kind, text


def _joined(found: Iterable[tuple[PieceKind, str]]) -> tuple[Piece, ...]:
    """Pieces of one kind that follow each other as one, what went before what came."""
    made: list[Piece] = []
    waiting = {PieceKind.GONE: "", PieceKind.NEW: ""}

    def flush() -> None:
        made.extend(Piece(kind, text) for kind, text in waiting.items() if text)
        waiting.update({PieceKind.GONE: "", PieceKind.NEW: ""})

    for kind, text in found:
        if kind is not PieceKind.SAME:
            waiting[kind] += text
        elif text:
            flush()
            made.append(Piece(kind, text))
    flush()
    return tuple(made)
