"""From the facts of a service to a suggested score: worked examples. What the form leaves open stays open."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scales.spec import Reading
from scales.suggesting import (
    Count,
    Fact,
    Facts,
    FactsError,
    FactsProblem,
    Missing,
    Percentage,
    Quotient,
    Reason,
    SpecialistFacts,
    suggest,
)
from tests.scales import specs
from tests.scales.facts import contacts, hours, seeing, share

# Numbers


@pytest.mark.parametrize(
    ("item", "part", "whole", "score", "between"),
    [
        (specs.CASELOAD, 41, "2.1", 5, None),
        (specs.CASELOAD, 42, "2.1", 5, None),
        (specs.CASELOAD, 42, "2.05", None, (5, 4)),
        (specs.CASELOAD, "20.0000000000000000000000000000001", 1, None, (5, 4)),
        (specs.CASELOAD, 25, 1, 4, None),
        (specs.CASELOAD, 81, 2, None, (2, 1)),
        (specs.CASELOAD, 0, "0.5", 5, None),
        (specs.JOB_TYPES, 17, 20, 5, None),
        (specs.JOB_TYPES, 16, 20, 4, None),
        (specs.JOB_TYPES, 1, 3, 1, None),
        (specs.JOB_TYPES, 2, 3, 3, None),
        (specs.JOB_TYPES, 191, 320, None, (3, 2)),
        (specs.JOB_TYPES, "84.5", 100, None, (5, 4)),
        (specs.JOB_TYPES, "49.9", 100, 1, None),
        (specs.COMPETITIVE_JOBS, 191, 200, 5, None),
        (specs.COMPETITIVE_JOBS, 189, 200, None, (5, 4)),
        (specs.COMPETITIVE_JOBS, 64, 100, 1, None),
    ],
)
def test_a_quotient_is_compared_exactly_with_the_printed_bounds(item, part, whole, score, between):
    found = suggest(item, share(part, whole))

    assert (found.score, found.between) == (score, between)
    assert found.by_number == score
    assert found.reason == (Reason.DECIDED if score else Reason.BETWEEN_ANCHORS)


def test_a_number_in_two_anchors_is_undecided():
    service_wide = replace(specs.COMMUNITY, per_specialist=False)

    found = suggest(service_wide, share(30, 100))

    assert (found.score, found.between, found.reason) == (None, (2, 1), Reason.IN_TWO_ANCHORS)


def test_a_bound_that_leaves_out_its_number_leaves_a_gap_of_one_number():
    item = specs.item("open", Reading.DAYS, [specs.anchor(2, above=20), specs.anchor(1, below=20)])

    found = [suggest(item, Facts(value=Decimal(days))) for days in ("19.9", "20", "20.1")]

    assert [(one.score, one.between) for one in found] == [(1, None), (None, (2, 1)), (2, None)]


def test_a_number_outside_all_anchors_fits_none():
    capped = specs.item("capped", Reading.DAYS, [specs.anchor(2, 0, 30), specs.anchor(1, 31, 90)])

    found = suggest(capped, Facts(value=Decimal(91)))

    assert (found.score, found.between, found.reason) == (None, None, Reason.NO_ANCHOR_FITS)


def test_the_sum_is_shown_as_structure():
    assert suggest(specs.CASELOAD, share(41, "2")).steps == (
        Quotient(Decimal(41), Decimal(2), Decimal("20.5")),
    )
    assert suggest(specs.JOB_TYPES, share(17, 20)).steps == (
        Percentage(Decimal(17), Decimal(20), Decimal(85)),
    )
    assert suggest(specs.TEAM_CONTACT, seeing(3)).steps == (Count(present=3, of=5),)


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        (Facts(), [Fact.PART, Fact.WHOLE]),
        (Facts(part=Decimal(41)), [Fact.WHOLE]),
        (Facts(whole=Decimal(2)), [Fact.PART]),
    ],
)
def test_a_quotient_waits_for_both_numbers(facts, missing):
    found = suggest(specs.CASELOAD, facts)

    assert (found.score, found.between, found.reason) == (None, None, Reason.NOT_ENOUGH_FACTS)
    assert [one.fact for one in found.missing] == missing


def test_a_finished_percentage_is_read_where_its_numbers_are_not_given():
    assert suggest(specs.JOB_TYPES, Facts(value=Decimal("70"))).score == 4
    assert suggest(specs.JOB_TYPES, Facts(value=Decimal("70"), part=Decimal(1))).score is None


@pytest.mark.parametrize(
    ("item", "facts", "field", "problem", "specialist"),
    [
        (specs.CASELOAD, share(41, 0), "whole", FactsProblem.WHOLE_ZERO, None),
        (specs.CASELOAD, share(41, -2), "whole", FactsProblem.NEGATIVE, None),
        (specs.CASELOAD, share(-1, 2), "part", FactsProblem.NEGATIVE, None),
        (specs.CASELOAD, share("NaN", 2), "part", FactsProblem.NOT_FINITE, None),
        (specs.CASELOAD, share("sNaN", 2), "part", FactsProblem.NOT_FINITE, None),
        (specs.CASELOAD, share(41, "Infinity"), "whole", FactsProblem.NOT_FINITE, None),
        (specs.CASELOAD, share("1E+999999", 2), "part", FactsProblem.OUT_OF_RANGE, None),
        (specs.CASELOAD, share(1, "1E-999999"), "whole", FactsProblem.OUT_OF_RANGE, None),
        (specs.JOB_TYPES, share(21, 20), "part", FactsProblem.PART_OVER_WHOLE, None),
        (specs.JOB_TYPES, Facts(value=Decimal("100.1")), "value", FactsProblem.OVER_HUNDRED, None),
        (specs.COMPETITIVE_JOBS, share(1, 0), "part", FactsProblem.PART_OVER_WHOLE, None),
        (specs.RAPID_SEARCH, Facts(value=Decimal(-1)), "value", FactsProblem.NEGATIVE, None),
        (specs.EMPLOYER_CONTACT, contacts(4, -1), "value", FactsProblem.NEGATIVE, 1),
        (specs.COMMUNITY, hours((1, 2), (1, 0)), "whole", FactsProblem.WHOLE_ZERO, 1),
        (specs.COMMUNITY, hours((3, 2)), "part", FactsProblem.PART_OVER_WHOLE, 0),
        (specs.CONTACT_QUALITY, contacts("3.5", answers={}), "value", FactsProblem.NOT_A_SCORE, 0),
        (specs.CONTACT_QUALITY, contacts(3, 6, answers={}), "value", FactsProblem.NOT_A_SCORE, 1),
        (specs.TEAM_CONTACT, Facts(present=frozenset("af")), "present", FactsProblem.UNKNOWN, None),
        (specs.RAPID_SEARCH, Facts(answers={"other": True}), "answers", FactsProblem.UNKNOWN, None),
        (
            specs.EMPLOYER_CONTACT,
            Facts(specialists=(SpecialistFacts("ES1", value=Decimal(1), job_seekers=-1),)),
            "job_seekers",
            FactsProblem.NEGATIVE,
            0,
        ),
    ],
)
def test_a_fact_that_cannot_be_is_refused_by_name(item, facts, field, problem, specialist):
    with pytest.raises(FactsError) as refused:
        suggest(item, facts)

    assert (refused.value.field, refused.value.code, refused.value.specialist) == (field, problem, specialist)


# Components


@pytest.mark.parametrize(
    ("item", "scores"),
    [
        (specs.TEAM_CONTACT, [1, 1, 2, 3, 4, 5]),
        (specs.DISCLOSURE, [1, 2, 3, 4, 5]),
        (specs.GENERALISTS, [None, 3, 3, 3, 3, 4, 5]),
    ],
)
def test_components_present_are_counted_by_the_map_of_the_item(item, scores):
    no_to_all = {one.code: False for one in item.conditions}

    assert [suggest(item, seeing(count, no_to_all)).score for count in range(len(scores))] == scores


@pytest.mark.parametrize(
    ("refers_out", "refers_only", "score", "between", "forced_by", "missing"),
    [
        (False, False, None, (2, 1), None, []),
        (True, False, 2, None, "refers-out-service", []),
        (False, True, 1, None, "refers-only", []),
        (True, True, 1, None, "refers-only", []),
        (None, True, 1, None, "refers-only", []),
        (True, None, None, None, None, ["refers-only"]),
        (None, None, None, None, None, ["refers-out-service", "refers-only"]),
    ],
)
def test_a_count_that_no_anchor_has_is_undecided_until_a_condition_settles_it(
    refers_out, refers_only, score, between, forced_by, missing
):
    given_answers = {"refers-out-service": refers_out, "refers-only": refers_only}
    answers = {code: answer for code, answer in given_answers.items() if answer is not None}

    found = suggest(specs.GENERALISTS, seeing(0, answers))

    assert (found.score, found.between, found.forced_by) == (score, between, forced_by)
    assert [one.condition for one in found.missing] == missing


def test_a_count_between_two_counts_is_undecided_between_their_scores():
    gappy = specs.item(
        "gappy",
        Reading.COMPONENTS,
        [specs.anchor(2, present=3), specs.anchor(1, present=(0, 1))],
        components=3,
    )

    found = suggest(gappy, seeing(2))

    assert (found.between, found.reason) == ((2, 1), Reason.BETWEEN_ANCHORS)


def test_a_condition_can_settle_an_item_before_its_components_are_looked_at():
    answers = {"refers-out-service": True, "refers-only": False}

    assert suggest(specs.GENERALISTS, Facts(answers=answers)).score == 2


def test_components_not_yet_looked_at_are_not_components_absent():
    found = suggest(specs.TEAM_CONTACT, Facts())

    assert (found.score, found.missing) == (None, (Missing(Fact.PRESENT),))
    assert suggest(specs.TEAM_CONTACT, seeing(0)).score == 1
