"""One page of a worksheet as people type it: its rows, what is wrong with which cell, and what a colleague changed."""

import hashlib
import json
import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.formats import get_format

from reviews.actions.worksheets import STEP, RowChange, RowOutcome
from reviews.models import WorksheetRow
from reviews.worksheets.columns import Column, Kind, SheetColumns
from reviews.worksheets.reading import Problem, ReadRow, key_of, read_row
from reviews.worksheets.words import cell_words, column_help, column_label, problem_words

SPARE_ROWS = 3
ROWS_ON_A_PAGE = 40
KEY = re.compile(r"(row|new)-(\d{1,10})")


class State(StrEnum):
    """How a row stands after a save."""

    UNTOUCHED = "untouched"
    SAVED = "saved"
    UNREADABLE = "unreadable"
    CHANGED = "changed by someone else"
    GONE = "removed by someone else"


def day_first() -> bool:
    """Whether 3/4/2026 is a day in April, in the language of the page."""
    written = next((one for one in get_format("DATE_INPUT_FORMATS") if one.startswith(("%d/", "%m/"))), "%d/")
    return written.startswith("%d/")


@dataclass(frozen=True)
class Cell:
    """One cell on the page. `value`: as typed, else as kept. `problem`: in words, empty where there is none."""

    column: Column
    key: str
    value: str
    problem: str = ""

    @property
    def name(self) -> str:
        return f"{self.key}-{self.column.code}"

    @property
    def label(self) -> str:
        return column_label(self.column.code)

    @property
    def words(self) -> str:
        """The value as a reader sees it."""
        return cell_words(self.column, self.value)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What a cell with a choice offers."""
        options = ("yes", "no") if self.column.kind is Kind.YES_NO else self.column.choices
        return [(option, cell_words(self.column, option)) for option in options]

    @property
    def is_choice(self) -> bool:
        return self.column.kind in (Kind.YES_NO, Kind.CHOICE)

    @property
    def input_type(self) -> str:
        # A browser empties a box for dates that it cannot read; what was typed stays to be mended.
        return "date" if self.column.kind is Kind.DATE and not self.problem else "text"

    @property
    def inputmode(self) -> str:
        return {
            Kind.NUMBER: "decimal",
            Kind.PERCENT: "decimal",
            Kind.WHOLE: "numeric",
        }.get(self.column.kind, "text")


@dataclass
class SheetRow:
    """One row on the page. `key`: names its fields. `stored`: what is kept of it; None for a new row."""

    sheet: SheetColumns
    key: str
    number: int
    stored: WorksheetRow | None = None
    read: ReadRow | None = None
    based_on: int = 0
    is_untouched: bool = False
    problems: dict[str, Problem] = field(default_factory=dict)
    state: State = State.UNTOUCHED

    @property
    def is_new(self) -> bool:
        return self.key.startswith("new-")

    @property
    def revision(self) -> int:
        """What the page goes on from: the stored row's once saved or opened, the typed one's until then."""
        if self.is_unsaved:
            return self.based_on
        return self.stored.revision if self.stored else 0

    @property
    def was(self) -> str:
        """Stands for the cells that the page goes on from, so that it can tell whether anything was typed since."""
        if self.is_unsaved:
            return ""
        return digest(self.stored.cells) if self.stored else ""

    @property
    def cells(self) -> list[Cell]:
        values = self.read.typed if self.is_unsaved else (self.stored.cells if self.stored else {})
        return [
            Cell(
                column,
                self.key,
                values.get(column.code, ""),
                problem_words(self.problems[column.code], column) if column.code in self.problems else "",
            )
            for column in self.sheet.columns
        ]

    @property
    def width(self) -> int:
        """Cells of the row on the page: its number, its columns, and its state."""
        return len(self.sheet.columns) + 2

    @property
    def is_gone(self) -> bool:
        return self.state is State.GONE

    @property
    def is_unsaved(self) -> bool:
        return self.state in (State.UNREADABLE, State.CHANGED, State.GONE)

    @property
    def differences(self) -> list[tuple[str, str, str]]:
        """Label, saved and typed value of each cell in which a colleague's row differs from the typed one."""
        if self.state is not State.CHANGED:
            return []
        return [
            (
                column_label(column.code),
                cell_words(column, self.stored.cells.get(column.code, "")),
                cell_words(column, self.read.cells.get(column.code, "")),
            )
            for column in self.sheet.columns
            if self.stored.cells.get(column.code, "") != self.read.cells.get(column.code, "")
        ]


