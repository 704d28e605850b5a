"""Rows tell their own history: every old value, with who and when."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from reviews.actions.rating import save_rating
from reviews.models import ConsensusRating, Rating, Review
from tests.factories.reviews import ReviewFactory, ratings_of
from tests.reviews.pages import save_item
from tests.reviews.situations import fresh, in_draft, lead_of

pytestmark = pytest.mark.django_db

CODE = "zero-exclusion"


def past_rows(rating):
    history = type(rating).pgh_event_model
    return list(history.objects.filter(pgh_obj_id=rating.pk).select_related("pgh_context").order_by("pgh_id"))


def test_every_old_value_of_a_rating_is_kept_with_who_and_when(client):
    review = ReviewFactory()
    lead = lead_of(review)
    client.force_login(lead)
    began = timezone.now() - timedelta(seconds=1)

    for score, words in (("2", "First thought."), ("4", "Second thought."), ("5", "Third thought.")):
        assert save_item(client, review, CODE, score=score, rationale=words).status_code == 302

    rows = past_rows(ratings_of(review, lead)[CODE])
    # The first old row is the empty one that the first save began from.
    assert [(row.score, row.rationale) for row in rows] == [
        (None, ""),
        (2, "First thought."),
        (4, "Second thought."),
    ]
    assert {row.pgh_context.metadata["user"] for row in rows} == {lead.pk}
    assert all(began <= row.pgh_created_at <= timezone.now() + timedelta(seconds=1) for row in rows)


def test_a_save_that_changes_nothing_leaves_no_history(client):
    review = ReviewFactory()
    client.force_login(lead_of(review))
    save_item(client, review, CODE, score="2")
    before = len(past_rows(ratings_of(review, lead_of(review))[CODE]))

    save_item(client, review, CODE)

    assert len(past_rows(ratings_of(review, lead_of(review))[CODE])) == before


def test_sql_by_hand_leaves_a_trace_too():
    review = ReviewFactory()
    save_rating(review=fresh(review), item_code=CODE, values={"score": 2}, based_on=0, by=lead_of(review))
    rating = ratings_of(review, lead_of(review))[CODE]

    with connection.cursor() as cursor:
        cursor.execute("UPDATE reviews_rating SET score = 5 WHERE id = %s", [rating.pk])
        cursor.execute("DELETE FROM reviews_rating WHERE id = %s", [rating.pk])

    assert [(row.pgh_label, row.score) for row in past_rows(rating)][-2:] == [("update", 2), ("delete", 5)]


def test_old_values_of_a_consensus_rating_are_kept():
    agreed = ConsensusRating.objects.filter(review=in_draft(scores=4)).first()

    ConsensusRating.objects.filter(pk=agreed.pk).update(score=3, rationale="Changed by hand.")

    (row,) = past_rows(agreed)
    assert (row.score, row.rationale) == (4, agreed.rationale)


def test_old_values_of_a_plan_are_kept():
    review = ReviewFactory()

    Review.objects.filter(pk=review.pk).update(ends_on="2026-10-20")

    (row,) = past_rows(review)
    assert row.ends_on == review.ends_on


def test_a_rating_that_was_deleted_is_known_by_its_history():
    review = ReviewFactory()
    save_rating(review=fresh(review), item_code=CODE, values={"score": 2}, based_on=0, by=lead_of(review))

    Rating.objects.filter(rating_set__member__review=review).delete()

    assert Rating.pgh_event_model.objects.get(pgh_label="delete").score == 2
