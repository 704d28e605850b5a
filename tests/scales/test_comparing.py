"""What differs between two versions of a scale, as plain values."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scales.comparing import PieceKind, anchors_moved, anchors_reworded, compare_versions, pieces
from scales.comparing.bands import BandRun
from scales.spec import Band, Component, Condition, FewSeekers, Reading, Section
from tests.scales.sound import PARTS, SCALE, SIZE, with_anchor, with_items, with_parts, with_size
from tests.scales.specs import IPS25_BANDS, anchor, ips25_like, random_scales, scale, shipped_scale

EXTRA = replace(PARTS, code="extra", short_title="Extra", number=3, number_in_section=3)


def marked(before: str, after: str) -> str:
    signs = {PieceKind.SAME: "{}", PieceKind.GONE: "[-{}-]", PieceKind.NEW: "[+{}+]"}
    return "".join(signs[piece.kind].format(piece.text) for piece in pieces(before, after))


def change(before, after, code):
    return next(one for one in compare_versions(before, after).items if one.code == code)


# Words


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Up to 20 people.", "Up to 25 people.", "Up to [-20-][+25+] people."),
        ("Up to 20.5 people", "Up to 20 people", "Up to [-20.5-][+20+] people"),
        ("Seen each week.", "Seen each week", "Seen each week[-.-]"),
        ("The team meets weekly", "The whole team meets weekly", "The[+ whole+] team meets weekly"),
        (
            "meets once a month here",
            "meets every two weeks here",
            "meets [-once a month-][+every two weeks+] here",
        ),
        ("Same words.", "Same words.", "Same words."),
        ("One thing", "Quite different text altogether", "[-One thing-][+Quite different text altogether+]"),
    ],
)
def test_texts_are_told_apart_word_by_word(before, after, expected):
    assert marked(before, after) == expected


@given(st.text("ab 1.\n", max_size=30), st.text("ab 1.\n", max_size=30))
def test_pieces_give_back_both_texts(before, after):
    found = pieces(before, after)

    assert "".join(one.text for one in found if one.kind is not PieceKind.NEW) == before
    assert "".join(one.text for one in found if one.kind is not PieceKind.GONE) == after


# Items


def test_a_version_is_the_same_as_itself():
    comparison = compare_versions(shipped_scale(), shipped_scale())

    assert comparison.is_same
    assert comparison.unchanged == 25


def test_items_are_joined_by_their_code():
    comparison = compare_versions(with_items(SIZE, PARTS), with_items(SIZE, EXTRA))

    assert [(one.code, one.is_added, one.is_removed) for one in comparison.items] == [
        ("size", False, False),
        ("parts", False, True),
        ("extra", True, False),
    ]


def test_a_removed_item_is_shown_after_the_one_it_followed():
    before = with_items(SIZE, PARTS, EXTRA)

    comparison = compare_versions(before, with_items(SIZE, EXTRA))

    assert [one.code for one in comparison.items] == ["size", "parts", "extra"]


def test_an_item_before_which_another_was_added_is_renumbered_and_not_moved():
    first = replace(EXTRA, number=1, number_in_section=1)
    after = with_items(first, replace(SIZE, number=2, number_in_section=2), replace(PARTS, number=3))

    comparison = compare_versions(SCALE, after)

    assert [one.code for one in comparison.renumbered] == ["size", "parts"]
    assert [one.code for one in comparison.changed] == ["extra"]
    assert comparison.unchanged == 0


def test_an_item_that_changed_places_is_moved():
    first, second, third = (replace(EXTRA, code=code, number=place) for place, code in enumerate("abc", 1))
    after = with_items(replace(third, number=1), replace(first, number=2), replace(second, number=3))

    comparison = compare_versions(with_items(first, second, third), after)

    assert [one.code for one in comparison.items if one.moved] == ["c"]
    assert [one.code for one in comparison.items if one.renumbered] == ["a", "b"]


def test_an_item_in_another_section_is_moved():
    sections = (Section("staff", 1, "Staff", (SIZE,)), Section("more", 2, "More", (PARTS,)))
    after = replace(SCALE, sections=sections)

    moved = change(SCALE, after, "parts")

    assert moved.moved
    assert (moved.section_before.title, moved.section_after.title) == ("Staff", "More")


@given(random_scales())
def test_items_that_stay_in_order_are_never_moved(spec):
    kept = replace(spec, sections=tuple(replace(part, items=part.items[::2]) for part in spec.sections))

    assert not any(one.moved for one in compare_versions(spec, kept).items)
    assert not any(one.moved for one in compare_versions(kept, spec).items)


@pytest.mark.parametrize("field", ["title", "short_title", "measures", "intent", "note", "part_label"])
def test_a_reworded_text_names_its_field(field):
    reworded = change(SCALE, with_size(**{field: "Other words"}), "size")

    assert [text.field for text in reworded.texts] == [field]
    assert reworded.reworded
    assert not reworded.threshold_moved


# Anchors


MOVED = [
    ("an upper bound", with_size(anchors=with_anchor(SIZE, 3, upper=Decimal(25)))),
    ("an end that counts no longer", with_size(anchors=with_anchor(SIZE, 3, upper_open=True))),
    ("a question", with_size(anchors=with_anchor(SIZE, 3, requires=()))),
    ("a question that leads there", with_size(anchors=with_anchor(SIZE, 1, also_when=("weekly",)))),
    ("what a yes implies", with_size(conditions=(Condition("weekly", "Every week?", ("size",)),))),
    ("the way of reading", with_size(reading=Reading.PERCENTAGE)),
    ("each specialist", with_size(per_specialist=True)),
    ("few job seekers", with_size(few_seekers=FewSeekers(3, 2))),
    ("one anchor less", with_size(anchors=SIZE.anchors[:2])),
]


@pytest.mark.parametrize("after", [row[1] for row in MOVED], ids=[row[0] for row in MOVED])
def test_a_threshold_moves(after):
    assert anchors_moved(SCALE, after) == {"size"}
    assert anchors_moved(after, SCALE) == {"size"}
    assert change(SCALE, after, "size").threshold_moved


@pytest.mark.parametrize(
    "after",
    [
        with_parts(anchors=with_anchor(PARTS, 1, count_highest=1)),
        with_parts(components=(*PARTS.components, Component("c", "A third part."))),
    ],
)
def test_another_count_or_component_moves_a_threshold(after):
    assert anchors_moved(SCALE, after) == {"parts"}


def test_another_number_of_points_moves_every_item():
    after = replace(
        with_items(
            replace(SIZE, anchors=(anchor(4), *SIZE.anchors)),
            replace(PARTS, anchors=(anchor(4), *PARTS.anchors)),
        ),
        maximum=4,
    )

    assert anchors_moved(SCALE, after) == {"size", "parts"}


@pytest.mark.parametrize(
    "after",
    [
        with_size(anchors=with_anchor(SIZE, 2, descriptor="Other words")),
        with_size(conditions=(Condition("weekly", "Each week?"),)),
        with_parts(components=(Component("a", "Part one."), PARTS.components[1])),
    ],
)
def test_rewording_alone_moves_no_threshold(after):
    assert anchors_moved(SCALE, after) == frozenset()
    assert len(anchors_reworded(SCALE, after)) == 1


def test_the_wording_of_another_language_moves_no_threshold():
    american, british = shipped_scale("ips-25-us"), shipped_scale("ips-25-uk")

    assert anchors_moved(american, british) == frozenset()
    assert anchors_reworded(american, british)


def test_decimals_written_otherwise_are_the_same_bound():
    stored = with_size(anchors=with_anchor(SIZE, 3, upper=Decimal("20.0000")))

    assert compare_versions(SCALE, stored).is_same


def test_items_of_one_version_only_have_not_moved():
    assert anchors_moved(with_items(SIZE), with_items(PARTS)) == frozenset()


# Bands


def ips25(*bands):
    return scale((3, 8, 14), maximum=5, bands=bands)


def test_totals_that_change_their_band_are_told_in_runs():
    after = ips25(Band(113, 125, "Exemplary fidelity"), Band(103, 112, "Good fidelity"), *IPS25_BANDS[2:])
    after = replace(after, bands=(*after.bands[:2], Band(74, 102, "Fair fidelity"), after.bands[3]))

    assert compare_versions(ips25_like(), after).bands == (
        BandRun(113, 114, "Good fidelity", "Exemplary fidelity"),
        BandRun(100, 102, "Good fidelity", "Fair fidelity"),
    )


def test_totals_that_become_possible_or_impossible_are_told():
    before = scale((2,), maximum=2, bands=(Band(2, 4, "All"),))
    after = scale((3,), maximum=2, bands=(Band(3, 6, "All"),))

    comparison = compare_versions(before, after)

    assert comparison.totals_moved
    assert comparison.bands == (BandRun(5, 6, None, "All"), BandRun(2, 2, "All", None))


def test_a_total_without_a_band_is_told():
    comparison = compare_versions(SCALE, replace(SCALE, bands=SCALE.bands[:2]))

    assert comparison.bands == (BandRun(2, 2, "Low", ""),)


def test_a_version_without_items_can_be_compared():
    comparison = compare_versions(replace(SCALE, sections=(), bands=()), SCALE)

    assert [one.is_added for one in comparison.items] == [True, True]


@given(random_scales(), random_scales())
def test_bands_tell_of_each_total_at_most_once(before, after):
    runs = compare_versions(before, after).bands

    assert all(run.lowest <= run.highest for run in runs)
    assert all(upper.lowest > lower.highest for upper, lower in pairwise(runs))
