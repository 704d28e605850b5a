"""Definition files are read exactly, written back the same, and never read by half."""

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
    read_profile,
    read_scale,
    write_profile,
    write_scale,
)
from tests.scales.small_files import PROFILE, SCALE, swapped

SHIPPED = Path(__file__).resolve().parents[2] / "fixtures" / "scales"
SHIPPED_SCALES = ("ips-25-us.yaml", "ips-25-uk.yaml")


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
