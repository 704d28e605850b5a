"""A definition file that cannot be used is refused, with every problem named in words an editor understands."""

import pytest

from scales.yaml_file import (
    check_profile,
    read_profile,
    read_scale,
)
from tests.scales.small_files import PROFILE, SCALE, line_number, problems, swapped

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
    ("letters turned round", "source: Nobody", 'source: "No\\u202ebody"', "source", "cannot be shown"),
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
