"""What comes next is said truly to each person: on their first page, on the review's, and before it goes out."""

import pytest

from accounts.permissions import Role
from reviews.actions.answering import Answer, answer_on_item, answer_on_whole
from reviews.actions.moderating import send_to_moderator
from reviews.actions.replying import back_to_draft
from reviews.models import ItemReply
from tests.reviews.pages import text_of
from tests.reviews.sending import decide, replied, with_moderator, with_service, words
from tests.reviews.situations import fresh, in_consensus, in_draft, joined, lead_of

pytestmark = pytest.mark.django_db

HOME, OVERVIEW, BEFORE, TO_SERVICE = (
    "/",
    "/reviews/{}/",
    "/reviews/{}/draft/unresolved/",
    "/reviews/{}/draft/to-service/",
)
REPORT = "/reviews/{}/report/"


def said(client, review, person, place) -> str:
    client.force_login(person)
    return text_of(client.get(place.format(review.pk)))


def answered(review) -> None:
    lead, reply = lead_of(review), review.latest_reply
    answer_on_whole(review=fresh(review), text="Thank you.", based_on=reply.revision, by=lead)
    answer_on_item(
        review=fresh(review),
        item_code="disclosure",
        answer=Answer("We looked again.", score=None, reason=""),
        based_on=ItemReply.objects.get().revision,
        by=lead,
    )


@pytest.mark.parametrize("place", [HOME, OVERVIEW, BEFORE])
def test_a_draft_at_the_moderator_waits_for_them_by_name(client, place):
    review, moderator = with_moderator()

    text = said(client, review, lead_of(review), place)

    assert f"It waits for {moderator.name}, who moderates." in text
    assert "Finish the report" not in text
    assert "then send it on" not in text


@pytest.mark.parametrize("place", [HOME, OVERVIEW, BEFORE])
def test_a_returned_draft_says_so(client, place):
    review, moderator = with_moderator()
    decide(review, moderator, approve=False, note="Shorter.")

    assert f"{moderator.name} returned the draft: mend what they noted" in said(
        client, review, lead_of(review), place
    )


@pytest.mark.parametrize("place", [HOME, OVERVIEW, BEFORE])
def test_a_reply_is_there_to_be_answered_by_the_lead(client, place):
    review, _manager = replied()

    assert "Answer the reply" in said(client, review, lead_of(review), place)


@pytest.mark.parametrize("place", [HOME, OVERVIEW, BEFORE, REPORT])
def test_once_all_is_answered_the_report_is_issued(client, place):
    review, _manager = replied()
    before = said(client, review, lead_of(review), place)
    answered(review)

    assert "Issue the report" not in before
    assert "Issue the report" in said(client, review, lead_of(review), place)


def test_a_service_that_was_heard_does_not_get_the_draft_again(client):
    review, _manager = replied()
    joined(review, Role.MODERATOR, user__name="Oona Field")
    answered(review)

    text = said(client, review, lead_of(review), BEFORE)

    assert "Next it goes to Oona Field, who moderates. It can be issued once they have approved it." in text
    assert "The service gets it after that" not in text


def test_a_draft_taken_back_before_a_reply_goes_to_the_service_again(client):
    review, _manager = with_service()
    back_to_draft(review=fresh(review), reason="A slip.", by=lead_of(review))

    for place in (HOME, OVERVIEW):
        assert "Finish the report" in said(client, review, lead_of(review), place)
    assert "Send it to the service" in said(client, review, lead_of(review), BEFORE)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.MODERATOR])
def test_who_cannot_send_is_told_who_does(client, role):
    review = in_draft()
    person = joined(review, role)
    if role == Role.MODERATOR:
        send_to_moderator(review=fresh(review), by=lead_of(review))
        decide(review, person)

    overview, before = (said(client, review, person, place) for place in (OVERVIEW, BEFORE))

    assert "and send it on" not in overview
    assert "See what is unresolved" in overview
    assert f"That is for the lead reviewer, {lead_of(review).name}." in before
    assert "That is for the lead reviewer" not in said(client, review, lead_of(review), BEFORE)


def test_what_the_button_does_is_not_called_missing(client):
    review = in_draft()
    joined(review, Role.MODERATOR)

    text = said(client, review, lead_of(review), BEFORE)

    assert "Still missing" not in text
    assert "Send it to the moderator" in text


def test_an_answer_that_is_missing_is_told_once(client):
    review, _manager = replied()

    text = said(client, review, lead_of(review), BEFORE)

    assert text.count("has no answer") == 2
    assert "Nothing is unresolved" not in text


def test_the_service_gets_no_form_before_the_moderator_spoke(client):
    review, moderator = with_moderator()
    early = said(client, review, lead_of(review), TO_SERVICE)
    decide(review, moderator)

    assert f"The draft is with {moderator.name}, who moderates" in early
    assert "Cancel" not in early
    assert "Cancel" in said(client, review, lead_of(review), TO_SERVICE)


def test_the_manager_keeps_the_review_after_the_reply(client):
    review, manager = with_service()
    asked = said(client, review, manager, HOME)
    replied_to, other = replied(said=words("Thank you."))

    assert "Reply to the draft" in asked
    assert "Your reply is with the reviewers" not in asked
    text = said(client, replied_to, other, HOME)
    assert "Your reply is with the reviewers" in text
    assert "Reply to the draft" not in text
    assert f'href="/reviews/{replied_to.pk}/reply/answers/"' in client.get("/").content.decode()


def test_a_draft_that_nobody_has_read_is_not_yet_to_be_issued(client):
    review = in_draft()

    text = said(client, review, lead_of(review), REPORT)

    assert "Issue the report" not in text
    assert "Before it goes out" in text


@pytest.mark.parametrize("place", [OVERVIEW, "/reviews/{}/history/"])
def test_scores_are_compared_only_with_someone_elses(client, place):
    alone, together = in_draft(), in_consensus()

    assert "See how your scores compare" not in said(client, alone, lead_of(alone), place)
    assert "See how your scores compare" in said(client, together, lead_of(together), place)
