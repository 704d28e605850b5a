"""Definition files are read exactly or refused, with every problem named in words an editor understands."""

import dataclasses
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scales import spec
from scales.yaml_file import (
    DefinitionError,
    check_profile,
    read_profile,
    read_scale,
    write_profile,
    write_scale,
)

SHIPPED = Path(__file__).resolve().parents[2] / "fixtures" / "scales"
SHIPPED_SCALES = ("ips-25-us.yaml", "ips-25-uk.yaml")

SCALE = """\
scale: tiny
name: Tiny
label: '1'
title: Tiny scale
language: en-GB
source: Nobody
edition: First
permission: Written for this test
minimum: 1
maximum: 2
bands:
  - lowest: 3
    highest: 4
    label: Good
  - lowest: 2
    highest: 2
    label: Fair
evidence_sources:
  - code: DOC
    title: Documents
principles:
  - code: choice
    title: Choice
sections:
  - code: staff
    title: Staff
    items:
      - code: size
        title: Size
        short_title: Size
        measures: How big it is.
        reading: ratio
        unit: x
        evidence: [DOC]
        principles: [choice]
        conditions:
          - code: weekly
            question: Every week?
            implies: [monthly]
          - code: monthly
            question: Every month?
        anchors:
          - points: 2
            at_most: 20
            requires: [weekly]
            descriptor: Up to 20.
          - points: 1
            above: 20.5
            also_when: [monthly]
            descriptor: More.
      - code: parts
        title: Parts
        short_title: Parts
        measures: What is there.
        reading: components
        components:
          - code: a
            text: The first part.
          - code: b
            text: The second part.
        anchors:
          - points: 2
            present: 2
            descriptor: Both.
          - points: 1
            present: [0, 1]
            descriptor: One or none.
"""

PROFILE = """\
profile: clinic
scale: tiny
label: '1'
setting: clinic
title: Clinic
in_words: a clinic
summary: What a clinic does.
sources:
  - code: talk
    citation: A talk.
notes:
  - kind: caution
    text: Take care.
    source: talk
unrated_reasons:
  - code: too-early
    text: Too early.
    source: talk
adjustments:
  - item: size
    degree: limited
    expected_loss: {lowest: 0, highest: 1, source: talk}
    statements:
      - kind: look-for
        text: Look here.
        source: talk
    thresholds:
      - points: 2
        at_most: 25
        source: talk
    unrated_reasons:
      - code: closed
        text: The clinic is closed.
        source: talk
"""


def problems(read, text, name="tiny.yaml"):
    with pytest.raises(DefinitionError) as caught:
        read(text, name)
    return caught.value


def line_number(text, wanted):
    return next(number for number, line in enumerate(text.splitlines(), 1) if wanted in line)


def swapped(text, old, new):
    """The text with the first `old` replaced; `old` must be there."""
    assert old in text
    return text.replace(old, new, 1)


@cache
def shipped_lines(name):
    return (SHIPPED / name).read_text(encoding="utf-8").splitlines()


# Round trip


@pytest.mark.parametrize("name", SHIPPED_SCALES)
def test_shipped_scale_is_the_same_after_writing_and_reading(name):
    scale = read_scale((SHIPPED / name).read_text(encoding="utf-8"), name)

    assert read_scale(write_scale(scale), name) == scale


@pytest.mark.parametrize("name", SHIPPED_SCALES)
def test_shipped_scale_is_written_as_it_stands_in_its_file(name):
    text = (SHIPPED / name).read_text(encoding="utf-8")

    assert write_scale(read_scale(text, name)) == text


@pytest.mark.parametrize("path", sorted((SHIPPED / "profiles").glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_profile_is_the_same_after_writing_and_reading(path):
    profile = read_profile(path.read_text(encoding="utf-8"), path.name)

    assert read_profile(write_profile(profile), path.name) == profile


def test_small_files_are_written_as_they_were_read():
    assert write_scale(read_scale(SCALE, "tiny.yaml")) == SCALE
    assert write_profile(read_profile(PROFILE, "clinic.yaml")) == PROFILE


texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], include_characters="\n\r\t"), min_size=1
).filter(str.strip)


