"""Items that rate each employment specialist, average and take the closest point: worked examples."""

from decimal import Decimal

import pytest

from scales.suggesting import (
    Average,
    AverageOf,
    Fact,
    Facts,
    LeftOut,
    Missing,
    Reason,
    Relieved,
    SpecialistFacts,
    suggest,
)
from tests.scales import specs
from tests.scales.facts import MONTHLY_ONLY, contacts, hours, seeking


@pytest.mark.parametrize(
    ("values", "score", "between", "reason"),
    [
        ((6, 6), 5, None, Reason.DECIDED),
        ((5, 5, 5), 4, None, Reason.DECIDED),
        ((3,), None, (3, 2), Reason.BETWEEN_ANCHORS),
        ((3, 3), None, (3, 2), Reason.BETWEEN_ANCHORS),
        ((5, 1), None, (3, 2), Reason.EXACT_HALF),
        ((6, 0), None, (3, 2), Reason.READINGS_DIFFER),
        ((100, 0, 0, 0), None, (5, 2), Reason.READINGS_DIFFER),
        (("3.4",), 3, None, Reason.DECIDED),
        (("2.9",), 2, None, Reason.DECIDED),
        (("4.5",), None, (4, 3), Reason.BETWEEN_ANCHORS),
    ],
)
def test_employer_contacts_are_read_for_each_specialist_and_averaged(values, score, between, reason):
    found = suggest(specs.EMPLOYER_CONTACT, contacts(*values))

    assert (found.score, found.between, found.reason) == (score, between, reason)


def test_a_specialist_half_way_does_not_matter_where_both_ways_round_alike():
    found = suggest(specs.EMPLOYER_CONTACT, contacts(5, 4, 3, answers=MONTHLY_ONLY))

    assert (found.score, found.reason) == (3, Reason.DECIDED)
    assert [one.points for one in found.specialist_points] == [(4,), (3,), (3, 2)]
    assert [(one.of, one.points) for one in found.steps] == [
        (AverageOf.LOWEST_POINTS, (3,)),
        (AverageOf.HIGHEST_POINTS, (3,)),
        (AverageOf.NUMBERS, (3,)),
    ]


@pytest.mark.parametrize(
    ("pairs", "score", "between", "reason"),
    [
        (((13, 20), (26, 40)), 5, None, Reason.DECIDED),
        (((20, 40), (16, 40)), None, (4, 3), Reason.EXACT_HALF),
        (((12, 40),), None, (2, 1), Reason.IN_TWO_ANCHORS),
        (((12, 40), (20, 40), (20, 40)), 3, None, Reason.DECIDED),
        (((646, 1000),), 5, None, Reason.DECIDED),
        (((645, 1000),), None, (5, 4), Reason.BETWEEN_ANCHORS),
        (((0, 40), (0, 20)), 1, None, Reason.DECIDED),
    ],
)
def test_community_time_is_averaged_over_specialists(pairs, score, between, reason):
    found = suggest(specs.COMMUNITY, hours(*pairs))

    assert (found.score, found.between, found.reason) == (score, between, reason)


@pytest.mark.parametrize(
    ("points", "score", "between", "average"),
    [
        ((4,), 4, None, "4"),
        ((5, 4, 4), 4, None, "4.333333333333333333333333333"),
        ((5, 5, 4), 5, None, "4.666666666666666666666666667"),
        ((4, 3), None, (4, 3), "3.5"),
    ],
)
def test_points_given_to_each_specialist_are_averaged(points, score, between, average):
    found = suggest(specs.CONTACT_QUALITY, contacts(*points, answers={}))

    assert (found.score, found.between) == (score, between)
    assert found.reason == (Reason.DECIDED if score else Reason.EXACT_HALF)
    assert found.steps == (
        Average(
            AverageOf.POINTS,
            tuple(Decimal(one) for one in points),
            Decimal(average),
            (score,) if score else between,
        ),
    )


def test_no_specialist_and_a_specialist_without_number_are_missing():
    assert suggest(specs.CONTACT_QUALITY, Facts()).missing == (Missing(Fact.SPECIALISTS),)
    assert suggest(specs.EMPLOYER_CONTACT, contacts(4, None)).missing == (Missing(Fact.VALUE, specialist=1),)
    assert suggest(
        specs.COMMUNITY, Facts(specialists=(SpecialistFacts("ES1", part=Decimal(1)),))
    ).missing == (Missing(Fact.WHOLE, specialist=0),)


@pytest.mark.parametrize(
    ("value", "seekers", "points"),
    [
        (4, 2, (5,)),
        (2, 1, (5,)),
        (1, 1, (1,)),
        (3, 2, (3, 2)),
        (4, 3, (3,)),
        (4, None, (3,)),
    ],
)
def test_few_job_seekers_need_fewer_contacts(value, seekers, points):
    found = suggest(specs.EMPLOYER_CONTACT, seeking((value, seekers)))

    assert found.specialist_points[0].points == points
    assert (Relieved(0, seekers, 2 * (seekers or 0)) in found.steps) == (seekers in (1, 2))


def test_a_specialist_without_job_seekers_is_left_out_and_said_so():
    found = suggest(specs.EMPLOYER_CONTACT, seeking((5, 9), (None, 0)))

    assert found.score == 4
    assert LeftOut(specialist=1) in found.steps
    assert [one.points for one in found.specialist_points] == [(4,), ()]


def test_when_nobody_seeks_work_there_is_nobody_to_rate():
    found = suggest(specs.EMPLOYER_CONTACT, seeking((None, 0)))

    assert (found.score, found.missing) == (None, (Missing(Fact.SPECIALISTS),))


def test_numbers_read_by_different_rules_are_not_averaged():
    found = suggest(specs.EMPLOYER_CONTACT, seeking((4, 2), (2, 9), (2, 9)))

    assert (found.score, found.reason) == (3, Reason.DECIDED)
    assert AverageOf.NUMBERS not in {one.of for one in found.steps if isinstance(one, Average)}
