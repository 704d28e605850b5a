"""Two requests at the same moment: nothing is lost, nothing happens twice, nobody meets an error page."""

import pytest
from django.test import Client

from accounts.permissions import Role
from reviews.actions.rating import Saved, save_rating
from reviews.models import RatingConflict, ReviewEvent, Stage
from tests.at_once import at_once
from tests.factories.reviews import ReviewFactory, rate_all, ratings_of
from tests.reviews.situations import fresh, joined, lead_of

pytestmark = pytest.mark.django_db(transaction=True)

CODE = "zero-exclusion"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def submit(client, review):
    return lambda: client.post(f"/reviews/{review.pk}/submit/").status_code


def test_a_double_click_on_submit_is_one_submission_without_an_error_page():
    review = ReviewFactory()
    joined(review, Role.REVIEWER)
    lead = lead_of(review)
    rate_all(fresh(review), lead, 4)
    windows = [signed_in(lead), signed_in(lead)]

    answers = at_once(*(submit(window, review) for window in windows))

    assert review.timeline.filter(step=ReviewEvent.Step.SUBMITTED).count() == 1
    assert answers == [302, 302]


def test_two_reviewers_submitting_at_once_open_consensus_once():
    review = ReviewFactory()
    people = [lead_of(review), joined(review, Role.REVIEWER)]
    for person in people:
        rate_all(fresh(review), person, 4)
    windows = [signed_in(person) for person in people]

    answers = at_once(*(submit(window, review) for window in windows))

    assert answers == [302, 302]
    assert fresh(review).stage == Stage.CONSENSUS
    assert review.timeline.filter(step=ReviewEvent.Step.CONSENSUS_OPENED).count() == 1


@pytest.mark.parametrize("begun", [True, False])
def test_of_two_saves_on_one_revision_one_is_saved_and_the_other_kept(begun):
    review = ReviewFactory()
    lead = lead_of(review)
    base = 0
    if begun:
        save_rating(review=fresh(review), item_code=CODE, values={"score": 1}, based_on=0, by=lead)
        base = 1

    def save(score):
        values = {"score": score, "rationale": f"Window {score}."}
        return lambda: save_rating(
            review=fresh(review), item_code=CODE, values=values, based_on=base, by=lead
        )

    outcomes = at_once(save(3), save(4))

    assert all(isinstance(outcome, Saved) for outcome in outcomes), outcomes
    assert sorted(outcome.conflict is not None for outcome in outcomes) == [False, True]
    rating, conflict = ratings_of(review, lead)[CODE], RatingConflict.objects.get()
    assert {rating.score, conflict.values["score"]} == {3, 4}
    assert {rating.rationale, conflict.values["rationale"]} == {"Window 3.", "Window 4."}
    assert rating.revision == base + 1


def test_two_reviewers_beginning_at_once_begin_rating_once():
    review = ReviewFactory()
    people = [lead_of(review), joined(review, Role.REVIEWER)]

    def save(person):
        return lambda: save_rating(
            review=fresh(review), item_code=CODE, values={"score": 3}, based_on=0, by=person
        )

    outcomes = at_once(*(save(person) for person in people))

    assert all(isinstance(outcome, Saved) for outcome in outcomes), outcomes
    assert review.timeline.filter(step=ReviewEvent.Step.RATING_BEGAN).count() == 1
