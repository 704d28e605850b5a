"""Laws of the checks: no draft breaks them, and what they let through can be written to a file and read back."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scales.check_words import put_in_words
from scales.draft_checks import version_findings
from scales.spec import Anchor, Band, Component, Condition, Reading, ScaleSpec, Section
from scales.yaml_file import read_scale, write_scale
from tests.scales.sound import SCALE, SIZE

WORDS = st.sampled_from(["", " ", "Some words", "a\x00b"])
CODES = st.sampled_from(["a", "b", "", "not a code"])
BOUNDS = st.none() | st.sampled_from(["0", "10", "20.5", "21", "-3", "NaN", "100"]).map(Decimal)
COUNTS = st.none() | st.integers(0, 4)
ANCHORS = st.builds(
    Anchor,
    points=st.integers(0, 4),
    descriptor=WORDS,
    lower=BOUNDS,
    upper=BOUNDS,
    lower_open=st.booleans(),
    upper_open=st.booleans(),
    count_lowest=COUNTS,
    count_highest=COUNTS,
    requires=st.lists(CODES, max_size=2).map(tuple),
    also_when=st.lists(CODES, max_size=1).map(tuple),
)
COMPONENTS = st.lists(st.builds(Component, code=CODES, text=WORDS), max_size=3).map(tuple)
CONDITIONS = st.lists(st.builds(Condition, code=CODES, question=WORDS), max_size=2).map(tuple)


@st.composite
def items(draw, number: int):
    return replace(
        SIZE,
        code=draw(st.sampled_from(["size", "shape", ""])),
        number=number,
        number_in_section=number,
        title=draw(WORDS),
        measures=draw(WORDS),
        reading=draw(st.sampled_from(Reading)),
        per_specialist=draw(st.booleans()),
        components=draw(COMPONENTS),
        conditions=draw(CONDITIONS),
        anchors=draw(st.lists(ANCHORS, max_size=4).map(tuple)),
    )


@st.composite
def drafts(draw) -> ScaleSpec:
    """A draft with anything missing or at odds."""
    found = tuple(draw(items(number)) for number in range(1, draw(st.integers(0, 2)) + 1))
    bands = draw(st.lists(st.builds(Band, st.integers(0, 9), st.integers(0, 9), WORDS, WORDS), max_size=3))
    return replace(
        SCALE,
        title=draw(WORDS),
        language=draw(st.sampled_from(["en-GB", "", "?"])),
        minimum=draw(st.integers(0, 2)),
        maximum=draw(st.integers(0, 3)),
        sections=draw(st.sampled_from([(), (Section("one", 1, "One", found),)])),
        bands=tuple(bands),
    )


@given(drafts())
def test_no_draft_breaks_the_checks_or_their_words(draft):
    for finding in version_findings(draft, (replace(SCALE, language="en-US"),)):
        words = put_in_words(finding, draft)

        assert words.place
        assert words.problem
        assert words.mend


@st.composite
def nearly_sound_drafts(draw) -> ScaleSpec:
    """Mostly publishable: bounds and counts drawn, everything else in order."""
    reading = draw(st.sampled_from([Reading.RATIO, Reading.COMPONENTS, Reading.JUDGEMENT]))
    cuts = sorted(draw(st.sets(st.integers(1, 400), min_size=2, max_size=2)))
    lows = [Decimal(cut) / 4 for cut in cuts]
    anchors = (
        Anchor(3, "Three", upper=lows[0], upper_open=draw(st.booleans()), count_lowest=2, count_highest=2),
        Anchor(2, "Two", lower=lows[0], upper=lows[1], lower_open=draw(st.booleans())),
        Anchor(
            1, "One", lower=lows[1], lower_open=True, count_lowest=0, count_highest=draw(st.integers(0, 1))
        ),
    )
    item = replace(
        SIZE,
        reading=reading,
        conditions=(),
        components=(Component("a", "First."), Component("b", "Second.")),
        anchors=anchors,
    )
    middle = draw(st.integers(2, 3))
    bands = (Band(middle, 3, "High"), Band(draw(st.integers(0, 2)), middle - 1, "Low"))
    return replace(SCALE, sections=(Section("one", 1, "One", (item,)),), bands=bands)


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(nearly_sound_drafts())
def test_what_may_be_published_can_be_written_and_read_back(draft):
    assume(not any(finding.must for finding in version_findings(draft)))

    assert read_scale(write_scale(draft), "draft.yaml") == draft
