"""Files with keys cut, doubled, renamed or retyped: read and written back the same, or refused.

`test_yaml_file` mangles lines; here whole keys and rows change, and bytes.
"""

import copy
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from scales.checking import profile_problems, scale_problems
from scales.sentence_words import in_words
from scales.yaml_file import DefinitionError, read_profile, read_scale, write_profile, write_scale
from scales.yaml_nodes import MOST_NODES, lines_of
from tests.scales.small_files import PROFILE, SCALE, problems

SHIPPED = Path(__file__).resolve().parents[2] / "fixtures" / "scales"
SHIPPED_FILES = (
    "ips-25-uk.yaml",
    "ips-25-us.yaml",
    "profiles/primary-care-uk.yaml",
    "profiles/community-forensic-us.yaml",
)
SMALL_FILES = {"small.yaml": SCALE, "profiles/small.yaml": PROFILE}

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 12),
    st.sampled_from([10**4, 10**30, -1, 0.5, 20.25, 1e300, float("inf"), float("nan"), 1.00001]),
    st.sampled_from(
        ["", " ", "1", "no", "2024-01-01", "a b", "x" * 60, "y" * 250, "z" * 10_001, "caseload-size", "DOC"]
    ),
    st.text(max_size=8),
    st.lists(st.integers(0, 5), max_size=3),
    st.dictionaries(st.sampled_from(["code", "title", "points"]), st.integers(0, 3), max_size=2),
)


@cache
def text_of(name: str) -> str:
    return SMALL_FILES.get(name) or (SHIPPED / name).read_text(encoding="utf-8")


@cache
def data_of(name: str):
    return yaml.safe_load(text_of(name))


def containers(node):
    """Every mapping and list of the data, itself included."""
    if isinstance(node, dict | list):
        yield node
        for inner in node.values() if isinstance(node, dict) else node:
            yield from containers(inner)


@st.composite
def changed_files(draw, names):
    """A file's name, and its text after one to three changes to its keys, rows and values."""
    name = draw(st.sampled_from(names))
    data = copy.deepcopy(data_of(name))
    for _ in range(draw(st.integers(1, 3))):
        places = [one for one in containers(data) if one]
        place = places[draw(st.integers(0, len(places) - 1))]
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = keys[draw(st.integers(0, len(keys) - 1))]
        change = draw(st.sampled_from(["drop", "double", "rename", "retype", "swap", "borrow"]))
        if change == "drop":
            del place[key]
        elif change == "double" and isinstance(place, list):
            place.insert(key, copy.deepcopy(place[key]))
        elif change == "rename" and isinstance(place, dict):
            place[draw(st.sampled_from(["code", "title", "above", "below", "at_most", "new", "9"]))] = (
                place.pop(key)
            )
        elif change == "swap":
            other = keys[draw(st.integers(0, len(keys) - 1))]
            place[key], place[other] = place[other], place[key]
        elif change == "borrow":
            place[key] = copy.deepcopy(places[draw(st.integers(0, len(places) - 1))])
        else:
            place[key] = draw(SCALARS)
    return name, yaml.dump(data, sort_keys=False, allow_unicode=True, Dumper=Plain)


class Plain(yaml.SafeDumper):
    def ignore_aliases(self, data):
        return True


def read_with_problems(read, text: str):
    try:
        return read(text, "changed.yaml"), ()
    except DefinitionError as error:
        return None, error.problems


def assert_read_or_refused(read, write, problems_of, text: str):
    made, found = read_with_problems(read, text)
    if made is None:
        last = len(lines_of(text))
        assert found
        assert all(1 <= problem.line <= last and problem.reason for problem in found)
        assert all(in_words(problem.reason) == problem.reason for problem in found)
        return
    assert list(problems_of(made)) == []
    assert read(write(made), "again.yaml") == made
    assert write(read(write(made), "again.yaml")) == write(made)


def assert_whole(name: str, text: str):
    if name.startswith("profiles/"):
        assert_read_or_refused(read_profile, write_profile, profile_problems, text)
    else:
        assert_read_or_refused(read_scale, write_scale, scale_problems, text)


@settings(max_examples=15, deadline=None)
@given(file=changed_files(SHIPPED_FILES))
def test_a_changed_shipped_file_is_read_whole_or_refused_with_its_lines(file):
    assert_whole(*file)


