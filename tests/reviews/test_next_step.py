"""Before a draft goes out: the one step that is next is offered, and who is waited for is named."""

import re

import pytest

from accounts.permissions import Role
from reviews.actions.answering import Answer, answer_on_item, answer_on_whole
from reviews.actions.moderating import send_to_moderator
from reviews.actions.replying import send_to_service
from reviews.models import ItemReply
from tests.reviews.pages import text_of
from tests.reviews.sending import decide, in_days, replied, with_moderator, with_service
from tests.reviews.situations import fresh, in_draft, joined, lead_of

pytestmark = pytest.mark.django_db

FORWARD = {
    "moderator": "Send it to the moderator",
    "service": "Send it to the service",
    "answers": "Answer the reply",
    "issue": "Issue the report",
}


def offered(client, review) -> tuple[list[str], str]:
    """What the lead is offered to send the draft on with, and all that the page says."""
    client.force_login(lead_of(review))
    page = client.get(f"/reviews/{review.pk}/draft/unresolved/")
    actions = page.content.decode().partition('<div class="actions">')[2].partition("</div>")[0]
    labels = [" ".join(one.split()) for one in re.findall(r">([^<>]+)</(?:a|button)>", actions)]
    return [name for name, label in FORWARD.items() if label in labels], text_of(page)


def test_a_team_without_moderator_sends_to_the_service_or_says_why_not(client):
    steps, said = offered(client, in_draft())

    assert steps == ["service"]
    assert "Issue it without asking the service, and say why" in said


def test_nothing_is_offered_while_something_is_missing(client):
    review = in_draft()
    review.consensus.filter(item__code="disclosure").update(score=None)

    steps, said = offered(client, review)

    assert steps == []
    assert "First what is still missing" in said


def test_the_moderator_comes_first_and_is_waited_for_by_name(client):
    review = in_draft()
    moderator = joined(review, Role.MODERATOR, user__name="Oona Field")
    before, _said = offered(client, review)
    send_to_moderator(review=fresh(review), by=lead_of(review))
    while_out, said = offered(client, review)
    decide(review, moderator)
    after, _said = offered(client, review)

    assert (before, while_out, after) == (["moderator"], [], ["service"])
    assert "It waits for Oona Field, who moderates." in said


def test_a_returned_draft_goes_to_the_moderator_again(client):
    review, moderator = with_moderator()
    decide(review, moderator, approve=False, note="Shorter.")

    assert offered(client, review)[0] == ["moderator"]


def test_the_service_is_waited_for_until_its_last_day(client):
    review, _manager = with_service()

    steps, said = offered(client, review)

    assert steps == []
    assert "It waits for the service, which may reply until" in said


def test_a_reply_is_answered_and_then_the_report_is_issued(client):
    review, _manager = replied()
    before, _said = offered(client, review)
    reply = review.latest_reply
    answer_on_whole(review=fresh(review), text="Thank you.", based_on=reply.revision, by=lead_of(review))
    answer_on_item(
        review=fresh(review),
        item_code="disclosure",
        answer=Answer("We looked again.", score=None, reason=""),
        based_on=ItemReply.objects.get().revision,
        by=lead_of(review),
    )

    assert (before, offered(client, review)[0]) == (["answers"], ["issue"])


def test_who_only_moderates_is_offered_no_step_of_the_lead(client):
    review, moderator = with_moderator()
    decide(review, moderator)
    send_to_service(review=fresh(review), reply_by=in_days(7), by=lead_of(review))
    client.force_login(moderator)

    page = text_of(client.get(f"/reviews/{review.pk}/draft/unresolved/"))

    assert not any(label in page for label in FORWARD.values())
