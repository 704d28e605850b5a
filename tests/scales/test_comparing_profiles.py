"""What differs between two setting profiles, as plain values."""

from dataclasses import replace
from decimal import Decimal

from scales.comparing import compare_profiles
from scales.spec import (
    Degree,
    ExpectedLoss,
    ProfileSource,
    ReanchoredThreshold,
    Statement,
    StatementKind,
    UnratedReason,
)
from tests.scales.sound import ADJUSTMENT, PROFILE, SCALE, with_adjustment
from tests.scales.specs import shipped_profile, shipped_scale


def compared(before, after):
    return compare_profiles(before, SCALE, after, SCALE)


def only_change(after):
    (change,) = compared(PROFILE, after).adjustments
    return change


def test_a_profile_is_the_same_as_itself():
    comparison = compared(PROFILE, PROFILE)

    assert comparison.is_same
    assert comparison.unchanged == 1


def test_attainable_totals_stand_side_by_side():
    uk = shipped_scale("ips-25-uk")
    before, after = (shipped_profile(f"{name}-uk") for name in ("community-mental-health", "primary-care"))

    comparison = compare_profiles(before, uk, after, uk)

    assert comparison.attainable == ((125, 125), (98, 107))
    assert comparison.highest_totals == (125, 125)


def test_degree_and_loss_are_told_with_both_values():
    change = only_change(with_adjustment(degree=Degree.PARTLY, expected_loss=ExpectedLoss(1, 2, "talk")))

    assert [(value.field, value.before, value.after) for value in change.values] == [
        ("degree", Degree.LIMITED, Degree.PARTLY),
        ("expected_loss", ExpectedLoss(0, 1, "talk"), ExpectedLoss(1, 2, "talk")),
    ]


def test_an_item_that_only_one_profile_speaks_of_is_told():
    change = only_change(replace(PROFILE, adjustments=()))

    assert change.item.code == "size"
    assert [(value.field, value.after) for value in change.values] == [
        ("degree", Degree.SAME),
        ("expected_loss", None),
    ]
    assert [one.after for one in change.statements] == [None]


def test_a_reworded_statement_is_one_change_and_not_two():
    other = Statement(StatementKind.LOOK_FOR, "Look here first.", "talk")

    (change,) = only_change(with_adjustment(statements=(other,))).statements

    assert (change.texts.before, change.texts.after) == ("Look here.", "Look here first.")


def test_statements_of_another_kind_or_other_words_came_and_went():
    other = Statement(StatementKind.CAUTION, "Look here.", "talk")

    changes = only_change(with_adjustment(statements=(other,))).statements

    assert [(one.before is None, one.after is None) for one in changes] == [(True, False), (False, True)]


def test_another_source_of_a_statement_is_told():
    paper = replace(
        with_adjustment(statements=(replace(ADJUSTMENT.statements[0], source="paper"),)),
        sources=(*PROFILE.sources, ProfileSource("paper", "A paper.")),
    )
    comparison = compared(PROFILE, paper)

    (change,) = comparison.adjustments[0].statements
    assert (change.source.before, change.source.after) == ("talk", "paper")
    assert [(text.field, text.before, text.after) for text in comparison.sources] == [
        ("paper", "", "A paper.")
    ]


def test_changed_bounds_are_told_by_their_points():
    after = with_adjustment(thresholds=(ReanchoredThreshold(3, "talk", upper=Decimal(22)),))

    (change,) = only_change(after).thresholds

    assert (change.points, change.before.upper, change.after.upper) == (3, Decimal(18), Decimal(22))


def test_reasons_and_notes_are_told():
    after = replace(
        PROFILE,
        notes=(),
        unrated_reasons=(UnratedReason("too-early", "Far too early.", "talk"),),
    )

    comparison = compared(PROFILE, after)

    assert [one.after for one in comparison.notes] == [None]
    assert [(text.field, text.after) for text in comparison.reasons] == [("too-early", "Far too early.")]


def test_profiles_of_two_versions_are_joined_by_item_code():
    other = replace(SCALE, label="2", sections=(replace(SCALE.sections[0], items=SCALE.items[1:]),))
    after = replace(PROFILE, scale_label="2", adjustments=())

    comparison = compare_profiles(PROFILE, SCALE, after, other)

    assert [change.item.code for change in comparison.adjustments] == ["size"]