@given(descriptor=texts, title=texts)
def test_any_printable_text_survives_writing_and_reading(descriptor, title):
    scale = read_scale(SCALE, "tiny.yaml")
    section = scale.sections[0]
    item = section.items[0]
    anchor = dataclasses.replace(item.anchors[0], descriptor=descriptor)
    item = dataclasses.replace(item, anchors=(anchor, item.anchors[1]))
    section = dataclasses.replace(section, title=title, items=(item, section.items[1]))
    scale = dataclasses.replace(scale, sections=(section,))

    assert read_scale(write_scale(scale), "tiny.yaml") == scale


@given(bound=st.decimals(min_value=0, max_value=999_999, places=4))
def test_any_bound_survives_writing_and_reading(bound):
    scale = read_scale(SCALE, "tiny.yaml")
    section = scale.sections[0]
    item = section.items[0]
    anchor = dataclasses.replace(item.anchors[0], upper=bound, upper_open=True)
    item = dataclasses.replace(item, anchors=(anchor, item.anchors[1]))
    scale = dataclasses.replace(
        scale, sections=(dataclasses.replace(section, items=(item, section.items[1])),)
    )

    assert read_scale(write_scale(scale), "tiny.yaml") == scale


# What is read


def test_numbers_of_sections_and_items_are_their_positions():
    second = """\
  - code: more
    title: More
    items:
      - code: third
        title: Third
        short_title: Third
        measures: A third thing.
        reading: judgement
        anchors:
          - points: 2
            descriptor: Yes.
          - points: 1
            descriptor: No.
"""
    text = swapped(
        swapped(SCALE, "lowest: 3\n    highest: 4", "lowest: 4\n    highest: 6"), "highest: 2", "highest: 3"
    )
    text = swapped(text, "lowest: 2", "lowest: 3")

    scale = read_scale(text + second, "tiny.yaml")

    assert [section.number for section in scale.sections] == [1, 2]
    assert [(item.number, item.number_in_section) for item in scale.items] == [(1, 1), (2, 2), (3, 1)]


def test_decimals_are_exact():
    text = swapped(SCALE, "at_most: 20", "at_most: 0.1")

    anchor = read_scale(text, "tiny.yaml").item("size").anchor(2)

    assert anchor.upper == Decimal("0.1")


def test_above_leaves_out_the_number_itself():
    anchor = read_scale(SCALE, "tiny.yaml").item("size").anchor(1)

    assert (anchor.lower, anchor.lower_open) == (Decimal("20.5"), True)
    assert (anchor.upper, anchor.upper_open) == (None, False)


def test_a_count_is_one_number_or_a_range():
    parts = read_scale(SCALE, "tiny.yaml").item("parts")

    assert [(anchor.count_lowest, anchor.count_highest) for anchor in parts.anchors] == [(2, 2), (0, 1)]


# What is refused

# Each row: what is wrong, the text replaced, what replaces it, the path, words of the reason; where the problem does
# not stand in the replacement, also a text that stands on its line. In paths, size and parts are the two items.

