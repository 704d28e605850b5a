"""The setting profiles in `fixtures/scales/profiles/` say what their sources say, alike in US and UK wording."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scales.spec import Degree, ProfileSpec, ScaleSpec, Statement, StatementKind, UnratedReason
from scales.yaml_file import check_profile, read_profile, read_scale

SCALES = Path(__file__).resolve().parents[2] / "fixtures" / "scales"
SETTINGS = ("community-mental-health", "primary-care", "community-forensic")
REGIONS = ("us", "uk")
FILES = [f"{setting}-{region}" for setting in SETTINGS for region in REGIONS]

# The items that the English primary-care slides list, in the order of the form.
COSTLY_IN_PRIMARY_CARE = [
    "caseload-size",
    "team-assignment",
    "team-contact",
    "agency-focus",
    "executive-support",
    "work-based-assessment",
    "follow-along",
    "time-unlimited",
    "assertive-outreach",
]

FORBIDDEN = re.compile(r"\b(audit|inspect|fail|non-?compli)", re.IGNORECASE)
UK_WORDS = re.compile(
    r"\b(programmes?|organisations?|centres?|counsell\w+|offences?|rumours?|GPs?|clinical teams?|team leader"
    r"|in-work support|welfare benefits|job ?centre|licence|practise|individualised|CV)\b",
    re.IGNORECASE,
)
US_WORDS = re.compile(
    r"\b(programs?|organizations?|centers?|counsel(?:ing|or)s?|offenses?|rumors?|physicians?|treatment teams?"
    r"|IPS supervisor|follow-along|résumé|individualized|medical record|toward)\b",
    re.IGNORECASE,
)


def profile(name: str) -> ProfileSpec:
    path = SCALES / "profiles" / f"{name}.yaml"
    return read_profile(path.read_text(encoding="utf-8"), path.name)


def scale_of(spec: ProfileSpec) -> ScaleSpec:
    """The shipped scale version that a profile is for."""
    scales = [
        read_scale(path.read_text(encoding="utf-8"), path.name) for path in sorted(SCALES.glob("*.yaml"))
    ]
    return next(
        scale for scale in scales if (scale.scale_code, scale.label) == (spec.scale_code, spec.scale_label)
    )


def statements(spec: ProfileSpec) -> Iterator[Statement]:
    yield from spec.notes
    for adjustment in spec.adjustments:
        yield from adjustment.statements


def reasons(spec: ProfileSpec) -> Iterator[UnratedReason]:
    yield from spec.unrated_reasons
    for adjustment in spec.adjustments:
        yield from adjustment.unrated_reasons


def sentences(spec: ProfileSpec) -> str:
    """Everything a reader sees of a profile, save the citations, which keep the words of their titles."""
    own = [spec.title, spec.in_words, spec.summary]
    return "\n".join(own + [row.text for row in statements(spec)] + [row.text for row in reasons(spec)])


def items_with_loss(spec: ProfileSpec) -> list[str]:
    return [adjustment.item for adjustment in spec.adjustments if adjustment.expected_loss]


def shape(spec: ProfileSpec) -> list[tuple]:
    """What must not differ between the wordings of one profile."""
    whole = (
        spec.code,
        spec.setting,
        [source.code for source in spec.sources],
        [(row.kind, row.source) for row in spec.notes],
        [(row.code, row.source) for row in spec.unrated_reasons],
    )
    return [whole] + [
        (
            row.item,
            row.degree,
            row.expected_loss,
            [(statement.kind, statement.source) for statement in row.statements],
            row.thresholds,
            [(reason.code, reason.source) for reason in row.unrated_reasons],
        )
        for row in spec.adjustments
    ]


def test_six_profiles_are_shipped():
    assert sorted(path.stem for path in (SCALES / "profiles").glob("*.yaml")) == sorted(FILES)


@pytest.mark.parametrize("name", FILES)
def test_profile_fits_its_scale(name):
    spec = profile(name)

    assert check_profile(spec, scale_of(spec)) == []


@pytest.mark.parametrize("name", FILES)
def test_file_name_says_setting_and_region(name):
    spec = profile(name)

    assert f"{spec.setting}-{spec.scale_label.removeprefix('2008-')}" == name
    assert spec.code == spec.setting
    assert spec.scale_code == "ips-25"


@pytest.mark.parametrize("region", REGIONS)
def test_primary_care_costs_two_to_three_points_on_nine_items(region):
    spec = profile(f"primary-care-{region}")

    assert items_with_loss(spec) == COSTLY_IN_PRIMARY_CARE
    assert {spec.loss(item) for item in COSTLY_IN_PRIMARY_CARE} == {(2, 3)}
    assert {spec.adjustment(item).expected_loss.source for item in COSTLY_IN_PRIMARY_CARE} == {"england"}


@pytest.mark.parametrize("region", REGIONS)
def test_primary_care_attains_98_to_107(region):
    spec = profile(f"primary-care-{region}")
    items = scale_of(spec).items_by_code

    lowest, highest = (sum(spec.loss(item)[end] for item in items) for end in (0, 1))

    assert (lowest, highest) == (18, 27)
    assert (125 - highest, 125 - lowest) == (98, 107)


@pytest.mark.parametrize("region", REGIONS)
def test_primary_care_items_are_changed_just_where_points_are_lost(region):
    spec = profile(f"primary-care-{region}")

    changed = [row.item for row in spec.adjustments if row.degree is not Degree.SAME]

    assert changed == COSTLY_IN_PRIMARY_CARE


@pytest.mark.parametrize("region", REGIONS)
def test_each_changed_item_gives_the_reason_for_its_degree(region):
    named = {
        Degree.PARTLY: "partly changed",
        Degree.MAJORLY: "majorly changed",
        Degree.LIMITED: "limited by design",
    }
    spec = profile(f"primary-care-{region}")

    for row in spec.adjustments:
        if row.degree is not Degree.SAME:
            cautions = [s.text for s in row.statements if s.kind is StatementKind.CAUTION]
            assert any(text.startswith(f"Marked {named[row.degree]}: ") for text in cautions), row.item


@pytest.mark.parametrize("region", REGIONS)
def test_every_costly_item_says_what_to_look_for_what_shows_it_and_how_to_serve_it(region):
    spec = profile(f"primary-care-{region}")

    for item in COSTLY_IN_PRIMARY_CARE:
        assert {s.kind for s in spec.adjustment(item).statements} == set(StatementKind), item


@pytest.mark.parametrize("region", REGIONS)
def test_primary_care_guidance_rests_on_both_sources(region):
    used = {statement.source for statement in statements(profile(f"primary-care-{region}"))}

    assert {"england", "british-columbia"} <= used


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("setting", ["community-mental-health", "community-forensic"])
def test_no_points_are_lost_elsewhere(setting, region):
    spec = profile(f"{setting}-{region}")

    assert items_with_loss(spec) == []
    assert all(row.degree is Degree.SAME for row in spec.adjustments)


@pytest.mark.parametrize("region", REGIONS)
def test_community_mental_health_adjusts_nothing(region):
    assert profile(f"community-mental-health-{region}").adjustments == ()


@pytest.mark.parametrize("region", REGIONS)
def test_forensic_items_may_stay_unrated_while_referrals_are_few(region):
    spec = profile(f"community-forensic-{region}")

    for item in scale_of(spec).items:
        assert "too-few-referrals" in [reason.code for reason in spec.reasons_for_unrated(item.code)]


@pytest.mark.parametrize("name", FILES)
def test_no_shipped_profile_replaces_a_threshold(name):
    assert all(row.thresholds == () for row in profile(name).adjustments)


@pytest.mark.parametrize("name", FILES)
def test_every_statement_has_a_declared_source_and_every_source_is_used(name):
    spec = profile(name)
    declared = {source.code for source in spec.sources}

    used = {row.source for row in [*statements(spec), *reasons(spec)]}
    used |= {row.expected_loss.source for row in spec.adjustments if row.expected_loss}

    assert used == declared


@pytest.mark.parametrize("name", FILES)
def test_at_most_three_statements_of_a_kind_on_an_item(name):
    for row in profile(name).adjustments:
        kinds = [statement.kind for statement in row.statements]
        assert all(kinds.count(kind) <= 3 for kind in kinds), row.item
        assert kinds == sorted(kinds, key=list(StatementKind).index), row.item


@pytest.mark.parametrize("name", FILES)
def test_reason_codes_do_not_repeat_for_an_item(name):
    spec = profile(name)

    for item in scale_of(spec).items:
        codes = [reason.code for reason in spec.reasons_for_unrated(item.code)]
        assert len(codes) == len(set(codes)), item.code


@pytest.mark.parametrize("name", FILES)
def test_adjustments_follow_the_order_of_the_form(name):
    spec = profile(name)
    order = [item.code for item in scale_of(spec).items]

    assert [row.item for row in spec.adjustments] == sorted(
        (row.item for row in spec.adjustments), key=order.index
    )


@pytest.mark.parametrize("setting", SETTINGS)
def test_us_and_uk_say_the_same_in_their_own_words(setting):
    assert shape(profile(f"{setting}-us")) == shape(profile(f"{setting}-uk"))


@pytest.mark.parametrize("name", FILES)
def test_a_review_is_never_called_what_it_is_not(name):
    text = (SCALES / "profiles" / f"{name}.yaml").read_text(encoding="utf-8")

    assert FORBIDDEN.findall(text) == []


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize(("region", "foreign"), [("us", UK_WORDS), ("uk", US_WORDS)], ids=REGIONS)
def test_no_words_of_the_other_region(setting, region, foreign):
    assert foreign.findall(sentences(profile(f"{setting}-{region}"))) == []