@settings(max_examples=150, deadline=None)
@given(file=changed_files(tuple(SMALL_FILES)))
def test_a_changed_small_file_is_read_whole_or_refused_with_its_lines(file):
    assert_whole(*file)


@settings(max_examples=15, deadline=None)
@given(name=st.sampled_from(SHIPPED_FILES), data=st.data())
def test_a_file_cut_off_anywhere_is_read_whole_or_refused(name, data):
    text = text_of(name)

    assert_whole(name, text[: data.draw(st.integers(0, len(text)))])


@settings(max_examples=80, deadline=None)
@given(
    name=st.sampled_from(tuple(SMALL_FILES)),
    data=st.data(),
    put_in=st.sampled_from(
        [
            "\x00",
            "\x07",
            "\x1b",
            "\x85",
            "\u2028",
            "\ufeff",
            "\ud800",
            "\ufffe",
            "\t",
            "\r",
            "&a ",
            "*a",
            "!!x ",
            "{",
            "%",
        ]
    ),
)
def test_an_odd_character_anywhere_is_read_whole_or_refused(name, data, put_in):
    text = text_of(name)
    at = data.draw(st.integers(0, len(text)))

    assert_whole(name, text[:at] + put_in + text[at:])


@settings(max_examples=150, deadline=None)
@given(written=st.text(min_size=1, max_size=30))
def test_any_quoted_text_is_read_back_the_same_or_refused(written):
    quoted = yaml.safe_dump(written, default_style='"', width=10_000)

    assert_read_or_refused(
        read_scale, write_scale, scale_problems, SCALE.replace("source: Nobody", f"source: {quoted}")
    )


# Files that are made to be in the way


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "a: &a [x]\n" + "".join(f"k{number}: [*a, *a]\n" for number in range(9)),
            "aliases (*) are not used here",
        ),
        ("scale: " + "[" * 500, "nested too deeply"),
        ("scale: [" + "x," * (MOST_NODES + 10) + "]", "there is too much in this file"),
        ("scale:\n" + "- x\n" * (MOST_NODES + 10), "there is too much in this file"),
    ],
    ids=["aliases", "depth", "one long line", "many lines"],
)
def test_a_file_that_would_take_all_memory_is_refused_at_once(text, reason):
    found = problems(read_scale, text)

    assert [reason in one.reason for one in found.problems] == [True]


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("bands:\n", "bands: !!python/object/apply:os.getcwd\n", "bands"),
        ("      - code: size\n", "      - !odd\n        code: size\n", "sections › staff › items › size"),
        ("evidence: [DOC]", "evidence: !odd [DOC]", "sections › staff › items › size › evidence"),
    ],
)
def test_a_tag_is_refused_where_it_stands(old, new, path):
    assert old in SCALE
    found = problems(read_scale, SCALE.replace(old, new))

    assert ("tags (!) are not used here", path) in [(one.reason, one.path) for one in found.problems]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  - lowest: 3\n", "\t- lowest: 3\n", "lines are indented with spaces, not with tabs"),
        ("source: Nobody", "source: Nobody: at all", "a colon and a space in it needs quotes"),
        ("minimum: 1\n", "minimum 1\n", "a key needs a colon after it"),
        ("name: Tiny\n", "name: Tiny\n---\n", "remove the line ---"),
    ],
)
def test_a_common_slip_is_told_in_words_of_ours(old, new, said):
    assert old in SCALE
    found = problems(read_scale, SCALE.replace(old, new, 1))

    assert said in found.problems[0].reason


def test_a_text_longer_than_its_column_is_refused():
    found = problems(read_scale, SCALE.replace("title: Tiny scale", f"title: {'x' * 201}"))
    of_profile = problems(read_profile, PROFILE.replace("in_words: a clinic", f"in_words: {'x' * 101}"))

    assert [(one.path, one.reason) for one in found.problems] == [
        ("title", "is too long: at most 200 characters")
    ]
    assert [one.path for one in of_profile.problems] == ["in_words"]


@pytest.mark.parametrize("tag", ["english", "en_GB", "en-", "e", "en-GB-oxendict"])
def test_a_language_is_a_tag(tag):
    found = problems(read_scale, SCALE.replace("language: en-GB", f"language: {tag}"))

    assert [one.path for one in found.problems] == ["language"]