SCALE_PROBLEMS = [
    ("unknown key", "title: Tiny scale", "tittle: x\ntitle: Tiny scale", "tittle", "unknown"),
    ("unknown key inside", "at_most: 20", "at_mots: 20", "size › anchors › 2 › at_mots", "unknown"),
    ("missing key", "edition: First\n", "", "", "“edition” is missing", "scale: tiny"),
    (
        "missing key inside",
        "text: The first part.",
        "",
        "parts › components › a",
        "“text” is missing",
        "code: a",
    ),
    ("number for text", "title: Tiny scale", "title: 12", "title", "quotes round “12”"),
    ("truth for text", "source: Nobody", "source: no", "source", "quotes round “no”"),
    ("list for text", "source: Nobody", "source: [a]", "source", "should be text"),
    ("empty text", "source: Nobody", "source:", "source", "is empty"),
    ("blank text", "source: Nobody", "source: ' '", "source", "is empty"),
    ("control character", "source: Nobody", 'source: "a\\0b"', "source", "cannot be shown"),
    ("lone surrogate", "source: Nobody", 'source: "\\ud800"', "source", "cannot be shown"),
    ("text for number", "minimum: 1", "minimum: one", "minimum", "whole number"),
    ("fraction", "minimum: 1", "minimum: 1.5", "minimum", "whole number"),
    ("quoted number", "minimum: 1", "minimum: '1'", "minimum", "whole number"),
    ("octal number", "minimum: 1", "minimum: 01", "minimum", "whole number"),
    ("negative number", "minimum: 1", "minimum: -1", "minimum", "whole number"),
    ("huge number", "maximum: 2", f"maximum: {'9' * 5000}", "maximum", "whole number"),
    ("not a number", "at_most: 20", "at_most: .nan", "size › anchors › 2 › at_most", "a number"),
    ("exponent", "at_most: 20", "at_most: 2e1", "size › anchors › 2 › at_most", "a number"),
    ("text for list", "evidence: [DOC]", "evidence: DOC", "size › evidence", "a list"),
    ("keys for list", "components:", "components: {a: b}\n        x:", "parts › components", "a list"),
    (
        "text for keys",
        "- code: DOC\n    title: Documents",
        "- DOC",
        "evidence_sources › 1",
        "keys and values",
    ),
    ("yes for true", "unit: x", "per_specialist: yes", "size › per_specialist", "true or false"),
    ("duplicate key", "name: Tiny", "name: Tiny\nname: Tinier", "name", "twice"),
    ("key that is no word", "name: Tiny", "name: Tiny\n[a]: b", "", "not a word"),
    ("unknown reading", "reading: ratio", "reading: ration", "size › reading", "“ration” is unknown"),
    (
        "code with a space",
        "code: weekly",
        "code: we ek",
        "size › conditions › we ek › code",
        "without spaces",
    ),
    ("duplicate item", "code: parts", "code: size", "size", "already taken"),
    ("duplicate component", "code: b", "code: a", "parts › components › a", "already taken"),
    ("duplicate condition", "code: monthly", "code: weekly", "size › conditions › weekly", "already taken"),
    (
        "duplicate anchor",
        "points: 2\n            at",
        "points: 1\n            at",
        "size › anchors › 1",
        "taken",
        "points: 1\n            above",
    ),
    ("code listed twice", "evidence: [DOC]", "evidence: [DOC, DOC]", "size › evidence", "DOC twice"),
    (
        "score without anchor",
        "points: 2\n            at",
        "points: 3\n            at",
        "size › anchors",
        "no anchor for 2",
    ),
    (
        "anchor without score",
        "points: 2\n            at",
        "points: 3\n            at",
        "size › anchors › 3",
        "from 1 to 2",
    ),
    (
        "bound both ways",
        "at_most: 20",
        "at_most: 20\n            below: 20",
        "size › anchors › 2 › below",
        "has both",
    ),
    (
        "reversed bounds",
        "at_most: 20",
        "at_most: 20\n            above: 21",
        "size › anchors › 2",
        "above the upper",
        "points: 2\n            at_most",
    ),
    (
        "reversed counts",
        "present: [0, 1]",
        "present: [1, 0]",
        "parts › anchors › 1 › present",
        "the lowest and the",
    ),
    ("too high a count", "present: 2", "present: 3", "parts › anchors › 2 › present", "has 2 components"),
    (
        "count taken twice",
        "present: [0, 1]",
        "present: [0, 2]",
        "parts › anchors › 1 › present",
        "takes 2 present",
    ),
    (
        "requires unknown",
        "requires: [weekly]",
        "requires: [daily]",
        "size › anchors › 2 › requires",
        "not declared",
    ),
    (
        "also_when unknown",
        "when: [monthly]",
        "when: [daily]",
        "size › anchors › 1 › also_when",
        "not declared",
    ),
    (
        "implies unknown",
        "implies: [monthly]",
        "implies: [daily]",
        "size › conditions › weekly › implies",
        "not declared",
    ),
    ("evidence unknown", "evidence: [DOC]", "evidence: [DOG]", "size › evidence", "DOG is not declared"),
    (
        "principle unknown",
        "principles: [choice]",
        "principles: [luck]",
        "size › principles",
        "luck is not declared",
    ),
    ("bands overlap", "highest: 2", "highest: 3", "bands › Fair › highest", "runs into the band before"),
    (
        "gap between bands",
        "lowest: 3",
        "lowest: 4",
        "bands › Fair › highest",
        "covers a total of 3",
        "highest: 2",
    ),
    ("band too high", "highest: 4", "highest: 5", "bands › Good › highest", "highest possible total"),
    ("band too low", "lowest: 2", "lowest: 1", "bands › Fair › lowest", "lowest possible total of 2"),
    (
        "top total left out",
        "highest: 4",
        "highest: 3",
        "bands › Good › highest",
        "no band covers a total of 4",
    ),
    (
        "low totals left out",
        "lowest: 2\n    highest: 2",
        "lowest: 3\n    highest: 2",
        "bands › Fair",
        "above the highest",
    ),
    ("reversed band", "lowest: 3", "lowest: 5", "bands › Good", "above the highest"),
    ("reversed scores", "maximum: 2", "maximum: 1", "maximum", "above the minimum of 1"),
    ("too many scores", "maximum: 2", "maximum: 9999", "maximum", "at most 100"),
    ("alias", "source: Nobody", "source: &x Nobody\nextra: *x", "", "aliases"),
    ("tab", "  - code: staff", "\t- code: staff", "", "cannot be read"),
    ("open bracket", "evidence: [DOC]", "evidence: [DOC", "", "cannot be read", "principles: [choice]"),
    ("second document", "name: Tiny", "name: Tiny\n---\nname: x", "", "cannot be read"),
    ("no such character", "source: Nobody", 'source: "\\UFFFFFFFF"', "", "cannot be read", "scale: tiny"),
    ("forbidden character", "source: Nobody", "source: No\x07body", "", "cannot be shown"),
    ("nested without end", "source: Nobody", "source: " + "[" * 3000 + "]" * 3000, "", "nested too deeply"),
    (
        "Python object",
        "source: Nobody",
        "source: !!python/object/apply:os.getcwd []",
        "source",
        "should be text",
    ),
]

