"""Changes of two people to one part are put together; what both changed is the winner's."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scales.merging import Winner, merged, plain
from scales.parts import bare, degrees_of, outline_of
from scales.spec import Band, Component, Degree, Statement, StatementKind
from tests.factories.scales import shipped_profile, shipped_scale

ITEM = bare(shipped_scale().item("caseload-size"))
BASE = plain(ITEM)


def both(base, theirs, mine):
    """What comes out, which must be the same for either winner."""
    one, other = (merged(plain(base), theirs, mine, winner) for winner in Winner)
    assert one == other
    return one


def test_two_fields_changed_by_two_people_are_both_kept():
    theirs, mine = replace(ITEM, measures="Theirs."), replace(ITEM, intent="Mine.")

    assert both(ITEM, theirs, mine) == replace(ITEM, measures="Theirs.", intent="Mine.")


def test_two_anchors_changed_by_two_people_are_both_kept():
    first, second, *rest = ITEM.anchors
    theirs = replace(ITEM, anchors=(replace(first, descriptor="Theirs."), second, *rest))
    mine = replace(ITEM, anchors=(first, replace(second, descriptor="Mine."), *rest))

    kept = both(ITEM, theirs, mine).anchors

    assert [anchor.descriptor for anchor in kept[:2]] == ["Theirs.", "Mine."]
    assert kept[2:] == tuple(rest)


@pytest.mark.parametrize(("winner", "words"), [(Winner.MINE, "Mine."), (Winner.THEIRS, "Theirs.")])
def test_what_both_changed_is_the_winners_and_the_rest_is_kept(winner, words):
    theirs = replace(ITEM, measures="Theirs.", note="Their note.")
    mine = replace(ITEM, measures="Mine.", intent="My intent.")

    kept = merged(BASE, theirs, mine, winner)

    assert kept == replace(ITEM, measures=words, note="Their note.", intent="My intent.")


def test_rows_added_by_two_people_are_both_there():
    before = replace(ITEM, components=(Component("a", "First"), Component("z", "Last")))
    theirs = replace(before, components=(*before.components, Component("t", "Theirs")))
    mine = replace(before, components=(before.components[0], Component("m", "Mine"), before.components[1]))

    assert [row.code for row in both(before, theirs, mine).components] == ["a", "m", "z", "t"]


def test_a_row_that_one_removed_and_the_other_left_alone_is_gone():
    before = replace(ITEM, components=(Component("a", "First"), Component("z", "Last")))
    theirs = replace(before, components=before.components[1:])
    mine = replace(before, measures="Mine.")

    assert both(before, theirs, mine) == replace(theirs, measures="Mine.")


@pytest.mark.parametrize(("winner", "codes"), [(Winner.MINE, ["z"]), (Winner.THEIRS, ["a", "z"])])
def test_a_row_that_i_removed_and_they_changed_is_the_winners(winner, codes):
    before = replace(ITEM, components=(Component("a", "First"), Component("z", "Last")))
    theirs = replace(before, components=(Component("a", "Reworded"), before.components[1]))
    mine = replace(before, components=before.components[1:])

    assert [row.code for row in merged(plain(before), theirs, mine, winner).components] == codes


def test_a_row_that_both_gave_another_name_is_not_doubled():
    before = shipped_scale().bands
    theirs = (replace(before[0], label="Theirs"), *before[1:])
    mine = (replace(before[0], label="Mine"), *before[1:])

    assert merged(plain(before), theirs, mine, Winner.MINE) == mine
    assert merged(plain(before), theirs, mine, Winner.THEIRS) == theirs


def test_an_order_that_one_changed_is_kept_with_the_words_of_the_other():
    outline = outline_of(shipped_scale())
    first, *others = outline
    theirs = (replace(first, items=tuple(reversed(first.items))), *others)
    mine = (replace(first, title="Renamed"), *others)

    assert both(outline, theirs, mine) == (replace(theirs[0], title="Renamed"), *others)


def test_degrees_of_two_items_changed_by_two_people_are_both_kept():
    table = degrees_of(shipped_profile("primary-care"), shipped_scale())
    theirs = (replace(table[0], degree=Degree.LIMITED, expected_loss=None), *table[1:])
    mine = (*table[:-1], replace(table[-1], degree=Degree.SAME, expected_loss=None))

    assert both(table, theirs, mine) == (theirs[0], *table[1:-1], mine[-1])


def test_rows_without_a_key_are_changed_as_a_whole():
    one, two = (Statement(StatementKind.LOOK_FOR, text, "talk") for text in ("One", "Two"))
    extra = replace(one, text="Extra")
    theirs, mine = (extra, one, two), (one, replace(two, text="Mine"))

    assert merged(plain((one, two)), theirs, mine, Winner.MINE) == mine
    assert merged(plain((one, two)), theirs, mine, Winner.THEIRS) == theirs
    assert both((one, two), theirs, (one, two)) == theirs


@pytest.mark.parametrize("base", [None, [], {}, "x", 3, {"anchors": 3}, {"anchors": [1, None]}])
def test_a_base_that_was_tampered_with_merges_nothing_wrongly(base):
    theirs, mine = replace(ITEM, measures="Theirs."), replace(ITEM, measures="Mine.")

    assert merged(base, theirs, mine, Winner.MINE).measures == "Mine."
    assert merged(base, theirs, mine, Winner.THEIRS).measures == "Theirs."


bands = st.lists(
    st.builds(Band, st.integers(0, 3), st.integers(4, 6), st.sampled_from("abcd"), st.sampled_from("xy")),
    max_size=4,
    unique_by=lambda band: band.label,
).map(tuple)


@given(base=bands, theirs=bands, mine=bands)
def test_laws_of_putting_together(base, theirs, mine):
    for winner in Winner:
        assert merged(plain(base), theirs, base, winner) == theirs
        assert merged(plain(base), base, mine, winner) == mine
        assert merged(plain(base), mine, mine, winner) == mine
        together = merged(plain(base), theirs, mine, winner)
        assert set(together) <= {
            replace(row, lowest=low.lowest, highest=high.highest, meaning=words.meaning)
            for row in (*theirs, *mine)
            for low in (*theirs, *mine)
            for high in (*theirs, *mine)
            for words in (*theirs, *mine)
        }
