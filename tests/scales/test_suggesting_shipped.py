"""Suggestions by the shipped IPS-25: its anchors as printed, its count maps, its side conditions."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scales.spec import Reading
from scales.suggesting import Facts, Reason, SpecialistFacts, suggest
from tests.scales import specs
from tests.scales.facts import contacts, hours, seeing, share

US = specs.shipped_scale()
NUMBERED = {item.number: item for item in US.items}


def no_to_all(number: int) -> dict[str, bool]:
    return {one.code: False for one in NUMBERED[number].conditions}


def yes_to_all(number: int) -> dict[str, bool]:
    return {one.code: True for one in NUMBERED[number].conditions}


@pytest.mark.parametrize(
    ("number", "part", "whole", "score", "between"),
    [
        (1, 41, "2.1", 5, None),
        (1, 42, "2.1", 5, None),
        (1, 42, "2.05", None, (5, 4)),
        (1, 41, 1, 1, None),
        (2, 96, 100, 5, None),
        (2, "95.5", 100, None, (5, 4)),
        (2, 59, 100, 1, None),
        (4, 90, 100, 5, None),
        (4, 49, 100, 2, None),
        (16, 24, 100, 1, None),
        (19, 17, 20, 5, None),
        (19, 16, 20, 4, None),
        (20, 17, 20, 5, None),
        (20, 16, 20, 4, None),
        (21, 9, 9, 1, None),
        (21, 19, 20, 5, None),
        (21, 64, 100, 1, None),
    ],
)
def test_shares_and_ratios(number, part, whole, score, between):
    found = suggest(NUMBERED[number], share(part, whole, no_to_all(number) if number != 21 else None))

    assert (found.score, found.between) == (score, between)


def test_fewer_than_ten_jobs_place_item_21():
    assert suggest(NUMBERED[21], share(9, 9)).forced_by == "few-jobs"


@pytest.mark.parametrize(
    ("number", "scores"),
    [
        (3, [None, 3, 3, 3, 3, 4, 5]),
        (5, [1, 1, 2, 3, 4, 5]),
        (8, [1, 1, 2, 3, 4, 5]),
        (10, [1, 1, 2, 3, 4, 5]),
        (11, [1, 1, 2, 3, 4, 5]),
        (13, [1, 2, 3, 4, 5]),
        (25, [1, 1, 1, 2, 3, 4, 5]),
    ],
)
def test_count_maps(number, scores):
    assert len(NUMBERED[number].components) == len(scores) - 1
    assert [
        suggest(NUMBERED[number], seeing(count, no_to_all(number))).score for count in range(len(scores))
    ] == scores


@pytest.mark.parametrize(
    ("days", "tracked", "score"),
    [(30, True, 5), (30, False, 4), (31, True, 4), (150, True, 3), (270, True, 2), (271, True, 1)],
)
def test_days_to_the_first_employer_contact(days, tracked, score):
    answers = dict.fromkeys(yes_to_all(15), tracked)

    assert suggest(NUMBERED[15], Facts(value=Decimal(days), answers=answers)).score == score


@pytest.mark.parametrize(
    ("values", "weekly", "monthly", "score", "between"),
    [
        ((6, 6), True, True, 5, None),
        ((5,), True, True, 4, None),
        ((5,), False, True, 3, None),
        ((6,), False, False, 2, None),
        ((5, 4, 3), False, True, 3, None),
        ((3, 3), True, True, None, (3, 2)),
        ((5, 1), True, True, None, (3, 2)),
        ((6, 0), True, True, None, (3, 2)),
        ((1,), False, False, 1, None),
    ],
)
def test_employer_contacts_and_their_review(values, weekly, monthly, score, between):
    item = NUMBERED[17]
    answers = no_to_all(17) | {"form-weekly": weekly, "form-monthly": monthly}

    found = suggest(item, contacts(*values, answers=answers))

    assert (found.score, found.between) == (score, between)


@pytest.mark.parametrize("contacts_a_week", [1, 2])
def test_tracking_is_not_asked_for_where_it_makes_no_difference(contacts_a_week):
    found = suggest(NUMBERED[17], contacts(contacts_a_week, answers={}))

    assert (found.score, found.missing) == (contacts_a_week, ())


def test_conditions_of_lower_anchors_keep_nothing_down():
    found = suggest(NUMBERED[12], Facts(answers=no_to_all(12) | {"advice-before-start": True}))

    assert found.score == 4
    assert found.unmet == ("specialist-planner", "advice-at-changes", "earnings-reporting")


def test_thirty_percent_in_the_community_is_printed_twice():
    found = suggest(NUMBERED[24], hours((12, 40)))

    assert (found.between, found.reason) == ((2, 1), Reason.IN_TWO_ANCHORS)


JUDGED = [item for item in US.items if item.reading is Reading.JUDGEMENT and item.conditions]


@pytest.mark.parametrize("item", JUDGED, ids=lambda item: item.code)
def test_yes_to_every_condition_of_a_judgement_is_the_top(item):
    assert suggest(item, Facts(answers=yes_to_all(item.number))).score == US.maximum
    assert suggest(item, Facts(answers=no_to_all(item.number))).reason is Reason.JUDGEMENT


@pytest.mark.parametrize("item", US.items, ids=lambda item: item.code)
def test_without_facts_nothing_is_suggested(item):
    found = suggest(item, Facts())

    assert found.score is None
    assert found.reason is (Reason.NOT_ENOUGH_FACTS if item.takes_facts else Reason.JUDGEMENT)


def test_both_wordings_suggest_alike():
    uk = specs.shipped_scale("ips-25-uk")

    for here, there in zip(US.items, uk.items, strict=True):
        mechanics = [replace(anchor, descriptor="same") for item in (here, there) for anchor in item.anchors]
        assert mechanics[: len(here.anchors)] == mechanics[len(here.anchors) :], here.code


def test_contacts_held_to_the_monthly_review_one_by_one_may_come_to_less_and_then_it_asks():
    visits = (SpecialistFacts("A", value=Decimal(6)), SpecialistFacts("B", value=Decimal(3)))
    facts = Facts(specialists=visits, answers={"form-weekly": False, "form-monthly": True})

    suggestion = suggest(NUMBERED[17], facts)

    assert (suggestion.score, suggestion.between) == (None, (3, 2))
    assert suggestion.reason is Reason.READINGS_DIFFER
