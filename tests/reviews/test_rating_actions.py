"""Saving ratings: what is kept, what is refused, and two windows that disagree."""

import pytest

from accounts.permissions import Role
from reviews.actions.rating import RatingsIncomplete, save_rating, settle_conflict, submit_ratings
from reviews.actions.refusals import NotNow
from reviews.missing import Lack
from reviews.models import Rating, RatingConflict, RatingSet, ReviewEvent, Stage
from scales.scoring import ScoreOutOfRange, UnknownItem
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ReviewFactory, rate_all, ratings_of
from tests.reviews.situations import NOBODY, at_stage, fresh, joined, lead_of, submitted_by

pytestmark = pytest.mark.django_db

CODE = "zero-exclusion"


def save(review, by=None, code=CODE, based_on=0, **values):
    return save_rating(
        review=fresh(review), item_code=code, values=values, based_on=based_on, by=by or lead_of(review)
    )


def stored(review, user=None, code=CODE) -> Rating:
    return ratings_of(review, user or lead_of(review))[code]


def test_saving_keeps_what_was_typed_and_counts_revisions():
    review = ReviewFactory()

    save(review, score=3, rationale="Two of nine were turned away.")
    saved = save(review, based_on=1, score=2, evidence="Interview with the team leader.")

    assert saved.conflict is None
    rating = stored(review)
    assert (rating.score, rating.rationale) == (2, "Two of nine were turned away.")
    assert (rating.evidence, rating.revision) == ("Interview with the team leader.", 2)


def test_saving_the_same_again_changes_nothing():
    review = ReviewFactory()
    first = save(review, score=3, rationale="As seen.").rating

    again = save(review, score=3, rationale="As seen.")

    assert again.conflict is None
    assert (again.rating.revision, again.rating.updated_at) == (first.revision, first.updated_at)
    assert not RatingConflict.objects.exists()


def test_a_save_on_an_older_revision_keeps_both():
    review = ReviewFactory()
    save(review, score=3, rationale="Typed in the first window.")

    saved = save(review, score=4, rationale="Typed in the second window.")

    assert saved.conflict.values == {"score": 4, "rationale": "Typed in the second window."}
    assert saved.conflict.by == lead_of(review)
    rating = stored(review)
    assert (rating.score, rating.rationale, rating.revision) == (3, "Typed in the first window.", 1)


def test_typing_on_in_the_second_window_updates_the_open_conflict():
    review = ReviewFactory()
    save(review, score=3)
    save(review, rationale="Half a sen")

    save(review, rationale="Half a sentence, now whole.")

    conflict = RatingConflict.objects.get()
    assert conflict.values == {"rationale": "Half a sentence, now whole."}


def test_settling_for_the_saved_one_leaves_the_rating_alone():
    review = ReviewFactory()
    save(review, score=3)
    conflict = save(review, score=4).conflict

    settle_conflict(review=fresh(review), conflict=conflict, use_kept=False, by=lead_of(review))

    conflict.refresh_from_db()
    assert (stored(review).score, stored(review).revision) == (3, 1)
    assert conflict.resolved_at is not None
    assert conflict.values == {"score": 4}


def test_settling_for_the_kept_one_writes_it():
    review = ReviewFactory()
    save(review, score=3, rationale="First window.")
    conflict = save(review, score=4, rationale="Second window.").conflict

    settle_conflict(review=fresh(review), conflict=conflict, use_kept=True, by=lead_of(review))

    rating = stored(review)
    assert (rating.score, rating.rationale, rating.revision) == (4, "Second window.", 2)


def test_after_a_settled_conflict_another_may_open():
    review = ReviewFactory()
    save(review, score=3)
    first = save(review, score=4).conflict
    settle_conflict(review=fresh(review), conflict=first, use_kept=False, by=lead_of(review))

    second = save(review, score=5).conflict

    assert second.pk != first.pk
    assert RatingConflict.objects.count() == 2


def test_a_conflict_of_someone_else_cannot_be_settled():
    review = ReviewFactory()
    other = joined(review, Role.REVIEWER)
    save(review, score=3)
    conflict = save(review, score=4).conflict

    with pytest.raises(Rating.DoesNotExist):
        settle_conflict(review=fresh(review), conflict=conflict, use_kept=True, by=other)

    assert stored(review).score == 3


def test_an_item_that_the_version_does_not_have_is_unknown():
    review = ReviewFactory()

    with pytest.raises(UnknownItem):
        save(review, code="item-of-another-version", score=3)

    assert not Rating.objects.exists()


