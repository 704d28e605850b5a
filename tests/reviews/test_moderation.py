"""The draft with its moderator: sent, approved or returned, and approved anew after a change."""

import pytest
from django.db import IntegrityError

from accounts.permissions import Role
from reviews.actions.drafting import Draft, save_draft
from reviews.actions.issuing import ReportIncomplete, issue_review
from reviews.actions.moderating import DraftIncomplete, NothingNoted, decide_on_draft, send_to_moderator
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.actions.replying import send_to_service
from reviews.finishing.moderating import standing_of
from reviews.finishing.state import state_of
from reviews.finishing.unresolved import unresolved_of
from reviews.models import ModerationNote
from tests.factories.reviews import EvidenceNoteFactory
from tests.reviews.pages import text_of
from tests.reviews.sending import decide, in_days, with_moderator
from tests.reviews.situations import fresh, in_draft, joined, lead_of, trivial_compose

pytestmark = pytest.mark.django_db


def must(review) -> list[str]:
    return [line.text for line in unresolved_of(fresh(review)).must]


def write_summary(review, text: str):
    draft = Draft(text, interviews=None, observations=None, records=None, strengths={}, next_steps=())
    save_draft(review=fresh(review), draft=draft, by=lead_of(review), based_on=fresh(review).revision)


def test_a_team_without_a_moderator_leaves_the_step_out(client):
    review = in_draft()
    client.force_login(lead_of(review))

    assert must(review) == []
    assert "The team has no moderator" in text_of(client.get(f"/reviews/{review.pk}/draft/unresolved/"))
    with pytest.raises(NotNow):
        send_to_moderator(review=review, by=lead_of(review))


def test_a_draft_with_a_moderator_goes_on_once_they_approve_it():
    review, moderator = with_moderator()
    with pytest.raises(DraftIncomplete):
        send_to_service(review=review, reply_by=in_days(7), by=lead_of(review))
    with pytest.raises(ReportIncomplete):
        issue_review(review=review, by=lead_of(review), compose=trivial_compose, not_asked_because="A test.")

    decide(review, moderator)

    assert must(review) == []
    assert send_to_service(review=fresh(review), reply_by=in_days(7), by=lead_of(review)).pk


def test_a_change_after_approval_asks_for_it_again():
    review, moderator = with_moderator()
    decide(review, moderator)

    write_summary(review, "Another one.")

    assert [line.split(":")[0] for line in must(review)] == [
        f"The draft changed since {moderator.name} approved it"
    ]
    write_summary(review, "")
    assert must(review) == []


def test_returned_notes_stand_beside_their_items_and_say_what_was_changed_since(client):
    review, moderator = with_moderator()
    decide(review, moderator, approve=False, note="Nearly.", disclosure="Which form?", rapid_search="Why 4?")

    agreed = review.consensus.get(item__code="disclosure")
    agreed.rationale = "The form of March."
    agreed.save()

    notes = {note.code: (note.text, note.is_mended) for note in standing_of(fresh(review)).notes}
    assert notes == {"disclosure": ("Which form?", True), "rapid-search": ("Why 4?", False)}
    client.force_login(lead_of(review))
    for page in ("draft/", "draft/unresolved/"):
        said = text_of(client.get(f"/reviews/{review.pk}/{page}"))
        assert [words for words in ("Nearly.", "Which form?", "Changed since") if words not in said] == []
    assert send_to_moderator(review=fresh(review), by=lead_of(review)).outcome == ""


def test_the_moderator_decides_on_the_draft_that_they_read():
    review, moderator = with_moderator()
    read = state_of(review)
    write_summary(review, "Written meanwhile.")

    with pytest.raises(ChangedMeanwhile):
        decide_on_draft(review=fresh(review), approve=True, note="", item_notes={}, state=read, by=moderator)

    assert not standing_of(fresh(review)).is_approved


def test_a_draft_is_not_returned_without_a_note():
    review, moderator = with_moderator()

    with pytest.raises(NothingNoted):
        decide(review, moderator, approve=False, disclosure="  ")


@pytest.mark.parametrize("who", ["lead", "reviewer", "another moderator after the word"])
def test_nobody_else_decides_and_nobody_twice(who):
    review, moderator = with_moderator()
    if who == "reviewer":
        person = joined(review, Role.REVIEWER)
    elif who == "lead":
        person = lead_of(review)
    else:
        decide(review, moderator)
        person = moderator

    with pytest.raises(NotNow):
        decide(review, person)


def test_what_was_decided_stays_as_it_is():
    review, moderator = with_moderator()
    decided = decide(review, moderator, approve=False, disclosure="Which form?")

    with pytest.raises(IntegrityError, match="belongs to a final"):
        ModerationNote.objects.filter(moderation=decided).update(text="Never mind.")


def test_the_list_names_what_is_missing_and_what_is_worth_a_look_with_a_way_to_each():
    review = in_draft({"rapid-search": 4})
    review.consensus.filter(item__code="disclosure").update(score=None)
    review.consensus.filter(item__code="rapid-search").update(suggested=2, rationale="")
    EvidenceNoteFactory(review=review)

    found = unresolved_of(fresh(review))

    assert [(line.text, line.where.partition(f"/{review.pk}/")[2]) for line in found.must] == [
        ("Item 13, Disclosure, has no agreed score.", "draft/back/?item=disclosure"),
        (
            "Item 15, Rapid job search, departs from what the facts suggest, without a reason.",
            "draft/back/?item=rapid-search",
        ),
    ]
    look = {line.text: line.where.partition(f"/{review.pk}/")[2] for line in found.look}
    assert look["Page 1 names no strength."] == "draft/"
    assert (
        look["Item 15, Rapid job search, has no words on why this score."] == "draft/back/?item=rapid-search"
    )
    assert look["Item 1, Caseload size, rests on a single source."] == "evidence/?item=caseload-size"


def test_pages_of_the_moderator_return_and_approve(client):
    review, moderator = with_moderator()
    address = f"/reviews/{review.pk}/draft/moderation/"
    client.force_login(moderator)
    typed = {"state": state_of(review), "note": "", "item-disclosure": ""}

    assert client.post(address, typed | {"go": "return"}).status_code == 422
    stale = client.post(address, typed | {"state": "x", "item-disclosure": "Kept words.", "go": "approve"})
    assert stale.status_code == 422
    assert "Kept words." in stale.content.decode()
    assert client.post(address, typed | {"go": "approve"}).status_code == 302
    assert standing_of(fresh(review)).is_approved
    assert client.get(address).status_code == 403
