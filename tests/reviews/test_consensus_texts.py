"""The words that an agreed rating begins with."""

from types import SimpleNamespace

import pytest

from reviews.consensus_texts import drafted, drafted_reason_for_none, first_line, joined


def rating(**fields):
    empty = dict.fromkeys(
        ("rationale", "evidence", "recommendation", "departure_reason", "unrated_code", "unrated_note"), ""
    )
    return SimpleNamespace(**(empty | fields))


def test_texts_are_joined_as_paragraphs_and_the_same_text_stands_once():
    ratings = [
        rating(rationale="Seen. "),
        rating(rationale="Heard."),
        rating(rationale="Seen."),
        rating(rationale="  "),
    ]

    assert joined(ratings, "rationale") == "Seen.\n\nHeard."


def test_every_kind_of_text_is_drafted_and_nothing_else():
    assert drafted([rating(rationale="Seen.", departure_reason="On leave.")]) == {
        "rationale": "Seen.",
        "evidence": "",
        "recommendation": "",
        "departure_reason": "On leave.",
    }


def test_the_first_reason_for_none_is_taken_and_all_words():
    ratings = [rating(unrated_note="No visit."), rating(unrated_code="too-new", unrated_note="Too new.")]

    assert drafted_reason_for_none(ratings) == {
        "unrated_code": "too-new",
        "unrated_note": "No visit.\n\nToo new.",
    }


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", ""),
        ("One line.", "One line."),
        ("\n  First.  \nSecond.", "First."),
        ("word " * 40, "word " * 23 + "word …"),
    ],
)
def test_a_text_begins_with_its_first_line_cut_between_words(text, line):
    assert first_line(text) == line
