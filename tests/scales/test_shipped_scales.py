"""The shipped IPS-25 wordings hold the facts of the published scale, number by number, and read as one scale."""

import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from scales.spec import Reading, ScaleSpec
from scales.yaml_file import read_scale

SHIPPED = Path(__file__).resolve().parents[2] / "fixtures" / "scales"
REGIONS = ("us", "uk")

# Item, code, number in its section, reading, sources on the score sheet.
ITEMS = [
    (1, "caseload-size", 1, "ratio", "MIS DOC INT"),
    (2, "employment-staff", 2, "percentage", "MIS DOC INT"),
    (3, "vocational-generalists", 3, "components", "MIS DOC INT OBS"),
    (4, "team-assignment", 1, "percentage", "MIS DOC INT OBS"),
    (5, "team-contact", 2, "components", "MIS DOC INT OBS"),
    (6, "vr-collaboration", 3, "judgement", "DOC INT OBS ISP"),
    (7, "vocational-unit", 4, "judgement", "MIS INT OBS"),
    (8, "supervisor-role", 5, "components", "MIS INT DOC OBS"),
    (9, "zero-exclusion", 6, "judgement", "DOC INT OBS"),
    (10, "agency-focus", 7, "components", "DOC INT OBS"),
    (11, "executive-support", 8, "components", "DOC INT OBS"),
    (12, "work-incentives", 1, "judgement", "DOC INT OBS ISP"),
    (13, "disclosure", 2, "components", "DOC INT OBS"),
    (14, "work-based-assessment", 3, "judgement", "DOC INT OBS ISP"),
    (15, "rapid-search", 4, "days", "DOC INT OBS ISP"),
    (16, "individualized-search", 5, "percentage", "DOC INT OBS ISP"),
    (17, "employer-contact-frequency", 6, "contacts", "DOC INT"),
    (18, "employer-contact-quality", 7, "judgement", "DOC INT OBS"),
    (19, "job-diversity", 8, "percentage", "DOC INT OBS ISP"),
    (20, "employer-diversity", 9, "percentage", "DOC INT OBS ISP"),
    (21, "competitive-jobs", 10, "percentage", "DOC INT OBS ISP"),
    (22, "follow-along", 11, "judgement", "DOC INT OBS ISP"),
    (23, "time-unlimited", 12, "judgement", "DOC INT OBS ISP"),
    (24, "community-based", 13, "percentage", "DOC INT OBS"),
    (25, "assertive-outreach", 14, "components", "MIS DOC INT OBS"),
]

# Item, number, the scores whose printed anchors hold it: none in a printed gap, two in a printed overlap.
THRESHOLDS = [
    (1, "0", [5]),
    (1, "20", [5]),
    (1, "20.5", []),
    (1, "21", [4]),
    (1, "25", [4]),
    (1, "25.5", []),
    (1, "26", [3]),
    (1, "30", [3]),
    (1, "30.01", []),
    (1, "31", [2]),
    (1, "40", [2]),
    (1, "40.9", []),
    (1, "41", [1]),
    (1, "200", [1]),
    (2, "100", [5]),
    (2, "96", [5]),
    (2, "95.5", []),
    (2, "95", [4]),
    (2, "90", [4]),
    (2, "89.5", []),
    (2, "89", [3]),
    (2, "75", [3]),
    (2, "74.5", []),
    (2, "74", [2]),
    (2, "60", [2]),
    (2, "59.9", [1]),
    (2, "0", [1]),
    (4, "100", [5]),
    (4, "90", [5]),
    (4, "89.5", []),
    (4, "89", [4]),
    (4, "75", [4]),
    (4, "74.5", []),
    (4, "74", [3]),
    (4, "50", [3]),
    (4, "49.9", [2]),
    (4, "0", [2]),
    (15, "0", [5]),
    (15, "30", [5]),
    (15, "30.5", []),
    (15, "31", [4]),
    (15, "60", [4]),
    (15, "60.5", []),
    (15, "61", [3]),
    (15, "150", [3]),
    (15, "150.5", []),
    (15, "151", [2]),
    (15, "270", [2]),
    (15, "270.5", []),
    (15, "271", [1]),
    (15, "1000", [1]),
    (16, "100", [5]),
    (16, "90", [5]),
    (16, "89.5", []),
    (16, "89", [4]),
    (16, "75", [4]),
    (16, "74.5", []),
    (16, "74", [3]),
    (16, "50", [3]),
    (16, "49.5", []),
    (16, "49", [2]),
    (16, "25", [2]),
    (16, "24.9", [1]),
    (16, "0", [1]),
    (17, "12", [5]),
    (17, "6", [5]),
    (17, "5.5", []),
    (17, "5", [4]),
    (17, "4.5", []),
    (17, "4", [3]),
    (17, "3", []),
    (17, "2", [2]),
    (17, "1.9", [1]),
    (17, "0", [1]),
    (21, "100", [5]),
    (21, "95", [5]),
    (21, "94.5", []),
    (21, "94", [4]),
    (21, "85", [4]),
    (21, "84.5", []),
    (21, "84", [3]),
    (21, "75", [3]),
    (21, "74.5", []),
    (21, "74", [2]),
    (21, "65", [2]),
    (21, "64.5", []),
    (21, "64", [1]),
    (21, "0", [1]),
    (24, "100", [5]),
    (24, "65", [5]),
    (24, "64.5", []),
    (24, "64", [4]),
    (24, "50", [4]),
    (24, "49.5", []),
    (24, "49", [3]),
    (24, "40", [3]),
    (24, "39.5", []),
    (24, "39", [2]),
    (24, "31", [2]),
    (24, "30", [2, 1]),
    (24, "29.9", [1]),
    (24, "0", [1]),
] + [
    (number, value, points)
    for number in (19, 20)
    for value, points in [
        ("100", [5]),
        ("85", [5]),
        ("84.5", []),
        ("84", [4]),
        ("70", [4]),
        ("69.5", []),
        ("69", [3]),
        ("60", [3]),
        ("59.5", []),
        ("59", [2]),
        ("50", [2]),
        ("49.9", [1]),
        ("0", [1]),
    ]
]

