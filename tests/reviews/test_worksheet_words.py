"""Every sheet, column, choice and problem has its words, and a table under those words is read back."""

import pytest

from reviews.worksheets.columns import SHEETS, Kind
from reviews.worksheets.reading import Problem, read_table
from reviews.worksheets.words import (
    cell_words,
    choice_label,
    column_help,
    column_label,
    headings_of,
    problem_words,
    sheet_help,
)

COLUMNS = [(sheet, column) for sheet in SHEETS.values() for column in sheet.columns]


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_a_line_of_labels_is_read_as_headings(sheet):
    labels = [column_label(column.code) for column in sheet.columns]

    read = read_table(sheet, "\t".join(reversed(labels)), headings_of(sheet))

    assert read.columns == tuple(column.code for column in reversed(sheet.columns))
    assert read.unknown == ()
    assert sheet_help(sheet.code)


@pytest.mark.parametrize(("sheet", "column"), COLUMNS)
def test_every_problem_of_every_column_has_words(sheet, column):
    words = {problem_words(problem, column) for problem in Problem}

    assert all(words)
    assert "This cell cannot be read." not in {problem_words(problem, column) for problem in _told(column)}
    assert isinstance(column_help(column.code), str)


def _told(column) -> set[Problem]:
    """Problems that this kind of column can have."""
    return (
        set(Problem)
        - (set() if column.choices else {Problem.NOT_A_CHOICE})
        - (set() if column.most or column.kind is Kind.PERCENT else {Problem.TOO_LARGE})
    )


@pytest.mark.parametrize(
    ("sheet", "code", "value", "words"),
    [
        ("specialists", "fte", "0.6", "0.6"),
        ("specialists", "phases", "a b c", "a, b, c"),
        ("specialists", "phases", "-", "None"),
        ("specialists", "tracking", "less", "Less often"),
        ("specialists", "fte", "half", "half"),
        ("jobs", "still_held", "no", "No"),
        ("jobs", "started_on", "soon", "soon"),
        ("records", "record", "1200", "1200"),
        ("records", "note", "", ""),
    ],
)
def test_a_cell_is_shown_as_a_reader_says_it(sheet, code, value, words):
    assert cell_words(SHEETS[sheet].column(code), value) == words


def test_a_choice_is_read_back_from_its_label():
    sheet = SHEETS["specialists"]
    column = sheet.column("tracking")
    lines = "\n".join(f"S{place}\t{choice_label(choice)}" for place, choice in enumerate(column.choices))

    read = read_table(sheet, f"name\ttracking\n{lines}", headings_of(sheet))

    assert [row.cells["tracking"] for row in read.rows] == list(column.choices)
