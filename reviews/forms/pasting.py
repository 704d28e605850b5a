"""A table pasted from a spreadsheet, or uploaded as CSV, before it is loaded into a worksheet."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.forms.worksheets import day_first
from reviews.models import WorksheetRow
from reviews.worksheets.columns import Column, SheetColumns
from reviews.worksheets.reading import MOST_CHARACTERS, ReadRow, ReadTable, key_of, read_table
from reviews.worksheets.words import cell_words, column_label, headings_of, problem_words

ADD, REPLACE = "add", "replace"
MOST_BYTES = 1024 * 1024
CELLS_IN_THE_SUMMARY = 10
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class PreviewCell:
    """`text`: as it was read, or as it came where it cannot be. `problem`: in words, empty where there is none."""

    id: str
    heading: str
    text: str
    problem: str


@dataclass(frozen=True)
class PreviewRow:
    line: int
    cells: tuple[PreviewCell, ...]

    @property
    def is_bad(self) -> bool:
        return any(cell.problem for cell in self.cells)


class PasteForm(forms.Form):
    """`sheet`: what the table goes into. `codes`: of the components that a cell may name."""

    text = forms.CharField(
        label=_("The table"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "class": "pasted"}),
    )
    upload = forms.FileField(label=_("Or a CSV file"), required=False, allow_empty_file=True)
    how = forms.ChoiceField(
        label=_("How to load it"),
        choices=[(ADD, _("Add it to what is there")), (REPLACE, _("Replace what is there"))],
        widget=forms.RadioSelect,
        initial=ADD,
    )
    state = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, sheet: SheetColumns, data=None, files=None, *, codes: Sequence[str] = ()):
        super().__init__(data, files)
        self.sheet, self.codes = sheet, codes
        self.fields["upload"].widget.attrs["accept"] = ".csv,.txt,text/csv,text/plain"

    def clean_upload(self) -> str | None:
        """The text of the file; None where none was sent."""
        upload = self.cleaned_data["upload"]
        if upload is None:
            return None
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large: at most 1 MB."))
        return text_of_file(upload.read())

    def clean(self):
        data = super().clean()
        if data.get("upload") is not None:
            data["text"] = data["upload"]
            # What was in the file stands in the box from here on, to be mended there.
            self.data = self.data.copy()
            self.data["text"] = data["upload"]
        if "text" in data and "upload" in data and not data["text"].strip():
            self.add_error("text", _("Paste a table, or choose a file."))
        elif len(data.get("text", "")) > MOST_CHARACTERS:
            self.add_error("text", _("This table is too large."))
        return data

    @property
    def replaces(self) -> bool:
        return self.cleaned_data["how"] == REPLACE

    @cached_property
    def table(self) -> ReadTable | None:
        """What was read; None while there is no table to read."""
        if not self.is_bound or not self.is_valid():
            return None
        return read_table(
            self.sheet,
            self.cleaned_data["text"],
            headings_of(self.sheet),
            codes=self.codes,
            day_first=day_first(),
        )

    def rows(self) -> list[dict[str, str]]:
        return [row.cells for row in self.table.rows]

    def repeated(self, stored: Iterable[WorksheetRow]) -> list[str]:
        """Names or numbers by which rows of the table are in the worksheet already, where it is added to that."""
        if self.replaces:
            return []
        there = {key_of(self.sheet, row.cells) for row in stored} - {None}
        return [
            ", ".join(row[code] for code in self.sheet.key)
            for row in self.rows()
            if key_of(self.sheet, row) in there
        ]

    @property
    def headings(self) -> list[str]:
        return [column_label(code) for code in self.shown_columns]

    @property
    def shown_columns(self) -> list[str]:
        """Columns found, and those whose lack is a problem of some row."""
        lacking = {code for row in self.table.rows for code in row.problems} - set(self.table.columns)
        return [*self.table.columns, *(one.code for one in self.sheet.columns if one.code in lacking)]

    @cached_property
    def preview(self) -> list[PreviewRow]:
        columns = [self.sheet.column(code) for code in self.shown_columns]
        return [
            PreviewRow(row.line, tuple(_cell(row, column) for column in columns)) for row in self.table.rows
        ]

    @property
    def first_bad_cells(self) -> list[tuple[PreviewRow, PreviewCell]]:
        """For the summary; all of them stand in the preview."""
        bad = ((row, cell) for row in self.preview for cell in row.cells if cell.problem)
        return list(islice(bad, CELLS_IN_THE_SUMMARY))

    @property
    def bad_rows(self) -> int:
        return len(self.table.bad)

    @property
    def table_problem(self) -> str:
        return problem_words(self.table.problem) if self.table.problem else ""


def _cell(row: ReadRow, column: Column) -> PreviewCell:
    problem = row.problems.get(column.code)
    return PreviewCell(
        id=f"line-{row.line}-{column.code}",
        heading=column_label(column.code),
        text=row.typed.get(column.code, "")
        if problem
        else cell_words(column, row.cells.get(column.code, "")),
        problem=problem_words(problem, column) if problem else "",
    )


def text_of_file(content: bytes) -> str:
    """A file's text: UTF-8, else as Windows wrote it. Raises `ValidationError` for what is no text."""
    if content.startswith(SPREADSHEETS):
        raise forms.ValidationError(
            _("This is a workbook. In the spreadsheet, choose “Save as” and then CSV.")
        )
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ("utf-16",) if is_utf16 else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(ord(one) < 32 and one not in "\t\r\n" for one in text):
            return text
    raise forms.ValidationError(
        _("This file is not a text file. Save the table as CSV and choose that file.")
    )


def template_csv(sheet: SheetColumns) -> bytes:
    """One line of headings, as a spreadsheet opens it in every language."""
    line = io.StringIO()
    csv.writer(line).writerow([column_label(column.code) for column in sheet.columns])
    return line.getvalue().encode("utf-8-sig")