# Item, the score for 0, 1, 2 ... components present; None where the count has no anchor.
COUNTS = [
    (3, [None, 3, 3, 3, 3, 4, 5]),
    (5, [1, 1, 2, 3, 4, 5]),
    (8, [1, 1, 2, 3, 4, 5]),
    (10, [1, 1, 2, 3, 4, 5]),
    (11, [1, 1, 2, 3, 4, 5]),
    (13, [1, 2, 3, 4, 5]),
    (25, [1, 1, 1, 2, 3, 4, 5]),
]

# Item, score, what it takes besides the number, what brings an item down to it.
CONDITIONS = [
    (3, 2, [], ["refers-out-service"]),
    (3, 1, [], ["refers-only"]),
    (4, 2, [], ["three-or-more-teams", "no-teams"]),
    (4, 1, [], ["separate-programme"]),
    (6, 5, ["meets-monthly", "contact-weekly"], []),
    (6, 4, ["meets-quarterly-or-contact-weekly"], []),
    (6, 3, ["contact-monthly"], []),
    (6, 2, ["contact-quarterly"], []),
    (7, 5, ["two-and-leader", "group-weekly", "cover"], []),
    (12, 5, ["specialist-planner", "advice-at-changes", "earnings-reporting"], []),
    (12, 4, ["advice-before-start"], []),
    (12, 3, ["changes-discussed"], []),
    (12, 2, ["contact-details"], []),
    (
        14,
        5,
        [
            "straight-to-jobs",
            "brief-start",
            "profile-used",
            "profile-updated",
            "several-sources",
            "team-learns",
        ],
        [],
    ),
    (14, 4, ["straight-to-jobs", "brief-start", "learns-from-jobs"], []),
    (14, 3, ["straight-to-jobs"], []),
    (15, 5, ["tracks-contacts"], []),
    (16, 5, ["current-plan", "job-information"], []),
    (17, 5, ["form-weekly"], []),
    (17, 4, ["form-weekly"], []),
    (17, 3, ["form-monthly"], []),
    (21, 1, [], ["few-jobs"]),
    (22, 5, ["varied-support", "employer-support", "moving-on", "team-examples"], []),
    (22, 4, ["varied-support", "employer-support"], []),
    (
        23,
        5,
        [
            "week-before-start",
            "three-days-after-start",
            "weekly-first-month",
            "monthly-for-a-year",
            "step-down",
            "three-days-after-loss",
        ],
        [],
    ),
    (23, 4, ["weekly-first-month", "monthly-for-a-year"], []),
    (23, 3, ["half-four-months"], []),
    (23, 2, ["some-four-months"], []),
]

IMPLIED = {
    (6, "meets-monthly"): ["meets-quarterly-or-contact-weekly"],
    (6, "contact-weekly"): ["meets-quarterly-or-contact-weekly", "contact-monthly", "contact-quarterly"],
    (6, "contact-monthly"): ["contact-quarterly"],
    (12, "specialist-planner"): ["advice-before-start"],
    (14, "team-learns"): ["learns-from-jobs"],
    (17, "form-weekly"): ["form-monthly"],
    (23, "half-four-months"): ["some-four-months"],
}

PRINCIPLES = {
    "zero-exclusion": [9, 25],
    "competitive-employment": [10, 11, 21],
    "health-care-integration": [4, 5, 8, 25],
    "benefits-counseling": [12],
    "rapid-search": [15],
    "job-development": [17, 18, 19, 20],
    "individual-support": [22, 23],
    "preferences": [13, 14, 16, 19, 20],
}

BANDS = [
    (115, 125, "Exemplary fidelity"),
    (100, 114, "Good fidelity"),
    (74, 99, "Fair fidelity"),
    (25, 73, "Not supported employment"),
]

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
