"""Reads worksheet rows as people type, paste or upload them, and says what is wrong with which cell.

Nothing here raises, whatever the text: what cannot be read is a problem of its cell or of the table. What is read is
kept in one form, so that reading it again changes nothing: `0,60` becomes `0.6`, `14/10/2026` becomes `2026-10-14`.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from reviews.worksheets.cells import CellError, Problem, cleaned, read_cell
from reviews.worksheets.columns import SheetColumns

__all__ = [
    "MOST_CHARACTERS",
    "MOST_ROWS",
    "Problem",
    "ReadRow",
    "ReadTable",
    "key_of",
    "read_row",
    "read_table",
]

MOST_ROWS = 500
MOST_CHARACTERS = 1_000_000


@dataclass(frozen=True)
class ReadRow:
    """One row as read.

    `line`: of the pasted text, from 1; 0 where the row was typed on its own. `cells`: column code to what is kept;
    empty cells and cells that cannot be read are left out. `typed`: as it came.
    """

    line: int
    cells: dict[str, str]
    problems: dict[str, Problem] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        return not any(cleaned(text) for text in self.typed.values())


@dataclass(frozen=True)
class ReadTable:
    """A table as read.

    `columns`: codes in the order found. `unknown`: headings that name no column; what stands under them is not read.
    `problem`: what is wrong with the table as a whole.
    """

    columns: tuple[str, ...]
    unknown: tuple[str, ...]
    rows: tuple[ReadRow, ...]
    problem: Problem | None = None

    @property
    def bad(self) -> tuple[ReadRow, ...]:
        return tuple(row for row in self.rows if row.problems)

    @property
    def is_loadable(self) -> bool:
        return bool(self.rows) and not self.bad and self.problem is None


def read_row(
    sheet: SheetColumns,
    typed: Mapping[str, str],
    *,
    line: int = 0,
    codes: Sequence[str] = (),
    day_first: bool = True,
) -> ReadRow:
    """One row, each cell by its column, and the cells held against each other.

    `typed`: column code to text; what names no column is left out. `codes`: of the components that a column of codes
    takes. `day_first`: whether 3/4/2026 is a day in April.
    """
    as_typed = {
        column.code: str(typed[column.code]) for column in sheet.columns if typed.get(column.code) is not None
    }
    cells: dict[str, str] = {}
    problems: dict[str, Problem] = {}
    for column in sheet.columns:
        try:
            kept = read_cell(column, as_typed.get(column.code, ""), codes=codes, day_first=day_first)
        except CellError as error:
            problems[column.code] = error.problem
            continue
        if kept:
            cells[column.code] = kept
        elif column.required:
            problems[column.code] = Problem.REQUIRED
    row = ReadRow(line=line, cells=cells, problems=problems, typed=as_typed)
    if row.is_blank:
        return replace(row, problems={})
    return replace(row, problems=_across_cells(sheet, cells) | problems)


def _across_cells(sheet: SheetColumns, cells: Mapping[str, str]) -> dict[str, Problem]:
    problems = {
        part: Problem.PART_OVER_WHOLE
        for part, whole in sheet.part_of
        if part in cells and whole in cells and Decimal(cells[part]) > Decimal(cells[whole])
    }
    if sheet.in_order is None or not all(code in cells for code in sheet.in_order):
        return problems
    first, second = (date.fromisoformat(cells[code]) for code in sheet.in_order)
    if second < first:
        problems[sheet.in_order[1]] = Problem.DATE_ORDER
    elif sheet.days_between in cells and int(cells[sheet.days_between]) != (second - first).days:
        problems[sheet.days_between] = Problem.TWO_ANSWERS
    return problems


def key_of(sheet: SheetColumns, cells: Mapping[str, str]) -> tuple[str, ...] | None:
    """By what a row may stand only once on its sheet; None where it may repeat, or does not say yet."""
    if not sheet.key or not all(code in cells for code in sheet.key):
        return None
    return tuple(cells[code].casefold() for code in sheet.key)


def read_table(
    sheet: SheetColumns,
    text: str,
    headings: Mapping[str, str],
    *,
    codes: Sequence[str] = (),
    day_first: bool = True,
) -> ReadTable:
    """A table pasted from a spreadsheet (tabs), or a file with commas or semicolons.

    `headings`: heading to column code. Columns stand in any order under a line of headings, or in the order of the
    sheet where there is none. Blank lines are passed over. A row that repeats another's key is a duplicate.
    """
    if len(text) > MOST_CHARACTERS:
        return ReadTable((), (), (), Problem.TOO_MANY)
    lines = _lines(text)
    if lines is None:
        return ReadTable((), (), (), Problem.UNREADABLE)
    columns, unknown, body = _columns(sheet, lines, headings)
    rows: list[ReadRow] = []
    keys: set[tuple[str, ...]] = set()
    for number, found in body[:MOST_ROWS]:
        row = _read_line(sheet, columns, number, found, codes, day_first)
        if row.is_blank:
            continue
        key = key_of(sheet, row.cells)
        if key is not None and key in keys:
            row = replace(row, problems={sheet.key[-1]: Problem.DUPLICATE} | row.problems)
        elif key is not None:
            keys.add(key)
        rows.append(row)
    return ReadTable(
        columns=tuple(code for code in columns if code),
        unknown=unknown,
        rows=tuple(rows),
        problem=Problem.TOO_MANY if len(body) > MOST_ROWS else None,
    )


def _read_line(
    sheet: SheetColumns,
    columns: Sequence[str],
    number: int,
    found: Sequence[str],
    codes: Sequence[str],
    day_first: bool,
) -> ReadRow:
    """`columns`: code of each column, empty where its heading is not known."""
    typed = {code: cell for code, cell in zip(columns, found, strict=False) if code}
    row = read_row(sheet, typed, line=number, codes=codes, day_first=day_first)
    too_many = [cell for cell in found[len(columns) :] if cleaned(cell)]
    if not too_many:
        return row
    last = next(code for code in reversed(columns) if code)
    shown = " | ".join([typed.get(last, ""), *too_many])
    return replace(
        row, typed=row.typed | {last: shown}, problems=row.problems | {last: Problem.TOO_MANY_CELLS}
    )


# Line number and cells of every line that is not blank.
_Lines = list[tuple[int, list[str]]]


def _lines(text: str) -> _Lines | None:
    """None where a quotation mark is opened and not closed."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    first = next((line for line in plain.split("\n") if line.strip()), "")
    between = "\t" if "\t" in first else max(";,", key=first.count)
    try:
        return _split(plain, between)
    except csv.Error:
        # A spreadsheet need not quote what it puts on the clipboard: there a quotation mark may be part of a title.
        return _split(plain, between, has_quotes=False) if between == "\t" else None


