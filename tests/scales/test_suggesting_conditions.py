"""What yes/no questions do to a suggestion, beside a number and in judgements: worked examples."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scales.spec import Reading
from scales.suggesting import (
    Fact,
    Facts,
    Missing,
    Reason,
    suggest,
)
from tests.scales import specs
from tests.scales.facts import BOTH_REVIEWS, MONTHLY_ONLY, UNTRACKED, contacts


@pytest.mark.parametrize(
    ("value", "answers", "score", "by_number", "unmet"),
    [
        (6, BOTH_REVIEWS, 5, 5, ()),
        (6, {"form-weekly": True}, 5, 5, ()),
        (5, BOTH_REVIEWS, 4, 4, ()),
        (5, MONTHLY_ONLY, 3, 4, ("form-weekly",)),
        (6, MONTHLY_ONLY, 3, 5, ("form-weekly",)),
        (4, MONTHLY_ONLY, 3, 3, ()),
        (6, UNTRACKED, 2, 5, ("form-weekly", "form-monthly")),
        (4, UNTRACKED, 2, 3, ("form-monthly",)),
        (3, UNTRACKED, 2, None, ("form-monthly",)),
        ("4.5", MONTHLY_ONLY, 3, None, ("form-weekly",)),
        (2, {}, 2, 2, ()),
        (1, {}, 1, 1, ()),
        (1, UNTRACKED, 1, 1, ()),
    ],
)
def test_an_unmet_condition_drops_to_the_highest_anchor_fully_met(value, answers, score, by_number, unmet):
    found = suggest(specs.EMPLOYER_CONTACT, contacts(value, answers=answers))

    assert (found.score, found.by_number, found.unmet) == (score, by_number, unmet)
    assert (found.reason, found.missing) == (Reason.DECIDED, ())


@pytest.mark.parametrize(
    ("value", "answers", "missing"),
    [
        (6, {}, ["form-weekly", "form-monthly"]),
        (6, {"form-weekly": False}, ["form-monthly"]),
        (6, {"form-monthly": True}, ["form-weekly"]),
        (4, {}, ["form-monthly"]),
        (3, {}, ["form-monthly"]),
    ],
)
def test_an_unanswered_condition_is_missing_where_its_answer_matters(value, answers, missing):
    found = suggest(specs.EMPLOYER_CONTACT, contacts(value, answers=answers))

    assert (found.score, found.between, found.reason) == (None, None, Reason.NOT_ENOUGH_FACTS)
    assert found.missing == tuple(Missing(Fact.ANSWER, condition=code) for code in missing)


@pytest.mark.parametrize(
    ("days", "tracked", "score"),
    [(25, True, 5), (25, False, 4), (25, None, None), (31, None, 4), (30.5, False, 4), (30.5, True, None)],
)
def test_a_condition_of_the_top_anchor_is_asked_only_at_the_top(days, tracked, score):
    answers = {} if tracked is None else {"tracks-contacts": tracked}

    found = suggest(specs.RAPID_SEARCH, Facts(value=Decimal(days), answers=answers))

    assert found.score == score
    assert bool(found.missing) == (score is None and tracked is None)


def test_number_and_condition_can_both_be_missing():
    assert suggest(specs.RAPID_SEARCH, Facts()).missing == (
        Missing(Fact.VALUE),
        Missing(Fact.ANSWER, condition="tracks-contacts"),
    )


@pytest.mark.parametrize(
    ("part", "whole", "score", "forced_by", "by_number"),
    [
        (9, 9, 1, "few-jobs", 5),
        (10, 10, 5, None, 5),
        (4, 9, 1, "few-jobs", 1),
        (6, 10, 1, None, 1),
        (None, 9, 1, "few-jobs", None),
        (0, 0, 1, "few-jobs", None),
    ],
)
def test_few_jobs_place_the_item_whatever_the_share(part, whole, score, forced_by, by_number):
    facts = Facts(part=None if part is None else Decimal(part), whole=Decimal(whole))

    found = suggest(specs.COMPETITIVE_JOBS, facts)

    assert (found.score, found.forced_by, found.by_number) == (score, forced_by, by_number)
    assert found.missing == ()


@pytest.mark.parametrize("facts", [Facts(), Facts(part=Decimal(9)), Facts(value=Decimal(97))])
def test_whether_jobs_are_few_is_read_from_the_facts_alone(facts):
    found = suggest(specs.COMPETITIVE_JOBS, replace(facts, answers={"few-jobs": False}))

    assert found.score is None
    assert Missing(Fact.WHOLE) in found.missing
    assert Fact.ANSWER not in {one.fact for one in found.missing}


NO_TO_ALL = {"three-teams": False, "no-teams": False, "separate": False}


@pytest.mark.parametrize(
    ("part", "answers", "score", "forced_by", "missing"),
    [
        (95, NO_TO_ALL, 5, None, []),
        (95, NO_TO_ALL | {"three-teams": True}, 2, "three-teams", []),
        (95, NO_TO_ALL | {"no-teams": True, "separate": True}, 1, "separate", []),
        (40, {"separate": False}, 2, None, []),
        (40, {}, None, None, ["separate"]),
        (95, {"separate": True}, 1, "separate", []),
        (95, {"separate": False}, None, None, ["three-teams", "no-teams"]),
        (95, {"three-teams": True}, None, None, ["separate"]),
        (None, {"three-teams": True}, None, None, ["separate"]),
        (None, {"three-teams": True, "separate": False}, 2, "three-teams", []),
    ],
)
def test_a_condition_that_places_the_item_is_never_guessed(part, answers, score, forced_by, missing):
    facts = Facts(part=None if part is None else Decimal(part), whole=Decimal(100), answers=answers)

    found = suggest(specs.TEAM_ASSIGNMENT, facts)

    assert (found.score, found.forced_by) == (score, forced_by)
    assert [one.condition for one in found.missing] == missing


def test_a_condition_that_brings_an_item_down_is_the_whole_reason():
    both = specs.item(
        "both",
        Reading.CONTACTS,
        [specs.anchor(2, 4, requires=["reviewed"]), specs.anchor(1, below=4, also_when=["untracked"])],
        conditions=[specs.condition("reviewed"), specs.condition("untracked")],
    )

    found = suggest(both, Facts(value=Decimal(5), answers={"reviewed": False, "untracked": True}))

    assert (found.score, found.forced_by, found.unmet, found.by_number) == (1, "untracked", (), 2)


def test_a_condition_that_brings_an_item_down_never_raises_it():
    tracked = specs.item(
        "tracked",
        Reading.CONTACTS,
        [specs.anchor(3, 4), specs.anchor(2, 2, 3, also_when=["untracked"]), specs.anchor(1, below=2)],
        conditions=[specs.condition("untracked")],
    )

    scores = {
        number: suggest(tracked, Facts(value=Decimal(number), answers={"untracked": True})).score
        for number in (5, 2, 1)
    }

    assert scores == {5: 2, 2: 2, 1: 1}


def test_a_condition_that_brings_an_item_down_settles_no_question_further_down():
    gappy = specs.item(
        "gappy",
        Reading.DAYS,
        [specs.anchor(3, 4, also_when=["late"]), specs.anchor(2, 2, 3), specs.anchor(1, below=1)],
        conditions=[specs.condition("late")],
    )

    found = suggest(gappy, Facts(value=Decimal("1.5"), answers={"late": True}))

    assert (found.score, found.between, found.forced_by) == (None, (2, 1), None)


@pytest.mark.parametrize(
    ("answers", "score", "unmet"),
    [
        ({"trained-planner": True, "at-changes": True, "reporting": True}, 5, ()),
        ({"before-start": True, "trained-planner": False}, 4, ("trained-planner",)),
        ({"before-start": True, "at-changes": True, "reporting": False}, 4, ("reporting",)),
        ({"before-start": False, "discussed": True}, 3, ("before-start", "trained-planner")),
        (
            {"discussed": False, "contact-details": True, "at-changes": True},
            2,
            ("before-start", "trained-planner", "discussed"),
        ),
    ],
)
def test_a_judgement_is_suggested_by_the_highest_anchor_whose_conditions_are_met(answers, score, unmet):
    found = suggest(specs.BENEFITS, Facts(answers=answers))

    assert (found.score, found.reason, found.unmet) == (score, Reason.DECIDED, unmet)
    assert found.by_number is None


def test_an_anchor_without_conditions_is_left_to_judgement():
    found = suggest(specs.BENEFITS, Facts(answers={"contact-details": False}))

    assert (found.score, found.between, found.reason) == (None, None, Reason.JUDGEMENT)
    assert found.unmet == ("before-start", "trained-planner", "discussed", "contact-details")


def test_a_judgement_lists_every_condition_that_still_matters():
    found = suggest(specs.BENEFITS, Facts(answers={"before-start": True, "at-changes": True}))

    assert [one.condition for one in found.missing] == ["trained-planner", "reporting"]


def test_a_judgement_without_conditions_gets_no_suggestion():
    item = replace(specs.CONTACT_QUALITY, per_specialist=False)

    found = suggest(item, Facts())

    assert (found.score, found.reason, found.missing) == (None, Reason.JUDGEMENT, ())
