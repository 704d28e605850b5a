"""The PDF of a corrected edition and of a withdrawn one: page 1 stays one page, and it conforms to PDF/UA."""

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from reports.edition_lines import ChangeLine, WithdrawnLine
from reports.pdf import write_pdf
from reports.sample import sample_document
from tests.reports.documents import LONG_TEXT
from tests.reports.test_pdf import failures


def corrected():
    before = sample_document()
    changes = tuple(
        ChangeLine(item.number, item.short_title, field, LONG_TEXT, "Now")
        for item in before.items
        for field in ("score", "evidence")
    )
    named = {"edition": "1.1", "corrects": "1.0", "corrects_made_at": before.made_at}
    return replace(before, **named, correction_reason=LONG_TEXT, changes=changes)


def withdrawn():
    line = WithdrawnLine(date(2026, 12, 1), "Rosa Beaumont", LONG_TEXT)
    return replace(sample_document(), withdrawn=line)


@pytest.mark.parametrize("document", [corrected, withdrawn])
def test_page_1_is_one_page_and_the_file_conforms_to_pdf_ua(document):
    data = write_pdf(document())

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    assert "Where the gaps are" in pages[1]
    assert failures(data) == []


def test_a_withdrawn_edition_says_so_at_the_foot_of_every_page_and_one_that_holds_on_none():
    feet = [
        ["WITHDRAWN on 1 December 2026" in " ".join(page.extract_text().split()) for page in reader.pages]
        for reader in (PdfReader(io.BytesIO(write_pdf(one))) for one in (withdrawn(), corrected()))
    ]

    assert (set(feet[0]), set(feet[1])) == ({True}, {False})
