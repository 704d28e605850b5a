"""A report as JSON: the very data that issuing freezes, whose SHA-256 the report names. See docs/report-json.md."""

from reports.document import ReportDocument, to_json
from reports.file_names import file_name
from reports.writers.written import WrittenFile

MEDIA_TYPE = "application/json"


def write_json(document: ReportDocument, paper: str = "") -> WrittenFile:
    return WrittenFile(file_name(document, "json"), MEDIA_TYPE, to_json(document).encode())
