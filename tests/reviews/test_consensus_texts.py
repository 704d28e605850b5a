"""The words that an agreed rating begins with."""

from types import SimpleNamespace

import pytest

from reviews.consensus.texts import drafted, drafted_for, drafted_reason_for_none, first_line, joined


def rating(**fields):
    empty = dict.fromkeys(
        ("rationale", "evidence", "recommendation", "departure_reason", "unrated_code", "unrated_note"), ""
    )
    return SimpleNamespace(**({"score": 3, "not_rated": False} | empty | fields))


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


def test_where_reviewers_are_split_what_argues_for_a_score_waits_until_one_is_agreed():
    ratings = [
        rating(score=3, rationale="Too few.", evidence="Log.", departure_reason="On leave."),
        rating(score=5, rationale="Plenty.", evidence="Interview."),
    ]

    assert drafted(ratings) | {"recommendation": ""} == {
        "rationale": "",
        "evidence": "Log.\n\nInterview.",
        "recommendation": "",
        "departure_reason": "",
    }


@pytest.mark.parametrize(
    ("score", "not_rated", "words"),
    [
        (3, False, {"rationale": "Too few.", "departure_reason": "On leave."}),
        (5, False, {"rationale": "Plenty.\n\nMore than enough.", "departure_reason": ""}),
        (4, False, {"rationale": "", "departure_reason": ""}),
        (None, True, {"rationale": "", "departure_reason": ""}),
    ],
)
def test_an_agreed_score_takes_the_words_of_those_who_gave_it(score, not_rated, words):
    ratings = [
        rating(score=3, rationale="Too few.", departure_reason="On leave."),
        rating(score=5, rationale="Plenty."),
        rating(score=5, rationale="More than enough."),
    ]

    assert drafted_for(ratings, score, not_rated) == words


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
