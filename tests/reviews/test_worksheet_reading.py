"""Worksheets as people type, paste and upload them: what is read, and what is said of what cannot be."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.worksheets.columns import SHEETS, Kind
from reviews.worksheets.reading import MOST_ROWS, Problem, key_of, read_row, read_table

SIX = tuple("abcdef")
CODES = {column.code: column.code for sheet in SHEETS.values() for column in sheet.columns}
HEADINGS = CODES | {"initials": "name", "whole-time equivalent": "fte"}


def specialist(**typed):
    return read_row(SHEETS["specialists"], {"name": "AK"} | typed, codes=SIX)


def table(text, sheet="specialists", **more):
    return read_table(SHEETS[sheet], text, HEADINGS, codes=SIX, **more)


def cells(read):
    return [row.cells for row in read.rows]


@pytest.mark.parametrize(
    ("column", "typed", "kept"),
    [
        ("fte", "1.0", "1"),
        ("fte", "0,6", "0.6"),
        ("fte", ".5", "0.5"),
        ("fte", "0,625", "0.625"),
        ("caseload", "12 ", "12"),
        ("caseload", "20.0", "20"),
        ("caseload", "0", "0"),
        ("employment_share", "98 %", "98"),
        ("employment_share", "97,5%", "97.5"),
        ("employment_share", "0", "0"),
        ("hours", "n/a", ""),
        ("tracking", "Weekly", "weekly"),
        ("tracking", "Less often", "less"),
        ("phases", "a-f", "a b c d e f"),
        ("phases", "ABCDEF", "a b c d e f"),
        ("phases", "c, a, b", "a b c"),
        ("phases", "a – c; f", "a b c f"),
        ("phases", "all", "a b c d e f"),
        ("phases", "none", "-"),
        ("phases", "", ""),
    ],
)
def test_a_cell_is_kept_in_one_form(column, typed, kept):
    row = specialist(**{column: typed})

    assert row.problems == {}
    assert row.cells.get(column, "") == kept
    assert row.typed[column] == typed


@pytest.mark.parametrize(
    ("column", "typed", "problem"),
    [
        ("name", " ", Problem.REQUIRED),
        ("name", "x" * 41, Problem.TOO_LONG),
        ("fte", "half", Problem.NOT_A_NUMBER),
        ("fte", "1e999", Problem.NOT_A_NUMBER),
        ("fte", "NaN", Problem.NOT_A_NUMBER),
        ("fte", "٣", Problem.NOT_A_NUMBER),
        ("fte", ",", Problem.NOT_A_NUMBER),
        ("fte", "9" * 500, Problem.NOT_A_NUMBER),
        ("fte", "2.1", Problem.TOO_LARGE),
        ("fte", "-0.5", Problem.NEGATIVE),
        ("hours", "81", Problem.TOO_LARGE),
        ("caseload", "1,234", Problem.NOT_A_NUMBER),
        ("caseload", "12.5", Problem.NOT_WHOLE),
        ("employment_share", "101", Problem.TOO_LARGE),
        ("employment_share", "0.98", Problem.A_FRACTION),
        ("employment_share", "1", Problem.A_FRACTION),
        ("tracking", "often", Problem.NOT_A_CHOICE),
        ("phases", "a-g", Problem.NOT_A_CODE),
        ("phases", "f-a", Problem.NOT_A_CODE),
        ("phases", ",", Problem.NOT_A_CODE),
    ],
)
def test_a_cell_that_cannot_be_kept_says_why(column, typed, problem):
    row = specialist(caseload="9") if column == "name" else specialist()
    row = read_row(SHEETS["specialists"], row.cells | {column: typed}, codes=SIX)

    assert row.problems == {column: problem}
    assert column not in row.cells
    assert row.typed[column] == typed


@pytest.mark.parametrize(
    ("sheet", "typed", "column", "problem"),
    [
        (
            "specialists",
            {"name": "AK", "hours": "20", "community_hours": "21"},
            "community_hours",
            "part-over-whole",
        ),
        (
            "specialists",
            {"name": "AK", "caseload": "9", "job_seekers": "10"},
            "job_seekers",
            "part-over-whole",
        ),
        ("records", {"record": "1", "contacts": "4", "fitting": "5"}, "fitting", "part-over-whole"),
        (
            "first-contacts",
            {"record": "1", "joined_on": "2026-02-01", "first_contact_on": "2026-01-31"},
            "first_contact_on",
            "date-order",
        ),
        (
            "first-contacts",
            {"record": "1", "joined_on": "2026-02-01", "first_contact_on": "2026-02-11", "days": "11"},
            "days",
            "two-answers",
        ),
    ],
)
def test_cells_of_a_row_that_contradict_each_other_are_told(sheet, typed, column, problem):
    assert read_row(SHEETS[sheet], typed).problems == {column: Problem(problem)}


def test_days_that_the_dates_give_too_are_kept():
    typed = {"record": "1", "joined_on": "2026-02-01", "first_contact_on": "2026-02-11", "days": "10"}

    assert read_row(SHEETS["first-contacts"], typed).problems == {}


@pytest.mark.parametrize(
    ("typed", "day_first", "kept"),
    [
        ("2026-10-14", True, "2026-10-14"),
        ("2026-10-14 00:00:00", True, "2026-10-14"),
        ("14/10/2026", True, "2026-10-14"),
        ("14.10.26", True, "2026-10-14"),
        ("10/14/2026", False, "2026-10-14"),
        ("3/4/2026", True, "2026-04-03"),
        ("3/4/2026", False, "2026-03-04"),
        ("14 Oct 2026", True, "2026-10-14"),
        ("14-Oct-26", True, "2026-10-14"),
        ("14th October, 2026", True, "2026-10-14"),
        ("Oct 14, 2026", True, "2026-10-14"),
        ("10/14/2026", True, None),
        ("31/02/2026", True, None),
        ("14 Foo 2026", True, None),
        ("14/10/0206", True, None),
        ("46309", True, None),
        ("soon", True, None),
    ],
)
def test_a_date_is_read_as_written_in_the_language_of_the_page(typed, day_first, kept):
    sheet = SHEETS["first-contacts"]
    row = read_row(sheet, {"record": "1", "joined_on": typed}, day_first=day_first)

    assert row.cells.get("joined_on") == kept
    assert row.problems == ({} if kept else {"joined_on": Problem.NOT_A_DATE})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("YES", "yes"), ("x", "yes"), ("1", "yes"), ("True", "yes"), ("N", "no"), ("0", "no"), ("-", None)],
)
def test_yes_and_no_are_read_however_they_are_written(typed, kept):
    assert read_row(SHEETS["records"], {"record": "1", "profile": typed}).cells.get("profile") == kept


def test_neither_yes_nor_no_is_told():
    row = read_row(SHEETS["records"], {"record": "1", "profile": "maybe"})

    assert row.problems == {"profile": Problem.NOT_YES_NO}


def test_marks_that_hide_what_a_text_says_are_taken_out():
    assert specialist(name=" A\u202eK\x00\tB ").cells["name"] == "AK B"


def test_a_row_of_empty_cells_is_blank_and_needs_nothing():
    row = read_row(SHEETS["specialists"], {"name": " ", "fte": ""})

    assert row.is_blank
    assert row.problems == {}


def test_columns_under_a_line_of_headings_stand_in_any_order():
    read = table("Caseload,Initials,Whole-time equivalent\n20,AK,1.0\n12,BS,0.6\n")

    assert read.columns == ("caseload", "name", "fte")
    assert cells(read) == [
        {"caseload": "20", "name": "AK", "fte": "1"},
        {"caseload": "12", "name": "BS", "fte": "0.6"},
    ]
    assert read.is_loadable


def test_columns_without_headings_stand_in_the_order_of_the_sheet():
    read = table("AK\t1.0\t37.5\t20\nBS\t0,6\t22,5\t12")

    assert cells(read)[1] == {"name": "BS", "fte": "0.6", "hours": "22.5", "caseload": "12"}


def test_what_stands_under_an_unknown_heading_is_not_read():
    read = table("Initials;Phone;FTE;Initials\nAK;0151 1;0,5;Anna")

    assert read.unknown == ("Phone", "Initials")
    assert cells(read) == [{"name": "AK", "fte": "0.5"}]


def test_a_file_as_a_spreadsheet_writes_it_is_read():
    read = table('\ufefftitle,employer,still_held\r\n"Cook, part-time","The ""Big"" Pan",yes\r\n\r\n', "jobs")

    assert cells(read) == [{"title": "Cook, part-time", "employer": 'The "Big" Pan', "still_held": "yes"}]


def test_a_title_that_begins_with_a_quotation_mark_is_pasted_as_it_is():
    read = table('"Big" cook\tPan\nPorter\tPan', "jobs")

    assert [row["title"] for row in cells(read)] == ['"Big" cook', "Porter"]


def test_a_quotation_mark_that_never_closes_swallows_no_rows():
    read = table('Cook,"Pan\nPorter,Pan', "jobs")

    assert read.problem is Problem.UNREADABLE
    assert not read.is_loadable


def test_a_bad_row_names_its_line_and_keeps_the_table_from_being_loaded():
    read = table("name,fte\n\nAK,1\nBS,half\n")

    assert [(row.line, row.problems) for row in read.bad] == [(4, {"fte": Problem.NOT_A_NUMBER})]
    assert not read.is_loadable


def test_lines_are_counted_over_cells_of_several_lines():
    read = table('record,note\n1,"first\nsecond"\nx,\n', "records")

    assert cells(read)[0]["note"] == "first second"
    assert [row.line for row in read.bad] == [4]


@pytest.mark.parametrize(
    ("sheet", "text", "column"),
    [
        ("specialists", "AK\nBS\nak\n", "name"),
        ("records", "7,1,1\n7,2,2\n", "record"),
        ("first-contacts", "07,,,3\n7,,,4\n", "record"),
        ("teams", "AK,North,3\nAK,South,4\nak,north,5\n", "team"),
    ],
)
def test_the_later_of_two_equal_rows_is_a_duplicate(sheet, text, column):
    read = table(text, sheet)

    assert [row.problems for row in read.bad] == [{column: Problem.DUPLICATE}]
    assert read.bad[0] is read.rows[-1]


def test_two_starts_in_the_same_job_are_two_rows():
    assert table("Cook,Pan\nCook,Pan\n", "jobs").is_loadable


def test_a_row_with_more_cells_than_columns_is_told():
    read = table("name,fte\nSmith, A,1\n")

    assert read.bad[0].problems == {"fte": Problem.TOO_MANY_CELLS}
    assert read.bad[0].typed["fte"] == " A | 1"


def test_a_table_of_500_rows_is_read_and_a_longer_one_is_not():
    rows = [f"{number},,,3\n" for number in range(1, MOST_ROWS + 2)]

    assert table("".join(rows[:-1]), "first-contacts").is_loadable
    longer = table("".join(rows), "first-contacts")
    assert (longer.problem, len(longer.rows)) == (Problem.TOO_MANY, MOST_ROWS)
    assert table("x" * 1_000_001).problem is Problem.TOO_MANY


@pytest.mark.parametrize("text", ["", "\n\n", " \t \n", "name,fte\n", "Phone,name\n0151,\n"])
def test_a_table_without_rows_cannot_be_loaded(text):
    read = table(text)

    assert read.rows == ()
    assert not read.is_loadable


def test_a_row_without_its_key_is_not_compared():
    assert key_of(SHEETS["teams"], {"specialist": "AK"}) is None
    assert key_of(SHEETS["teams"], {"specialist": "AK", "team": "North"}) == ("ak", "north")


HOSTILE = st.one_of(
    st.text(),
    st.sampled_from(
        ["1e999", "NaN", "-inf", "\x00", "\u202e12", "٣", "0/0/0000", "99999-1-1", "a-", "-", "=1+1", '"']
    ),
)


@given(
    sheet=st.sampled_from(sorted(SHEETS)),
    typed=st.dictionaries(st.sampled_from(sorted(CODES)), HOSTILE),
    codes=st.sampled_from([SIX, (), ("a-b", "aa")]),
    day_first=st.booleans(),
)
def test_no_row_raises_and_what_is_kept_is_read_the_same_again(sheet, typed, codes, day_first):
    row = read_row(SHEETS[sheet], typed, codes=codes, day_first=day_first)

    again = read_row(SHEETS[sheet], row.cells, codes=codes, day_first=not day_first)
    assert again.cells == row.cells
    assert all(value and "\x00" not in value for value in row.cells.values())


@given(
    sheet=st.sampled_from(sorted(SHEETS)),
    text=st.text(st.sampled_from('"\t,;\n\r\x00 ab1\ufeff\u2028-%./')) | st.text(),
)
def test_no_table_raises(sheet, text):
    read = read_table(SHEETS[sheet], text, HEADINGS, codes=SIX)

    assert len(read.bad) <= len(read.rows) <= MOST_ROWS


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(categories=["L", "P", "S"]), min_size=1, max_size=30),
            st.integers(0, 9).map(str),
        ),
        min_size=1,
        max_size=8,
        unique_by=lambda row: row[0].casefold(),
    ),
    st.sampled_from(",;\t"),
)
def test_what_a_spreadsheet_writes_comes_back(rows, delimiter):
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows([("name", "caseload"), *rows])

    assert [(row.get("name"), row["caseload"]) for row in cells(table(file.getvalue()))] == rows


def test_every_column_of_every_sheet_can_be_left_empty_unless_it_is_needed():
    for sheet in SHEETS.values():
        example = {Kind.TEXT: "x", Kind.WHOLE: "3"}
        needed = {column.code: example[column.kind] for column in sheet.columns if column.required}
        assert read_row(sheet, needed).problems == {}
