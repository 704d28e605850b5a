"""Reads a file of old score sheets into lines of texts: a workbook, or a text file with separators.

Only values are read: of a formula what it last came to, of a date its day. Nothing here raises but `NotReadable`,
whatever the bytes.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from openpyxl import load_workbook  # type: ignore[import-untyped]

from reviews.worksheets.cells import cleaned

MOST_BYTES = 2 * 1024 * 1024
# What a workbook may unpack to; one of two thousand reviews takes about a tenth.
MOST_UNPACKED = 40 * 1024 * 1024
MOST_PARTS = 400
MOST_LINES = 2000
MOST_COLUMNS = 120
LONGEST_CELL = 500

_ZIP, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SEPARATORS = (";", ",", "\t", "|")


class FileProblem(StrEnum):
    """What keeps a file from being read."""

    TOO_LARGE = "too-large"
    OLD_WORKBOOK = "old-workbook"
    BROKEN_WORKBOOK = "broken-workbook"
    NO_TEXT = "no-text"
    EMPTY = "empty"
    TOO_MANY_LINES = "too-many-lines"
    TOO_MANY_COLUMNS = "too-many-columns"


class NotReadable(ValueError):
    def __init__(self, problem: FileProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True)
class Line:
    """`number`: in the file, from 1, as a spreadsheet counts its rows. `cells`: the same number on every line."""

    number: int
    cells: tuple[str, ...]


def read_lines(content: bytes) -> tuple[Line, ...]:
    """The lines that hold anything. What the file is follows from its content. Raises `NotReadable`."""
    if len(content) > MOST_BYTES:
        raise NotReadable(FileProblem.TOO_LARGE)
    if content.startswith(_OLD_WORKBOOK):
        raise NotReadable(FileProblem.OLD_WORKBOOK)
    rows = _rows_of_workbook(content) if content.startswith(_ZIP) else _rows_of_text(content)
    found = [(number, _trimmed(cells)) for number, cells in rows]
    found = [(number, cells) for number, cells in found if cells]
    if not found:
        raise NotReadable(FileProblem.EMPTY)
    if len(found) > MOST_LINES:
        raise NotReadable(FileProblem.TOO_MANY_LINES)
    width = max(len(cells) for _number, cells in found)
    if width > MOST_COLUMNS:
        raise NotReadable(FileProblem.TOO_MANY_COLUMNS)
    return tuple(Line(number, (*cells, *[""] * (width - len(cells)))) for number, cells in found)


def _trimmed(cells: Sequence[str]) -> list[str]:
    """Cleaned, without the empty ones at the end."""
    found = [cleaned(cell)[:LONGEST_CELL] for cell in cells]
    while found and not found[-1]:
        found.pop()
    return found


def _rows_of_workbook(content: bytes) -> list[tuple[int, list[str]]]:
    """The first sheet that holds anything."""
    try:
        _check_package(content)
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for sheet in workbook.worksheets:
            sheet.reset_dimensions()
            rows = _rows_of_sheet(
                sheet.iter_rows(max_row=MOST_LINES * 2, max_col=MOST_COLUMNS + 1, values_only=True)
            )
            if rows:
                return rows
    except NotReadable:
        raise
    except Exception as error:
        # The library raises whatever comes of parts that are missing, cut off or not what they say they are.
        raise NotReadable(FileProblem.BROKEN_WORKBOOK) from error
    return []


def _rows_of_sheet(rows: Iterable[Sequence[object]]) -> list[tuple[int, list[str]]]:
    found = [(number, [_text(value) for value in row]) for number, row in enumerate(rows, 1)]
    return [(number, cells) for number, cells in found if any(cells)]


def _check_package(content: bytes) -> None:
    """Refuses what unpacks to far more than it is, and parts that define entities."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise NotReadable(FileProblem.TOO_LARGE)
        for part in parts:
            with package.open(part) as opened:
                if b"<!DOCTYPE" in opened.read(2048).replace(b"\0", b"").upper():
                    raise NotReadable(FileProblem.BROKEN_WORKBOOK)


def _text(value: object) -> str:
    """A cell's value as its text: 4, not 4.0; 2024-10-14, not midnight of it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case _:
            return str(value)[: LONGEST_CELL * 2]


def _rows_of_text(content: bytes) -> list[tuple[int, list[str]]]:
    text = _decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    filled = [line for line in lines[:200] if line.strip()]
    if not filled:
        return []
    # The separator that stands oftenest in the fullest line: titles above the table may have none.
    between = max(_SEPARATORS, key=lambda one: max(line.count(one) for line in filled))
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=between)
    rows, number = [], 1
    try:
        for cells in reader:
            rows.append((number, cells))
            number = reader.line_num + 1
            if len(rows) > MOST_LINES * 3:
                raise NotReadable(FileProblem.TOO_MANY_LINES)
    except csv.Error as error:
        raise NotReadable(FileProblem.NO_TEXT) from error
    return rows


def _decoded(content: bytes) -> str:
    """UTF-8 or UTF-16, else as Windows wrote it."""
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(ord(one) < 32 and one not in "\t\r\n\f" for one in text):
            return text
    raise NotReadable(FileProblem.NO_TEXT)
