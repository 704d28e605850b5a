"""What a worksheet gives for one figure, and how its cells are read for that."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from scales.facts import Facts
from scales.figures import Answer

# Sheet code to the cells of its rows, in their order.
Rows = Mapping[str, Sequence[Mapping[str, str]]]
Cells = Mapping[str, str]

_LARGEST = Decimal(10) ** 9
_SMALLEST_EXPONENT = -12


class Note(StrEnum):
    """What a reader should know about a figure."""

    PHASES_DIFFER = "phases-differ"
    SOME_WITHOUT_FIGURES = "some-without-figures"
    SOME_LEFT_OUT = "some-left-out"
    CASELOADS_DIFFER = "caseloads-differ"
    SAME_TITLE_OFTEN = "same-title-often"
    SAME_EMPLOYER_OFTEN = "same-employer-often"


@dataclass(frozen=True)
class CountedRow:
    """One row behind a figure.

    `label`: initials, job title, employer or record number. `values`: what was counted, in the order of
    `Counted.columns`; None where the row does not say.
    """

    label: str
    values: tuple[Decimal | str | None, ...]


@dataclass(frozen=True)
class Counted:
    """What a worksheet gives for one figure.

    `facts`: only what the worksheet gives; empty where rows lack a figure that a sum needs. `sheet`: which worksheet.
    `columns`: codes of the columns counted. `left_out`: rows that lack a cell that the figure needs. `tally`: records
    that show it, and records where it could be seen (7 of 10).
    """

    facts: Facts
    answers: Mapping[Answer, bool]
    sheet: str
    rows: tuple[CountedRow, ...] = ()
    note: Note | None = None
    left_out: int = 0
    tally: tuple[int, int] | None = None
    columns: tuple[str, ...] = ()


def divided(part: Decimal, whole: Decimal) -> Facts:
    """Nothing where there is nothing to divide by."""
    return Facts(part=part, whole=whole) if whole else Facts()


def agreed(said: Mapping[Answer, Iterable[bool]]) -> dict[Answer, bool]:
    """The answers on which all rows agree."""
    found = {answer: set(words) for answer, words in said.items()}
    return {answer: words.pop() for answer, words in found.items() if len(words) == 1}


def any_cell(rows: Iterable[Cells], *columns: str) -> bool:
    return any(row.get(column) for row in rows for column in columns)


def number_in(row: Cells, column: str) -> Decimal | None:
    """The number in a cell; None where there is none that can be."""
    try:
        number = Decimal(row[column])
    except (KeyError, ArithmeticError):
        return None
    if not number.is_finite() or not 0 <= number <= _LARGEST:
        return None
    if not number:
        return Decimal()
    return number if number.adjusted() >= _SMALLEST_EXPONENT else None


def whole_in(row: Cells, column: str) -> int | None:
    number = number_in(row, column)
    return int(number) if number is not None and number == number.to_integral_value() else None


def folded(text: str) -> str:
    return " ".join(text.split()).casefold()
