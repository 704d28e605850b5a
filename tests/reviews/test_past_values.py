"""How one rating came to be: changes between states, and saves while typing put together."""

from datetime import datetime, timedelta

import pytest

from reviews.past.values import Marked, State, TextChange, changes_between, in_sittings

NOON = datetime(2026, 10, 14, 12)
PAUSE = timedelta(minutes=2)


def state(minutes: float, who: str = "Ada", score: str = "", why: str = "") -> State:
    return State(
        since=NOON + timedelta(minutes=minutes), who=who, figures={"Score": score}, texts={"Why": why}
    )


def told(states: list[State]) -> list[tuple]:
    """Who, the scores and the texts of each change."""
    return [
        (
            change.who,
            *((one.before, one.after) for one in change.figures),
            *((one.before, one.after) for one in change.texts),
        )
        for change in in_sittings(changes_between(states), PAUSE)
    ]


def test_each_state_is_told_by_what_it_changed():
    assert told(
        [state(0, score="2", why="Few."), state(9, "Ben", "4", "Few."), state(20, "Ada", "4", "")]
    ) == [
        ("Ada", ("", "2"), ("", "Few.")),
        ("Ben", ("2", "4")),
        ("Ada", ("Few.", "")),
    ]


def test_a_state_like_the_one_before_is_no_change():
    assert told([state(0), state(1), state(2, score="3"), state(3, score="3")]) == [("Ada", ("", "3"))]


def test_words_saved_while_they_are_typed_are_one_change():
    typed = [
        state(0, score="2", why="Four"),
        state(0.1, score="2", why="Four records"),
        state(0.2, score="2", why="Four records read."),
    ]

    assert told(typed) == [("Ada", ("", "2"), ("", "Four records read."))]
    (change,) = in_sittings(changes_between(typed), PAUSE)
    assert (change.at, change.until) == (typed[0].since, typed[-1].since)


@pytest.mark.parametrize(
    "later",
    [
        state(1, score="3", why="Four records"),
        state(1, score="2", why="Five records"),
        state(1, score="2", why="Fou"),
        state(1, "Ben", score="2", why="Four records"),
        state(9, score="2", why="Four records"),
    ],
    ids=["another score", "other words", "words taken out", "another person", "much later"],
)
def test_whatever_replaces_a_past_value_stays_a_change_of_its_own(later):
    assert len(told([state(0, score="2", why="Four"), later])) == 2


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        (
            "Four records read.",
            "Five records read.",
            (Marked("", "Four", " records read."), Marked("", "Five", " records read.")),
        ),
        (
            "Seen twice.",
            "Seen twice. And once more.",
            (Marked("Seen twice.", "", ""), Marked("Seen twice.", " And once more.", "")),
        ),
        ("", "New.", (Marked("", "", ""), Marked("", "New.", ""))),
        ("a b c", "a c", (Marked("a ", "b ", "c"), Marked("a ", "", "c"))),
    ],
)
def test_the_words_that_changed_are_set_apart_and_the_text_stays_whole(before, after, marked):
    found = TextChange("Why", before, after).marked

    assert "".join(vars(found[0]).values()) == before
    assert "".join(vars(found[1]).values()) == after
    assert found == marked
