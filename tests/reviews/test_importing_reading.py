"""Old score sheets by their headings and rows, as plain values; invented cells never crash, nor half pass."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.importing.columns import Field, find_heads, item_targets, problems_of, targets
from reviews.importing.reading import Problem, Words, is_ambiguous, is_day_first, read_row, repeated
from reviews.importing.tables import Line
from tests.factories.scales import shipped_scale

SPEC = shipped_scale()
ITEMS = item_targets(SPEC)
HEADS = ["site", "starts", "ends", "kind", "independence", *ITEMS, "total"]
TODAY = date(2026, 11, 23)
WORDS = Words(
    kinds={"baseline": "baseline", "selfassessment": "self"},
    labels={"independent": "independent", "selfassessment": "self-assessment"},
    labels_of_kinds={"self": "self-assessment"},
    not_stated="not stated",
)


def row(scores=3, *, day_first=True, usual_kind="", **texts):
    """Every item scored alike, unless `scores` names what stands in the first cells."""
    given_scores = [str(scores)] * len(ITEMS) if isinstance(scores, int) else [*scores, *["3"] * len(ITEMS)]
    cells = {"site": "A", "starts": "2024-10-14", "kind": "Baseline", **texts}
    cells |= dict(zip(ITEMS, given_scores, strict=False))
    line = Line(7, tuple(cells.get(code, "") for code in HEADS))
    return read_row(line, HEADS, SPEC, WORDS, day_first=day_first, today=TODAY, usual_kind=usual_kind)


def problems(read) -> dict[str, Problem]:
    return {code: found.problem for code, found in read.problems.items()}


# Headings


@pytest.mark.parametrize(
    "heading",
    ["3", "3.", "Item 3", "Q3", "3 Vocational generalists", "3. vocational  GENERALISTS", "Vocational generalists",
     "vocational-generalists", "3) Generalists, as we call them"],
)  # fmt: skip
def test_an_item_is_found_by_number_title_or_code(heading):
    heads = find_heads([Line(1, ("Site", "Date", heading)), Line(2, ("A", "2024", "4"))], SPEC)

    assert heads.mapping == ("site", "starts", "item:vocational-generalists")


def test_headings_are_found_below_a_title_and_what_two_name_goes_to_the_first():
    lines = [
        Line(1, ("Fidelity reviews 2019", "", "")),
        Line(3, ("Team", "Site", "Date of visit")),
        Line(4, ("A", "B", "C")),
    ]

    heads = find_heads(lines, SPEC, {"dagdesbezoeks": Field.STARTS})

    assert heads.heads == ("Team", "Site", "Date of visit")
    assert heads.mapping == ("site", "", "starts")
    assert [line.number for line in heads.lines] == [4]


def test_what_a_mapping_lacks_and_has_twice_is_told():
    assert problems_of(["site", "", ITEMS[0]], SPEC) == (["starts"], [], False)
    assert problems_of(["site", "starts", "starts"], SPEC) == ([], ["starts"], True)


def test_every_target_stands_once_in_the_template():
    assert len(set(targets(SPEC))) == len(SPEC.items) + len(Field)


# Rows


def test_a_good_row_is_read():
    read = row(["5", "4.0", "2,0", "", "n/a"], total=str(5 + 4 + 2 + 3 * 20))

    assert problems(read) == {}
    assert [read.scores[item.code] for item in SPEC.items][:6] == [5, 4, 2, None, None, 3]
    assert (read.starts_on, read.ends_on) == (date(2024, 10, 14), date(2024, 10, 14))
    assert (read.kind, read.label) == ("baseline", "not stated")


@pytest.mark.parametrize(
    ("cell", "problem"),
    [("0", Problem.OUT_OF_RANGE), ("6", Problem.OUT_OF_RANGE), ("-1", Problem.OUT_OF_RANGE),
     ("3.5", Problem.NOT_WHOLE), ("x", Problem.NOT_A_NUMBER), ("1e1", Problem.NOT_A_NUMBER),
     ("٣", Problem.NOT_A_NUMBER), ("9" * 60, Problem.NOT_A_NUMBER)],
)  # fmt: skip
def test_a_cell_that_is_no_score_is_a_problem_of_that_item(cell, problem):
    assert problems(row([cell])) == {ITEMS[0]: problem}


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        ({"site": ""}, {"site": Problem.REQUIRED}),
        ({"starts": ""}, {"starts": Problem.REQUIRED}),
        ({"starts": "soon"}, {"starts": Problem.NOT_A_DATE}),
        ({"starts": "31/02/2024"}, {"starts": Problem.NOT_A_DATE}),
        ({"starts": "24/11/2026"}, {"starts": Problem.IN_THE_FUTURE}),
        ({"ends": "2024-10-13"}, {"ends": Problem.DATE_ORDER}),
        ({"total": "76"}, {"total": Problem.TOTAL_DIFFERS}),
        ({"total": "about 75"}, {"total": Problem.NOT_A_NUMBER}),
        ({"kind": ""}, {"kind": Problem.NO_KIND}),
        ({"kind": "visit"}, {"kind": Problem.NOT_A_KIND}),
        ({"independence": "sort of"}, {"independence": Problem.NOT_A_LABEL}),
        ({"independence": "self-assessment"}, {"independence": Problem.LABEL_DIFFERS}),
        ({"kind": "self-assessment", "independence": "independent"}, {"independence": Problem.LABEL_DIFFERS}),
    ],
)
def test_what_a_row_lacks_or_says_wrongly_is_a_problem_of_its_cell(texts, told):
    assert problems(row(**texts)) == told


def test_a_row_without_any_score_is_no_review():
    assert problems(row([""] * len(ITEMS))) == {"item:": Problem.NO_SCORES}


def test_a_self_assessment_is_called_one_and_a_type_can_be_said_for_all_that_say_none():
    assert row(kind="Self-assessment").label == "self-assessment"
    assert row(kind="", usual_kind="self").label == "self-assessment"


def test_days_are_read_in_the_order_that_the_column_shows():
    assert is_day_first(["03/04/2024", "14/03/2024"]) is True
    assert is_day_first(["03/04/2024", "3/14/24"]) is False
    assert is_day_first(["14/03/2024", "3/14/2024"]) is None
    assert is_ambiguous(["03/04/2024"])
    assert not is_ambiguous(["2024-04-03", "3 April 2024", "14/03/2024"])
    assert row(starts="3/4/2024", day_first=False).starts_on == date(2024, 3, 4)


def test_rows_of_the_same_site_and_day_are_told_from_the_second_on():
    rows = [row(), row(), row()]

    assert repeated([rows[0]], [None]) == {}
    assert repeated(rows, ["a", "a", None]) == {7: 7}


HOSTILE = st.text(max_size=30) | st.sampled_from(
    ["3", "5", "1/2/2024", "99999999999999999999", "nan", "1e999", "=1+1"]
)


@given(cells=st.lists(HOSTILE, max_size=len(HEADS)), day_first=st.booleans())
def test_no_cells_crash_the_reader_and_a_row_without_a_problem_is_whole(cells, day_first):
    read = read_row(Line(1, tuple(cells)), HEADS, SPEC, WORDS, day_first=day_first, today=TODAY)

    assert set(read.scores) == {item.code for item in SPEC.items}
    assert all(score is None or 1 <= score <= 5 for score in read.scores.values())
    if not read.problems:
        assert read.texts["site"]
        assert read.starts_on <= read.ends_on <= TODAY
        assert read.kind
        assert any(read.scores.values())


@given(st.lists(st.lists(HOSTILE, min_size=4, max_size=4), max_size=6))
def test_no_headings_crash_the_guess(rows):
    heads = find_heads([Line(number, tuple(cells)) for number, cells in enumerate(rows, 1)], SPEC)

    named = [code for code in heads.mapping if code]
    assert len(named) == len(set(named))
    assert len(heads.heads) == len(heads.mapping)
