"""Empty tables to fill in: one row per review, a column per item; as a workbook and as a CSV file."""

import csv
import io

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from reviews.importing.columns import ITEM, targets
from reviews.importing.words import FIELD_HELP, FIELDS, column_words
from scales.models import ScaleVersion
from scales.spec import ScaleSpec

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
NAVY, SHADE = "FF16324A", "FFE6ECF1"


def headings(spec: ScaleSpec) -> list[str]:
    return [column_words(code, spec) for code in targets(spec)]


def as_csv(version: ScaleVersion) -> bytes:
    """One line of headings, as a spreadsheet opens it in every language."""
    line = io.StringIO()
    csv.writer(line).writerow(headings(version.to_spec()))
    return line.getvalue().encode("utf-8-sig")


def as_workbook(version: ScaleVersion) -> bytes:
    """The table on its first sheet, what goes into each column on the second."""
    spec = version.to_spec()
    workbook = Workbook()
    table, notes = workbook.active, workbook.create_sheet(_("How to fill in"))
    table.title = _("Past reviews")
    for place, (code, heading) in enumerate(zip(targets(spec), headings(spec), strict=True), 1):
        cell = table.cell(1, place, heading)
        cell.font, cell.fill = Font(bold=True, color=NAVY), PatternFill("solid", fgColor=SHADE)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        table.column_dimensions[get_column_letter(place)].width = 13 if code.startswith(ITEM) else 20
    table.freeze_panes = "B2"
    rows = [(FIELDS[field], text) for field, text in FIELD_HELP.items()]
    rows.append((_("Each item"), _scores_in_words(spec)))
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 24, 90
    notes.append([_("Column"), _("What goes into it")])
    for name, text in rows:
        notes.append([str(name), str(text)])
    for cells in notes.iter_rows():
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=cell.row == 1, color=NAVY if cell.row == 1 else None)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _scores_in_words(spec: ScaleSpec) -> str:
    return _(
        "The agreed score, a whole number from %(minimum)s to %(maximum)s. Leave it empty where unrated."
    ) % {
        "minimum": spec.minimum,
        "maximum": spec.maximum,
    }
