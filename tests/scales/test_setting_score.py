"""A setting's own bounds give a score beside the standard one, by the same facts."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scales.facts import Facts, SpecialistFacts
from scales.setting_score import setting_score
from scales.spec import Adjustment, ReanchoredThreshold
from scales.suggesting import suggest
from tests.factories.scales import shipped_scale
from tests.scales import specs

UP_TO_25 = Adjustment("caseload-size", thresholds=(ReanchoredThreshold(5, "invented", upper=Decimal(25)),))
UP_TO_45 = Adjustment("rapid-search", thresholds=(ReanchoredThreshold(5, "invented", upper=Decimal(45)),))


@pytest.mark.parametrize(
    ("people", "specialists", "standard", "expected"),
    [(19, 1, 5, 5), (23, 1, 4, 5), (25, 1, 4, 5), (26, 1, 3, 3), (51, 2, None, None)],
)
def test_setting_score_stands_beside_the_standard_one(people, specialists, standard, expected):
    facts = Facts(part=Decimal(people), whole=Decimal(specialists))

    assert setting_score(specs.CASELOAD, UP_TO_25, facts) == expected
    assert suggest(specs.CASELOAD, facts).score == standard


def test_side_conditions_hold_in_the_setting_too():
    tracked = Facts(value=Decimal(40), answers={"tracks-contacts": True})
    untracked = replace(tracked, answers={"tracks-contacts": False})

    assert setting_score(specs.RAPID_SEARCH, UP_TO_45, tracked) == 5
    assert setting_score(specs.RAPID_SEARCH, UP_TO_45, untracked) != 5


def test_specialists_are_read_by_the_bounds_of_the_setting_and_averaged():
    item = next(one for one in shipped_scale().items if one.code == "employer-contact-frequency")
    top = next(anchor for anchor in item.anchors if anchor.points == 5)
    easier = Adjustment(
        item.code,
        thresholds=(
            ReanchoredThreshold(5, "invented", lower=Decimal(5)),
            ReanchoredThreshold(4, "invented", lower=Decimal(4), upper=Decimal(4)),
            ReanchoredThreshold(3, "invented", lower=Decimal(3), upper=Decimal(3)),
        ),
    )
    facts = Facts(
        specialists=(SpecialistFacts("A", value=Decimal(5), job_seekers=20),) * 2,
        answers={condition.code: True for condition in item.conditions},
    )

    assert top.lower > 5
    assert suggest(item, facts).score == 4
    assert setting_score(item, easier, facts) == 5


@pytest.mark.parametrize(
    ("adjustment", "facts"),
    [
        (Adjustment("caseload-size"), Facts(part=Decimal(19), whole=Decimal(1))),
        (UP_TO_25, Facts()),
        (UP_TO_25, Facts(part=Decimal(19), whole=Decimal(0))),
    ],
)
def test_without_bounds_of_its_own_or_without_facts_a_setting_gives_no_score(adjustment, facts):
    assert setting_score(specs.CASELOAD, adjustment, facts) is None
