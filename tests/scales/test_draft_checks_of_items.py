"""What the checks before publishing find in one item of a draft, in an editor's words."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scales.draft_checks import version_findings
from scales.spec import Component, Condition, FewSeekers, Reading
from tests.scales.sound import PARTS, SIZE, said, with_anchor, with_items, with_parts, with_size
from tests.scales.specs import anchor

TEXTS = [
    (with_size(title=""), "Item 1, Size", "“Title” is empty."),
    (with_size(short_title=""), "Item 1, Size of the caseload", "“Short title” is empty."),
    (with_size(measures=""), "Item 1, Size", "“What it measures” is empty."),
    (with_size(part_label=""), "Item 1, Size", "“What the first number counts” is empty."),
    (with_size(whole_label=""), "Item 1, Size", "“What the second number counts” is empty."),
    (
        with_size(reading=Reading.DAYS, part_label="", whole_label=""),
        "Item 1, Size",
        "“What the first number counts” is empty.",
    ),
    (
        with_size(anchors=with_anchor(SIZE, 2, descriptor="")),
        "Item 1, Size, anchor 2",
        "“Descriptor” is empty.",
    ),
    (
        with_size(conditions=(Condition("weekly", ""),)),
        "Item 1, Size, question weekly",
        "“Question” is empty.",
    ),
    (
        with_parts(components=(PARTS.components[0], Component("b", ""))),
        "Item 2, Parts, component b",
        "“Text” is empty.",
    ),
    (
        with_parts(components=(PARTS.components[0], PARTS.components[0])),
        "Item 2, Parts, component a",
        "The code “a” is used twice.",
    ),
    (
        with_size(evidence=("MIS",)),
        "Item 1, Size, evidence",
        "The kind of evidence “MIS” is not one of this version’s.",
    ),
    (with_size(evidence=("DOC", "DOC")), "Item 1, Size, evidence", "“DOC” is listed twice."),
    (
        with_size(principles=("hope",)),
        "Item 1, Size, principles",
        "The principle “hope” is not one of this version’s.",
    ),
    (
        with_size(anchors=with_anchor(SIZE, 2, also_when=("daily",))),
        "Item 1, Size, anchor 2, questions that lead here",
        "The item has no question with the code “daily”.",
    ),
    (
        with_size(conditions=(Condition("weekly", "Every week?", implies=("daily",)),)),
        "Item 1, Size, question weekly, what it also answers",
        "The item has no question with the code “daily”.",
    ),
]

ANCHORS = [
    (with_size(anchors=()), "Item 1, Size, anchors", "No anchor says what a score of 3, 2 or 1 takes."),
    (with_size(anchors=SIZE.anchors[:2]), "Item 1, Size, anchors", "No anchor says what a score of 1 takes."),
    (
        with_size(anchors=(anchor(4), *SIZE.anchors)),
        "Item 1, Size, anchor 4",
        "There is an anchor for 4, but scores run from 1 to 3.",
    ),
    (
        with_size(anchors=(*SIZE.anchors, anchor(1, above=30))),
        "Item 1, Size, anchor 1",
        "A score of 1 is described twice.",
    ),
    (
        with_size(anchors=(anchor(3), anchor(2), anchor(1))),
        "Item 1, Size, anchors",
        "The anchors are read by a number, but none of them has a bound.",
    ),
    (
        with_size(anchors=with_anchor(SIZE, 2, upper=Decimal(10))),
        "Item 1, Size, anchor 2",
        "No number lies between 20 and 10 as they are written.",
    ),
    (
        with_size(anchors=with_anchor(SIZE, 2, upper=Decimal("20.0"))),
        "Item 1, Size, anchor 2",
        "No number lies between 20 and 20 as they are written.",
    ),
    (
        with_size(anchors=with_anchor(SIZE, 3, upper=Decimal("22.50"))),
        "Item 1, Size, anchor 3",
        "Numbers from 20 to 22.5 are under both 3 and 2.",
    ),
    (
        with_size(anchors=with_anchor(SIZE, 2, lower=None)),
        "Item 1, Size, anchor 3",
        "Numbers under 20 are under both 3 and 2.",
    ),
    (
        with_size(anchors=with_anchor(SIZE, 2, upper=None)),
        "Item 1, Size, anchor 2",
        "Numbers over 30 are under both 2 and 1.",
    ),
    (
        with_size(anchors=with_anchor(SIZE, 3, upper=Decimal("NaN"))),
        "Item 1, Size, anchor 3",
        "NaN cannot be a bound.",
    ),
    (
        with_size(anchors=with_anchor(SIZE, 2, lower=Decimal(-1))),
        "Item 1, Size, anchor 2",
        "-1 cannot be a bound.",
    ),
]

COUNTS = [
    (
        with_parts(components=()),
        "Item 2, Parts, components",
        "The item is scored by what is in place, but lists nothing to look for.",
    ),
    (
        with_parts(anchors=(anchor(3), anchor(2), anchor(1))),
        "Item 2, Parts, anchors",
        "The item is scored by what is in place, but no anchor says how many it takes.",
    ),
    (
        with_parts(anchors=with_anchor(PARTS, 3, count_highest=1)),
        "Item 2, Parts, anchor 3",
        "The number of components is not a number or a range from the lowest to the highest.",
    ),
    (
        with_parts(anchors=with_anchor(PARTS, 3, count_lowest=None)),
        "Item 2, Parts, anchor 3",
        "The number of components is not a number or a range from the lowest to the highest.",
    ),
    (
        with_parts(anchors=with_anchor(PARTS, 3, count_highest=4)),
        "Item 2, Parts, anchor 3",
        "It takes 4 in place, but the item has 2 components.",
    ),
    (
        with_parts(anchors=with_anchor(PARTS, 1, count_highest=1)),
        "Item 2, Parts, anchor 1",
        "1 in place is under both 2 and 1.",
    ),
    (
        with_parts(anchors=with_anchor(PARTS, 1, count_lowest=1, count_highest=1)[1:]),
        "Item 2, Parts, anchors",
        "0 in place leads to no score at all.",
    ),
]

MUST = [*TEXTS, *ANCHORS, *COUNTS]


@pytest.mark.parametrize(("scale", "place", "problem"), MUST, ids=[row[2] for row in MUST])
def test_what_must_be_mended_is_named_with_its_place_and_its_editor(scale, place, problem):
    assert (place, problem) in said(scale, must=True)
    assert "item" in {one.part for one in version_findings(scale) if one.must}


def test_a_finding_inside_an_item_names_the_item():
    found = version_findings(with_parts(measures=""))

    assert [(one.item, one.place) for one in found] == [
        ("parts", ("sections", "staff", "items", "parts", "measures"))
    ]


NOTICES = [
    (
        with_size(anchors=with_anchor(SIZE, 2, lower=Decimal("20.5"), lower_open=False)),
        "Item 1, Size, anchors",
        "Some numbers have no anchor and are left to the reviewers: between 20 and 20.5 (3 or 2).",
    ),
    (
        with_size(anchors=with_anchor(SIZE, 3, upper_open=True)),
        "Item 1, Size, anchors",
        "Some numbers have no anchor and are left to the reviewers: exactly 20 (3 or 2).",
    ),
    (
        with_size(per_specialist=True, anchors=with_anchor(SIZE, 2, lower=Decimal(22))),
        "Item 1, Size, anchors",
        "Some numbers have no anchor, and the closest one counts: between 20 and 22 (3 or 2).",
    ),
    (
        with_size(anchors=with_anchor(SIZE, 2, lower_open=False)),
        "Item 1, Size, anchor 3",
        "20 is printed under both 3 and 2, so the reviewers decide.",
    ),
    (
        with_size(anchors=with_anchor(SIZE, 1, upper=Decimal(40))),
        "Item 1, Size, anchors",
        "No anchor has a number over 40, so the reviewers decide.",
    ),
    (
        with_size(anchors=with_anchor(SIZE, 3, lower=Decimal(5))),
        "Item 1, Size, anchors",
        "No anchor has a number under 5, so the reviewers decide.",
    ),
    (
        with_size(anchors=(SIZE.anchors[0], anchor(2, above=30), anchor(1, above=20, at_most=30))),
        "Item 1, Size, anchors",
        "The scores do not rise or drop along with the numbers of their anchors.",
    ),
    (
        with_parts(anchors=(anchor(3, present=1), anchor(2, present=2), anchor(1, present=0))),
        "Item 2, Parts, anchors",
        "The scores do not rise or drop along with the numbers of their anchors.",
    ),
    (
        with_parts(anchors=(anchor(3, present=(1, 2)), anchor(2), anchor(1))),
        "Item 2, Parts, anchors",
        "0 in place can be 2 or 1: the reviewers decide.",
    ),
    (
        with_size(reading=Reading.JUDGEMENT),
        "Item 1, Size, how the anchors are read",
        "Bounds are filled in, but the way the anchors are read makes no use of them.",
    ),
    (
        with_parts(reading=Reading.JUDGEMENT),
        "Item 2, Parts, how the anchors are read",
        "Components are filled in, but the way the anchors are read makes no use of them.",
    ),
    (
        with_size(few_seekers=FewSeekers(3, 2)),
        "Item 1, Size, how the anchors are read",
        "Rules for few job seekers are filled in, but the way the anchors are read makes no use of them.",
    ),
    (
        with_size(anchors=with_anchor(SIZE, 3, requires=())),
        "Item 1, Size, question weekly",
        "No anchor asks for this question, so its answer decides nothing.",
    ),
    (with_size(evidence=()), "Item 1, Size, evidence", "No kind of evidence is named for this item."),
    (with_size(principles=()), "Item 1, Size, principles", "The item serves none of the principles."),
]


@pytest.mark.parametrize(("scale", "place", "problem"), NOTICES, ids=[row[2] for row in NOTICES])
def test_what_an_editor_may_want_to_know_is_a_notice(scale, place, problem):
    assert (place, problem) in said(scale, must=False)
    assert (place, problem) not in said(scale, must=True)


def test_an_item_without_anything_is_told_once_what_it_lacks():
    bare = replace(
        PARTS, title="", short_title="", measures="", evidence=(), principles=(), components=(), anchors=()
    )
    found = [
        one
        for one in version_findings(with_items(SIZE, replace(bare, reading=Reading.JUDGEMENT)))
        if one.must
    ]

    assert [one.place[4:] for one in found] == [("title",), ("short_title",), ("measures",), ("anchors",)]
