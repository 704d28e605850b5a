"""Reopening while the last other set is being submitted: the review's row lock decides."""

import pytest

from accounts.permissions import Role
from reviews.actions.rating import submit_ratings
from reviews.actions.refusals import NotNow
from reviews.actions.reopening import reopen_ratings
from reviews.models import RatingSet, ReviewEvent, Stage
from tests.at_once import at_once
from tests.factories.reviews import ReviewFactory, rate_all
from tests.reviews.situations import fresh, joined, lead_of, submitted_by

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("attempt", range(4))
def test_reopening_while_the_last_set_comes_in_ends_in_one_of_two_states(attempt):
    review = ReviewFactory()
    other, lead = joined(review, Role.REVIEWER), lead_of(review)
    submitted_by(review, lead, 4)
    rate_all(fresh(review), other, 3)
    before = fresh(review)

    reopened, submitted = at_once(
        lambda: reopen_ratings(review=before, reason="A late interview.", by=lead),
        lambda: submit_ratings(review=fresh(review), by=other),
    )

    assert isinstance(submitted, RatingSet)
    stage, in_again = fresh(review).stage, RatingSet.objects.get(member__user=lead).is_submitted
    if isinstance(reopened, RatingSet):
        assert (stage, in_again) == (Stage.RATING, False)
    else:
        assert isinstance(reopened, NotNow)
        assert (stage, in_again) == (Stage.CONSENSUS, True)
    opened = review.timeline.filter(step=ReviewEvent.Step.CONSENSUS_OPENED).count()
    assert opened == (stage == Stage.CONSENSUS)


def test_two_windows_reopen_once():
    review = ReviewFactory()
    joined(review, Role.REVIEWER)
    lead = lead_of(review)
    submitted_by(review, lead, 4)

    outcomes = at_once(
        *(lambda: reopen_ratings(review=fresh(review), reason="Late.", by=lead) for _ in range(2))
    )

    assert all(isinstance(outcome, RatingSet) for outcome in outcomes), outcomes
    assert RatingSet.objects.get(member__user=lead).reopenings == 1
    assert review.timeline.filter(step=ReviewEvent.Step.REOPENED).count() == 1
