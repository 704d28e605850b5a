"""Submitting a set: everything that is missing at once, then frozen, then what comes next."""

import pytest

from accounts.permissions import Role
from reviews.actions.facts import save_facts
from reviews.actions.rating import RatingsIncomplete, save_rating, submit_ratings
from reviews.missing import Lack
from reviews.models import ConsensusRating, RatingSet, ReviewEvent, Stage
from tests.factories.reviews import ReviewFactory, rate_all, ratings_of
from tests.reviews.situations import fresh, in_consensus, in_draft, joined, lead_of, submitted_by

pytestmark = pytest.mark.django_db

CARRIED = ("score", "not_rated", "unrated_code", "unrated_note", "rationale", "evidence", "recommendation")


def facts(review, code="caseload-size", by=None, **entries):
    by = by or lead_of(review)
    return save_facts(review=fresh(review), item_code=code, entries=entries, based_on=0, by=by)


def change(review, user, code, **values):
    revision = ratings_of(review, user)[code].revision
    save_rating(review=fresh(review), item_code=code, values=values, based_on=revision, by=user)


def missing(review, user) -> list[tuple[str, Lack]]:
    with pytest.raises(RatingsIncomplete) as refusal:
        submit_ratings(review=fresh(review), by=user)
    return [(piece.item.code, piece.lack) for piece in refusal.value.missing]


def test_without_any_rating_every_item_is_missing():
    review = ReviewFactory()

    assert missing(review, lead_of(review)) == [
        (item.code, Lack.SCORE) for item in review.version.to_spec().items
    ]


def test_everything_missing_is_listed_in_the_order_of_the_score_sheet():
    review = ReviewFactory()
    lead = lead_of(review)
    rate_all(fresh(review), lead, 4)
    facts(review, part="41", whole="2.1")
    change(review, lead, "zero-exclusion", score=None)
    change(review, lead, "disclosure", score=None, not_rated=True)

    assert missing(review, lead) == [
        ("caseload-size", Lack.REASON_TO_DEPART),
        ("zero-exclusion", Lack.SCORE),
        ("disclosure", Lack.REASON_FOR_NONE),
    ]


@pytest.mark.parametrize(
    "reason", [{"unrated_code": "information-not-obtained"}, {"unrated_note": "No records yet."}]
)
def test_not_rated_needs_one_reason(reason):
    review = ReviewFactory()
    lead = lead_of(review)
    rate_all(fresh(review), lead, 4)
    change(review, lead, "disclosure", score=None, not_rated=True, **reason)

    assert submit_ratings(review=fresh(review), by=lead).is_submitted


def test_spaces_are_no_reason():
    review = ReviewFactory()
    lead = lead_of(review)
    rate_all(fresh(review), lead, 4)
    facts(review, part="41", whole="2.1")
    change(review, lead, "caseload-size", departure_reason=" \n ")
    change(review, lead, "disclosure", score=None, not_rated=True, unrated_note="  ")

    assert missing(review, lead) == [
        ("caseload-size", Lack.REASON_TO_DEPART),
        ("disclosure", Lack.REASON_FOR_NONE),
    ]


def test_a_departure_with_a_reason_is_submitted_with_the_suggestion():
    review = ReviewFactory()
    lead = lead_of(review)
    rate_all(fresh(review), lead, 4)
    facts(review, part="41", whole="2.1")
    change(review, lead, "caseload-size", departure_reason="Two specialists left in March.")

    submit_ratings(review=fresh(review), by=lead)

    rating = ratings_of(review, lead)["caseload-size"]
    assert (rating.score, rating.suggested) == (4, 5)


def test_an_undecided_suggestion_cannot_be_departed_from():
    review = ReviewFactory()
    lead = lead_of(review)
    rate_all(fresh(review), lead, 1)
    facts(review, part="42", whole="2.05")

    submit_ratings(review=fresh(review), by=lead)

    assert ratings_of(review, lead)["caseload-size"].suggested is None


