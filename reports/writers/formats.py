"""The files that any report can be had as, besides its page and its PDF."""

from collections.abc import Callable
from dataclasses import dataclass

from reports.document import ReportDocument
from reports.writers.csv_file import write_csv
from reports.writers.excel import write_excel
from reports.writers.json_file import write_json
from reports.writers.word import write_word
from reports.writers.written import WrittenFile


@dataclass(frozen=True)
class Format:
    """`name`: what people call it. `write`: takes the report and the paper, "A4" or "letter"."""

    ending: str
    name: str
    write: Callable[[ReportDocument, str], WrittenFile]
    has_paper: bool


FORMATS = {
    one.ending: one
    for one in (
        Format("docx", "Word", write_word, has_paper=True),
        Format("xlsx", "Excel", write_excel, has_paper=True),
        Format("csv", "CSV", write_csv, has_paper=False),
        Format("json", "JSON", write_json, has_paper=False),
    )
}
