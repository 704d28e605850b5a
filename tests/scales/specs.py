"""Spec values for tests: the shipped IPS-25, one of its size, some of its items, random scales."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from scales.spec import (
    Adjustment,
    Anchor,
    Band,
    Component,
    Condition,
    ExpectedLoss,
    FewSeekers,
    Item,
    Principle,
    ProfileSpec,
    Reading,
    ScaleSpec,
    Section,
)
from scales.yaml_file import read_profile, read_scale

SHIPPED = Path(__file__).resolve().parents[2] / "fixtures" / "scales"

Bound = int | str | None


@cache
def shipped_scale(name: str = "ips-25-us") -> ScaleSpec:
    return read_scale((SHIPPED / f"{name}.yaml").read_text(encoding="utf-8"), name)


@cache
def shipped_profile(name: str) -> ProfileSpec:
    return read_profile((SHIPPED / "profiles" / f"{name}.yaml").read_text(encoding="utf-8"), name)


def anchor(
    points: int,
    at_least: Bound = None,
    at_most: Bound = None,
    *,
    above: Bound = None,
    below: Bound = None,
    present: int | tuple[int, int] | None = None,
    requires: Sequence[str] = (),
    also_when: Sequence[str] = (),
) -> Anchor:
    """One anchor, its bounds written as in a scale file."""
    lower = at_least if above is None else above
    upper = at_most if below is None else below
    counts = (present, present) if isinstance(present, int) else present or (None, None)
    return Anchor(
        points=points,
        descriptor=f"Takes {points}",
        lower=None if lower is None else Decimal(lower),
        upper=None if upper is None else Decimal(upper),
        lower_open=above is not None,
        upper_open=below is not None,
        count_lowest=counts[0],
        count_highest=counts[1],
        requires=tuple(requires),
        also_when=tuple(also_when),
    )


def item(
    code: str,
    reading: Reading,
    anchors: Iterable[Anchor],
    *,
    conditions: Sequence[Condition] = (),
    components: int = 0,
    per_specialist: bool = False,
    few_seekers: FewSeekers | None = None,
    principles: Sequence[str] = (),
    number: int = 1,
    number_in_section: int = 1,
) -> Item:
    return Item(
        code=code,
        number=number,
        number_in_section=number_in_section,
        title=code.capitalize(),
        short_title=code.capitalize(),
        measures=f"What {code} measures",
        reading=reading,
        anchors=tuple(anchors),
        per_specialist=per_specialist,
        few_seekers=few_seekers,
        principles=tuple(principles),
        components=tuple(Component(letter, f"Component {letter}") for letter in "abcdefgh"[:components]),
        conditions=tuple(conditions),
    )


def condition(code: str, *, implies: Sequence[str] = (), whole_below: int | None = None) -> Condition:
    below = None if whole_below is None else Decimal(whole_below)
    return Condition(code=code, question=f"{code}?", implies=tuple(implies), whole_below=below)


CASELOAD = item(
    "caseload-size",
    Reading.RATIO,
    [
        anchor(5, at_most=20),
        anchor(4, 21, 25),
        anchor(3, 26, 30),
        anchor(2, 31, 40),
        anchor(1, at_least=41),
    ],
)

GENERALISTS = item(
    "vocational-generalists",
    Reading.COMPONENTS,
    [
        anchor(5, present=6),
        anchor(4, present=5),
        anchor(3, present=(1, 4)),
        anchor(2, also_when=["refers-out-service"]),
        anchor(1, also_when=["refers-only"]),
    ],
    components=6,
    conditions=[condition("refers-out-service"), condition("refers-only")],
)

TEAM_ASSIGNMENT = item(
    "team-assignment",
    Reading.PERCENTAGE,
    [
        anchor(5, 90, 100),
        anchor(4, 75, 89),
        anchor(3, 50, 74),
        anchor(2, below=50, also_when=["three-teams", "no-teams"]),
        anchor(1, also_when=["separate"]),
    ],
    conditions=[condition("three-teams"), condition("no-teams"), condition("separate")],
)

TEAM_CONTACT = item(
    "team-contact",
    Reading.COMPONENTS,
    [
        anchor(5, present=5),
        anchor(4, present=4),
        anchor(3, present=3),
        anchor(2, present=2),
        anchor(1, present=(0, 1)),
    ],
    components=5,
)

DISCLOSURE = item(
    "disclosure",
    Reading.COMPONENTS,
    [anchor(points, present=points - 1) for points in range(5, 0, -1)],
    components=4,
)

BENEFITS = item(
    "work-incentives",
    Reading.JUDGEMENT,
    [
        anchor(5, requires=["before-start", "trained-planner", "at-changes", "reporting"]),
        anchor(4, requires=["before-start"]),
        anchor(3, requires=["discussed"]),
        anchor(2, requires=["contact-details"]),
        anchor(1),
    ],
    conditions=[
        condition("before-start", implies=["discussed"]),
        condition("trained-planner", implies=["before-start"]),
        condition("at-changes"),
        condition("reporting"),
        condition("discussed", implies=["contact-details"]),
        condition("contact-details"),
    ],
)

RAPID_SEARCH = item(
    "rapid-job-search",
    Reading.DAYS,
    [
        anchor(5, at_most=30, requires=["tracks-contacts"]),
        anchor(4, at_most=60, at_least=31),
        anchor(3, 61, 150),
        anchor(2, 151, 270),
        anchor(1, at_least=271),
    ],
    conditions=[condition("tracks-contacts")],
)

EMPLOYER_CONTACT = item(
    "employer-contact",
    Reading.CONTACTS,
    [
        anchor(5, at_least=6, requires=["form-weekly"]),
        anchor(4, 5, 5, requires=["form-weekly"]),
        anchor(3, 4, 4, requires=["form-monthly"]),
        anchor(2, 2, 2),
        anchor(1, below=2),
    ],
    conditions=[condition("form-weekly", implies=["form-monthly"]), condition("form-monthly")],
    per_specialist=True,
    few_seekers=FewSeekers(fewer_than=3, times=2),
)

CONTACT_QUALITY = item(
    "contact-quality",
    Reading.JUDGEMENT,
    [anchor(points) for points in range(5, 0, -1)],
    per_specialist=True,
)

JOB_TYPES = item(
    "job-types",
    Reading.PERCENTAGE,
    [anchor(5, 85, 100), anchor(4, 70, 84), anchor(3, 60, 69), anchor(2, 50, 59), anchor(1, below=50)],
)

COMPETITIVE_JOBS = item(
    "competitive-jobs",
    Reading.PERCENTAGE,
    [
        anchor(5, at_least=95),
        anchor(4, 85, 94),
        anchor(3, 75, 84),
        anchor(2, 65, 74),
        anchor(1, at_most=64, also_when=["few-jobs"]),
    ],
    conditions=[condition("few-jobs", whole_below=10)],
)

COMMUNITY = item(
    "community-based",
    Reading.PERCENTAGE,
    [anchor(5, at_least=65), anchor(4, 50, 64), anchor(3, 40, 49), anchor(2, 30, 39), anchor(1, at_most=30)],
    per_specialist=True,
)

IPS25_BANDS = (
    Band(115, 125, "Exemplary fidelity"),
    Band(100, 114, "Good fidelity"),
    Band(74, 99, "Fair fidelity"),
    Band(25, 73, "Not supported employment"),
)


def scale(sizes: Sequence[int], *, maximum: int, bands: Sequence[Band], minimum: int = 1) -> ScaleSpec:
    """A scale of judgement items `item-1` onward, in sections `section-1` onward of these sizes.

    Every second item serves the principle `second`, every item the principle `every`, none serves `none`.
    """
    sections = []
    number = 0
    for place, size in enumerate(sizes, 1):
        items = []
        for position in range(1, size + 1):
            number += 1
            items.append(
                item(
                    f"item-{number}",
                    Reading.JUDGEMENT,
                    [anchor(points) for points in range(maximum, minimum - 1, -1)],
                    principles=["every", "second"] if number % 2 == 0 else ["every"],
                    number=number,
                    number_in_section=position,
                )
            )
        sections.append(Section(f"section-{place}", place, f"Section {place}", tuple(items)))
    return ScaleSpec(
        scale_code="test",
        scale_name="Test",
        label="1",
        title="Test",
        language="en-US",
        source="invented",
        edition="1",
        permission="invented",
        minimum=minimum,
        maximum=maximum,
        sections=tuple(sections),
        bands=tuple(bands),
        principles=tuple(Principle(code, code.capitalize()) for code in ("every", "second", "none")),
    )


def ips25_like() -> ScaleSpec:
    """25 items in sections of 3, 8 and 14, five points, the published bands."""
    return scale((3, 8, 14), maximum=5, bands=IPS25_BANDS)


def profile(losses: Mapping[str, tuple[int, int]]) -> ProfileSpec:
    """A setting that costs these items this many points, lowest and highest."""
    return ProfileSpec(
        code="test-setting",
        scale_code="test",
        scale_label="1",
        setting="test-setting",
        title="Test setting",
        in_words="the test setting",
        summary="",
        adjustments=tuple(
            Adjustment(item=code, expected_loss=ExpectedLoss(lowest, highest, "invented"))
            for code, (lowest, highest) in losses.items()
        ),
    )


@st.composite
def random_scales(draw: st.DrawFn) -> ScaleSpec:
    """A scale of any shape: 1 to 3 sections of 1 to 6 items, 3 to 7 points, bands cut anywhere."""
    sizes = draw(st.lists(st.integers(1, 6), min_size=1, max_size=3))
    maximum = draw(st.integers(3, 7))
    lowest, highest = sum(sizes), sum(sizes) * maximum
    starts = draw(st.sets(st.integers(lowest + 1, highest), max_size=4)) | {lowest}
    bands = []
    for start in sorted(starts, reverse=True):
        bands.append(Band(start, highest, f"From {start}"))
        highest = start - 1
    return scale(sizes, maximum=maximum, bands=bands)


def scores_for(spec: ScaleSpec) -> st.SearchStrategy[dict[str, int | None]]:
    """A score or none for every item, some keys left out altogether."""
    given = st.none() | st.integers(spec.minimum, spec.maximum)
    return st.dictionaries(st.sampled_from([one.code for one in spec.items]), given)


@st.composite
def random_profiles(draw: st.DrawFn, spec: ScaleSpec) -> ProfileSpec:
    """Expected losses for some items, within what an item has to lose."""
    pairs = st.tuples(*[st.integers(0, spec.maximum - spec.minimum)] * 2)
    losses = draw(st.dictionaries(st.sampled_from([one.code for one in spec.items]), pairs))
    return profile({code: (min(pair), max(pair)) for code, pair in losses.items()})