PROFILE_PROBLEMS = [
    ("unknown degree", "degree: limited", "degree: little", "size › degree", "“little” is unknown"),
    ("unknown kind", "kind: caution", "kind: warning", "notes › 1 › kind", "“warning” is unknown"),
    ("reversed loss", "lowest: 0", "lowest: 2", "size › expected_loss", "above the highest"),
    ("half a point lost", "highest: 1", "highest: 1.5", "size › expected_loss › highest", "whole number"),
    (
        "loss in words",
        "{lowest: 0, highest: 1, source: talk}",
        "two",
        "size › expected_loss",
        "keys and values",
    ),
    (
        "note unsourced",
        "care.\n    source: talk",
        "care.\n    source: x",
        "notes › 1 › source",
        "x is not declared",
    ),
    (
        "statement unsourced",
        "here.\n        source: talk",
        "here.\n        source: x",
        "size › statements › 1 › source",
        "x is not",
    ),
    (
        "loss unsourced",
        "1, source: talk",
        "1, source: x",
        "size › expected_loss › source",
        "x is not declared",
    ),
    (
        "reason unsourced",
        "early.\n    source: talk",
        "early.\n    source: x",
        "unrated_reasons › too-early › source",
        "x is not",
    ),
    (
        "threshold unsourced",
        "25\n        source: talk",
        "25\n        source: x",
        "size › thresholds › 2 › source",
        "x is not",
    ),
    (
        "reason twice",
        "code: closed",
        "code: too-early",
        "size › unrated_reasons › too-early",
        "every item already",
    ),
    ("threshold unbound", "at_most: 25", "", "size › thresholds › 2", "needs at_least", "points: 2"),
    (
        "reversed threshold",
        "points: 2",
        "points: 2\n        at_least: 26",
        "size › thresholds › 2",
        "above the upper",
    ),
    ("unknown key", "degree: limited", "degree: limited\n    note: x", "size › note", "unknown"),
    ("missing key", "in_words: a clinic\n", "", "", "“in_words” is missing", "profile: clinic"),
    ("item twice", "- item: size", "- item: size\n  - item: size", "size", "already taken"),
]


