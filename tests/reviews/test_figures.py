"""What worksheets come to: each figure by worked example, and what is said where rows lack something."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.figures.counting import Note, count, sheets_of
from reviews.worksheets.columns import SHEETS
from scales.facts import Facts, SpecialistFacts
from scales.figures import TALLIES, Answer, Figure

D = Decimal
SIX = tuple("abcdef")


def specialists(*rows: dict) -> dict:
    return {"specialists": [{"name": f"S{number}"} | row for number, row in enumerate(rows, 1)]}


def each(column, *values, **shared) -> dict:
    """A worksheet of specialists with one value each; None leaves the cell empty."""
    return specialists(*({column: value} | shared if value is not None else shared for value in values))


def jobs(*rows: tuple) -> dict:
    columns = ("title", "employer", "still_held", "competitive")
    return {"jobs": [dict(zip(columns, row, strict=False)) for row in rows]}


def records(*rows: dict, sheet="records") -> dict:
    return {sheet: [{"record": str(number)} | row for number, row in enumerate(rows, 1)]}


def teams(*rows: tuple) -> dict:
    return {"teams": [dict(zip(("specialist", "team", "people"), row, strict=True)) for row in rows]}


DEMO = specialists(
    {"fte": "1", "caseload": "20"}, {"fte": "0.6", "caseload": "12"}, {"fte": "0.5", "caseload": "9"}
)


@pytest.mark.parametrize("figure", Figure)
def test_empty_worksheets_hold_nothing(figure):
    assert count(figure, {}) is None
    assert count(figure, {sheet: [] for sheet in SHEETS}) is None


def test_a_caseload_is_the_people_of_all_specialists_over_their_posts():
    counted = count(Figure.CASELOAD, DEMO)

    assert counted.facts == Facts(part=D(41), whole=D("2.1"))
    assert (counted.sheet, counted.columns, counted.left_out) == ("specialists", ("caseload", "fte"), 0)
    assert [(row.label, row.values) for row in counted.rows] == [
        ("S1", (D(20), D(1))),
        ("S2", (D(12), D("0.6"))),
        ("S3", (D(9), D("0.5"))),
    ]


@pytest.mark.parametrize("third", [{"fte": "0.5"}, {"caseload": "9"}, {}])
def test_a_caseload_waits_for_the_last_specialist(third):
    rows = {"specialists": [*DEMO["specialists"][:2], {"name": "S3"} | third]}

    counted = count(Figure.CASELOAD, rows)

    assert counted.facts == Facts()
    assert (counted.note, counted.left_out) == (Note.SOME_WITHOUT_FIGURES, 1)


def test_posts_that_come_to_nothing_divide_nothing():
    counted = count(Figure.CASELOAD, specialists({"fte": "0", "caseload": "3"}))

    assert counted.facts == Facts()
    assert counted.note is Note.SOME_WITHOUT_FIGURES


def test_time_on_employment_work_is_weighted_by_hours():
    rows = specialists(
        {"employment_share": "100", "hours": "30", "fte": "0.1"}, {"employment_share": "80", "hours": "10"}
    )

    assert count(Figure.EMPLOYMENT_TIME, rows).facts == Facts(part=D(38), whole=D(40))


def test_time_on_employment_work_is_weighted_by_posts_where_hours_are_missing():
    rows = specialists(
        {"employment_share": "98", "fte": "1", "hours": "37"}, {"employment_share": "90", "fte": "0.6"}
    )

    counted = count(Figure.EMPLOYMENT_TIME, rows)

    assert counted.facts == Facts(part=D("1.52"), whole=D("1.6"))
    assert counted.columns == ("employment_share", "fte")


def test_time_on_employment_work_waits_for_hours_or_posts():
    counted = count(Figure.EMPLOYMENT_TIME, each("employment_share", "98", "90"))

    assert (counted.facts, counted.left_out) == (Facts(), 2)


def test_phases_that_every_specialist_carries_are_present():
    counted = count(Figure.PHASES, each("phases", "a b c", "a b c"), component_codes=SIX)

    assert counted.facts == Facts(present=frozenset("abc"))
    assert counted.note is None


@pytest.mark.parametrize(
    ("phases", "note", "left_out"),
    [
        (("a b c", "a b"), Note.PHASES_DIFFER, 0),
        (("a b c", None), Note.SOME_WITHOUT_FIGURES, 1),
        (("a b z",), Note.SOME_WITHOUT_FIGURES, 1),
    ],
)
def test_phases_are_asked_of_the_reviewers_where_specialists_differ(phases, note, left_out):
    counted = count(Figure.PHASES, each("phases", *phases), component_codes=SIX)

    assert counted.facts.present is None
    assert (counted.note, counted.left_out) == (note, left_out)


def test_no_phase_at_all_is_not_an_empty_cell():
    assert count(Figure.PHASES, each("phases", "-"), component_codes=SIX).facts.present == frozenset()


def test_people_from_one_or_two_teams_are_of_the_caseload():
    rows = teams(("S1", "North", "10"), ("S1", "South", "8"), ("s2", "North", "12"), ("S3", "West", "7"))

    counted = count(Figure.OWN_TEAMS, rows | DEMO)

    assert counted.facts == Facts(part=D(37), whole=D(41))
    assert counted.answers == {Answer.THREE_OR_MORE_TEAMS: False}


def test_without_caseloads_the_people_of_all_teams_are_the_whole():
    rows = teams(("AK", "A", "5"), ("AK", "B", "6"), ("AK", "C", "7"))

    counted = count(Figure.OWN_TEAMS, rows)

    assert counted.facts == Facts(part=D(13), whole=D(18))
    assert counted.answers == {Answer.THREE_OR_MORE_TEAMS: True}
    assert counted.rows[0].values == (D(3), D(13), D(18))


def test_some_with_three_teams_and_some_with_fewer_is_no_answer():
    rows = teams(("AK", "A", "5"), ("AK", "B", "6"), ("AK", "C", "7"), ("BS", "A", "9"))

    counted = count(Figure.OWN_TEAMS, rows)

    assert counted.answers == {}
    assert counted.facts == Facts(part=D(22), whole=D(27))


def test_a_specialist_whose_teams_are_not_listed_keeps_the_sum_open():
    counted = count(Figure.OWN_TEAMS, teams(("S1", "North", "20"), ("S2", "North", "12")) | DEMO)

    assert counted.facts == Facts()
    assert (counted.note, counted.left_out) == (Note.SOME_WITHOUT_FIGURES, 1)


def test_teams_that_add_up_to_more_than_the_caseload_are_told():
    rows = teams(("S1", "North", "21"), ("S2", "North", "12"), ("S3", "West", "9"))

    counted = count(Figure.OWN_TEAMS, rows | DEMO)

    assert (counted.facts, counted.note) == (Facts(), Note.CASELOADS_DIFFER)


def test_days_to_the_first_contact_are_averaged_over_the_records_that_say_them():
    rows = records(
        {"days": "10"},
        {"joined_on": "2026-01-01", "first_contact_on": "2026-02-01"},
        {"joined_on": "2026-01-01"},
        {"days": "0"},
        sheet="first-contacts",
    )

    counted = count(Figure.FIRST_CONTACT, rows)

    assert counted.facts.value == D("13.66666666666666666666666667")
    assert [row.values[0] for row in counted.rows] == [D(10), D(31), None, D(0)]
    assert (counted.note, counted.left_out) == (Note.SOME_LEFT_OUT, 1)


def test_fitting_contacts_are_of_the_records_that_give_both_numbers():
    rows = records(
        {"contacts": "5", "fitting": "4"},
        {"contacts": "6"},
        {"profile": "yes"},
        {"contacts": "0", "fitting": "0"},
    )

    counted = count(Figure.FITTING_CONTACTS, rows)

    assert counted.facts == Facts(part=D(4), whole=D(5))
    assert counted.left_out == 1


def test_contacts_stand_specialist_by_specialist():
    rows = specialists(
        {"employer_contacts": "6", "job_seekers": "8"}, {"employer_contacts": "3.5"}, {"job_seekers": "0"}
    )

    counted = count(Figure.EMPLOYER_CONTACTS, rows)

    assert counted.facts.specialists == (
        SpecialistFacts("S1", value=D(6), job_seekers=8),
        SpecialistFacts("S2", value=D("3.5")),
        SpecialistFacts("S3", job_seekers=0),
    )
    assert (counted.note, counted.left_out) == (None, 0)


def test_a_specialist_without_contacts_keeps_a_place_in_the_list():
    counted = count(Figure.EMPLOYER_CONTACTS, each("employer_contacts", "6", None))

    assert [one.value for one in counted.facts.specialists] == [D(6), None]
    assert (counted.note, counted.left_out) == (Note.SOME_WITHOUT_FIGURES, 1)


@pytest.mark.parametrize(
    ("words", "weekly", "monthly"),
    [
        (("weekly", "weekly"), True, True),
        (("monthly", "monthly"), False, True),
        (("weekly", "monthly"), None, True),
        (("less", "none"), False, False),
        (("monthly", "none"), False, None),
        (("weekly", None), None, None),
    ],
)
def test_the_tracking_form_answers_where_all_specialists_agree(words, weekly, monthly):
    answers = count(Figure.EMPLOYER_CONTACTS, each("tracking", *words)).answers

    assert answers.get(Answer.TRACKING_WEEKLY) is weekly
    assert answers.get(Answer.TRACKING_MONTHLY) is monthly


def test_community_hours_are_of_each_ones_hours():
    counted = count(Figure.COMMUNITY_HOURS, each("community_hours", "25", None, hours="37.5"))

    assert counted.facts.specialists == (
        SpecialistFacts("S1", part=D(25), whole=D("37.5")),
        SpecialistFacts("S2", whole=D("37.5")),
    )
    assert counted.left_out == 1


def test_hours_of_zero_are_taken_for_missing():
    counted = count(Figure.COMMUNITY_HOURS, each("community_hours", "0", hours="0"))

    assert counted.facts.specialists[0].whole is None


@pytest.mark.parametrize(("figure", "column"), [(Figure.JOB_TITLES, 0), (Figure.JOB_EMPLOYERS, 1)])
def test_jobs_written_alike_are_one_kind(figure, column):
    names = ["Kitchen porter", " kitchen  PORTER", "Cook", "Cook ", "Driver"]

    counted = count(figure, jobs(*((name, name) for name in names)))

    assert counted.facts == Facts(part=D(3), whole=D(5))
    assert (counted.rows[0].label, counted.rows[0].values) == ("Kitchen porter", (D(2),))
    assert counted.note is None


def test_a_title_that_comes_three_times_is_worth_a_look():
    counted = count(Figure.JOB_TITLES, jobs(("Cook", "A"), ("Driver", "B"), ("cook", "C"), ("Cook", "D")))

    assert counted.note is Note.SAME_TITLE_OFTEN
    assert counted.rows[0].label == "Cook"


def test_competitive_jobs_are_of_the_jobs_held_now():
    rows = jobs(("A", "A", "yes", "yes"), ("B", "B", "yes", "no"), ("C", "C", "no"), ("D", "D", "no", "yes"))

    assert count(Figure.COMPETITIVE_JOBS, rows).facts == Facts(part=D(1), whole=D(2))


@pytest.mark.parametrize("last", [("B", "B"), ("B", "B", "yes"), ("B", "B", "", "yes")])
def test_competitive_jobs_wait_for_the_last_answer(last):
    counted = count(Figure.COMPETITIVE_JOBS, jobs(("A", "A", "yes", "yes"), last))

    assert (counted.facts, counted.note, counted.left_out) == (Facts(), Note.SOME_WITHOUT_FIGURES, 1)


def test_no_job_held_now_is_a_finding():
    assert count(Figure.COMPETITIVE_JOBS, jobs(("A", "A", "no"))).facts == Facts(part=D(0), whole=D(0))


@pytest.mark.parametrize("figure", sorted(TALLIES))
def test_a_tally_counts_the_records_in_which_it_could_be(figure):
    columns = ("profile", "benefits", "disclosure", "supported", "outreach")
    rows = records(*(dict.fromkeys(columns, word) for word in ["yes"] * 7 + ["no"] * 3), {})

    counted = count(figure, rows)

    assert counted.tally == (7, 10)
    assert (counted.facts, counted.left_out) == (Facts(), 1)


CELLS = st.sampled_from(
    [
        "",
        "0",
        "1",
        "2.5",
        "yes",
        "no",
        "weekly",
        "a b",
        "-",
        "2026-01-01",
        "x",
        "NaN",
        "1e999",
        "1e-999999",
        "-3",
    ]
)


@given(
    figure=st.sampled_from(sorted(Figure)),
    rows=st.fixed_dictionaries(
        {
            code: st.lists(
                st.fixed_dictionaries({}, optional={one.code: CELLS for one in sheet.columns}), max_size=5
            )
            for code, sheet in SHEETS.items()
        }
    ),
)
def test_no_cell_breaks_a_count_and_no_sum_is_given_with_rows_missing(figure, rows):
    counted = count(figure, rows, component_codes=SIX)

    if counted is not None:
        assert counted.sheet in sheets_of(figure)
        assert all(len(row.values) == len(counted.columns) for row in counted.rows)
        if counted.note in (Note.SOME_WITHOUT_FIGURES, Note.PHASES_DIFFER, Note.CASELOADS_DIFFER):
            assert (counted.facts.part, counted.facts.whole, counted.facts.present) == (None, None, None)
