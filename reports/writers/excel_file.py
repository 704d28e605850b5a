"""A workbook sheet by sheet: typed cells, text that stays text, formulas with their results. `excel` fills it."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime

from lxml import etree
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.writers.package import repacked
from reports.writers.texts import looks_like_a_formula, pieces

PAPERS = {"A4": Worksheet.PAPERSIZE_A4, "letter": Worksheet.PAPERSIZE_LETTER}
FONT = "Calibri"
NAVY, MARK, SHADE, LINE = "FF16324A", "FFA34F00", "FFE6ECF1", "FFB8C2CB"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# The foot of a printed page takes "&" for a code and holds 255 signs; every one of these may be an ampersand, doubled.
LONGEST_START, LONGEST_END = 80, 40

Value = str | int | None


class Sheet:
    """One sheet, written from the top; `row` is the last that was written."""

    def __init__(self, worksheet: Worksheet, widths: Sequence[int]) -> None:
        self.worksheet = worksheet
        self.row = 0
        self.results: dict[str, int] = {}
        for column, width in enumerate(widths, 1):
            worksheet.column_dimensions[get_column_letter(column)].width = width

    def write(
        self, *values: Value, strong: bool = False, lined: bool = False, size: int = 11, mark: bool = False
    ) -> int:
        """A row; its number. A text too long for a cell runs on in the rows below, under the same heading."""
        parts = [list(pieces(value)) or [""] if isinstance(value, str) else [value] for value in values]
        first = self.row + 1
        for place in range(max(map(len, parts), default=1)):
            self.row += 1
            for column, part in enumerate(parts, 1):
                value = part[place] if place < len(part) else None
                cell = self.worksheet.cell(self.row, column)
                self._set(cell, value)
                cell.font = Font(
                    name=FONT, size=size, bold=strong, color=MARK if mark else NAVY if strong else None
                )
                cell.alignment = Alignment(vertical="top", wrap_text=lined)
                if lined:
                    cell.border = Border(bottom=Side("thin", LINE))
                    if strong:
                        cell.fill = PatternFill("solid", fgColor=SHADE)
        return first

    def plain(self, values: Sequence[Value]) -> None:
        """A row without looks, for sheets of very many; texts stay texts."""
        self.row += 1
        for column, value in enumerate(values, 1):
            self._set(self.worksheet.cell(self.row, column), value)

    def head(self, *names: str) -> int:
        """The row of headings: it stays in sight, and stands again on every printed page."""
        row = self.write(*names, strong=True, lined=True)
        self.worksheet.freeze_panes = f"A{row + 1}"
        self.worksheet.print_title_rows = f"{row}:{row}"
        return row

    def formula(self, row: int, column: int, formula: str, result: int) -> None:
        """`result`: what it comes to, for readers that do not compute."""
        cell = self.worksheet.cell(row, column)
        cell.value = f"={formula}"
        self.results[cell.coordinate] = result

    def centre(self, row: int, columns: Sequence[int]) -> None:
        for column in columns:
            self.worksheet.cell(row, column).alignment = Alignment(horizontal="center", vertical="top")

    @staticmethod
    def _set(cell, value: Value) -> None:
        """Numbers as numbers. Texts as texts, also "=1+1" and "#N/A"; the mark of a quoted text keeps them so."""
        cell.value = value or None if isinstance(value, str) else value
        if isinstance(value, str) and value:
            cell.data_type = "s"
            cell.quotePrefix = looks_like_a_formula(value)


class ExcelFile:
    def __init__(
        self, *, title: str, author: str, language: str, made_at: datetime, running: str, paper: str
    ) -> None:
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.active)
        self.running, self.paper = running, PAPERS[paper]
        self.sheets: list[Sheet] = []
        properties = self.workbook.properties
        properties.title, properties.creator, properties.lastModifiedBy = title, author, author
        properties.language = language
        self.made_at = made_at.astimezone(UTC)
        properties.created = self.made_at.replace(tzinfo=None, microsecond=0)

    def sheet(self, name: str, widths: Sequence[int], *, landscape: bool = True) -> Sheet:
        worksheet = self.workbook.create_sheet(name)
        worksheet.page_setup.paperSize = self.paper
        worksheet.page_setup.orientation = "landscape" if landscape else "portrait"
        worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = 1, 0
        worksheet.sheet_properties.pageSetUpPr.fitToPage = True
        worksheet.oddFooter.left.text = _foot(self.running)
        worksheet.oddFooter.right.text = "&P / &N"
        made = Sheet(worksheet, widths)
        self.sheets.append(made)
        return made

    def data(self) -> bytes:
        target = io.BytesIO()
        self.workbook.save(target)
        changes = {
            f"xl/worksheets/sheet{number}.xml": lambda part, sheet=sheet: _with_results(part, sheet.results)
            for number, sheet in enumerate(self.sheets, 1)
            if sheet.results
        }
        return repacked(target.getvalue(), changes | {"docProps/core.xml": self._made_then})

    def _made_then(self, part: bytes) -> bytes:
        """The day of the report in the place of the moment of writing."""
        root = etree.fromstring(part)
        for element in root.iter("{*}modified"):
            element.text = self.made_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        return _as_bytes(root)


def _foot(running: str) -> str:
    """The beginning and the end, where the edition stands, of what would be too long."""
    if len(running) > LONGEST_START + LONGEST_END:
        running = f"{running[:LONGEST_START]}…{running[-LONGEST_END:]}"
    return running.replace("&", "&&")


def _with_results(part: bytes, results: dict[str, int]) -> bytes:
    """A sheet whose formulas have what they come to beside them."""
    root = etree.fromstring(part)
    for cell in root.iter(f"{MAIN}c"):
        if cell.get("r") in results:
            cell.find(f"{MAIN}v").text = str(results[cell.get("r")])
    return _as_bytes(root)


def _as_bytes(root) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