@pytest.mark.parametrize("score", [0, 6, -1, True, "3", 2.5, 10**12])
def test_what_is_not_a_whole_score_of_the_scale_is_refused(score):
    review = ReviewFactory()

    with pytest.raises(ScoreOutOfRange):
        save(review, score=score)

    assert not Rating.objects.filter(score__isnull=False).exists()


@pytest.mark.parametrize("score", [1, 2, 3, 4, 5, None])
def test_every_score_of_the_scale_and_none_is_taken(score):
    review = ReviewFactory()

    save(review, score=score, rationale="Seen.")

    assert stored(review).score == score


@pytest.mark.parametrize("role", [Role.LEAD, Role.REVIEWER, Role.OBSERVER])
def test_people_who_rate_may_save(role):
    review = ReviewFactory()
    person = lead_of(review) if role is Role.LEAD else joined(review, role)

    save(review, by=person, score=4)

    assert stored(review, person).score == 4


@pytest.mark.parametrize("who", ["moderator", "stranger", "superuser", "inactive", "nobody"])
def test_people_who_do_not_rate_cannot_save(who):
    review = ReviewFactory()
    person = {
        "moderator": lambda: joined(review, Role.MODERATOR),
        "stranger": UserFactory,
        "superuser": lambda: UserFactory(is_superuser=True, is_staff=True),
        "inactive": lambda: joined(review, Role.REVIEWER, user__is_active=False),
        "nobody": lambda: NOBODY,
    }[who]()

    with pytest.raises(NotNow):
        save(review, by=person, score=4)

    assert not Rating.objects.exists()


def test_nothing_is_saved_after_submission():
    review = ReviewFactory()
    joined(review, Role.REVIEWER)
    submitted_by(review, lead_of(review), 4)

    with pytest.raises(NotNow):
        save(review, score=1, based_on=1)

    assert stored(review).score == 4


def test_a_set_with_two_open_texts_is_submitted_once_one_is_chosen():
    review = ReviewFactory()
    joined(review, Role.REVIEWER)
    rate_all(fresh(review), lead_of(review), 4)
    conflict = save(review, score=1).conflict
    with pytest.raises(RatingsIncomplete) as refused:
        submit_ratings(review=fresh(review), by=lead_of(review))

    settle_conflict(review=fresh(review), conflict=conflict, use_kept=False, by=lead_of(review))
    submit_ratings(review=fresh(review), by=lead_of(review))

    assert [piece.lack for piece in refused.value.missing] == [Lack.CHOICE]
    assert stored(review).score == 4
    with pytest.raises(NotNow):
        settle_conflict(review=fresh(review), conflict=conflict, use_kept=True, by=lead_of(review))


@pytest.mark.parametrize(
    "stage", [Stage.CONSENSUS, Stage.DRAFT, Stage.WITH_SERVICE, Stage.ISSUED, Stage.CANCELLED]
)
def test_nothing_is_saved_once_the_review_moved_on(stage):
    review = at_stage(ReviewFactory(), stage)

    with pytest.raises(NotNow):
        save(review, score=4)


def test_the_first_save_begins_rating_and_says_so_once():
    review = ReviewFactory()
    other = joined(review, Role.REVIEWER)

    save(review, score=3)
    save(review, code="disclosure", score=3)
    save(review, by=other, score=2)

    assert fresh(review).stage == Stage.RATING
    (event,) = review.timeline.filter(step=ReviewEvent.Step.RATING_BEGAN)
    assert event.by == lead_of(review)


def test_a_refused_first_save_leaves_the_review_planned():
    review = ReviewFactory()

    with pytest.raises(ScoreOutOfRange):
        save(review, score=9)

    assert fresh(review).stage == Stage.PLANNED
    assert not review.timeline.exists()


@pytest.mark.parametrize("role", [None, Role.MODERATOR])
def test_people_who_do_not_rate_cannot_submit(role):
    review = ReviewFactory()
    person = joined(review, role) if role else UserFactory()

    with pytest.raises(NotNow):
        submit_ratings(review=fresh(review), by=person)

    assert not RatingSet.objects.exists()


def test_submitting_twice_is_refused():
    review = ReviewFactory()
    joined(review, Role.REVIEWER)
    submitted_by(review, lead_of(review), 4)

    with pytest.raises(NotNow):
        submit_ratings(review=fresh(review), by=lead_of(review))

    assert review.timeline.filter(step=ReviewEvent.Step.SUBMITTED).count() == 1


def test_an_incomplete_set_stays_open():
    review = ReviewFactory()
    save(review, score=3)

    with pytest.raises(RatingsIncomplete):
        submit_ratings(review=fresh(review), by=lead_of(review))

    assert not stored(review).rating_set.is_submitted
    assert fresh(review).stage == Stage.RATING
