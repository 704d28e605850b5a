"""What the checks before publishing find in a draft of a setting profile, in an editor's words."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scales.check_words import put_in_words
from scales.draft_checks import profile_findings
from scales.spec import (
    Adjustment,
    Degree,
    ExpectedLoss,
    ProfileSource,
    ReanchoredThreshold,
    Statement,
    StatementKind,
)
from scales.spec import UnratedReason as Reason
from tests.scales.sound import ADJUSTMENT, PROFILE, SCALE, with_adjustment
from tests.scales.specs import shipped_profile, shipped_scale

SETTINGS = ("community-mental-health", "primary-care", "community-forensic")


def said(profile, *, must: bool) -> list[tuple[str, str]]:
    words = [put_in_words(one, SCALE) for one in profile_findings(profile, SCALE) if one.must is must]
    return [(one.place, one.problem) for one in words]


def threshold(points, lower=None, upper=None):
    bounds = [None if bound is None else Decimal(bound) for bound in (lower, upper)]
    return ReanchoredThreshold(points, "talk", *bounds)


def test_a_sound_profile_has_no_finding():
    assert profile_findings(PROFILE, SCALE) == ()


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("wording", ["us", "uk"])
def test_shipped_profiles_have_no_finding(setting, wording):
    profile = shipped_profile(f"{setting}-{wording}")

    assert profile_findings(profile, shipped_scale(f"ips-25-{wording}")) == ()


MUST = [
    ("head", replace(PROFILE, title=""), "Title", "“Title” is empty."),
    ("head", replace(PROFILE, summary=""), "Summary", "“Summary” is empty."),
    ("head", replace(PROFILE, in_words=""), "As a sentence names it", "“As a sentence names it” is empty."),
    ("head", replace(PROFILE, code=""), "Code", "The code “” cannot be used."),
    ("head", replace(PROFILE, setting="x y"), "Setting", "The code “x y” cannot be used."),
    (
        "head",
        replace(PROFILE, scale_label="2"),
        "Scale",
        "The profile is written for another version than “Tiny scale”.",
    ),
    (
        "sources",
        replace(PROFILE, sources=(*PROFILE.sources, ProfileSource("paper", ""))),
        "Source paper",
        "“Citation” is empty.",
    ),
    (
        "sources",
        replace(PROFILE, sources=PROFILE.sources * 2),
        "Source talk",
        "The code “talk” is used twice.",
    ),
    (
        "general",
        replace(PROFILE, notes=(Statement(StatementKind.CAUTION, "", "talk"),)),
        "Note 1",
        "“Text” is empty.",
    ),
    (
        "general",
        replace(PROFILE, notes=(Statement(StatementKind.CAUTION, "Take care.", "paper"),)),
        "Note 1",
        "The source “paper” is not among the sources of this profile.",
    ),
    (
        "general",
        replace(PROFILE, unrated_reasons=(Reason("too-early", "Too early.", ""),)),
        "Reason too-early",
        "No source is given.",
    ),
    (
        "item",
        with_adjustment(item="shape"),
        "Item “shape”",
        "The version has no item with the code “shape”.",
    ),
    (
        "item",
        replace(PROFILE, adjustments=(ADJUSTMENT, replace(ADJUSTMENT))),
        "Item 1, Size",
        "The profile speaks of the item “size” in two places.",
    ),
    (
        "item",
        with_adjustment(expected_loss=ExpectedLoss(2, 1, "talk")),
        "Item 1, Size, expected loss",
        "The lowest expected loss, 2, is above the highest, 1.",
    ),
    (
        "item",
        with_adjustment(expected_loss=ExpectedLoss(1, 3, "talk")),
        "Item 1, Size, expected loss",
        "An item has only 2 points to lose, and 3 are expected.",
    ),
    (
        "item",
        with_adjustment(expected_loss=ExpectedLoss(1, 2, "")),
        "Item 1, Size, expected loss",
        "No source is given.",
    ),
    (
        "item",
        with_adjustment(statements=(Statement(StatementKind.INTENT, "Why.", "paper"),)),
        "Item 1, Size, statement 1",
        "The source “paper” is not among the sources of this profile.",
    ),
    (
        "item",
        with_adjustment(statements=(), expected_loss=None, degree=Degree.MAJORLY),
        "Item 1, Size, degree",
        "The item is “majorly changed”, and nothing with a source says why.",
    ),
    (
        "item",
        with_adjustment(thresholds=(threshold(4, upper=25),)),
        "Item 1, Size, changed bounds of 4",
        "Bounds are given for a score of 4, but scores run from 1 to 3.",
    ),
    (
        "item",
        with_adjustment(thresholds=(threshold(3),)),
        "Item 1, Size, changed bounds of 3",
        "Neither bound is given.",
    ),
    (
        "item",
        with_adjustment(thresholds=(threshold(3, 30, 25),)),
        "Item 1, Size, changed bounds of 3",
        "No number lies between 30 and 25 as they are written.",
    ),
    (
        "item",
        with_adjustment(thresholds=(threshold(3, upper=25), threshold(2, 24, 30))),
        "Item 1, Size, changed bounds of 3",
        "Numbers from 24 to 25 are under both 3 and 2.",
    ),
    (
        "item",
        with_adjustment(thresholds=(threshold(3, upper=25), threshold(3, upper=26))),
        "Item 1, Size, changed bounds of 3",
        "A score of 3 is described twice.",
    ),
    (
        "item",
        with_adjustment(unrated_reasons=(Reason("too-early", "Too early here.", "talk"),)),
        "Item 1, Size, reason too-early",
        "The reason “too-early” is accepted for every item already.",
    ),
]


@pytest.mark.parametrize(("part", "profile", "place", "problem"), MUST, ids=[row[3] for row in MUST])
def test_what_must_be_mended_is_named_with_its_place_and_its_editor(part, profile, place, problem):
    assert (place, problem) in said(profile, must=True)
    assert {one.part for one in profile_findings(profile, SCALE)} == {part}


def test_a_profile_that_says_nothing_is_a_notice():
    silent = replace(PROFILE, notes=(), adjustments=(), unrated_reasons=())

    assert ("The profile as a whole", "The profile says nothing about any item.") in said(silent, must=False)
    assert said(silent, must=True) == []


def test_a_source_on_which_nothing_rests_is_a_notice():
    typed = replace(PROFILE, sources=(*PROFILE.sources, ProfileSource("paper", "A paper.")))

    assert said(typed, must=False) == [
        ("Source paper", "Nothing in the profile rests on the source “paper”.")
    ]
    assert said(typed, must=True) == []


def test_a_loss_of_an_item_that_is_the_same_must_be_mended():
    same = with_adjustment(degree=Degree.SAME, expected_loss=ExpectedLoss(0, 1, "talk"))

    assert said(same, must=True) == [
        ("Item 1, Size, degree", "The item is known to cost up to 1 here, and its degree is “same”.")
    ]
    assert (
        said(with_adjustment(degree=Degree.SAME, expected_loss=ExpectedLoss(0, 0, "talk")), must=True) == []
    )


def test_bounds_that_run_into_printed_ones_must_be_mended():
    rapid = shipped_scale("ips-25-uk").item("rapid-search")
    easier = Adjustment("rapid-search", Degree.PARTLY, thresholds=(threshold(5, upper=45),))
    profile = replace(shipped_profile("primary-care-uk"), adjustments=(easier,), sources=PROFILE.sources)
    found = [
        put_in_words(one, shipped_scale("ips-25-uk")).problem
        for one in profile_findings(profile, shipped_scale("ips-25-uk"))
        if one.must and one.place[-2:] == ("thresholds", "5")
    ]

    assert rapid.anchor(4).lower == 31
    assert found == ["Numbers from 31 to 45 count as both 5, by the bounds here, and 4, as printed."]


def test_bounds_that_take_in_all_of_a_lower_score_are_a_notice():
    size = SCALE.item("size")
    lower = size.anchor(2)
    swallowing = with_adjustment(thresholds=(threshold(3, upper=lower.upper),))

    assert [problem for _place, problem in said(swallowing, must=False)] == [
        "The bounds of 3 here take in all numbers of 2 as printed, so nobody scores 2."
    ]


def test_items_limited_by_design_that_cost_nothing_are_a_notice():
    assert said(with_adjustment(expected_loss=None), must=False) == [
        (
            "The profile as a whole",
            "Items are “limited by design”, but no loss is expected: all 6 points stay attainable.",
        )
    ]


def test_an_empty_profile_does_not_break_the_checks():
    empty = replace(
        PROFILE, code="", setting="", title="", in_words="", summary="", sources=(), adjustments=()
    )

    assert {place for place, _ in said(empty, must=True)} >= {"Title", "Summary", "Note 1"}
