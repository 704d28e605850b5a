"""Observers in training: they rate to learn, until the report is issued, and count nowhere."""

import pytest

from accounts.permissions import Role
from reviews.actions.rating import RatingsIncomplete, save_rating, submit_ratings
from reviews.actions.refusals import NotNow
from reviews.models import RatingSet, Review, ReviewEvent, Stage, TeamMember
from reviews.permissions import may_compare, may_rate, may_read_draft, rated_sites
from tests.factories.programs import MembershipFactory
from tests.factories.reviews import rate_all
from tests.reviews.pages import rate_url, save_item, text_of
from tests.reviews.situations import at_stage, fresh, in_consensus, joined, lead_of, submitted_by

pytestmark = pytest.mark.django_db

CODE = "zero-exclusion"
STILL_OPEN = (Stage.PLANNED, Stage.RATING, Stage.CONSENSUS, Stage.DRAFT, Stage.WITH_SERVICE)


@pytest.fixture
def review():
    """In consensus; the observer has not begun."""
    review = in_consensus(2, 4)
    joined(review, Role.OBSERVER)
    return fresh(review)


def observer_of(review):
    return review.members.get(role=Role.OBSERVER.value).user


@pytest.mark.parametrize("stage", Stage)
def test_an_observer_rates_until_the_report_is_issued(review, stage):
    review = at_stage(review, stage)

    assert may_rate(observer_of(review), review) == (stage in STILL_OPEN)
    still = TeamMember.objects.still_rating().filter(review=review, role=Role.OBSERVER.value)
    assert still.exists() == (stage in STILL_OPEN)
    to_rate = Review.objects.to_rate_by(observer_of(review))
    assert (review in to_rate) == (stage in STILL_OPEN)


@pytest.mark.parametrize("stage", [Stage.CONSENSUS, Stage.DRAFT, Stage.WITH_SERVICE])
def test_nobody_else_rates_once_consensus_is_open(stage):
    review = in_consensus()
    late = joined(review, Role.REVIEWER)
    review = at_stage(review, stage)

    assert not may_rate(lead_of(review), review)
    assert not may_rate(late, review)
    assert not TeamMember.objects.still_rating().filter(review=review).exists()


@pytest.mark.parametrize("stage", [Stage.CONSENSUS, Stage.DRAFT, Stage.WITH_SERVICE])
def test_an_observers_submission_moves_nothing_on(review, stage):
    observer = observer_of(review)
    review = at_stage(review, stage)
    before = review.consensus.count()

    submitted_by(review, observer, 3)

    assert fresh(review).stage == stage
    assert review.consensus.count() == before
    assert review.timeline.filter(step=ReviewEvent.Step.CONSENSUS_OPENED).count() == 1
    assert RatingSet.objects.submitted_by(review, observer).exists()


def test_an_observer_submits_a_whole_set_like_everyone(review):
    observer = observer_of(review)
    save_rating(review=review, item_code=CODE, values={"score": 3}, based_on=0, by=observer)

    with pytest.raises(RatingsIncomplete):
        submit_ratings(review=fresh(review), by=observer)


def test_once_issued_nothing_more_is_rated(review):
    observer = observer_of(review)
    rate_all(review, observer, 3)
    review = at_stage(review, Stage.ISSUED)

    with pytest.raises(NotNow):
        submit_ratings(review=review, by=observer)


def test_an_observer_stays_blind_to_the_site_until_their_own_set_is_in(review):
    observer = observer_of(review)
    # A role in the program must not open what the place on the team keeps closed.
    MembershipFactory(program=review.site.program, user=observer, role=Role.PROGRAM_MANAGER.value)
    draft = at_stage(review, Stage.DRAFT)
    assert rated_sites(observer) == {review.site_id}
    assert not may_read_draft(observer, draft)
    assert not may_compare(observer, draft)

    submitted_by(draft, observer, 3)

    assert rated_sites(observer) == set()
    assert may_compare(observer, fresh(review))


@pytest.mark.parametrize("stage", [Stage.CONSENSUS, Stage.DRAFT, Stage.WITH_SERVICE])
def test_an_observer_types_and_saves_on_the_page_of_an_item_while_others_agree(client, review, stage):
    review = at_stage(review, stage)
    observer = observer_of(review)
    client.force_login(observer)

    answer = save_item(client, review, "caseload-size", score="3", rationale="From the tally.")

    assert answer.status_code == 302
    page = client.get(rate_url(review, "caseload-size"))
    assert "From the tally." in text_of(page)
    assert f'hx-post="{rate_url(review, "caseload-size")}"' in page.content.decode()


def test_an_observer_submits_on_the_page_and_is_shown_how_they_compare(client, review):
    observer = observer_of(review)
    rate_all(review, observer, 3)
    client.force_login(observer)

    answer = client.post(f"/reviews/{review.pk}/submit/", follow=True)

    assert "Your ratings are submitted" in text_of(answer)
    assert f"/reviews/{review.pk}/compare/" in answer.content.decode()
