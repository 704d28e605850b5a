"""A pasted table of quarters: what is read, and what is wrong with which cell. Plain values, no database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.outcomes.reading import COLUMNS, Counted, Known, Problem, Quarter, read_quarter, read_table

HEADINGS = {"Quarter": "quarter", "People on the caseload": "on_caseload", "Job starts": "job_starts"} | {
    column: column for column in COLUMNS
}
KNOWN = Known(
    definitions={"Kept for 13 weeks": 7, "First day": 3}, current=7, stored={}, today=date(2026, 11, 23)
)


def read(text: str, known: Known = KNOWN):
    return read_table(text, HEADINGS, known)


def problems(text: str, known: Known = KNOWN) -> list[dict]:
    return [row.problems for row in read(text, known).rows]


@pytest.mark.parametrize(
    "text",
    [
        "2026 Q1",
        "Q1 2026",
        "2026-1",
        "1/2026",
        "2026Q1",
        "2026-Q1",
        "q1/2026",
        " 2026  Q1 ",
        "2026/01",
        "01.2026",
    ],
)
def test_a_quarter_is_read_however_it_is_written(text):
    assert read_quarter(text) == Quarter(2026, 1)


@pytest.mark.parametrize(
    "text", ["", "2026", "2026 Q5", "0/2026", "13/2026", "Spring 2026", "20261", "1899 Q1", "Q1 26"]
)
def test_what_is_no_quarter_is_not_guessed(text):
    assert read_quarter(text) is None


@pytest.mark.parametrize("between", ["\t", ",", ";"])
def test_a_table_is_read_with_and_without_headings(between):
    rows = [["2026 Q1", "40", "6", "14", "4"], ["2026 Q2", "41", "", "15", ""]]
    table = "\n".join(between.join(row) for row in rows)
    headed = between.join(["Quarter", *COLUMNS[1:5]]) + "\n" + table

    expected = {
        Quarter(2026, 1): Counted(40, 6, 14, 4, definition=7),
        Quarter(2026, 2): Counted(41, None, 15, None),
    }
    for text in (table, headed):
        assert {row.quarter: row.counted for row in read(text).rows} == expected
        assert read(text).is_loadable


def test_columns_come_in_any_order_under_headings_and_others_are_named():
    table = read("Job starts\tTeam\tQuarter\n6\tNorth\tQ1 2026\n")

    assert [row.counted.job_starts for row in table.rows] == [6]
    assert table.unknown == ("Team",)


def test_what_a_table_has_no_column_for_stays_as_it_is():
    before = Counted(on_caseload=40, job_starts=6, in_work=14, note="Vacancy")
    known = Known(definitions={}, current=None, stored={Quarter(2026, 1): before}, today=date(2026, 11, 23))

    (row,) = read("Quarter,Job starts\n2026 Q1,8\n", known).rows

    assert row.counted == Counted(on_caseload=40, job_starts=8, in_work=14, note="Vacancy")
    assert read("Quarter,Job starts,note\n2026 Q1,,\n", known).rows[0].counted.job_starts is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2026 Q5\t1", {"quarter": Problem.QUARTER}),
        ("\t1", {"quarter": Problem.NO_QUARTER}),
        ("2027 Q1\t1", {"quarter": Problem.NOT_OVER}),
        ("2026 Q4\t1", {"quarter": Problem.NOT_OVER}),
        ("9999 Q4\t1", {"quarter": Problem.NOT_OVER}),
        ("2026 Q1\ttwelve", {"on_caseload": Problem.WHOLE_NUMBER}),
        ("2026 Q1\t-3", {"on_caseload": Problem.WHOLE_NUMBER}),
        ("2026 Q1\t2.5", {"on_caseload": Problem.WHOLE_NUMBER}),
        ("2026 Q1\t99999999999999999999", {"on_caseload": Problem.TOO_LARGE}),
        ("2026 Q1\t", {"on_caseload": Problem.NO_NUMBER}),
        ("2026 Q1\t40\t3\t\t4", {"starts_by_definition": Problem.MORE_THAN_STARTS}),
        ("2026 Q1\t40\t3\t\t2\tHalf a year", {"definition": Problem.UNKNOWN_DEFINITION}),
        ("2026 Q1\t40\t3\t\t2\t\t" + "x" * 501, {"note": Problem.LONG_NOTE}),
        ("2026 Q1\t1\t1\t1\t1\t\t\tmore", {}),
    ],
)
def test_what_is_wrong_is_said_of_its_cell(line, expected):
    headings = "\t".join(COLUMNS)
    found = problems(f"{headings}\n{line}")[0]

    assert found == (expected or {"note": Problem.TOO_MANY_CELLS})


def test_starts_that_count_need_a_definition_and_keep_the_one_named():
    nothing = Known(definitions={}, current=None, stored={}, today=date(2026, 11, 23))
    line = "2026 Q1,40,3,,2"

    assert problems(line, nothing) == [{"starts_by_definition": Problem.NO_DEFINITION}]
    assert read(f"{line},first day").rows[0].counted.definition == 3
    assert read(line).rows[0].counted.definition == 7


def test_a_quarter_stands_once_in_a_table():
    assert problems("2026 Q1,4\nQ1 2026,5\n") == [{}, {"quarter": Problem.DUPLICATE}]


def test_a_table_without_a_column_of_quarters_is_not_read():
    assert read("People on the caseload\tJob starts\n40\t6\n").problem is Problem.NO_QUARTERS


def test_thousands_may_be_apart_and_not_known_has_many_names():
    counted = [row.counted for row in read("2026 Q1\t1 204\t-\t1,204\n2026 Q2\t3\tn/a\t?\n").rows]

    assert counted == [Counted(1204, None, 1204), Counted(3)]


@given(st.text(max_size=200) | st.lists(st.text("Q2026 1/-\t,;\n\"'", max_size=30)).map("\n".join))
def test_no_text_breaks_the_reading(text):
    table = read(text)

    assert table.problem or len(table.rows) >= len(table.bad)
