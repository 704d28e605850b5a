"""CSV and JSON: what programs read."""

import csv
import io
from dataclasses import replace

import pytest

from reports.assembly import Rated
from reports.document import from_json, sha256, to_json
from reports.sample import sample_document
from reports.writers.csv_file import write_csv
from reports.writers.json_file import write_json
from tests.reports.documents import CODES, report
from tests.reports.test_excel import FORMULAS

MANY_LINES = 'First "line", with a comma\nsecond line\r\nthird line'


def rows_of(document) -> list[dict[str, str]]:
    text = io.StringIO(write_csv(document).data.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, strict=True))


def test_csv_has_a_row_per_item_in_the_order_of_the_scale():
    document = sample_document()

    assert [row["code"] for row in rows_of(document)] == [item.code for item in document.items]


def test_csv_is_utf_8_with_its_mark_and_ends_lines_as_the_standard_says():
    data = write_csv(report(3)).data

    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == 1 + 25
    assert data.endswith(b"\r\n")


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_guards_what_a_spreadsheet_would_compute(text):
    (row, *_others) = rows_of(report(3, site=text, ratings={CODES[0]: Rated(score=3, evidence=text)}))

    assert (row["site"], row["evidence"]) == (f"'{text}", f"'{text}")


def test_csv_leaves_numbers_below_zero_numbers():
    rows = rows_of(report(3, before=dict.fromkeys(CODES, 5)))

    assert {row["change"] for row in rows} == {"-2"}


def test_csv_keeps_lines_quotes_and_commas_of_a_text():
    (row, *_others) = rows_of(report(3, ratings={CODES[0]: Rated(score=3, evidence=MANY_LINES)}))

    assert row["evidence"] == MANY_LINES


def test_an_item_not_rated_is_an_empty_cell_and_not_0():
    (row, *_others) = rows_of(report({CODES[0]: None}))

    assert (row["score"], row["gap"], row["total_unrated"]) == ("", "", "1")


def test_json_is_what_issuing_freezes_to_the_byte():
    document = sample_document()

    data = write_json(document).data

    assert data == to_json(document).encode()
    assert from_json(data.decode()) == document
    assert sha256(data) == sha256(to_json(document))


@pytest.mark.parametrize("write", [write_csv, write_json])
def test_the_name_of_a_file_tells_site_day_and_edition(write):
    document = sample_document()

    assert write(document).name.startswith(
        "fidelity-review-harbour-street-health-centre-2026-10-14-edition-1.0."
    )
    assert "-DRAFT." in write(replace(document, edition="")).name
