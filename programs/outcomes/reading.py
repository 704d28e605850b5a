"""Reads quarters of employment outcomes as people paste or upload them, and says what is wrong with which cell.

Nothing here raises, whatever the text: what cannot be read is a problem of its cell or of the table. An empty cell is
not known, which is not zero.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

MOST_ROWS = 400
MOST_CHARACTERS = 200_000
MOST_PEOPLE = 1_000_000
EARLIEST_YEAR = 1990
# The last whose quarters all end on a day that a date can hold.
LATEST_YEAR = 9998
LONGEST_NOTE = 500

QUARTER, ON_CASELOAD, JOB_STARTS, IN_WORK = "quarter", "on_caseload", "job_starts", "in_work"
STARTS_BY_DEFINITION, DEFINITION, NOTE = "starts_by_definition", "definition", "note"
NUMBERS = (ON_CASELOAD, JOB_STARTS, IN_WORK, STARTS_BY_DEFINITION)
# In the order of a table without a line of headings, and of the file to download.
COLUMNS = (QUARTER, *NUMBERS, DEFINITION, NOTE)

NOT_KNOWN = {"", "-", "–", "—", "?", "n/a", "na", "unknown", "not known"}
# What a spreadsheet would compute has this in front of it in our files.
GUARD = "'"
BEFORE_A_FORMULA = ("=", "+", "-", "@")

_YEAR_FIRST = re.compile(r"(\d{4})(?: ?[-/. ] ?q?|q)(\d{1,2})", re.IGNORECASE | re.ASCII)
_QUARTER_FIRST = re.compile(r"q?(\d{1,2}) ?[-/. ] ?(\d{4})", re.IGNORECASE | re.ASCII)
_WHOLE = re.compile(r"\d+|\d{1,3}(?:[, '’]\d{3})+", re.ASCII)


class Problem(StrEnum):
    NO_QUARTER = "no quarter"
    QUARTER = "quarter"
    NOT_OVER = "not over"
    WHOLE_NUMBER = "whole number"
    TOO_LARGE = "too large"
    NO_NUMBER = "no number"
    MORE_THAN_STARTS = "more than starts"
    UNKNOWN_DEFINITION = "unknown definition"
    NO_DEFINITION = "no definition"
    LONG_NOTE = "long note"
    DUPLICATE = "duplicate"
    TOO_MANY_CELLS = "too many cells"
    UNREADABLE = "unreadable"
    TOO_MANY = "too many"
    NO_QUARTERS = "no column of quarters"


@dataclass(frozen=True)
class Counted:
    """The numbers of one quarter, None where not known. `definition`: number of the one that the starts go by."""

    on_caseload: int | None = None
    job_starts: int | None = None
    in_work: int | None = None
    starts_by_definition: int | None = None
    definition: int | None = None
    note: str = ""

    def problems(self) -> dict[str, Problem]:
        """What does not hold between the numbers."""
        found = {}
        starts, counting = self.job_starts, self.starts_by_definition
        if starts is not None and counting is not None and counting > starts:
            found[STARTS_BY_DEFINITION] = Problem.MORE_THAN_STARTS
        elif counting is not None and self.definition is None:
            found[STARTS_BY_DEFINITION] = Problem.NO_DEFINITION
        if all(getattr(self, name) is None for name in NUMBERS):
            found[ON_CASELOAD] = Problem.NO_NUMBER
        return found

    @property
    def more_in_work_than_on_caseload(self) -> bool:
        """Possible, for people may have left; more often a slip."""
        return self.on_caseload is not None and self.in_work is not None and self.in_work > self.on_caseload


@dataclass(frozen=True, order=True)
class Quarter:
    year: int
    quarter: int

    def __str__(self) -> str:
        return f"{self.year} Q{self.quarter}"

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(day.year, (day.month + 2) // 3)

    @property
    def before(self) -> "Quarter":
        return Quarter(self.year, self.quarter - 1) if self.quarter > 1 else Quarter(self.year - 1, 4)

    @property
    def after(self) -> "Quarter":
        return Quarter(self.year, self.quarter + 1) if self.quarter < 4 else Quarter(self.year + 1, 1)

    @property
    def entered_from(self) -> date:
        """The day after it is over."""
        year = min(self.year, LATEST_YEAR) + self.quarter // 4
        return date(year, self.quarter % 4 * 3 + 1, 1)


@dataclass(frozen=True)
class ReadRow:
    """One row. `line`: of the pasted text, from 1. `quarter`: None where it cannot be read. `typed`: as it came.

    `counted`: what is there, and of a quarter that is entered already what the table says nothing of.
    """

    line: int
    quarter: Quarter | None
    counted: Counted
    typed: dict[str, str]
    problems: dict[str, Problem] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadTable:
    """`columns`: in the order found. `unknown`: headings that name no column; what stands under them is not read."""

    columns: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    rows: tuple[ReadRow, ...] = ()
    problem: Problem | None = None

    @property
    def bad(self) -> tuple[ReadRow, ...]:
        return tuple(row for row in self.rows if row.problems)

    @property
    def is_loadable(self) -> bool:
        return bool(self.rows) and not self.bad and self.problem is None


@dataclass(frozen=True)
class Known:
    """What the program and the site have: `definitions` by their words, the `current` one, and `stored` quarters."""

    definitions: Mapping[str, int]
    current: int | None
    stored: Mapping[Quarter, Counted]
    today: date


def read_quarter(text: str) -> Quarter | None:
    """2026 Q1, Q1 2026, 2026-1 and 1/2026 are all the same quarter; None for what is none."""
    plain = cleaned(text)
    if found := _YEAR_FIRST.fullmatch(plain):
        year, quarter = int(found[1]), int(found[2])
    elif found := _QUARTER_FIRST.fullmatch(plain):
        year, quarter = int(found[2]), int(found[1])
    else:
        return None
    return Quarter(year, quarter) if 1 <= quarter <= 4 and year >= EARLIEST_YEAR else None


def read_table(text: str, headings: Mapping[str, str], known: Known) -> ReadTable:
    """A table pasted from a spreadsheet (tabs), or a file with commas or semicolons.

    `headings`: heading to column. Columns stand in any order under a line of headings, or in the order of `COLUMNS`
    where there is none.
    """
    if len(text) > MOST_CHARACTERS:
        return ReadTable(problem=Problem.TOO_MANY)
    try:
        lines = _lines(text)
    except csv.Error:
        return ReadTable(problem=Problem.UNREADABLE)
    columns, unknown, body = _columns(lines, headings)
    if body and QUARTER not in columns:
        return ReadTable(problem=Problem.NO_QUARTERS, unknown=unknown)
    rows: list[ReadRow] = []
    seen: set[Quarter] = set()
    for number, found in body[:MOST_ROWS]:
        row = _read_line(columns, number, found, known)
        if row.quarter in seen:
            row = replace(row, problems={QUARTER: Problem.DUPLICATE} | row.problems)
        elif row.quarter:
            seen.add(row.quarter)
        rows.append(row)
    return ReadTable(
        columns=tuple(column for column in COLUMNS if column in columns),
        unknown=unknown,
        rows=tuple(rows),
        problem=Problem.TOO_MANY if len(body) > MOST_ROWS else None,
    )


def cleaned(text: str) -> str:
    """Without space around it, and with one plain space for any other inside."""
    return " ".join(text.split())


def guarded(text: str) -> str:
    """A text for a file, so that no spreadsheet takes it for a formula."""
    return f"{GUARD}{text}" if text.startswith((*BEFORE_A_FORMULA, GUARD)) else text


def unguarded(text: str) -> str:
    is_guarded = text.startswith(GUARD) and text[1:].startswith((*BEFORE_A_FORMULA, GUARD))
    return text[1:] if is_guarded else text


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """Number and cells of every line that is not blank."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    first = next((line for line in plain.split("\n") if line.strip()), "")
    between = "\t" if "\t" in first else max(";,", key=first.count)
    reader = csv.reader((f"{line}\n" for line in plain.split("\n")), delimiter=between, strict=True)
    lines, number = [], 1
    for cells in reader:
        if any(cleaned(cell) for cell in cells):
            lines.append((number, cells))
        number = reader.line_num + 1
    return lines


