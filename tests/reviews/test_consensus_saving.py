"""Saving one item of the consensus page, with and without script, and what is told where another wrote meanwhile."""

import re

import pytest

from tests.reviews.meetings import EQUAL, SPLIT, as_other, fields_of, meeting_of_two, send, stored, url
from tests.reviews.pages import read, text_at, text_of
from tests.reviews.situations import lead_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(client):
    review = meeting_of_two()
    client.force_login(lead_of(review))
    return review


# Without script


def test_a_saved_item_leads_back_to_its_row(client, review):
    answer = send(client, review, score="4", reason="Counted again together.")

    assert (answer.status_code, answer.url) == (302, f"{url(review)}#row-{SPLIT}")
    row = stored(review)
    assert (row.score, row.reason, row.agreed_by) == (4, "Counted again together.", lead_of(review))
    # Nobody gave the 4, so nobody's words for another score stand under it.
    assert row.rationale == ""


def test_the_words_follow_the_score_until_someone_writes_others(client, review):
    send(client, review, score="3", reason="Counted again together.")
    assert stored(review).rationale == "Seen at the visit: Caseload size."

    send(client, review, rationale="Counted line by line.")
    send(client, review, score="4")

    assert stored(review).rationale == "Counted line by line."


def test_a_split_agreed_as_not_rated_takes_its_reason(client, review):
    send(client, review, score="none", unrated_code="other", unrated_note="Nobody could count.")

    row = stored(review)
    assert (row.score, row.not_rated, row.unrated_code) == (None, True, "")
    assert row.unrated_note == "Nobody could count."


def test_saving_the_page_as_it_is_leaves_no_row(client, review):
    assert send(client, review).status_code == 302
    assert not review.consensus.exists()


def test_line_breaks_of_a_browser_are_no_change(client, review):
    send(client, review, rationale="One.\r\n\r\nTwo.")
    page = client.get(url(review))
    fields = fields_of(page)
    assert fields["rationale"] == "One.\n\nTwo."

    client.post(url(review, SPLIT), {name: value.replace("\n", "\r\n") for name, value in fields.items()})

    assert stored(review).revision == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"score": "6"}, "Select a valid choice"),
        ({"score": "4.5"}, "Select a valid choice"),
        ({"priority": "1"}, "Say in one sentence what to do."),
        ({"score": "4", "action": "Meet.", "priority": "1", "target": "4"}, "a higher target or none"),
        (
            {"score": "5", "action": "Meet.", "priority": "1", "target": "5"},
            "at the top already: choose no target",
        ),
        ({"strength": "x" * 201}, "at most 200"),
    ],
)
def test_what_is_wrong_is_told_in_the_row_and_the_rest_is_saved(client, review, typed, told):
    answer = send(client, review, reason="Kept.", **typed)

    assert answer.status_code == 422
    assert told in text_at(answer, f"row-{SPLIT}")
    assert answer.content.decode().count("<title>Error:") == 1
    assert stored(review).reason == "Kept."
    shown = fields_of(answer)
    assert {name: shown[name] for name in typed if name != "score"} == {
        name: value for name, value in typed.items() if name != "score"
    }


def test_a_place_that_another_item_has_is_told(client, review):
    as_other(review, EQUAL, priority=1, action="Ask all teams.")

    answer = send(client, review, priority="1", action="Share the caseloads.")

    assert answer.status_code == 422
    assert "Item 9 has this place already." in text_at(answer, f"told-{SPLIT}-priority")
    assert fields_of(answer)["action"] == "Share the caseloads."


def test_an_item_that_is_not_of_the_version_is_not_there(client, review):
    assert client.post(url(review, "no-such-item"), {}).status_code == 404


@pytest.mark.parametrize("field", ["was_score", "was_target", "revision", "settle", "was_reason", "score"])
@pytest.mark.parametrize("value", ["9" * 5000, "x", "-1", "none", "mine:", "theirs:nothing", "\x00"])
def test_hidden_fields_by_hand_end_in_no_error_page(client, review, field, value):
    assert send(client, review, **{field: value}).status_code in (302, 409, 422)


# Someone else wrote meanwhile, without script


def in_conflict(client, review):
    """The page was loaded, then Idris wrote a reason; now Menna sends hers."""
    send(client, review, score="4", reason="First.")
    page = client.get(url(review))
    as_other(review, reason="Idris wrote this.")
    return send(client, review, page=page, reason="Menna wrote this.", evidence="And this.")


def test_both_texts_are_on_the_page_and_the_stored_one_stays(client, review):
    answer = in_conflict(client, review)

    assert answer.status_code == 409
    told = text_at(answer, f"told-{SPLIT}-reason")
    assert re.match(r"Idris Okafor wrote at \d\d:\d\d: Idris wrote this\.", told)
    assert fields_of(answer)["reason"] == "Menna wrote this."
    assert (stored(review).reason, stored(review).evidence) == ("Idris wrote this.", "And this.")


def test_a_conflict_names_who_wrote_the_field_not_who_saved_the_item_last(client, review):
    send(client, review, score="4", reason="First.")
    page = client.get(url(review))
    as_other(review, reason="Idris wrote this.")
    send(client, review, page=page, htmx=True, evidence="Menna saved this later.")

    answer = send(client, review, page=page, htmx=True, reason="Menna wrote this.")

    assert answer.status_code == 409
    assert "Idris Okafor wrote at" in text_of(answer)


def test_use_mine_writes_over_what_was_told(client, review):
    answer = in_conflict(client, review)

    assert send(client, review, page=answer, settle="mine:reason").status_code == 302
    assert stored(review).reason == "Menna wrote this."


def test_use_theirs_drops_ones_own(client, review):
    answer = in_conflict(client, review)

    assert send(client, review, page=answer, settle="theirs:reason").status_code == 302
    assert stored(review).reason == "Idris wrote this."


def test_use_mine_does_not_write_over_what_came_after(client, review):
    answer = in_conflict(client, review)
    as_other(review, reason="Idris wrote again.")

    again = send(client, review, page=answer, settle="mine:reason")

    assert again.status_code == 409
    assert "Idris wrote again." in text_at(again, f"told-{SPLIT}-reason")
    assert stored(review).reason == "Idris wrote again."


# Saving as typed


def test_an_autosave_answers_what_the_page_now_knows(client, review):
    answer = send(client, review, htmx=True, score="4", reason="Counted.")

    loose = read(answer).loose
    assert answer.status_code == 200
    assert (loose["revision"], loose["was_score"], loose["was_reason"]) == ("1", "4", "Counted.")
    assert "1 of 25 agreed" in text_of(answer)
    assert "<textarea" not in answer.content.decode()


def test_an_autosave_does_not_take_for_known_what_the_page_does_not_show(client, review):
    send(client, review, score="4", reason="First.")
    page = client.get(url(review))
    as_other(review, reason="Idris wrote this.")

    answer = send(client, review, page=page, htmx=True, evidence="Menna's.")

    loose = read(answer).loose
    assert (loose["was_reason"], loose["was_evidence"]) == ("First.", "Menna's.")
    assert loose["revision"] == "1", "the page has not heard of the other's change"


def test_a_button_pressed_in_the_row_draws_the_row_anew(client, review):
    send(client, review, score="4", reason="First.")
    page = client.get(url(review))
    as_other(review, reason="Idris wrote this.")
    conflict = send(client, review, page=page, reason="Menna wrote this.")

    answer = send(client, review, page=conflict, htmx=True, settle="theirs:reason")

    assert answer.status_code == 200
    assert fields_of(answer)["reason"] == "Idris wrote this."
    assert fields_of(answer)["revision"] == "2"
