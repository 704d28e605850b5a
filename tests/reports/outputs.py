"""The outputs of one report, read back: what each says, however it is laid out."""

import csv
import html
import io
import json
import re
import unicodedata
from functools import cached_property

from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from reports.document import ReportDocument
from reports.html import page_body
from reports.pdf import write_pdf
from reports.writers.csv_file import GUARD, write_csv
from reports.writers.excel import write_excel
from reports.writers.json_file import write_json
from reports.writers.texts import looks_like_a_formula
from reports.writers.word import write_word


def squeezed(text: str) -> str:
    """Without white space and in one Unicode form: lines are broken differently everywhere."""
    return "".join(unicodedata.normalize("NFC", text).split())


class Outputs:
    def __init__(self, document: ReportDocument) -> None:
        self.document = document

    @cached_property
    def word(self):
        return Document(io.BytesIO(write_word(self.document).data))

    @cached_property
    def workbook(self):
        return load_workbook(io.BytesIO(write_excel(self.document).data))

    @cached_property
    def computed(self):
        """The workbook with what its formulas come to."""
        return load_workbook(io.BytesIO(write_excel(self.document).data), data_only=True)

    @cached_property
    def rows(self) -> list[dict[str, str]]:
        """Of the CSV file, without the guard in front of what looks like a formula."""
        text = io.StringIO(write_csv(self.document).data.decode("utf-8-sig"), newline="")
        return [{name: unguarded(value) for name, value in row.items()} for row in csv.DictReader(text)]

    @cached_property
    def data(self) -> dict:
        return json.loads(write_json(self.document).data)

    # What each says

    def texts(self) -> dict[str, str]:
        """All words of every output, by its name."""
        pdf = PdfReader(io.BytesIO(write_pdf(self.document)))
        said = {
            "page": html.unescape(re.sub(r"<[^>]+>", " ", page_body(self.document))),
            "PDF": "".join(one.extract_text() for one in pdf.pages),
            "Word": word_text(self.word),
            "Excel": "".join(
                str(value)
                for sheet in self.workbook
                for row in sheet.iter_rows(values_only=True)
                for value in row
                if value is not None
            ),
            "CSV": "".join(value for row in self.rows for value in row.values()),
            "JSON": json.dumps(self.data, ensure_ascii=False).replace("\\n", "\n").replace('\\"', '"'),
        }
        return {name: squeezed(text) for name, text in said.items()}

    def scores(self) -> dict[str, list[int | None]]:
        """Score of each item in the order of the scale, by the name of the output."""
        sheet_of_word = next(one for one in self.word.tables if one.rows[0].cells[-1].text == "Score")
        found = [row.cells for row in sheet_of_word.rows[1:]]
        items = [item for section in self.data["sections"] for item in section["items"]]
        return {
            "Word": [as_score(cells[-1].text) for cells in found if "(" in cells[0].text],
            "Excel": [row["Score"] for row in self.score_sheet() if row["Item"]],
            "Excel, gaps": [
                score if isinstance(score := row[3].value, int) else None
                for row in self.workbook["Gaps"].iter_rows()
                if isinstance(row[0].value, int)
            ],
            "CSV": [as_score(row["score"]) for row in self.rows],
            "JSON": [item["score"] for item in items],
        }

    def score_sheet(self) -> list[dict]:
        """Rows of the workbook's score sheet below its head; words in the place of a score are none."""
        rows = [list(row) for row in self.computed["Score sheet"].iter_rows(values_only=True)]
        head = next(place for place, row in enumerate(rows) if row[0] == "No.")
        found = [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1 :]]
        return [row | {"Score": row["Score"] if isinstance(row["Score"], int) else None} for row in found]


def word_text(document) -> str:
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    headers = (one.text for section in document.sections for one in section.header.paragraphs)
    return "\n".join([*(one.text for one in document.paragraphs), *cells, *headers])


def unguarded(value: str) -> str:
    return value[1:] if value.startswith(GUARD) and looks_like_a_formula(value[1:]) else value


def as_score(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