def _columns(
    lines: list[tuple[int, list[str]]], headings: Mapping[str, str]
) -> tuple[list[str], tuple[str, ...], list[tuple[int, list[str]]]]:
    """The column of each place (empty where its heading is not known), headings not known, and the lines below."""
    first = [cleaned(cell) for cell in lines[0][1]] if lines else []
    by_heading = {cleaned(heading).casefold(): column for heading, column in headings.items()}
    named = [by_heading.get(cell.casefold(), "") for cell in first]
    if not any(named) or any(read_quarter(cell) for cell in first):
        widest = max((len(cells) for _, cells in lines), default=0)
        return list(COLUMNS[:widest]), (), lines
    columns = [column if column not in named[:place] else "" for place, column in enumerate(named)]
    unknown = tuple(cell for cell, column in zip(first, columns, strict=True) if cell and not column)
    return columns, unknown, lines[1:]


def _read_line(columns: Sequence[str], number: int, found: Sequence[str], known: Known) -> ReadRow:
    cells = [*found, *("" for _ in columns[len(found) :])]
    typed = {column: unguarded(cell.strip()) for column, cell in zip(columns, cells, strict=False) if column}
    problems: dict[str, Problem] = {}
    quarter = _quarter(typed.get(QUARTER, ""), known.today, problems)
    before = known.stored.get(quarter, Counted()) if quarter else Counted()
    counted = replace(before, **_numbers(typed, problems))
    counted = replace(counted, definition=_definition(typed, counted, known, problems))
    if NOTE in columns:
        note = cleaned(typed.get(NOTE, ""))
        if len(note) > LONGEST_NOTE:
            problems[NOTE] = Problem.LONG_NOTE
        counted = replace(counted, note=note)
    too_many = [cell for cell in found[len(columns) :] if cleaned(cell)]
    if too_many:
        last = next(column for column in reversed(columns) if column)
        typed[last] = " | ".join([typed.get(last, ""), *too_many])
        problems[last] = Problem.TOO_MANY_CELLS
    if not problems:
        problems = counted.problems()
    return ReadRow(number, quarter, counted, typed, problems)