def full_path(short, items):
    first, *rest = short.split(" › ")
    return " › ".join([items + first if first in ("size", "parts") else first, *rest])


def assert_problem(read, text, new, path, reason, on_line):
    """The problem has this path and reason, and stands in the replaced text or on the line with `on_line`."""
    found = problems(read, text)
    matching = [one for one in found.problems if one.path == path and reason in one.reason]
    assert matching, str(found)
    at = on_line or new
    first = text[: text.rindex(at)].count("\n") + 1
    assert first <= matching[-1].line <= first + at.count("\n"), matching


def rows(table):
    return [pytest.param(*row[1:5], row[5] if row[5:] else "", id=row[0]) for row in table]


@pytest.mark.parametrize(("old", "new", "path", "reason", "on_line"), rows(SCALE_PROBLEMS))
def test_a_problem_in_a_scale_names_line_and_path(old, new, path, reason, on_line):
    text = swapped(SCALE, old, new)

    assert_problem(read_scale, text, new, full_path(path, "sections › staff › items › "), reason, on_line)


@pytest.mark.parametrize(("old", "new", "path", "reason", "on_line"), rows(PROFILE_PROBLEMS))
def test_a_problem_in_a_profile_names_line_and_path(old, new, path, reason, on_line):
    text = swapped(PROFILE, old, new)

    assert_problem(read_profile, text, new, full_path(path, "adjustments › "), reason, on_line)


def test_totals_under_the_last_band_are_a_problem():
    text = swapped(SCALE, "  - lowest: 2\n    highest: 2\n    label: Fair\n", "")

    found = problems(read_scale, text)

    assert [(one.path, one.reason) for one in found.problems] == [("bands", "no band covers a total of 2")]


def test_anchors_run_from_the_highest_score_to_the_lowest():
    text = swapped(SCALE, "points: 2\n            present: 2", "points: 9\n            present: 2")
    text = swapped(text, "points: 1\n            present", "points: 2\n            present")
    text = swapped(text, "points: 9", "points: 1")

    found = problems(read_scale, text)

    assert ["highest score to the lowest" in one.reason for one in found.problems] == [True]


@pytest.mark.parametrize("read", [read_scale, read_profile])
@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "---\n", "- a\n- b\n", "just words", "\ufeff", "%YAML 9.9\n---\n"]
)
def test_a_file_that_is_no_set_of_keys_is_refused(read, text):
    assert problems(read, text).problems


def test_every_problem_is_listed_in_order_with_the_name_of_the_file():
    text = swapped(swapped(SCALE, "name: Tiny\n", ""), "reading: ratio", "reading: ration")
    text = swapped(text, "at_most: 20", "at_most: many")

    found = problems(read_scale, text, "mine.yaml")

    assert [one.line for one in found.problems] == [
        1,
        line_number(text, "reading: ration"),
        line_number(text, "at_most: many"),
    ]
    assert str(found).splitlines()[1] == (
        f"mine.yaml, line {line_number(text, 'ration')}, sections › staff › items › size › reading: "
        "“ration” is unknown; it can be judgement, ratio, percentage, days, contacts, components"
    )


