"""A suggestion in words: the sum behind it, how its outcome is rounded, and what moved or keeps open the score."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reviews.figures.counting import count
from reviews.figures.words import notes_in_words, tally_in_words
from reviews.suggestion_words import put_in_words
from scales.facts import Facts, SpecialistFacts
from scales.figures import Answer, Figure
from scales.suggesting import suggest
from tests.factories.scales import shipped_figures, shipped_scale

D = Decimal
TAKEN = {taken.item: taken for taken in shipped_figures().items}


def counted_words(code, rows, **answers):
    """What is said of an item whose facts come from these worksheets."""
    item, taken = shipped_scale().item(code), TAKEN[code]
    counted = count(taken.figure, rows, component_codes=[one.code for one in item.components])
    given = {
        condition: counted.answers[answer]
        for condition, answer in taken.answers.items()
        if answer in counted.answers
    }
    answers = given | {name.replace("_", "-"): answer for name, answer in answers.items()}
    return put_in_words(item, suggest(item, replace(counted.facts, answers=answers)), counted, taken.figure)


def typed_words(code, *specialists, answers=(), **facts):
    item = shipped_scale().item(code)
    facts = Facts(specialists=specialists, answers=dict(answers), **facts)
    return put_in_words(item, suggest(item, facts))


def caseload(*rows) -> dict:
    return {
        "specialists": [
            {"name": f"S{n}", "fte": fte, "caseload": people} for n, (fte, people) in enumerate(rows)
        ]
    }


def job_list(titles: int, starts: int, **cells) -> dict:
    return {
        "jobs": [
            {"title": f"Job {n % titles}", "employer": f"Employer {n % titles}"} | cells
            for n in range(starts)
        ]
    }


def contacts(tracking, *weekly) -> dict:
    return {
        "specialists": [
            {"name": f"S{n}", "employer_contacts": str(one), "tracking": tracking}
            for n, one in enumerate(weekly)
        ]
    }


@pytest.mark.parametrize(
    ("rows", "sum_", "verdict"),
    [
        (
            [("1", "20"), ("0.6", "12"), ("0.5", "9")],
            "41 people / 2.1 full-time specialists = 19.5",
            "Suggests 5",
        ),
        (
            [("1", "20"), ("0.6", "12"), ("0.5", "10")],
            "42 people / 2.1 full-time specialists = 20",
            "Suggests 5",
        ),
        (
            [("1", "20"), ("0.55", "12"), ("0.5", "10")],
            "42 people / 2.05 full-time specialists = 20.49",
            "Falls between the printed anchors 4 and 5: you decide",
        ),
        ([("1", "22")], "22 people / 1 full-time specialist = 22", "Suggests 4"),
    ],
)
def test_a_counted_caseload_names_people_and_posts(rows, sum_, verdict):
    words = counted_words("caseload-size", caseload(*rows))

    assert words.sums == (sum_,)
    assert words.verdict == verdict


def test_a_typed_caseload_stays_two_numbers():
    assert typed_words("caseload-size", part=D(41), whole=D("2.1")).sums == ("41 / 2.1 = 19.5",)


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        ("19.96", "1", "19.96"),
        ("19.9996", "1", "19.9996"),
        ("19.94", "1", "19.9"),
        ("20.0004", "1", "20.0004"),
        ("41.04", "1", "41.04"),
        ("42", "2.05", "20.49"),
        ("100", "5", "20"),
    ],
)
def test_rounding_never_shows_a_number_on_a_bound_that_it_is_not_on(part, whole, shown):
    (line,) = typed_words("caseload-size", part=D(part), whole=D(whole)).sums

    assert line.endswith(f"= {shown}")


def test_a_share_just_under_a_bound_is_not_rounded_onto_it():
    (line,) = typed_words("employment-staff", part=D("94.96"), whole=D(100)).sums

    assert line == "94.96 of 100 = 94.96 %"


@pytest.mark.parametrize(("titles", "share", "score"), [(17, 85, 5), (16, 80, 4)])
def test_different_jobs_are_told_among_all_starts(titles, share, score):
    rows = job_list(titles, 20)

    kinds, employers = counted_words("job-diversity", rows), counted_words("employer-diversity", rows)

    assert kinds.sums == (f"{titles} different job titles among 20 job starts = {share} %",)
    assert employers.sums == (f"{titles} different employers among 20 job starts = {share} %",)
    assert kinds.verdict == employers.verdict == f"Suggests {score}"


def test_nine_current_jobs_are_a_1_whatever_the_share_and_the_reason_is_told():
    words = counted_words("competitive-jobs", job_list(9, 9, still_held="yes", competitive="yes"))

    assert words.sums == ("9 jobs held now, all competitive = 100 %",)
    assert words.verdict == "Suggests 1"
    assert words.because == (
        "Placed at 1, whatever the number: “Are there fewer than 10 current jobs?” Yes, 9.",
        "By the number alone it would be 5.",
    )


def test_no_current_job_is_a_1_too():
    words = counted_words("competitive-jobs", job_list(9, 12, still_held="no"))

    assert words.sums == ("No job in the list is held now",)
    assert (words.verdict, words.because[0][-7:]) == ("Suggests 1", "Yes, 0.")


def test_an_average_of_exactly_three_contacts_asks():
    words = counted_words("employer-contact-frequency", contacts("weekly", 3, 3))

    assert "3 and 3 contacts a week: average 3" in words.sums
    assert words.verdict.endswith("the average is open, 2 or 3: you decide")


@pytest.mark.parametrize(
    ("tracking", "verdict", "unmet"),
    [
        ("weekly", "Suggests 4", []),
        ("monthly", "Suggests 3", ["every week"]),
        ("less", "Suggests 2", ["every week", "at least once a month"]),
    ],
)
def test_five_contacts_say_which_review_of_the_form_was_not_there(tracking, verdict, unmet):
    words = counted_words("employer-contact-frequency", contacts(tracking, 5, 5))

    assert words.verdict == verdict
    assert [line for line in words.because if line.startswith("No to")] == [
        f"No to “Does the team leader review a tracking form {often}?”" for often in unmet
    ]


def test_an_average_of_days_names_how_many_records_it_rests_on():
    rows = {"first-contacts": [{"record": str(n), "days": str(19 + n)} for n in range(11)]}
    rows["first-contacts"] += [{"record": "12", "days": "28"}, {"record": "13", "joined_on": "2026-01-01"}]

    words = counted_words("rapid-search", rows, tracks_contacts=True)

    assert words.sums == ("average of 12 records = 24.3 days",)
    assert words.verdict == "Suggests 5"
    assert words.notes == ("1 record is left out: it lacks a date or number.",)


@pytest.mark.parametrize(
    ("code", "rows", "line"),
    [
        (
            "employment-staff",
            {"specialists": [{"employment_share": "98", "hours": "37.5"}]},
            "36.75 of 37.5 hours a week on employment services = 98 %",
        ),
        (
            "employment-staff",
            {"specialists": [{"employment_share": "98", "fte": "1"}]},
            "0.98 of 1 full-time posts on employment services = 98 %",
        ),
        (
            "individualized-search",
            {"records": [{"contacts": "5", "fitting": "4"}]},
            "4 of 5 employer contacts fit the person’s wishes = 80 %",
        ),
        (
            "community-based",
            {"specialists": [{"name": "AK", "community_hours": "25", "hours": "37.5"}]},
            "AK: 25 of 37.5 hours a week in the community = 66.7 %",
        ),
        (
            "vocational-generalists",
            {"specialists": [{"phases": "a b"}]},
            "Every specialist carries 2 of 6 phases",
        ),
        (
            "competitive-jobs",
            job_list(12, 12, still_held="yes", competitive="no"),
            "0 of 12 jobs held now are competitive = 0 %",
        ),
        (
            "team-assignment",
            {"teams": [{"specialist": "AK", "team": "North", "people": "20"}]},
            "20 of 20 people come from their specialist’s own one or two teams = 100 %",
        ),
    ],
)
def test_a_counted_figure_says_what_was_counted(code, rows, line):
    assert counted_words(code, rows).sums[0] == line


def test_a_worksheet_with_a_specialist_missing_says_so_and_gives_no_sum():
    words = counted_words("caseload-size", caseload(("1", "20"), ("0.6", "")))

    assert words.sums == ()
    assert words.verdict == "No suggestion yet"
    assert words.notes == ("No sum yet: 1 specialist in the worksheet lacks a figure.",)


@pytest.mark.parametrize(
    ("figure", "rows", "note"),
    [
        (
            Figure.PHASES,
            {"specialists": [{"phases": "a"}, {"phases": "b"}]},
            "Specialists carry different phases",
        ),
        (
            Figure.JOB_TITLES,
            {"jobs": [{"title": "Cook", "employer": "A"}] * 3},
            "“Cook” is in the list 3 times.",
        ),
        (
            Figure.COMPETITIVE_JOBS,
            {"jobs": [{"competitive": "yes"}] * 2},
            "2 jobs in the worksheet lack an answer",
        ),
        (
            Figure.OWN_TEAMS,
            caseload(("1", "3")) | {"teams": [{"specialist": "S0", "team": "A", "people": "4"}]},
            "more people than the caseloads",
        ),
        (Figure.CASELOAD, caseload(("0", "3")), "nothing to divide by"),
    ],
)
def test_what_to_know_about_a_figure_is_told(figure, rows, note):
    (line,) = notes_in_words(count(figure, rows, component_codes=("a", "b")))

    assert note in line


def test_a_tally_is_told_as_records_of_records_read():
    rows = {"records": [{"record": str(n), "profile": "yes" if n < 7 else "no"} for n in range(10)]}

    assert tally_in_words(Figure.PROFILES, count(Figure.PROFILES, rows)) == (
        "7 of 10 records read have a written profile"
    )
    assert tally_in_words(Figure.CASELOAD, count(Figure.CASELOAD, caseload(("1", "20")))) is None


def test_an_average_of_points_is_not_rounded_onto_an_exact_half():
    # 174 of 349 specialists one point up: 3.4986, at two decimals 3.5.
    rows = [SpecialistFacts(str(n), value=D(4 if n < 174 else 3)) for n in range(349)]

    words = typed_words("employer-contact-quality", *rows)

    assert words.sums[-1].endswith("average 3.499")
    assert words.verdict == "Suggests 3"


def test_every_answer_a_worksheet_can_give_is_asked_by_an_item():
    assert {answer for taken in TAKEN.values() for answer in taken.answers.values()} == set(Answer)
