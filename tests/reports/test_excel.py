"""The workbook: typed cells, formulas that come to the right sum, text that stays text, print set-up."""

import io
import re

import pytest
from openpyxl import load_workbook

from reports.assembly import Rated
from reports.sample import sample_document
from reports.writers.excel import write_excel
from reports.writers.texts import LONGEST_IN_A_CELL
from tests.reports.documents import CODES, report

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")', " =1+1", "\t=1", "\n=2", "＝1+1"]
NO_FORMULAS = ["#N/A", "TRUE", "12", "3.5", "2026-10-14", "'quoted", "a = b"]


def workbook(document, paper="", **options):
    return load_workbook(io.BytesIO(write_excel(document, paper).data), **options)


def value_of(sheet, coordinate: str) -> int:
    """What a cell comes to, reckoned again from the formulas: sums of a range, sums and products of cells."""
    value = sheet[coordinate].value
    if not (isinstance(value, str) and value.startswith("=")):
        return value if isinstance(value, int) else 0
    if spread := re.fullmatch(r"=SUM\((\w+:\w+)\)", value):
        return sum(value_of(sheet, cell.coordinate) for (cell,) in sheet[spread[1]])
    terms = [
        re.fullmatch(r"([A-Z]+[0-9]+)(?:\*([0-9]+))?", term) for term in value.removeprefix("=").split("+")
    ]
    return sum(value_of(sheet, term[1]) * int(term[2] or 1) for term in terms)


def formulas(book) -> list[tuple[str, str]]:
    return [
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


@pytest.mark.parametrize(
    "document",
    [sample_document(), report({CODES[0]: None, CODES[9]: None, CODES[3]: 2})],
    ids=["rated", "in part"],
)
def test_every_formula_comes_to_what_is_kept_beside_it(document):
    book, kept = workbook(document), workbook(document, data_only=True)
    found = formulas(book)

    assert len(found) >= 2 * len(document.sections) + 2 + 6
    for sheet, cell in found:
        assert value_of(book[sheet], cell) == kept[sheet][cell].value, (sheet, cell)


def test_a_total_with_items_unrated_shows_what_it_can_become():
    document = report({CODES[0]: None, CODES[9]: None}, setting="community-forensic")
    sheet = workbook(document, data_only=True)["Score sheet"]
    named = {row[2]: row[-2] for row in sheet.iter_rows(values_only=True) if row[2]}

    assert named["Items not rated"] == 2
    assert named["Lowest the total can become"] == document.total.can_become.lowest
    assert named["Highest the total can become"] == document.total.can_become.highest


def test_scores_are_numbers_and_dates_and_names_are_texts():
    sheet = workbook(sample_document())["Score sheet"]
    items = [row for row in sheet.iter_rows() if isinstance(row[1].value, int)]

    assert len(items) == 25
    assert {cell.data_type for row in items for cell in (row[0], row[1], row[-1], row[-2])} == {"n"}
    assert {row[2].data_type for row in items} == {"s"}


@pytest.mark.parametrize("text", FORMULAS + NO_FORMULAS)
def test_what_looks_like_something_else_stays_the_text_it_is(text):
    document = report(3, site=text, ratings={CODES[0]: Rated(score=3, evidence=text, recommendation=text)})
    book = workbook(document)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == text]

    assert len(cells) >= 3
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.quotePrefix for cell in cells} == {text in FORMULAS}


def test_a_text_too_long_for_a_cell_runs_on_below():
    text = "word and " * 5000

    sheet = workbook(report(3, ratings={CODES[0]: Rated(score=3, evidence=text)}))["Evidence"]
    found = [row[3] for row in sheet.iter_rows(min_row=2, values_only=True)]

    assert "".join(found) == text
    assert max(map(len, found)) <= LONGEST_IN_A_CELL


def test_there_is_no_sheet_of_evidence_without_evidence():
    assert workbook(report(3)).sheetnames == [
        "Score sheet",
        "Gaps",
        "Item by item",
        "Agreement",
        "Reply",
        "Action plan",
        "About",
    ]
    assert "Evidence" in workbook(sample_document()).sheetnames


@pytest.mark.parametrize(
    ("wording", "asked", "paper"), [("uk", "", "9"), ("us", "", "1"), ("uk", "letter", "1")]
)
def test_paper_follows_the_wording_or_the_wish(wording, asked, paper):
    assert {sheet.page_setup.paperSize for sheet in workbook(sample_document(wording=wording), asked)} == {
        int(paper)
    }


def test_the_head_of_a_table_stays_in_sight_and_is_printed_on_every_page():
    book = workbook(sample_document())

    for name in ("Score sheet", "Gaps", "Item by item", "Evidence"):
        sheet = book[name]
        head = int(re.search(r"\d+", sheet.freeze_panes)[0]) - 1
        assert sheet.print_title_rows == f"${head}:${head}"
        assert sheet.page_setup.fitToWidth == 1
        assert "edition 1.0" in sheet.oddFooter.left.text


def test_a_very_long_name_leaves_the_foot_of_a_page_within_what_it_holds():
    sheet = workbook(report(3, site="A & B " * 40))["Gaps"]

    assert "edition 1.0" in sheet.oddFooter.left.text
    assert len(str(sheet.oddFooter)) <= 255


def test_the_chosen_point_is_crossed_as_on_the_form():
    sheet = workbook(sample_document())["Score sheet"]
    rows = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[1], int)]

    assert [row[5:10].index("✕") + 1 for row in rows] == [row[10] for row in rows]


def test_the_same_report_gives_the_same_bytes(monkeypatch):
    first = write_excel(sample_document()).data
    monkeypatch.setattr("openpyxl.writer.excel.datetime.datetime", _Later)

    assert write_excel(sample_document()).data == first


class _Later(__import__("datetime").datetime):
    """A day after any other."""

    @classmethod
    def now(cls, tz=None):
        return cls(2031, 1, 2, tzinfo=tz)
