"""What the database itself keeps true of reviews, whoever writes to it."""

from contextlib import contextmanager
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.permissions import Role
from reviews.models import ConsensusRating, Edition, ItemFacts, RatingConflict
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ReviewFactory, TeamMemberFactory
from tests.reviews.situations import a_rating, empty_set, lead_of

pytestmark = pytest.mark.django_db


@contextmanager
def refused(constraint: str):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        yield


def consensus(review, code: str = "caseload-size", **fields) -> ConsensusRating:
    return ConsensusRating.objects.create(review=review, item_id=review.version.item_ids()[code], **fields)


def edition(review, **fields) -> Edition:
    frozen = {"document": "{}", "document_sha256": "0" * 64, "pdf": b"%PDF", "pdf_sha256": "0" * 64}
    who = {"issued_at": timezone.now(), "issued_by": lead_of(review)}
    return Edition.objects.create(review=review, **who, **frozen, **fields)


def test_a_visit_may_end_on_the_day_it_starts():
    review = ReviewFactory(starts_on=date(2026, 10, 14), ends_on=date(2026, 10, 14))

    assert review.pk


def test_a_visit_cannot_end_before_it_starts():
    with refused("visit_ends_on_or_after_its_start"):
        ReviewFactory(starts_on=date(2026, 10, 14), ends_on=date(2026, 10, 13))


def test_two_reviewers_may_rate_the_same_item():
    review = ReviewFactory()
    other = TeamMemberFactory(review=review).user

    a_rating(empty_set(review), score=4)
    a_rating(empty_set(review, other), score=2)

    assert review.members.filter(rating_set__ratings__isnull=False).count() == 2


def test_a_reviewer_has_one_rating_of_an_item():
    own_set = empty_set(ReviewFactory())
    a_rating(own_set, score=4)

    with refused("one_rating_per_reviewer_and_item"):
        a_rating(own_set, score=2)


@pytest.mark.parametrize("values", [{}, {"score": 3}, {"not_rated": True}])
def test_a_rating_is_scored_or_not_rated_or_open(values):
    assert a_rating(empty_set(ReviewFactory()), **values).pk


def test_a_rating_cannot_be_scored_and_not_rated():
    own_set = empty_set(ReviewFactory())

    with refused("rating_is_a_score_or_not_rated"):
        a_rating(own_set, score=3, not_rated=True)


@pytest.mark.parametrize("values", [{}, {"score": 3}, {"not_rated": True}])
def test_a_consensus_is_scored_or_not_rated_or_open(values):
    assert consensus(ReviewFactory(), **values).pk


def test_a_consensus_cannot_be_scored_and_not_rated():
    review = ReviewFactory()

    with refused("consensus_is_a_score_or_not_rated"):
        consensus(review, score=3, not_rated=True)


def test_two_reviews_may_agree_on_the_same_item():
    first, second = ReviewFactory(), ReviewFactory()

    consensus(first, score=3)

    assert consensus(second, score=3).pk


def test_an_item_is_agreed_once_in_a_review():
    review = ReviewFactory()
    consensus(review, score=3)

    with refused("one_consensus_per_review_and_item"):
        consensus(review, score=4)


def test_two_reviews_may_each_have_a_lead():
    lead = UserFactory()

    assert ReviewFactory(lead=lead).pk != ReviewFactory(lead=lead).pk


def test_a_review_has_one_lead():
    review = ReviewFactory()

    with refused("one_lead_per_review"):
        TeamMemberFactory(review=review, role=Role.LEAD.value)


def test_a_team_may_hold_every_other_role_twice():
    review = ReviewFactory()
    for role in (Role.REVIEWER, Role.REVIEWER, Role.OBSERVER, Role.OBSERVER, Role.MODERATOR, Role.MODERATOR):
        TeamMemberFactory(review=review, role=role.value)

    assert review.members.count() == 7


def test_a_person_has_one_place_on_a_team():
    review = ReviewFactory()

    with refused("one_place_per_person_on_a_team"):
        TeamMemberFactory(review=review, user=lead_of(review), role=Role.REVIEWER.value)


def test_priorities_are_numbered_and_say_what_to_do():
    review = ReviewFactory()

    consensus(review, "caseload-size", priority=1, action="Share out the caseloads.")
    consensus(review, "rapid-search", priority=2, action="Meet an employer in the first month.")

    assert review.consensus.filter(priority__isnull=False).count() == 2


def test_two_items_cannot_have_the_same_priority():
    review = ReviewFactory()
    consensus(review, "caseload-size", priority=1, action="Share out the caseloads.")

    with refused("one_item_per_priority"):
        consensus(review, "rapid-search", priority=1, action="Meet an employer in the first month.")


def test_a_priority_cannot_be_without_words():
    review = ReviewFactory()

    with refused("a_priority_says_what_to_do"):
        consensus(review, priority=1)


def test_a_rating_may_have_a_settled_and_an_open_conflict():
    review = ReviewFactory()
    rating = a_rating(empty_set(review))
    RatingConflict.objects.create(rating=rating, by=lead_of(review), values={}, resolved_at=timezone.now())

    assert RatingConflict.objects.create(rating=rating, by=lead_of(review), values={}).pk


def test_a_rating_has_one_open_conflict():
    review = ReviewFactory()
    rating = a_rating(empty_set(review))
    RatingConflict.objects.create(rating=rating, by=lead_of(review), values={})

    with refused("one_open_conflict_per_rating"):
        RatingConflict.objects.create(rating=rating, by=lead_of(review), values={})


def test_a_review_may_have_two_editions():
    review = ReviewFactory()

    assert [str(edition(review)), str(edition(review, minor=1))] == ["1.0", "1.1"]


def test_an_edition_number_is_given_once():
    review = ReviewFactory()
    edition(review)

    with refused("one_edition_per_number_of_a_review"):
        edition(review)


def test_facts_are_entered_for_several_items():
    review = ReviewFactory()
    for code in ("caseload-size", "employment-staff"):
        item = review.version.item_ids()[code]
        ItemFacts.objects.create(review=review, item_id=item, updated_by=lead_of(review))

    assert review.facts.count() == 2


def test_facts_of_an_item_are_one_row():
    review = ReviewFactory()
    values = {"item_id": review.version.item_ids()["caseload-size"], "updated_by": lead_of(review)}
    ItemFacts.objects.create(review=review, **values)

    with refused("facts_of_an_item_are_entered_once"):
        ItemFacts.objects.create(review=review, **values)
