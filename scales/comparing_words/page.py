"""What a page that compares is made of: parts with cards, cards with rows, rows with a before and an after."""

from collections.abc import Iterable
from dataclasses import dataclass

from scales.check_places import field_name
from scales.comparing import Piece, PieceKind, TextChange, pieces


@dataclass(frozen=True)
class Row:
    """One thing that differs. `is_threshold`: facts come to another score by it. An empty side had nothing there."""

    label: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]
    is_threshold: bool = False


@dataclass(frozen=True)
class Card:
    """What differs in one place. `marks`: in a word or two each, such as "moved from 3"."""

    code: str
    title: str
    marks: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Part:
    """`lines`: what is said before the cards. `same`: what is the same, in words."""

    code: str
    title: str
    lines: tuple[str, ...]
    cards: tuple[Card, ...]
    same: str = ""


@dataclass(frozen=True)
class Summary:
    """Counts of what changed, one short line each; empty where nothing did."""

    lines: tuple[str, ...]


def row(label: str, before: str, after: str, *, is_threshold: bool = False) -> Row:
    """A row with the words that went and came marked; a text that stands on one side only needs no mark."""
    if not before or not after:
        sides = [(Piece(PieceKind.SAME, text),) if text else () for text in (before, after)]
        return Row(label, *sides, is_threshold)
    both = pieces(before, after)
    return Row(
        label,
        tuple(piece for piece in both if piece.kind is not PieceKind.NEW),
        tuple(piece for piece in both if piece.kind is not PieceKind.GONE),
        is_threshold,
    )


def text_rows(changes: Iterable[TextChange]) -> tuple[Row, ...]:
    """Rows of texts that are fields of a definition."""
    return tuple(row(field_name(change.field), change.before, change.after) for change in changes)