def _quarter(text: str, today: date, problems: dict[str, Problem]) -> Quarter | None:
    quarter = read_quarter(text)
    if quarter is None:
        problems[QUARTER] = Problem.QUARTER if text else Problem.NO_QUARTER
    elif quarter.entered_from > today:
        problems[QUARTER] = Problem.NOT_OVER
    return quarter


def _numbers(typed: Mapping[str, str], problems: dict[str, Problem]) -> dict[str, Any]:
    """Only of the columns that the table has."""
    numbers: dict[str, int | None] = {}
    for name in NUMBERS:
        if name not in typed:
            continue
        plain = cleaned(typed[name])
        if plain.casefold() in NOT_KNOWN:
            numbers[name] = None
        elif not _WHOLE.fullmatch(plain):
            problems[name] = Problem.WHOLE_NUMBER
        elif len(plain) > len(str(MOST_PEOPLE)) + 2 or int(re.sub(r"\D", "", plain)) > MOST_PEOPLE:
            problems[name] = Problem.TOO_LARGE
        else:
            numbers[name] = int(re.sub(r"\D", "", plain))
    return numbers


def _definition(
    typed: Mapping[str, str], counted: Counted, known: Known, problems: dict[str, Problem]
) -> int | None:
    """The one named; else the one this quarter was counted by before; else the program's. None without such starts."""
    named = cleaned(typed.get(DEFINITION, ""))
    by_words = {cleaned(words).casefold(): number for words, number in known.definitions.items()}
    if named and named.casefold() not in by_words:
        problems[DEFINITION] = Problem.UNKNOWN_DEFINITION
        return None
    if counted.starts_by_definition is None:
        return None
    return by_words[named.casefold()] if named else counted.definition or known.current