def test_the_suggested_score_is_stored_at_submission_and_only_where_there_are_facts():
    review = ReviewFactory()
    lead = lead_of(review)
    facts(review, part="41", whole="2.1")
    rate_all(fresh(review), lead, 5)
    assert ratings_of(review, lead)["caseload-size"].suggested is None

    submit_ratings(review=fresh(review), by=lead)

    stored = {code: rating.suggested for code, rating in ratings_of(review, lead).items()}
    assert {code for code, suggested in stored.items() if suggested is not None} == {"caseload-size"}
    assert stored["caseload-size"] == 5


def test_each_set_keeps_the_suggestion_of_its_own_moment():
    review = ReviewFactory()
    other = joined(review, Role.REVIEWER)
    facts(review, part="41", whole="2.1")
    submitted_by(review, lead_of(review), 5)
    save_facts(
        review=fresh(review),
        item_code="caseload-size",
        entries={"part": "63", "whole": "2.1"},
        based_on=1,
        by=other,
    )
    rate_all(fresh(review), other, {"caseload-size": 3})

    submit_ratings(review=fresh(review), by=other)

    suggested = [ratings_of(review, user)["caseload-size"].suggested for user in (lead_of(review), other)]
    assert suggested == [5, 3]


def test_a_single_rater_goes_on_to_the_draft_with_everything_carried():
    review = in_draft(scores={"disclosure": None, "caseload-size": 2})

    ratings = ratings_of(review, lead_of(review))
    agreed = {row.item.code: row for row in review.consensus.select_related("item")}
    assert review.stage == Stage.DRAFT
    assert set(agreed) == set(ratings)
    for code, rating in ratings.items():
        assert [getattr(agreed[code], name) for name in CARRIED] == [
            getattr(rating, name) for name in CARRIED
        ]
    assert (agreed["disclosure"].not_rated, agreed["caseload-size"].score) == (True, 2)


def test_a_single_raters_departure_and_suggestion_are_carried():
    review = ReviewFactory()
    lead = lead_of(review)
    rate_all(fresh(review), lead, 4)
    facts(review, part="41", whole="2.1")
    change(review, lead, "caseload-size", departure_reason="Two specialists left in March.")

    submit_ratings(review=fresh(review), by=lead)

    agreed = review.consensus.get(item__code="caseload-size")
    assert (agreed.score, agreed.suggested, agreed.departure_reason) == (
        4,
        5,
        "Two specialists left in March.",
    )


def test_consensus_opens_only_when_both_are_in():
    review = ReviewFactory()
    other = joined(review, Role.REVIEWER)

    half = submitted_by(review, lead_of(review), 4)
    assert half.stage == Stage.RATING

    whole = submitted_by(review, other, 3)
    assert whole.stage == Stage.CONSENSUS
    assert not ConsensusRating.objects.exists()


def test_observers_do_not_hold_consensus_back():
    review = ReviewFactory()
    other = joined(review, Role.REVIEWER)
    joined(review, Role.OBSERVER)
    joined(review, Role.MODERATOR)
    submitted_by(review, lead_of(review), 4)

    assert submitted_by(review, other, 4).stage == Stage.CONSENSUS


def test_an_observers_set_opens_nothing():
    review = ReviewFactory()
    observer = joined(review, Role.OBSERVER)

    assert submitted_by(review, observer, 4).stage == Stage.RATING
    assert RatingSet.objects.get(member__user=observer).is_submitted


def test_one_rater_beside_an_observer_goes_on_to_the_draft_with_their_own_ratings():
    review = ReviewFactory()
    observer = joined(review, Role.OBSERVER)
    submitted_by(review, observer, 1)

    review = submitted_by(review, lead_of(review), 4)

    assert review.stage == Stage.DRAFT
    assert set(review.consensus.values_list("score", flat=True)) == {4}


def test_every_step_is_on_the_timeline():
    steps = list(in_consensus().timeline.values_list("step", flat=True))

    assert steps == [
        ReviewEvent.Step.RATING_BEGAN,
        ReviewEvent.Step.SUBMITTED,
        ReviewEvent.Step.SUBMITTED,
        ReviewEvent.Step.CONSENSUS_OPENED,
    ]