class WorksheetForm:
    """Rows of one page, and what was typed into them.

    `stored`: every row of the worksheet. `shown`: those on this page. `codes`: of the components that a cell may name.
    """

    def __init__(
        self,
        sheet: SheetColumns,
        *,
        stored: Iterable[WorksheetRow],
        shown: Sequence[WorksheetRow] = (),
        first_number: int = 1,
        next_place: int | None = None,
        codes: Sequence[str] = (),
        data=None,
    ):
        self.sheet, self.codes, self.data = sheet, codes, data
        self.stored = list(stored)
        self.by_pk = {row.pk: row for row in self.stored}
        self.by_place = {row.place: row for row in self.stored}
        self.shown, self.first_number, self.next_place = shown, first_number, next_place
        self.rows = [] if data is None else list(self._typed_rows(first_number))
        if data is None:
            self.complete()

    @property
    def headings(self) -> list[tuple[Column, str, str]]:
        """Column, label and help of each column."""
        return [
            (column, column_label(column.code), column_help(column.code)) for column in self.sheet.columns
        ]

    def complete(self) -> None:
        """Show the whole page: rows that were not sent as they are kept, and empty ones below those that were."""
        sent = {row.stored.pk: row for row in self.rows if row.stored is not None}
        rows = [
            sent.get(row.pk) or SheetRow(self.sheet, f"row-{row.pk}", number, row)
            for number, row in enumerate(self.shown, self.first_number)
        ]
        there = {row.key for row in rows}
        rows += [row for row in self.rows if row.key not in there]
        if not any(row.is_new for row in rows):
            rows += self._spare_rows(self.first_number + len(rows), self.next_place)
        self.rows = rows

    def _spare_rows(self, number: int, next_place: int | None) -> list[SheetRow]:
        """Empty rows to type into. Each has a place of its own, so that two people's new rows do not meet."""
        if next_place is None:
            return []
        return [
            SheetRow(self.sheet, f"new-{next_place + place * STEP + secrets.randbelow(STEP)}", number + place)
            for place in range(SPARE_ROWS)
        ]

    def _typed_rows(self, first_number: int) -> Iterable[SheetRow]:
        keys = list(dict.fromkeys(self.data.getlist("rows")))
        for number, key in enumerate((key for key in keys if KEY.fullmatch(key)), first_number):
            row = SheetRow(self.sheet, key, _whole(self.data.get(f"{key}-number")) or number)
            kind, place = key.split("-")
            row.stored = self.by_pk.get(int(place)) if kind == "row" else self.by_place.get(int(place))
            row.based_on = _whole(self.data.get(f"{key}-revision"))
            typed = {one.code: self.data.get(f"{key}-{one.code}", "") for one in self.sheet.columns}
            row.read = read_row(self.sheet, typed, codes=self.codes, day_first=day_first())
            row.problems = dict(row.read.problems)
            row.is_untouched = self.data.get(f"{key}-was") == digest(row.read.cells)
            self._look_for_gaps(row)
            yield row

    def _look_for_gaps(self, row: SheetRow) -> None:
        """An emptied row, and a row that repeats another's name or number, are not kept."""
        if row.read.is_blank and row.stored is not None:
            row.problems = {column.code: Problem.REQUIRED for column in self.sheet.columns if column.required}
        key = key_of(self.sheet, row.read.cells)
        others = (one for one in self.stored if one is not row.stored)
        if key is not None and any(key_of(self.sheet, one.cells) == key for one in others):
            row.problems.setdefault(self.sheet.key[-1], Problem.DUPLICATE)

    def take_theirs(self, key: str) -> None:
        """Leave a row as a colleague saved it."""
        self.rows = [row for row in self.rows if row.key != key]

    def put_back(self, key: str, place: int) -> None:
        """Save a row that a colleague removed as a new one, below all others."""
        for row in self.rows:
            if row.key == key and row.stored is None:
                row.key, row.based_on = f"new-{place}", 0

    def take_mine(self, key: str, revision: int) -> None:
        """Save a row over the revision of a colleague's that was shown beside it."""
        for row in self.rows:
            if row.key == key:
                row.based_on = revision

    def leave_out(self, key: str) -> SheetRow | None:
        """Save nothing of a row that is to go; the row."""
        gone = next((row for row in self.rows if row.key == key and row.stored is not None), None)
        self.rows = [row for row in self.rows if row is not gone]
        return gone

    def forget(self, pk: int) -> None:
        """A row is removed, so it is not shown again."""
        self.shown = [row for row in self.shown if row.pk != pk]

    def changes(self) -> list[RowChange]:
        """What to save: rows without a wrong cell. Marks those that have one."""
        self._sent = []
        for row in self.rows:
            if row.is_untouched:
                continue
            if row.problems:
                row.state = State.UNREADABLE
            elif not row.read.is_blank and (row.stored is None or row.read.cells != row.stored.cells):
                self._sent.append(row)
        return [self._change(row) for row in self._sent]

    def _change(self, row: SheetRow) -> RowChange:
        number = int(row.key.split("-")[1])
        if row.is_new:
            return RowChange(row.read.cells, row.based_on, place=number)
        return RowChange(row.read.cells, row.based_on, pk=number)

    def settle(self, outcomes: Sequence[RowOutcome]) -> None:
        """Take in how the rows of `changes` stand now."""
        for row, outcome in zip(self._sent, outcomes, strict=True):
            row.stored = outcome.row
            if outcome.is_saved:
                row.state = State.SAVED
            else:
                row.state = State.GONE if outcome.row is None else State.CHANGED

    def refuse(self) -> None:
        """None of the rows of `changes` was saved; what was typed stays."""
        for row in self._sent:
            row.state = State.UNREADABLE

    @property
    def unsaved(self) -> list[SheetRow]:
        return [row for row in self.rows if row.is_unsaved]

    @property
    def saved(self) -> list[SheetRow]:
        return [row for row in self.rows if row.state is State.SAVED]

    @property
    def wrong_cells(self) -> list[tuple[SheetRow, Cell]]:
        return [
            (row, cell)
            for row in self.rows
            if row.state is State.UNREADABLE
            for cell in row.cells
            if cell.problem
        ]


def shown_rows(sheet: SheetColumns, rows: Iterable[WorksheetRow]) -> list[list[Cell]]:
    """The worksheet to be read: cells row by row."""
    return [SheetRow(sheet, f"row-{row.pk}", 0, row).cells for row in rows]


def digest(cells: Mapping[str, str]) -> str:
    """A short text that changes with any cell."""
    return hashlib.sha256(json.dumps(dict(sorted(cells.items()))).encode()).hexdigest()[:16]


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
