"""The draft with the service: its last day, the reply as it is typed, sent once, and answered."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.utils import timezone

from accounts.permissions import Role
from reviews.actions.answering import Answer, ReasonMissing, answer_on_item, answer_on_whole
from reviews.actions.issuing import ReportIncomplete, issue_review
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.actions.replying import (
    DayIsPast,
    NothingSaid,
    back_to_draft,
    move_reply_date,
    save_reply,
    send_reply,
    send_to_service,
)
from reviews.models import ItemReply, ReviewEvent, Stage
from reviews.permissions import may_read_draft, may_reply
from tests.reviews.pages import form_on, text_of
from tests.reviews.sending import in_days, replied, with_service, words
from tests.reviews.situations import fresh, in_draft, in_program, lead_of, trivial_compose

pytestmark = pytest.mark.django_db


def issue(review, because=""):
    return issue_review(
        review=fresh(review), by=lead_of(review), compose=trivial_compose, not_asked_because=because
    )


def answer(review, text="Noted.", code="disclosure", based_on=None, **change):
    row = ItemReply.objects.get(reply__review=review, item__code=code)
    return answer_on_item(
        review=fresh(review),
        item_code=code,
        answer=Answer(text, **change),
        based_on=row.revision if based_on is None else based_on,
        by=lead_of(review),
    )


def answer_whole(review):
    reply = fresh(review).latest_reply
    answer_on_whole(review=fresh(review), text="Thank you.", based_on=reply.revision, by=lead_of(review))


def later(days: int):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def test_managers_read_the_draft_only_while_it_is_with_the_service():
    review = in_draft()
    manager, viewer = in_program(review, Role.PROGRAM_MANAGER), in_program(review, Role.VIEWER)
    assert not may_read_draft(manager, fresh(review))

    send_to_service(review=fresh(review), reply_by=in_days(7), by=lead_of(review))

    assert fresh(review).stage == Stage.WITH_SERVICE
    assert may_read_draft(manager, fresh(review))
    assert not may_read_draft(viewer, fresh(review))
    back_to_draft(review=fresh(review), reason="A slip on item 3.", by=lead_of(review))
    assert not may_read_draft(manager, fresh(review))


def test_a_last_day_that_is_past_is_refused():
    review = in_draft()

    with pytest.raises(DayIsPast):
        send_to_service(review=review, reply_by=in_days(-1), by=lead_of(review))


def test_the_reply_closes_after_its_last_day_and_opens_again_when_the_lead_gives_more_time():
    review, manager = with_service(days=7)

    with later(8):
        assert not may_reply(manager, fresh(review))
        with pytest.raises(NotNow):
            save_reply(review=fresh(review), words=words("Late."), was=None, by=manager)
        move_reply_date(review=fresh(review), reply_by=in_days(3), by=lead_of(review))
        assert may_reply(manager, fresh(review))


def test_two_managers_do_not_write_over_each_other():
    review, first = with_service()
    second = in_program(review, Role.PROGRAM_MANAGER)
    empty = words("", disclosure="", rapid_search="")
    save_reply(review=review, words=words("", disclosure="First.", rapid_search=""), was=empty, by=first)

    saved = save_reply(
        review=fresh(review),
        words=words("", disclosure="Second.", rapid_search="Also."),
        was=empty,
        by=second,
    )

    assert saved.conflicts == (("disclosure", "text"),)
    texts = dict(ItemReply.objects.values_list("item__code", "text"))
    assert texts == {"disclosure": "First.", "rapid-search": "Also."}


def test_a_reply_is_sent_once_and_keeps_its_words():
    review, manager = replied()

    for act in (
        lambda: save_reply(review=fresh(review), words=words("More."), was=None, by=manager),
        lambda: send_reply(review=fresh(review), by=manager),
    ):
        with pytest.raises(NotNow):
            act()
    with pytest.raises(IntegrityError, match="a sent reply stays as it is"):
        ItemReply.objects.update(text="Other words.")


def test_an_empty_reply_is_not_sent():
    review, manager = with_service()
    save_reply(review=review, words=words(" ", disclosure=" "), was=None, by=manager)

    with pytest.raises(NothingSaid):
        send_reply(review=fresh(review), by=manager)


def test_what_is_only_begun_is_not_told_to_the_team(client):
    review, manager = with_service()
    save_reply(review=review, words=words("Half a thought"), was=None, by=manager)
    client.force_login(lead_of(review))

    assert client.get(f"/reviews/{review.pk}/reply/answers/").status_code == 403
    for page in ("report/", "draft/unresolved/", ""):
        assert "Half a thought" not in text_of(client.get(f"/reviews/{review.pk}/{page}"))


def test_a_score_changes_only_with_a_reason_and_the_old_one_is_kept():
    review, _manager = replied()
    with pytest.raises(ReasonMissing):
        answer(review, score=5)

    answer(review, score=5, reason="The form was on the ward all along.")

    row = ItemReply.objects.get()
    assert (row.rescored, row.score_before, row.score_after) == (True, 4, 5)
    assert fresh(review).consensus.get(item__code="disclosure").score == 5
    event = review.timeline.get(step=ReviewEvent.Step.RESCORED)
    assert event.note == "13: 4 → 5. The form was on the ward all along."
    answer(review, score=4, reason="It was not.")
    assert not ItemReply.objects.get().rescored


def test_an_answer_does_not_write_over_one_given_meanwhile():
    review, _manager = replied()
    seen = ItemReply.objects.get().revision
    answer(review, "First answer.")

    with pytest.raises(ChangedMeanwhile):
        answer(review, "Second answer.", based_on=seen)


def test_the_report_is_issued_once_every_reply_has_its_answer():
    review, _manager = replied()
    with pytest.raises(ReportIncomplete) as refusal:
        issue(review)
    assert len(refusal.value.missing) == 2

    answer(review)
    answer_whole(review)

    assert issue(review).number == "1.0"
    with pytest.raises(IntegrityError, match="belongs to a final"):
        ItemReply.objects.update(answer="Another.")


def test_without_a_reply_the_report_waits_for_the_last_day():
    review, _manager = with_service(days=7)
    with pytest.raises(ReportIncomplete):
        issue(review, "In a hurry.")

    with later(8):
        assert issue(review).number == "1.0"


def test_a_draft_that_the_service_was_not_asked_about_is_issued_with_a_reason():
    review = in_draft()
    with pytest.raises(ReportIncomplete):
        issue(review)

    issue(review, "The board meets tomorrow.")

    event = review.timeline.get(step=ReviewEvent.Step.REPLY_NOT_ASKED)
    assert event.note == "The board meets tomorrow."


def test_the_page_of_the_reply_saves_and_shows_conflicts(client):
    review, manager = with_service()
    address = f"/reviews/{review.pk}/reply/"
    client.force_login(manager)
    fields = form_on(client.get(address), "reply-form")

    fields["disclosure.text"] = "We do ask.\r\nEvery time."
    assert client.post(address, fields | {"go": "save"}).status_code == 302
    again = client.post(address, fields | {"disclosure.text": "Mine.", "go": "send"})
    assert again.status_code == 409
    assert "Someone else wrote here meanwhile" in text_of(again)
    assert form_on(again, "reply-form")["disclosure.text"] == "Mine."
    assert ItemReply.objects.get().text == "We do ask.\nEvery time."


def test_an_answer_is_given_on_its_page_and_asks_for_the_reason_of_a_new_score(client):
    review, _manager = replied()
    address = f"/reviews/{review.pk}/reply/answers/"
    client.force_login(lead_of(review))
    typed = {
        "of": "disclosure",
        "disclosure-answer": "You are right.",
        "disclosure-score": "5",
        "disclosure-revision": str(ItemReply.objects.get().revision),
    }

    refused = client.post(address, typed)
    assert refused.status_code == 422
    assert "Say why the score changes." in text_of(refused)
    assert "You are right." in refused.content.decode()
    assert client.post(address, typed | {"disclosure-reason": "The form."}).status_code == 302
    assert ItemReply.objects.get().score_after == 5
