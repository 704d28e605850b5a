"""The shipped IPS-25 wordings hold the facts of the published scale, number by number, and read as one scale."""

import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from scales.spec import Reading, ScaleSpec
from scales.yaml_file import read_scale
from tests.scales.published_facts import BANDS, CONDITIONS, COUNTS, IMPLIED, ITEMS, PRINCIPLES, THRESHOLDS

SHIPPED = Path(__file__).resolve().parents[2] / "fixtures" / "scales"
REGIONS = ("us", "uk")

UK_ONLY = re.compile(
    r"\b(programmes?|organi[sz]ed?|organisations?|individualised|counsell\w+|advis[eo]rs?|centres?|team leaders?"
    r"|clinical teams?|in-work|welfare|jobcentre|records?|enrol|behaviour|colour|favour|labour|judgement"
    r"|practise|licence|CV)\b",
    re.IGNORECASE,
)
US_ONLY = re.compile(
    r"\b(programs?|organiz\w+|agency|individualized|counsel(?:ing|ors?)|centers?|supervisors?|treatment teams?"
    r"|follow-along|vocational rehabilitation|VR|charts?|brochures?|accommodations?|enroll|behavior|color|favor"
    r"|labor|judgment|résumé|toward)\b",
    re.IGNORECASE,
)
NEVER = re.compile(r"\b(audit|inspect|fail|non-?complian)\w*", re.IGNORECASE)


@cache
def scale(region: str) -> ScaleSpec:
    name = f"ips-25-{region}.yaml"
    return read_scale((SHIPPED / name).read_text(encoding="utf-8"), name)


def item(region: str, number: int):
    return scale(region).items[number - 1]


def words(spec: ScaleSpec) -> dict[str, str]:
    """Everything that people read of a version, by where it stands; codes are nobody's spelling."""
    found = {"permission": spec.permission}
    for band in spec.bands:
        found[f"band {band.lowest}"] = f"{band.label}. {band.meaning}"
    for row in (*spec.evidence_sources, *spec.principles, *spec.sections):
        found[row.code] = row.title
    for one in spec.items:
        parts = [one.title, one.short_title, one.measures, one.intent, one.note]
        parts += [one.unit, one.part_label, one.whole_label]
        parts += [component.text for component in one.components]
        parts += [condition.question for condition in one.conditions]
        parts += [anchor.descriptor for anchor in one.anchors]
        found[f"item {one.number}"] = "\n".join(parts)
    return found


@pytest.mark.parametrize(
    ("region", "label", "language"), [("us", "2008-us", "en-US"), ("uk", "2008-uk", "en-GB")]
)
def test_version_says_what_it_is(region, label, language):
    spec = scale(region)

    assert (spec.scale_code, spec.scale_name, spec.label, spec.language) == (
        "ips-25",
        "IPS-25",
        label,
        language,
    )
    assert (spec.minimum, spec.maximum, spec.lowest_total, spec.highest_total) == (1, 5, 25, 125)
    assert "2008" in spec.edition


@pytest.mark.parametrize("region", REGIONS)
def test_25_items_stand_in_three_sections_with_both_numbers(region):
    spec = scale(region)

    assert [(section.code, len(section.items)) for section in spec.sections] == [
        ("staffing", 3),
        ("organization", 8),
        ("services", 14),
    ]
    assert [
        (one.number, one.code, one.number_in_section, one.reading.value, " ".join(one.evidence))
        for one in spec.items
    ] == ITEMS


def test_sections_are_spelled_as_in_their_country():
    assert [section.title for section in scale("us").sections] == ["Staffing", "Organization", "Services"]
    assert [section.title for section in scale("uk").sections] == ["Staffing", "Organisation", "Services"]


@pytest.mark.parametrize("region", REGIONS)
def test_every_item_has_an_anchor_for_each_score(region):
    for one in scale(region).items:
        assert [anchor.points for anchor in one.anchors] == [5, 4, 3, 2, 1], one.code


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize(("number", "value", "expected"), THRESHOLDS)
def test_threshold_is_the_printed_one(region, number, value, expected):
    anchors = item(region, number).anchors

    assert [anchor.points for anchor in anchors if anchor.holds(Decimal(value))] == expected


@pytest.mark.parametrize("region", REGIONS)
def test_only_the_items_in_the_threshold_table_have_bounds(region):
    bounded = {one.number for one in scale(region).items if any(anchor.has_bounds for anchor in one.anchors)}

    assert bounded == {number for number, _, _ in THRESHOLDS}


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize(("number", "expected"), COUNTS)
def test_count_of_components_gives_the_published_score(region, number, expected):
    one = item(region, number)
    counted = [anchor for anchor in one.anchors if anchor.has_count]

    scores = [
        next(
            (anchor.points for anchor in counted if anchor.count_lowest <= count <= anchor.count_highest),
            None,
        )
        for count in range(len(one.components) + 1)
    ]

    assert scores == expected


@pytest.mark.parametrize("region", REGIONS)
def test_only_the_items_in_the_count_table_count_components(region):
    counting = [one.number for one in scale(region).items if one.reading is Reading.COMPONENTS]

    assert counting == [number for number, _ in COUNTS]
    assert [one.number for one in scale(region).items if one.components] == counting


