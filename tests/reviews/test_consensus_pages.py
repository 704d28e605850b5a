"""The consensus page: splits first, each reviewer's score and words, equal ones at once, on to the draft and back."""

import re

import pytest

from accounts.permissions import Role
from reviews.actions.consensus import agree_all_equal
from reviews.models import ReviewEvent, Stage
from tests.factories.reviews import ReviewFactory
from tests.reviews.meetings import EQUAL, SPLIT, as_other, fields_of, meeting_of_two, send, stored, url
from tests.reviews.pages import text_at, text_of
from tests.reviews.situations import (
    YEAR_BEFORE,
    fresh,
    in_consensus,
    in_draft,
    issued,
    joined,
    lead_of,
    submitted_by,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(client):
    review = meeting_of_two()
    client.force_login(lead_of(review))
    return review


# What it shows


def test_splits_come_first_and_the_head_says_how_many(client, review):
    page = client.get(url(review))

    assert text_of(page).count("One split to talk about, 24 equal") == 1
    rows = re.findall(r'data-code="([\w-]+)"', page.content.decode())
    assert rows[0] == SPLIT
    assert len(rows) == 25


def test_the_furthest_apart_come_first(client):
    review = in_consensus({SPLIT: 4, EQUAL: 5, "rapid-search": None}, {SPLIT: 3, EQUAL: 2, "rapid-search": 5})
    client.force_login(lead_of(review))

    page = client.get(url(review))

    assert re.findall(r'data-code="([\w-]+)"', page.content.decode())[:3] == [EQUAL, SPLIT, "rapid-search"]
    said = text_of(page)
    assert "three apart" in said
    assert "split: not rated by all" in said


def test_agreement_before_talking_does_not_move_with_what_is_agreed(client, review):
    line = "Before talking: the same score on 23 of 24, within one point on 23 of 24."
    assert line in text_of(client.get(url(review)))

    agree_all_equal(review=review, by=lead_of(review))
    as_other(review, score=3, reason="Counted.")

    assert line in text_of(client.get(url(review)))


def test_each_reviewers_score_and_words_stand_in_the_row(client, review):
    row = text_at(client.get(url(review)), f"row-{SPLIT}")

    assert "two apart" in row
    assert "5 Seen at the visit: Caseload size." in row
    assert "3 Seen at the visit: Caseload size." in row
    assert "(given by Menna)" in row
    assert "(given by Idris)" in row


def test_the_score_of_the_review_before_is_there_now(client):
    before = issued(2, **YEAR_BEFORE)
    review = ReviewFactory(site=before.site)
    other = joined(review, Role.REVIEWER)
    submitted_by(review, lead_of(review), 4)
    submitted_by(review, other, 4)
    client.force_login(other)

    assert "equal · previous 2" in text_at(client.get(url(review)), f"row-{SPLIT}")


def test_what_the_setting_costs_stands_beside_the_item(client):
    review = in_consensus(setting="primary-care")
    client.force_login(lead_of(review))

    assert "the setting costs" in text_of(client.get(url(review)))


def test_people_with_the_same_first_name_are_called_by_their_whole_name(client, review):
    people = [member.user for member in review.team]
    for person, name in zip(people, ("Menna Prys", "Menna Lloyd"), strict=True):
        person.name = name
        person.save()

    assert "(given by Menna Lloyd)" in text_at(client.get(url(review)), f"row-{SPLIT}")


def test_an_observers_ratings_are_not_on_the_page(client):
    review = ReviewFactory()
    observer, other = joined(review, Role.OBSERVER), joined(review, Role.REVIEWER)
    submitted_by(review, observer, 1)
    submitted_by(review, lead_of(review), 4)
    submitted_by(review, other, 4)
    client.force_login(other)

    said = text_of(client.get(url(review)))

    assert observer.name not in said
    assert "No splits to talk about, 25 equal" in said


def test_looking_drafts_nothing_into_the_database(client, review):
    fields = fields_of(client.get(url(review)))

    assert fields["rationale"] == fields["was_rationale"] == ""
    assert fields["evidence"] == fields["was_evidence"]
    assert not review.consensus.exists()


def test_what_the_next_point_takes_follows_the_agreed_score(client, review):
    as_other(review, score=4, reason="Counted.")
    anchor = review.version.to_spec().item(SPLIT).anchor(5).descriptor

    assert f"What the next point takes: 5: {anchor}" in text_at(client.get(url(review)), f"next-{SPLIT}")


# All equal ones, and on to the draft


def test_equal_scores_are_agreed_with_one_button(client, review):
    assert "Agree all 24" in text_at(client.get(url(review)), "agree-all")

    answer = client.post(url(review), {"go": "agree-all"}, follow=True)

    assert "Agreed on 24 items." in text_of(answer)
    assert text_at(answer, "agree-all") == ""
    assert "24 of 25 agreed · total so far 115, can become 117 to 125" in text_at(answer, "meeting-foot")
    assert "Send to draft: 1 left" in text_at(answer, "meeting-foot")


def test_what_is_missing_is_named_and_leads_to_its_field(client, review):
    client.post(url(review), {"go": "agree-all"})
    send(client, review, score="4")

    answer = client.post(url(review), {"go": "draft"})

    assert answer.status_code == 422
    assert "1 Caseload size: no reason for the agreed score" in text_of(answer)
    assert f'href="#id_{SPLIT}_reason"' in answer.content.decode()
    assert f'id="id_{SPLIT}_reason"' in answer.content.decode()
    assert fresh(review).stage == Stage.CONSENSUS


def test_everything_agreed_opens_the_draft(client, review):
    client.post(url(review), {"go": "agree-all"})
    send(client, review, score="4", reason="Counted again together.")

    answer = client.post(url(review), {"go": "draft"})

    assert (answer.status_code, answer.url) == (302, f"/reviews/{review.pk}/draft/")
    assert fresh(review).stage == Stage.DRAFT
    assert client.post(url(review, SPLIT), {"score": "1"}).status_code == 403
    assert stored(review).score == 4


def test_consensus_opens_again_with_a_reason(client):
    review = in_draft()
    client.force_login(lead_of(review))
    page = f"/reviews/{review.pk}/draft/back/"

    assert client.get(page).status_code == 200
    refused = client.post(page, {"reason_to_go_back": " "})
    answer = client.post(page, {"reason_to_go_back": "A source came in late."}, follow=True)

    assert refused.status_code == 422
    assert "Consensus is open again." in text_of(answer)
    assert "The scores of one reviewer" in text_of(answer)
    assert review.timeline.get(step=ReviewEvent.Step.BACK_TO_CONSENSUS).note == "A source came in late."


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.MODERATOR])
def test_the_meeting_is_closed_to_those_whose_scores_do_not_count(client, review, role):
    client.force_login(joined(review, role))

    assert client.get(url(review)).status_code == 403
    assert client.post(url(review, SPLIT), {"score": "3"}).status_code == 403
    assert client.post(url(review, "here"), {}).status_code == 403
