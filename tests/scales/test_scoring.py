"""Totals, bands, gaps and changes: worked examples, then laws that hold for a scale of any size."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scales.scoring import (
    ScoreOutOfRange,
    TotalOutsideBands,
    UnknownItem,
    attainable,
    band_of,
    change,
    gap,
    gap_totals,
    principle_totals,
    section_totals,
    total,
)
from scales.spec import ScaleSpec
from tests.scales import specs

IPS25 = specs.ips25_like()
CODES = [item.code for item in IPS25.items]
NINE = CODES[:9]
# Published for England: nine items each two to three points short in primary care.
PRIMARY_CARE = specs.profile(dict.fromkeys(NINE, (2, 3)))
NO_LOSS = specs.profile({})


def summing_to(points: int, rated: int) -> dict[str, int | None]:
    """Scores of the first items that sum to these points, the rest unrated."""
    low, extra = divmod(points, rated)
    scores: dict[str, int | None] = {code: low + (place < extra) for place, code in enumerate(CODES[:rated])}
    return scores | dict.fromkeys(CODES[rated:])


def primary_care(on_the_nine: int) -> dict[str, int]:
    return dict.fromkeys(CODES, 5) | dict.fromkeys(NINE, on_the_nine)


@pytest.mark.parametrize(
    ("points", "rated", "lowest", "highest", "band", "possible"),
    [
        (125, 25, 125, 125, "Exemplary", 1),
        (115, 25, 115, 115, "Exemplary", 1),
        (114, 25, 114, 114, "Good", 1),
        (107, 25, 107, 107, "Good", 1),
        (100, 25, 100, 100, "Good", 1),
        (99, 25, 99, 99, "Fair", 1),
        (74, 25, 74, 74, "Fair", 1),
        (73, 25, 73, 73, "Not", 1),
        (25, 25, 25, 25, "Not", 1),
        (79, 22, 82, 94, "Fair", 1),
        (93, 22, 96, 108, None, 2),
        (70, 22, 73, 85, None, 2),
        (110, 22, 113, 125, None, 2),
        (96, 24, 97, 101, None, 2),
        (5, 1, 29, 125, None, 4),
    ],
)
def test_total_shows_what_it_can_become_and_names_a_band_only_when_certain(
    points, rated, lowest, highest, band, possible
):
    found = total(IPS25, summing_to(points, rated))

    assert (found.points, found.rated, found.unrated) == (points, rated, 25 - rated)
    assert (found.lowest, found.highest, found.maximum) == (lowest, highest, 125)
    assert (found.band and found.band.label.split()[0]) == band
    assert len(found.possible_bands) == possible
    assert found.is_complete == (rated == 25)


def test_missing_key_and_none_are_both_unrated():
    assert total(IPS25, {}) == total(IPS25, dict.fromkeys(CODES))


def test_sections_carry_their_own_range():
    found = section_totals(IPS25, {"item-1": 4, "item-2": 3, "item-4": 5})

    assert list(found) == ["section-1", "section-2", "section-3"]
    assert [(one.points, one.lowest, one.highest, one.maximum) for one in found.values()] == [
        (7, 8, 12, 15),
        (5, 12, 40, 40),
        (0, 14, 70, 70),
    ]


def test_an_item_counts_under_every_principle_it_serves():
    found = principle_totals(IPS25, {"item-1": 4, "item-2": 3})

    assert [(code, one.points, one.rated, one.unrated, one.maximum) for code, one in found.items()] == [
        ("every", 7, 2, 23, 125),
        ("second", 3, 1, 11, 60),
        ("none", 0, 0, 0, 0),
    ]


@pytest.mark.parametrize("score", [0, 6, -1, True, False, 3.0, "4", Decimal(4)])
def test_a_score_that_the_scale_does_not_have_is_refused(score):
    with pytest.raises(ScoreOutOfRange) as refused:
        total(IPS25, {"item-1": score})

    assert refused.value.item_code == "item-1"


@pytest.mark.parametrize("arithmetic", [total, section_totals, principle_totals])
def test_an_item_that_the_scale_does_not_have_is_refused(arithmetic):
    with pytest.raises(UnknownItem) as refused:
        arithmetic(IPS25, {"item-26": 3})

    assert refused.value.item_code == "item-26"


@pytest.mark.parametrize("points", [24, 126])
def test_a_total_beyond_the_scale_has_no_band(points):
    with pytest.raises(TotalOutsideBands):
        band_of(IPS25, points)


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (5, (0, 0, 0, 0, 0)),
        (4, (1, 1, 1, 0, 0)),
        (3, (2, 2, 2, 0, 0)),
        (2, (3, 2, 3, 0, 1)),
        (1, (4, 2, 3, 1, 2)),
    ],
)
def test_gap_of_an_item_is_shared_between_setting_and_service(score, expected):
    found = gap(IPS25, PRIMARY_CARE, "item-1", score)

    assert tuple(vars(found).values()) == expected


def test_an_unrated_item_has_no_gap():
    assert gap(IPS25, PRIMARY_CARE, "item-1", None) is None


def test_gap_refuses_an_unknown_item():
    with pytest.raises(UnknownItem):
        gap(IPS25, PRIMARY_CARE, "item-26", None)


@pytest.mark.parametrize(
    ("setting", "on_the_nine", "points", "band", "expected"),
    [
        (PRIMARY_CARE, 3, 107, "Good fidelity", (18, 18, 18, 0, 0)),
        (PRIMARY_CARE, 2, 98, "Fair fidelity", (27, 18, 27, 0, 9)),
        (NO_LOSS, 3, 107, "Good fidelity", (18, 0, 0, 18, 18)),
        (NO_LOSS, 2, 98, "Fair fidelity", (27, 0, 0, 27, 27)),
    ],
)
def test_setting_explains_the_gap_and_never_the_total(setting, on_the_nine, points, band, expected):
    scores = primary_care(on_the_nine)

    assert (total(IPS25, scores).points, total(IPS25, scores).band.label) == (points, band)
    assert tuple(vars(gap_totals(IPS25, setting, scores)).values()) == expected


def test_unrated_items_add_nothing_to_the_gap():
    assert tuple(vars(gap_totals(IPS25, PRIMARY_CARE, {"item-1": 2})).values()) == (3, 2, 3, 0, 1)


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        (PRIMARY_CARE, (98, 107)),
        (NO_LOSS, (125, 125)),
        (specs.profile(dict.fromkeys(CODES, (5, 9))), (25, 25)),
        (specs.profile({"another-scale's-item": (2, 3)}), (125, 125)),
    ],
)
def test_attainable_total_leaves_out_what_the_setting_costs(setting, expected):
    assert attainable(IPS25, setting) == expected


def test_change_joins_by_item_code_and_needs_both_scores():
    found = change(
        IPS25,
        {"item-1": 5, "item-2": 3, "item-3": 2},
        {"item-1": 3, "item-2": 4, "item-4": 5, "retired-item": 9},
    )

    assert {code: points for code, points in found.items() if points is not None} == {
        "item-1": 2,
        "item-2": -1,
    }
    assert list(found) == CODES


@pytest.mark.parametrize("region", ["us", "uk"])
@pytest.mark.parametrize(
    ("setting", "expected"),
    [("community-mental-health", (125, 125)), ("primary-care", (98, 107))],
)
def test_attainable_totals_of_the_shipped_profiles(region, setting, expected):
    spec = specs.shipped_scale(f"ips-25-{region}")

    assert attainable(spec, specs.shipped_profile(f"{setting}-{region}")) == expected


@pytest.mark.parametrize(
    ("on_the_nine", "points", "band_from", "expected"),
    [(3, 107, 100, (18, 18, 18, 0, 0)), (2, 98, 74, (27, 18, 27, 0, 9))],
)
def test_gap_of_a_primary_care_service_by_the_shipped_profile(on_the_nine, points, band_from, expected):
    spec, setting = specs.shipped_scale(), specs.shipped_profile("primary-care-us")
    scores = {item.code: on_the_nine if setting.loss(item.code)[1] else 5 for item in spec.items}

    assert (total(spec, scores).points, band_of(spec, points).lowest) == (points, band_from)
    assert tuple(vars(gap_totals(spec, setting, scores)).values()) == expected


@pytest.mark.parametrize("region", ["us", "uk"])
def test_the_shipped_scales_sum_and_band_as_published(region):
    spec = specs.shipped_scale(f"ips-25-{region}")

    assert [one.maximum for one in section_totals(spec, {}).values()] == [15, 40, 70]
    assert [(band.lowest, band.highest) for band in spec.bands] == [
        (band.lowest, band.highest) for band in specs.IPS25_BANDS
    ]
    assert all(one.rated for one in principle_totals(spec, dict.fromkeys(spec.items_by_code, 5)).values())


# Laws, for a scale of any size.

scales_with_scores = specs.random_scales().flatmap(
    lambda spec: st.tuples(st.just(spec), specs.scores_for(spec))
)


@given(scales_with_scores)
def test_total_equals_the_sum_of_the_sections(drawn):
    spec, scores = drawn
    whole, parts = total(spec, scores), section_totals(spec, scores).values()

    for name in ("points", "rated", "unrated", "lowest", "highest", "maximum"):
        assert getattr(whole, name) == sum(getattr(part, name) for part in parts)


@given(specs.random_scales())
def test_every_total_lies_in_one_band(spec):
    for points in range(spec.lowest_total, spec.highest_total + 1):
        holding = [band for band in spec.bands if band.lowest <= points <= band.highest]
        assert [band_of(spec, points)] == holding


@given(scales_with_scores, st.data())
def test_raising_one_score_never_lowers_total_or_band(drawn, data):
    spec, scores = drawn
    complete = {item.code: scores.get(item.code) or spec.minimum for item in spec.items}
    code = data.draw(st.sampled_from(list(complete)))
    better = complete | {code: data.draw(st.integers(complete[code], spec.maximum))}

    before, after = total(spec, complete), total(spec, better)

    assert after.points >= before.points
    assert rank(spec, after.points) >= rank(spec, before.points)


def rank(spec: ScaleSpec, points: int) -> int:
    return band_of(spec, points).lowest


@given(scales_with_scores)
def test_range_lies_within_the_scale_and_closes_when_complete(drawn):
    spec, scores = drawn
    found = total(spec, scores)

    assert spec.lowest_total <= found.lowest <= found.highest <= spec.highest_total == found.maximum
    assert (found.lowest == found.highest == found.points) == found.is_complete


@given(scales_with_scores)
def test_band_is_named_only_when_both_ends_lie_in_it(drawn):
    spec, scores = drawn
    found = total(spec, scores)
    ends = {band_of(spec, found.lowest), band_of(spec, found.highest)}

    assert ends <= set(found.possible_bands)
    assert ({found.band} == ends) == (len(ends) == 1)
    assert (found.band is None) == (len(found.possible_bands) > 1)


@given(scales_with_scores, st.data())
def test_missing_is_not_zero_but_widens_the_range(drawn, data):
    spec, scores = drawn
    complete = {item.code: scores.get(item.code) or spec.maximum for item in spec.items}
    code = data.draw(st.sampled_from(list(complete)))

    full, short = total(spec, complete), total(spec, complete | {code: None})

    assert short.lowest == full.points - complete[code] + spec.minimum
    assert short.lowest <= full.points <= short.highest
    assert short.highest - short.lowest == spec.maximum - spec.minimum


@given(scales_with_scores, st.data())
def test_setting_part_and_open_part_make_up_the_gap_at_both_ends(drawn, data):
    spec, scores = drawn
    setting = data.draw(specs.random_profiles(spec))

    gaps = [gap(spec, setting, code, score) for code, score in scores.items()]
    found = [one for one in [*gaps, gap_totals(spec, setting, scores)] if one is not None]

    for one in found:
        assert one.setting_lowest + one.open_highest == one.gap
        assert one.setting_highest + one.open_lowest == one.gap
        assert 0 <= one.setting_lowest <= one.setting_highest <= one.gap
        assert 0 <= one.open_lowest <= one.open_highest


@given(specs.random_scales(), st.data())
def test_attainable_range_lies_inside_the_scale(spec, data):
    lowest, highest = attainable(spec, data.draw(specs.random_profiles(spec)))

    assert spec.lowest_total <= lowest <= highest <= spec.highest_total


@given(specs.random_scales(), st.data())
def test_a_service_that_loses_only_what_the_setting_costs_has_nothing_open(spec, data):
    setting = data.draw(specs.random_profiles(spec))
    scores = {item.code: spec.maximum - setting.loss(item.code)[0] for item in spec.items}

    assert total(spec, scores).points == attainable(spec, setting)[1]
    assert gap_totals(spec, setting, scores).open_highest == 0


@given(scales_with_scores)
def test_change_since_oneself_is_nothing(drawn):
    spec, scores = drawn

    assert {points for points in change(spec, scores, scores).values() if points is not None} <= {0}


@given(scales_with_scores)
def test_total_does_not_depend_on_the_order_of_sections(drawn):
    spec, scores = drawn

    assert total(replace(spec, sections=spec.sections[::-1]), scores) == total(spec, scores)