@pytest.mark.parametrize("region", REGIONS)
def test_conditions_of_anchors_are_the_published_ones(region):
    found = [
        (one.number, anchor.points, list(anchor.requires), list(anchor.also_when))
        for one in scale(region).items
        for anchor in one.anchors
        if anchor.requires or anchor.also_when
    ]

    assert found == CONDITIONS


@pytest.mark.parametrize("region", REGIONS)
def test_conditions_imply_only_what_follows_from_them(region):
    found = {
        (one.number, condition.code): list(condition.implies)
        for one in scale(region).items
        for condition in one.conditions
        if condition.implies
    }

    assert found == IMPLIED


@pytest.mark.parametrize("region", REGIONS)
def test_every_condition_is_used_by_an_anchor(region):
    for one in scale(region).items:
        used = {code for anchor in one.anchors for code in (*anchor.requires, *anchor.also_when)}
        assert {condition.code for condition in one.conditions} == used, one.code


@pytest.mark.parametrize("region", REGIONS)
def test_specialists_are_rated_one_by_one_in_items_17_18_and_24(region):
    assert [one.number for one in scale(region).items if one.per_specialist] == [17, 18, 24]


@pytest.mark.parametrize("region", REGIONS)
def test_relief_for_few_job_seekers_is_in_item_17_alone(region):
    relief = {one.number: one.few_seekers for one in scale(region).items if one.few_seekers}

    assert {number: (few.fewer_than, few.times) for number, few in relief.items()} == {17: (3, 2)}


@pytest.mark.parametrize("region", REGIONS)
def test_fewer_than_ten_jobs_is_answered_by_the_facts(region):
    answered = {
        (one.number, condition.code): condition.whole_below
        for one in scale(region).items
        for condition in one.conditions
        if condition.whole_below is not None
    }

    assert answered == {(21, "few-jobs"): 10}


@pytest.mark.parametrize("region", REGIONS)
def test_bands_are_the_published_ones(region):
    assert [(band.lowest, band.highest, band.label) for band in scale(region).bands] == BANDS
    assert all(band.meaning for band in scale(region).bands)


@pytest.mark.parametrize("region", REGIONS)
def test_principles_are_served_by_the_mapped_items(region):
    spec = scale(region)

    assert {
        principle.code: [one.number for one in spec.items if principle.code in one.principles]
        for principle in spec.principles
    } == PRINCIPLES


def test_us_and_uk_share_every_code_and_number():
    def shape(region):
        spec = scale(region)
        return (
            [row.code for row in (*spec.evidence_sources, *spec.principles)],
            [
                (
                    one.code,
                    one.reading,
                    one.evidence,
                    one.principles,
                    [component.code for component in one.components],
                    [(row.code, row.implies, row.whole_below) for row in one.conditions],
                    [
                        (
                            *(row.points, row.lower, row.upper, row.lower_open, row.upper_open),
                            *(row.count_lowest, row.count_highest, row.requires, row.also_when),
                        )
                        for row in one.anchors
                    ],
                )
                for one in spec.items
            ],
        )

    assert shape("us") == shape("uk")


@pytest.mark.parametrize(("region", "foreign"), [("us", UK_ONLY), ("uk", US_ONLY)])
def test_no_words_of_the_other_country(region, foreign):
    found = {place: foreign.findall(text) for place, text in words(scale(region)).items()}

    assert {place: hits for place, hits in found.items() if hits} == {}


@pytest.mark.parametrize("region", REGIONS)
def test_a_review_is_never_called_what_it_is_not(region):
    assert NEVER.findall((SHIPPED / f"ips-25-{region}.yaml").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("region", REGIONS)
def test_every_item_says_what_it_measures_and_why(region):
    for one in scale(region).items:
        assert one.measures.endswith("."), one.code
        assert one.intent.endswith("."), one.code
        assert len(one.short_title) <= 28, one.short_title
        assert all(condition.question.endswith("?") for condition in one.conditions), one.code
        assert all(component.text.endswith(".") for component in one.components), one.code


@pytest.mark.parametrize("region", REGIONS)
def test_every_number_says_what_it_counts(region):
    for one in scale(region).items:
        if one.reading in (Reading.RATIO, Reading.PERCENTAGE):
            assert one.unit, one.code
            assert one.part_label, one.code
            assert one.whole_label, one.code
        elif one.reading in (Reading.DAYS, Reading.CONTACTS):
            assert one.unit, one.code
            assert one.part_label, one.code


@pytest.mark.parametrize("region", REGIONS)
def test_every_anchor_stands_by_itself(region):
    for one in scale(region).items:
        descriptors = [anchor.descriptor for anchor in one.anchors]
        assert len(set(descriptors)) == 5, one.code
        assert all(len(text) >= 30 and text.endswith(".") for text in descriptors), one.code


@pytest.mark.parametrize("region", REGIONS)
def test_numbers_in_a_descriptor_are_those_of_its_bounds(region):
    for one in scale(region).items:
        if one.reading not in (Reading.RATIO, Reading.PERCENTAGE, Reading.DAYS):
            continue
        for anchor in one.anchors:
            bounds = {int(bound) for bound in (anchor.lower, anchor.upper) if bound is not None}
            printed = {int(number) for number in re.findall(r"\d+", anchor.descriptor)}
            assert bounds <= printed, (one.code, anchor.points)