# A profile against its scale


def test_a_profile_that_fits_its_scale_has_no_problems():
    assert check_profile(read_profile(PROFILE, "clinic.yaml"), read_scale(SCALE, "tiny.yaml")) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("item: size", "item: shape", "adjustments › shape: the scale has no item with this code."),
        (
            "highest: 1",
            "highest: 2",
            "adjustments › size › expected_loss: an item has only 1 points to lose.",
        ),
        ("points: 2", "points: 6", "adjustments › size › thresholds › 6: scores run from 1 to 2."),
        ("label: '1'", "label: '2'", "The profile is for tiny 2, not for tiny 1."),
    ],
)
def test_a_profile_that_does_not_fit_its_scale_is_told_why(old, new, said):
    profile = read_profile(swapped(PROFILE, old, new), "clinic.yaml")

    assert check_profile(profile, read_scale(SCALE, "tiny.yaml")) == [said]


# Anything at all

scalars = st.one_of(
    st.text(max_size=12),
    st.integers().map(str),
    st.sampled_from(
        ["", "~", "null", "yes", "[]", "{}", "[[]]", "&a", "*a", "!!int x", "|", ">", "'", '"', "- -", "? :", "1e9",
         "0x1F", "1:30", ".inf", "2008-01-07", "%TAG", "---", "...", "\t", "\u2028", "\ufeff", "\x85"]
    ),
)  # fmt: skip


@st.composite
def mutated(draw, lines):
    lines = list(lines)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(lines) - 1))
        change = draw(st.sampled_from(["drop", "double", "move", "indent", "value", "key", "insert", "cut"]))
        if change == "drop" and len(lines) > 1:
            del lines[place]
        elif change == "double":
            lines.insert(place, lines[place])
        elif change == "move" and len(lines) > 1:
            lines.insert(draw(st.integers(0, len(lines) - 2)), lines.pop(place))
        elif change == "indent":
            lines[place] = " " * draw(st.integers(0, 12)) + lines[place].lstrip()
        elif change == "value":
            lines[place] = lines[place].split(":")[0] + ": " + draw(scalars)
        elif change == "key":
            before, colon, after = lines[place].partition(":")
            lines[place] = before[: len(before) - len(before.lstrip())] + draw(scalars) + colon + after
        elif change == "insert":
            lines.insert(place, draw(scalars))
        else:
            lines[place] = lines[place][: draw(st.integers(0, len(lines[place])))]
    return "\n".join(lines)


def read_or_refuse(read, text, kind):
    try:
        made = read(text, "mutated.yaml")
    except DefinitionError as error:
        found = error.problems
    else:
        assert isinstance(made, kind)
        return
    assert found
    assert all(problem.line >= 1 and problem.reason for problem in found)


@settings(max_examples=300, deadline=None)
@given(text=mutated(SCALE.splitlines()))
def test_a_mangled_scale_is_read_or_refused(text):
    read_or_refuse(read_scale, text, spec.ScaleSpec)


@settings(max_examples=300, deadline=None)
@given(text=mutated(PROFILE.splitlines()))
def test_a_mangled_profile_is_read_or_refused(text):
    read_or_refuse(read_profile, text, spec.ProfileSpec)


@settings(max_examples=25, deadline=None)
@given(data=st.data(), name=st.sampled_from(SHIPPED_SCALES))
def test_a_mangled_shipped_scale_is_read_or_refused(data, name):
    read_or_refuse(read_scale, data.draw(mutated(shipped_lines(name))), spec.ScaleSpec)


@settings(max_examples=300, deadline=None)
@given(text=st.text())
def test_any_text_is_refused(text):
    with pytest.raises(DefinitionError):
        read_scale(text, "any.yaml")