def _split(text: str, between: str, *, has_quotes: bool = True) -> _Lines:
    reader = csv.reader(
        (f"{line}\n" for line in text.split("\n")),
        delimiter=between,
        quoting=csv.QUOTE_MINIMAL if has_quotes else csv.QUOTE_NONE,
        strict=True,
    )
    lines, number = [], 1
    for cells in reader:
        if any(cleaned(cell) for cell in cells):
            lines.append((number, cells))
        number = reader.line_num + 1
    return lines


def _columns(
    sheet: SheetColumns, lines: _Lines, headings: Mapping[str, str]
) -> tuple[list[str], tuple[str, ...], _Lines]:
    """Code of each column (empty where the heading is not known), the headings not known, and the lines under them."""
    own = [column.code for column in sheet.columns]
    first = [cleaned(cell) for cell in lines[0][1]] if lines else []
    by_heading = {cleaned(heading).casefold(): code for heading, code in headings.items() if code in own}
    named = [by_heading.get(cell.casefold(), "") for cell in first]
    if not any(named) or any(cell[0].isdigit() for cell in first if cell):
        return own, (), lines
    columns = [code if code not in named[:place] else "" for place, code in enumerate(named)]
    unknown = tuple(cell for cell, code in zip(first, columns, strict=True) if cell and not code)
    return columns, unknown, lines[1:]
