"""A report as HTML: the body that a web page shows, and the whole document that the PDF is made from."""

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from reports import words
from reports.density import density
from reports.document import ReportDocument, sha256, to_json
from reports.presentation import present
from reports.watermark import watermark
from reports.writers.texts import fit_for_xml


def page_body(document: ReportDocument) -> SafeString:
    """What a web page shows of a report, in the report's own language."""
    with words.in_language(document.language):
        context = {
            "report": present(fit_for_xml(document), frozen_as=sha256(to_json(document))),
            "on_screen": True,
            "sheet_has_words": True,
            "fonts": "Source Sans 3, sans-serif",
        }
        return render_to_string("reports/_parts/body.html", context)


def pdf_source(document: ReportDocument, *, frozen_as: str, families: Sequence[str], paper: str = "") -> str:
    """The document that the PDF is made from. `families`: fonts, the first for most of the text.

    `paper`: "A4" or "letter"; by the report's language if empty.
    """
    with words.in_language(document.language):
        report = present(document, frozen_as=frozen_as)
        paper = paper or words.paper(document.language)
        setting = density(report, paper)
        context = {
            "report": report,
            "on_screen": False,
            "paper": paper,
            "density": setting,
            "sheet_has_words": setting.sheet_has_words,
            "fonts": ", ".join(families),
            "watermark": watermark(report.page_mark, families[0]) if report.page_mark else "",
        }
        return render_to_string("reports/report_pdf.html", context)
