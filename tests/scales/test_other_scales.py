"""Definition files of other scales: what they say, and that scores add up on them as on the shipped one."""

from decimal import Decimal

import pytest
from django.core.management import call_command

from scales.facts import Facts
from scales.models import ScaleVersion, SettingProfile, Status
from scales.scoring import attainable, band_of, gap_totals, section_totals, total
from scales.spec import Reading
from scales.suggesting import suggest
from scales.yaml_file import check_profile, read_profile, read_scale, write_profile, write_scale
from tests.factories.scales import scale_version
from tests.scales.other_definitions import EVERY, FOLDER, counting, of_15, of_35


@pytest.fixture(params=EVERY.values(), ids=EVERY.keys())
def definition(request):
    return request.param()


def facts(**numbers: int) -> Facts:
    return Facts(**{name: Decimal(number) for name, number in numbers.items()})


def same_score(scale, score: int) -> dict[str, int]:
    return {item.code: score for item in scale.items}


def test_a_file_says_the_same_after_a_round_trip(definition):
    scale, profile = definition.scale, definition.profile

    assert read_scale(write_scale(scale), "scale.yaml") == scale
    assert read_profile(write_profile(profile), "profile.yaml") == profile
    assert check_profile(profile, scale) == []


def test_the_15_items_stand_in_three_sections_and_reach_75():
    scale = of_15().scale

    assert [(section.title, len(section.items)) for section in scale.sections] == [
        ("Staffing", 3),
        ("Organization", 3),
        ("Services", 9),
    ]
    assert (scale.lowest_total, scale.highest_total) == (15, 75)


@pytest.mark.parametrize(
    ("points", "band"),
    [
        (75, "Good fidelity"),
        (66, "Good fidelity"),
        (65, "Fair fidelity"),
        (56, "Fair fidelity"),
        (55, "Not supported employment"),
        (15, "Not supported employment"),
    ],
)
def test_bands_of_the_15_items(points, band):
    assert band_of(of_15().scale, points).label == band


def test_the_35_items_stand_in_two_parts_and_read_their_anchors_in_every_way_but_contacts():
    scale = of_35().scale

    assert [(section.title, len(section.items)) for section in scale.sections] == [
        ("Part 1: Work", 18),
        ("Part 2: Education", 17),
    ]
    assert {item.reading for item in scale.items} == set(Reading) - {Reading.CONTACTS}


@pytest.mark.parametrize("definition", [of_15, of_35])
def test_the_files_say_that_they_are_no_published_form(definition):
    scale = definition().scale
    said = f"{scale.source} {scale.permission}"

    assert "not copied" in said or "Invented" in said
    assert "published form before use" in said or "Not for reviews of real programs" in said


def test_totals_run_from_every_lowest_to_every_highest_score(definition):
    scale = definition.scale

    for score in (scale.minimum, scale.maximum):
        whole = total(scale, same_score(scale, score))
        assert whole.points == score * len(scale.items)
        assert whole.band in scale.bands
        assert sum(part.points for part in section_totals(scale, same_score(scale, score)).values()) == (
            whole.points
        )


def test_an_unrated_item_leaves_a_range_from_its_lowest_to_its_highest_score(definition):
    scale = definition.scale
    unrated = scale.items[-1].code

    found = total(scale, same_score(scale, scale.maximum) | {unrated: None})

    assert found.points == scale.highest_total - scale.maximum
    assert (found.lowest, found.highest) == (found.points + scale.minimum, scale.highest_total)


def test_no_setting_takes_points_so_the_whole_gap_is_open(definition):
    scale, profile = definition.scale, definition.profile
    gap = gap_totals(scale, profile, same_score(scale, scale.minimum))

    assert attainable(scale, profile) == (scale.highest_total, scale.highest_total)
    assert (gap.setting_highest, gap.open_lowest) == (0, scale.highest_total - scale.lowest_total)


@pytest.mark.parametrize(
    ("code", "numbers", "score"),
    [
        ("caseload-size", {"part": 75, "whole": 3}, 5),
        ("caseload-size", {"part": 81, "whole": 1}, 1),
        ("rapid-search", {"value": 1}, 5),
        ("rapid-search", {"value": 13}, 1),
        ("community-based", {"part": 7, "whole": 10}, 5),
        ("individualized-search", {"part": 1, "whole": 2}, 3),
        ("individualized-search", {"part": 6, "whole": 10}, None),
    ],
)
def test_numbers_of_the_15_items_suggest_scores_by_their_own_anchors(code, numbers, score):
    assert suggest(of_15().scale.item(code), facts(**numbers)).score == score


def test_phases_of_the_15_items_are_counted_another_way_than_in_the_shipped_scale():
    item = of_15().scale.item("vocational-generalists")
    answers = {condition.code: False for condition in item.conditions}

    def score(present: str) -> int | None:
        return suggest(item, Facts(present=frozenset(present), answers=answers)).score

    assert [score("abcdef"), score("ab"), score("a")] == [5, 4, 3]


@pytest.mark.parametrize(("part", "score"), [(0, 0), (24, 0), (25, 1), (99, 3), (100, 3)])
def test_a_suggested_score_can_be_0(part, score):
    item = next(one for one in counting(0, 3).scale.items if one.reading is Reading.PERCENTAGE)

    assert suggest(item, facts(part=part, whole=100)).score == score


@pytest.mark.django_db
def test_the_files_load_side_by_side_with_the_shipped_scale():
    shipped = scale_version()

    call_command("load_scale", *sorted(FOLDER.glob("*.yaml")), verbosity=0)

    published = ScaleVersion.objects.filter(status=Status.PUBLISHED)
    assert shipped in published
    for definition in (of_15(), of_35()):
        version = published.get(scale__code=definition.scale.scale_code)
        assert version.to_spec() == definition.scale
        assert SettingProfile.objects.get(version=version).to_spec() == definition.profile
