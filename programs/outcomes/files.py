"""Quarters as a CSV file, to download and to paste back; and the text of a file that someone sends."""

import csv
import io
from collections.abc import Iterable

from django.utils.translation import gettext as _

from programs.models import QuarterlyOutcome
from programs.outcomes.reading import COLUMNS, NUMBERS, guarded
from programs.outcomes.words import HEADINGS

MOST_BYTES = 1024 * 1024
SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class NotText(ValueError):
    """The file is no text; says what to do."""


def quarters_csv(rows: Iterable[QuarterlyOutcome]) -> bytes:
    """Oldest first; an empty cell is not known. Spreadsheets know the encoding by its mark."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([HEADINGS[column] for column in COLUMNS])
    for row in rows:
        numbers = [getattr(row, name) for name in NUMBERS]
        words = str(row.definition) if row.definition else ""
        writer.writerow([row.label, *numbers, guarded(words), guarded(row.note)])
    return target.getvalue().encode("utf-8-sig")


def text_of_file(content: bytes) -> str:
    """UTF-8, else as Windows wrote it. Raises `NotText`."""
    if content.startswith(SPREADSHEETS):
        raise NotText(_("This is a workbook. In the spreadsheet, choose “Save as” and then CSV."))
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_utf16 else ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(ord(one) < 32 and one not in "\t\r\n" for one in text):
            return text
    raise NotText(_("This file is not a text file. Save the table as CSV and choose that file."))
