"""The classic score sheet of one review becomes a table of one row; a table of many is left as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.importing.columns import find_heads
from reviews.importing.score_sheet import turned
from reviews.importing.tables import Line
from tests.factories.scales import shipped_scale

SPEC = shipped_scale()


def lines(*rows: list[str]) -> list[Line]:
    width = max(map(len, rows))
    return [Line(number, (*row, *[""] * (width - len(row)))) for number, row in enumerate(rows, 1)]


def sheet(*above: list[str], scores=lambda item: [str(item.number % 5 + 1)], below=()) -> list[Line]:
    items = [[f"{item.number}.", item.title, *scores(item)] for item in SPEC.items]
    return lines(*above, *items, *below)


def row_of(sheet_lines) -> dict[str, str]:
    heads = find_heads(turned(sheet_lines, SPEC), SPEC)
    assert len(heads.lines) == 1
    assert "" not in heads.mapping
    return dict(zip(heads.mapping, heads.lines[0].cells, strict=True))


@pytest.mark.parametrize("colon", [True, False])
def test_a_sheet_of_one_review_is_turned_with_what_stands_above_and_below(colon):
    site = ["Site: Quayside Surgery"] if colon else ["Site", "Quayside Surgery"]

    row = row_of(
        sheet(["IPS fidelity"], site, ["Date of visit", "", "2024-03-14"], below=[["Total", "", "75"]])
    )

    assert (row["site"], row["starts"], row["total"]) == ("Quayside Surgery", "2024-03-14", "75")
    assert {row[f"item:{item.code}"] == str(item.number % 5 + 1) for item in SPEC.items} == {True}


def test_of_several_columns_of_scores_the_agreed_one_is_taken_else_the_last():
    def three(item):
        return ["1", "2", "3"]

    named = row_of(sheet(["", "Item", "Consensus", "Rater A", "Rater B"], scores=three))
    unnamed = row_of(sheet(["", "Item", "A", "B", "C"], scores=three))

    assert {named[f"item:{item.code}"] for item in SPEC.items} == {"1"}
    assert {unnamed[f"item:{item.code}"] for item in SPEC.items} == {"3"}


def test_a_cell_that_is_no_score_comes_along_to_be_told_of():
    row = row_of(sheet(scores=lambda item: ["9" if item.number == 2 else "4"]))

    assert row[f"item:{SPEC.items[1].code}"] == "9"
    assert (row["site"], row["starts"]) == ("", "")


def test_a_table_of_many_reviews_is_left_as_it_is():
    heads = ["No", "Site", *(str(item.number) for item in SPEC.items)]
    rows = [[str(number), "A", *["3"] * len(SPEC.items)] for number in range(1, 30)]

    assert turned(lines(heads, *rows), SPEC) is None
    assert turned(lines(["Site", "Day", "1", "2"], ["A", "2024", "4", "5"]), SPEC) is None
    assert turned((), SPEC) is None


CELL = st.sampled_from(["", "1", "2.", "3 x", "Site", "Site:", "Date: 1", "Total", "5", "99", ":"]) | st.text(
    max_size=6
)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=40))
def test_no_lines_crash_it(rows):
    found = turned(lines(*rows) if rows else (), SPEC)

    assert found is None or len(found[0].cells) == len(found[1].cells)
