"""What moved between two reviews, in points and in words."""

import pytest

from reviews.home.change import change_between
from reviews.home.words import change_in_words, points_in_words, whose_part
from reviews.models import Kind, Result
from scales.scoring import Gap, gap
from tests.factories.scales import setting_profile

pytestmark = pytest.mark.django_db


@pytest.fixture
def primary_care():
    return setting_profile("primary-care", "uk")


def changed(profile, now, before):
    spec = profile.version.to_spec()
    every = dict.fromkeys(spec.items_by_code, 3)
    return change_between(spec, profile.to_spec(), every | now, every | before)


def test_the_points_are_the_sum_of_what_moved_and_those_that_moved_most_come_first(primary_care):
    change = changed(
        primary_care, {"caseload-size": 2, "zero-exclusion": 1, "rapid-search": 5}, {"zero-exclusion": 4}
    )

    assert change.points == -1 - 3 + 2
    assert [move.item.code for move in change.slipped] == ["zero-exclusion", "caseload-size"]
    assert [move.points for move in change.slipped] == [-3, -1]
    assert [move.item.code for move in change.rose] == ["rapid-search"]
    assert change.is_whole


def test_an_item_unrated_once_is_not_compared(primary_care):
    change = changed(primary_care, {"caseload-size": None}, {"zero-exclusion": None})

    assert (change.points, change.compared, change.is_whole) == (0, 23, False)
    assert (
        change_in_words(Result(kind=Kind.FOLLOW_UP), change) == "no change over the 23 items rated both times"
    )


def test_the_gap_of_a_moved_item_is_the_one_of_the_scoring(primary_care):
    spec, profile = primary_care.version.to_spec(), primary_care.to_spec()
    every = dict.fromkeys(spec.items_by_code, 5)

    for code in spec.items_by_code:
        move = change_between(spec, profile, every | {code: 2}, every).slipped[0]
        assert move.gap == gap(spec, profile, code, 2)


@pytest.mark.parametrize(
    ("points", "said"),
    [(-1, "1 point down"), (-9, "9 points down"), (0, "no change"), (4, "4 points up")],
)
def test_the_direction_is_said_in_words(points, said):
    assert points_in_words(points) == said


@pytest.mark.parametrize(
    ("shared", "said"),
    [
        (Gap(2, 0, 0, 2, 2), "the service’s: 2 points to the top are open"),
        (Gap(1, 1, 1, 0, 0), "the setting’s: it accounts for the 1 point to the top"),
        (
            Gap(3, 1, 2, 1, 2),
            "shared: of 3 points to the top, 1 to 2 the setting’s, 1 to 2 open to the service",
        ),
    ],
)
def test_whose_part_is_open_is_said_in_words(shared, said):
    assert whose_part(shared) == said
