"""A small scale and a profile of it in which the checks before publishing find nothing, to be changed in one place."""

from dataclasses import replace

from scales.check_words import put_in_words
from scales.draft_checks import version_findings
from scales.spec import (
    Adjustment,
    Band,
    Component,
    Condition,
    Degree,
    EvidenceSource,
    ExpectedLoss,
    Item,
    Principle,
    ProfileSource,
    ProfileSpec,
    Reading,
    ReanchoredThreshold,
    ScaleSpec,
    Section,
    Statement,
    StatementKind,
    UnratedReason,
)
from tests.scales.specs import anchor

SIZE = Item(
    code="size",
    number=1,
    number_in_section=1,
    title="Size of the caseload",
    short_title="Size",
    measures="How many people each specialist has.",
    reading=Reading.RATIO,
    part_label="People",
    whole_label="Specialists",
    evidence=("DOC",),
    principles=("choice",),
    conditions=(Condition("weekly", "Every week?"),),
    anchors=(
        anchor(3, at_most=20, requires=["weekly"]),
        anchor(2, above=20, at_most=30),
        anchor(1, above=30),
    ),
)

PARTS = Item(
    code="parts",
    number=2,
    number_in_section=2,
    title="Parts in place",
    short_title="Parts",
    measures="What is in place.",
    reading=Reading.COMPONENTS,
    evidence=("DOC",),
    principles=("choice",),
    components=(Component("a", "The first part."), Component("b", "The second part.")),
    anchors=(anchor(3, present=2), anchor(2, present=1), anchor(1, present=0)),
)

SCALE = ScaleSpec(
    scale_code="tiny",
    scale_name="Tiny",
    label="1",
    title="Tiny scale",
    language="en-GB",
    source="Invented",
    edition="First",
    permission="Written for this test",
    minimum=1,
    maximum=3,
    sections=(Section("staff", 1, "Staff", (SIZE, PARTS)),),
    bands=(Band(5, 6, "Good"), Band(3, 4, "Fair"), Band(2, 2, "Low")),
    evidence_sources=(EvidenceSource("DOC", "Documents"),),
    principles=(Principle("choice", "Choice"),),
)

ADJUSTMENT = Adjustment(
    item="size",
    degree=Degree.LIMITED,
    expected_loss=ExpectedLoss(0, 1, "talk"),
    statements=(Statement(StatementKind.LOOK_FOR, "Look here.", "talk"),),
    thresholds=(ReanchoredThreshold(3, "talk", upper=anchor(3, at_most=18).upper),),
    unrated_reasons=(UnratedReason("closed", "The clinic is closed.", "talk"),),
)

PROFILE = ProfileSpec(
    code="clinic",
    scale_code="tiny",
    scale_label="1",
    setting="clinic",
    title="Clinic",
    in_words="a clinic",
    summary="What a clinic does.",
    sources=(ProfileSource("talk", "A talk."),),
    notes=(Statement(StatementKind.CAUTION, "Take care.", "talk"),),
    adjustments=(ADJUSTMENT,),
    unrated_reasons=(UnratedReason("too-early", "Too early.", "talk"),),
)


def with_items(*items: Item) -> ScaleSpec:
    """The scale with these items in its one section."""
    return replace(SCALE, sections=(replace(SCALE.sections[0], items=items),))


def with_size(**changes) -> ScaleSpec:
    """The scale with its first item changed."""
    return with_items(replace(SIZE, **changes), PARTS)


def with_parts(**changes) -> ScaleSpec:
    """The scale with its second item changed."""
    return with_items(SIZE, replace(PARTS, **changes))


def with_anchor(item: Item, points: int, **changes) -> tuple:
    """The anchors of an item with one of them changed."""
    return tuple(replace(one, **changes) if one.points == points else one for one in item.anchors)


def with_adjustment(**changes) -> ProfileSpec:
    return replace(PROFILE, adjustments=(replace(ADJUSTMENT, **changes),))


def said(scale: ScaleSpec, *others: ScaleSpec, must: bool) -> list[tuple[str, str]]:
    """Place and problem of everything that must be mended, or of every notice."""
    words = [put_in_words(one, scale) for one in version_findings(scale, others) if one.must is must]
    return [(one.place, one.problem) for one in words]
