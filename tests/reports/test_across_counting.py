"""Counting over sites, as plain values: joined by item code over versions, gaps by profile, shades and bars."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reports.across.bars import BAR_WIDTH, columns, gap_bar, level
from reports.across.counting import (
    Counted,
    agreement_across,
    by_open_points,
    items_across,
    joined_items,
    moved_between,
    totals_compare,
)
from scales.scoring import Gap, gap_totals
from tests.factories.scales import shipped_profile, shipped_scale

UK, US = shipped_scale("uk"), shipped_scale("us")
MENTAL, PRIMARY = shipped_profile("community-mental-health"), shipped_profile("primary-care")
SPECS, PROFILES = {1: UK}, {1: MENTAL, 2: PRIMARY}


def counted(place: int, value: int | None, sites: int = 1, version: int = 1, profile: int = 1) -> Counted:
    return Counted(version, profile, place, value, sites)


def test_scores_are_counted_by_item_and_unrated_ones_apart():
    lines = [counted(1, 5, 2), counted(1, 3, 4), counted(1, None, 3), counted(2, 5, 9)]
    first, second = items_across(lines, SPECS, PROFILES)[:2]

    assert (first.scores, first.unrated, first.rated, first.below) == ({5: 2, 3: 4}, 3, 6, 4)
    assert (first.gap.gap, second.gap.gap, second.below) == (8, 0, 0)


@given(st.lists(st.integers(1, 5) | st.none(), min_size=len(UK.items), max_size=len(UK.items)))
def test_the_gaps_of_the_items_add_up_to_those_of_the_reviews(scores):
    """Two sites of one setting and three of another, all with the same scores."""
    lines = [
        counted(place, score, sites, profile=profile)
        for profile, sites in ((1, 2), (2, 3))
        for place, score in enumerate(scores, 1)
    ]
    items = items_across(lines, SPECS, PROFILES)
    by_code = dict(zip(UK.items_by_code, scores, strict=True))
    one, other = gap_totals(UK, MENTAL, by_code), gap_totals(UK, PRIMARY, by_code)

    for part in vars(one):
        assert sum(getattr(item.gap, part) for item in items) == 2 * getattr(one, part) + 3 * getattr(
            other, part
        )


def test_versions_of_a_scale_are_joined_by_item_code():
    """The other wording has the items in another order: places differ, codes do not."""
    turned = replace(US, sections=tuple(reversed(US.sections)))
    code = UK.items[0].code
    place = [item.code for item in turned.items].index(code) + 1
    first = items_across([counted(1, 5), counted(place, 4, version=2)], {1: UK, 2: turned}, PROFILES)[0]

    assert place > 1
    assert (first.joined.item.code, first.scores) == (code, {5: 1, 4: 1})
    assert first.joined.item.title == UK.items[0].title


def test_items_that_only_one_version_has_are_kept_and_named():
    section = UK.sections[0]
    shorter = replace(UK, sections=(replace(section, items=section.items[1:]), *UK.sections[1:]))

    assert [one.item.code for one in joined_items([shorter, UK])][-1] == section.items[0].code
    assert [one.item.code for one in moved_between([UK, shorter]).not_in_all] == [section.items[0].code]
    assert not totals_compare(UK, shorter)
    assert totals_compare(UK, US)


def test_items_stand_by_what_is_open_to_services_and_those_without_a_loss_are_left_out():
    costly = next(place for place, item in enumerate(UK.items, 1) if PRIMARY.loss(item.code)[0] > 0)
    free = next(place for place, item in enumerate(UK.items, 1) if PRIMARY.loss(item.code) == (0, 0))
    lines = [
        counted(costly, 4, 10, profile=2),
        counted(free, 4, 5, profile=2),
        *(counted(place, 5, 10) for place in range(1, len(UK.items) + 1)),
    ]
    ordered = by_open_points(items_across(lines, SPECS, PROFILES))

    assert [one.joined.item.code for one in ordered] == [
        UK.items[free - 1].code,
        UK.items[costly - 1].code,
    ]
    assert [one.gap.gap for one in ordered] == [5, 10]


def test_agreement_is_counted_of_the_reviews_that_compare_an_item():
    lines = [counted(1, 0, 4), counted(1, 1, 2), counted(1, 3, 1), counted(1, None, 8), counted(2, None, 8)]
    found = agreement_across(lines, SPECS)

    assert [(one.compared, one.exact, one.within_one) for one in found] == [(7, 4, 6)]


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40))
def test_the_parts_of_a_bar_lie_side_by_side_and_show_the_points_lost(is_open, either, setting):
    points = is_open + either + setting
    bar = gap_bar(Gap(points, setting, setting + either, is_open, is_open + either), 120, "A title")
    parts = [one for one in (bar.open, bar.either, bar.setting) if one]

    assert abs(sum(one.width for one in parts) - BAR_WIDTH * points / 120) < 0.1
    assert [bool(one) for one in (bar.open, bar.either, bar.setting)] == [
        is_open > 0,
        either > 0,
        setting > 0,
    ]
    for one, following in pairwise(parts):
        assert abs(one.x + one.width - following.x) < 0.05


def test_columns_are_as_high_as_the_share_and_the_unrated_one_stands_last():
    drawing = columns({1: 1, 3: 2}, 1, range(1, 6), "A title")

    assert [round(one.height / drawing.height, 2) for one in drawing.scores] == [0.25, 0.04, 0.5, 0.04, 0.04]
    assert drawing.unrated.height == drawing.height / 4
    assert drawing.unrated.x > drawing.scores[-1].x


def test_shades_run_from_the_lowest_score_to_the_highest_whatever_the_scale():
    assert [level(score, 1, 5) for score in range(1, 6)] == [0, 1, 2, 3, 4]
    assert [level(score, 0, 2) for score in range(3)] == [0, 2, 4]
