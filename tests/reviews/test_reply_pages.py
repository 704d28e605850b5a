"""The pages of the service's reply: sent on a second click, answered in one form that loses nothing."""

import pytest

from reviews.actions.answering import Answer, answer_on_item
from reviews.actions.replying import save_reply
from reviews.models import ItemReply
from tests.reviews.pages import form_on, read, text_at, text_of
from tests.reviews.sending import replied, with_service, words
from tests.reviews.situations import fresh, lead_of

pytestmark = pytest.mark.django_db


def answers_page(client, **said):
    said = words("Thank you.", **(said or {"disclosure": "We do ask.", "rapid_search": "We do."}))
    review, _manager = replied(said=said)
    client.force_login(lead_of(review))
    address = f"/reviews/{review.pk}/reply/answers/"
    return review, address, form_on(client.get(address), "answers-form")


def row_of(code: str) -> ItemReply:
    return ItemReply.objects.get(item__code=code)


def answered_meanwhile(review, code="disclosure", **change):
    answer_on_item(
        review=fresh(review),
        item_code=code,
        answer=Answer("Theirs.", **change),
        based_on=row_of(code).revision,
        by=lead_of(review),
    )


def reply_typed(client):
    review, manager = with_service()
    client.force_login(manager)
    address = f"/reviews/{review.pk}/reply/"
    fields = form_on(client.get(address), "reply-form") | {"whole": "Fair.", "disclosure.text": "We do ask."}
    return review, manager, address, fields


def test_a_reply_is_shown_once_more_before_it_is_sent(client):
    review, _manager, address, fields = reply_typed(client)

    asked = client.post(address, fields | {"go": "send"})

    assert "You send: the whole report, item 13." in text_of(asked)
    assert "Fair. 13 Disclosure We do ask." in text_at(asked, "sent")
    assert not fresh(review).latest_reply.is_sent
    assert client.post(address, form_on(asked, "send-form") | {"go": "send-it"}).status_code == 302
    assert fresh(review).latest_reply.is_sent


def test_a_reply_that_someone_changed_after_it_was_shown_is_shown_again(client):
    review, manager, address, fields = reply_typed(client)
    asked = client.post(address, fields | {"go": "send"})
    save_reply(review=fresh(review), words=words("Unfair.", disclosure="We do."), was=None, by=manager)

    again = client.post(address, form_on(asked, "send-form") | {"go": "send-it"})

    assert again.status_code == 409
    assert "Someone changed the reply meanwhile" in text_of(again)
    assert "Unfair." in text_at(again, "sent")
    assert not fresh(review).latest_reply.is_sent
    save_reply(review=fresh(review), words=words("", disclosure=""), was=None, by=manager)
    emptied = client.post(address, form_on(again, "send-form") | {"go": "send-it"})
    assert emptied.status_code == 422
    assert "Say something to the draft" in text_of(emptied)


def test_an_empty_reply_is_not_asked_about(client):
    _review, _manager, address, fields = reply_typed(client)

    refused = client.post(address, fields | {"whole": " ", "disclosure.text": "", "go": "send"})

    assert refused.status_code == 422
    assert "Say something to the draft" in text_of(refused)


def test_items_that_hold_words_say_so_when_closed(client):
    _review, _manager, address, fields = reply_typed(client)
    client.post(address, fields | {"go": "save"})

    page = client.get(address).content.decode()

    assert page.count("<span data-written> · reply written</span>") == 1
    assert (
        page.count("<span data-written hidden>") == len(form_on(client.get(address), "reply-form")) // 4 - 1
    )


def test_one_save_keeps_every_answer_that_was_typed(client):
    review, address, fields = answers_page(client)
    typed = {
        "whole-answer": "Thanks.",
        "disclosure-answer": "You are right.",
        "disclosure-score": "5",
        "disclosure-reason": "The form.",
    }

    sent = client.post(address, fields | typed | {"go": "on"})

    assert sent.url == f"/reviews/{review.pk}/draft/unresolved/"
    assert fresh(review).latest_reply.answer == "Thanks."
    assert (row_of("disclosure").answer, row_of("disclosure").score_after) == ("You are right.", 5)
    assert row_of("rapid-search").answer == ""


def test_a_mistake_beside_one_answer_loses_none(client):
    review, address, fields = answers_page(client)
    typed = {
        "whole-answer": "Thanks.",
        "disclosure-answer": "Yes.",
        "disclosure-score": "5",
        "rapid-search-reason": "Seen.",
    }

    refused = client.post(address, fields | typed | {"go": "on"})

    assert refused.status_code == 422
    page = read(refused)
    assert "Say why the score changes." in "".join(page.by_id["error_1_id_disclosure-reason"])
    assert "Choose the new score" in "".join(page.by_id["error_1_id_rapid-search-score"])
    again = form_on(refused, "answers-form")
    assert {name: again[name] for name in typed} == typed
    mended = {
        "disclosure-reason": "The form.",
        "rapid-search-reason": "",
        "go": "save",
    }
    assert client.post(address, again | mended).status_code == 302
    assert fresh(review).latest_reply.answer == "Thanks."
    assert row_of("disclosure").score_after == 5


def test_saving_without_a_word_says_what_waits_and_going_on_does_not(client):
    _review, address, fields = answers_page(client)

    refused = client.post(address, fields | {"go": "save"})

    assert refused.status_code == 422
    assert "13 Disclosure, Your answer: Answer what the service said" in text_of(refused)
    assert client.post(address, fields | {"go": "on"}).status_code == 302


def test_what_someone_answered_meanwhile_is_shown_and_not_written_over(client):
    review, address, fields = answers_page(client)
    answered_meanwhile(review, score=5, reason="The form.")
    typed = {"whole-answer": "Thanks.", "disclosure-answer": "Mine."}

    refused = client.post(address, fields | typed)

    assert refused.status_code == 409
    assert "Someone else wrote here meanwhile: “Theirs.”" in text_of(refused)
    assert (row_of("disclosure").answer, fresh(review).latest_reply.answer) == ("Theirs.", "")
    again = form_on(refused, "answers-form")
    assert {name: again[name] for name in typed} == typed
    assert again["disclosure-reason"] == "The form."
    assert client.post(address, again).status_code == 302
    row = row_of("disclosure")
    assert (row.answer, row.score_after, row.rescore_reason) == ("Mine.", 5, "The form.")
    assert fresh(review).latest_reply.answer == "Thanks."


def test_an_answer_given_meanwhile_to_an_item_that_nobody_touched_here_stays(client):
    review, address, fields = answers_page(client)
    answered_meanwhile(review)

    assert client.post(address, fields | {"rapid-search-answer": "Noted."}).status_code == 302

    assert (row_of("disclosure").answer, row_of("rapid-search").answer) == ("Theirs.", "Noted.")


def test_a_target_that_the_new_score_reached_is_worth_a_look(client):
    review, address, fields = answers_page(client)
    fresh(review).consensus.filter(item__code="disclosure").update(
        priority=1, action="Ask each time.", target=5
    )
    typed = {"disclosure-answer": "Yes.", "disclosure-score": "5", "disclosure-reason": "The form."}

    page = client.post(address, fields | typed | {"go": "on"}, follow=True)

    said = "Item 13, Disclosure: the score reached its target 5: choose a higher target or take it out."
    assert said in text_of(page)
    report = text_of(client.get(f"/reviews/{review.pk}/report/"))
    assert "The score changed after the service’s reply, from 4 to 5: The form." in report
    assert "5 → 5" not in report
