"""Situations that the tests of reviews begin from: who is on the team, how far the review is."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from accounts.permissions import Role
from reviews.actions.issuing import issue_review
from reviews.actions.rating import settle_conflict, submit_ratings
from reviews.actions.results import record_result
from reviews.models import Rating, RatingConflict, RatingSet, Review, Stage
from tests.factories.accounts import UserFactory
from tests.factories.programs import MembershipFactory
from tests.factories.reviews import ReviewFactory, TeamMemberFactory, rate_all

DOCUMENT, PDF = "{}", b"%PDF-x"
NOBODY = AnonymousUser()


def fresh(review) -> Review:
    """The review as a new request loads it."""
    return Review.objects.with_details().get(pk=review.pk)


def lead_of(review):
    return review.members.get(role=Role.LEAD.value).user


def joined(review, role: Role, **fields):
    """A new person on the team."""
    return TeamMemberFactory(review=review, role=role.value, **fields).user


def in_program(review, role: Role, **fields):
    """A new person with a role in the program of the review."""
    return MembershipFactory(program=review.site.program, role=role.value, user=UserFactory(**fields)).user


def at_stage(review, stage: Stage) -> Review:
    """Set the stage by hand, where how the review got there does not matter."""
    Review.objects.filter(pk=review.pk).update(stage=stage)
    if stage == Stage.ISSUED:
        record_result(fresh(review))
    return fresh(review)


def submitted_by(review, user, scores=4) -> Review:
    """Rate every item as one person, and submit."""
    rate_all(fresh(review), user, scores)
    stay_with_what_is_saved(review, user)
    submit_ratings(review=fresh(review), by=user)
    return fresh(review)


def stay_with_what_is_saved(review, user) -> None:
    """Settle every pair of texts in favour of the saved one."""
    own = RatingConflict.objects.filter(
        rating__rating_set__in=RatingSet.objects.of(review, user), resolved_at=None
    )
    for conflict in own:
        settle_conflict(review=fresh(review), conflict=conflict, use_kept=False, by=user)


def in_consensus(lead_scores=4, other_scores=4, **fields) -> Review:
    """Two reviewers, both in."""
    review = ReviewFactory(**fields)
    other = joined(review, Role.REVIEWER)
    submitted_by(review, lead_of(review), lead_scores)
    return submitted_by(review, other, other_scores)


def in_draft(scores=4, **fields) -> Review:
    """One reviewer alone, in: consensus rows carry the ratings."""
    return fresh(ReviewFactory(scores=scores, **fields))


def issued(scores=4, **fields) -> Review:
    review = in_draft(scores, **fields)
    issue_review(review=review, by=lead_of(review), compose=trivial_compose, not_asked_because="A test.")
    return fresh(review)


def trivial_compose(review, edition, issued_at, issued_by):
    return DOCUMENT, PDF


def empty_set(review, user=None) -> RatingSet:
    """A begun set of ratings without any rating."""
    return RatingSet.objects.create(member=review.members.get(user=user or lead_of(review)))


def a_rating(rating_set: RatingSet, code: str = "caseload-size", **fields) -> Rating:
    item = rating_set.member.review.version.item_ids()[code]
    return Rating.objects.create(rating_set=rating_set, item_id=item, **fields)


YEAR_BEFORE = {"starts_on": date(2025, 10, 14), "ends_on": date(2025, 10, 15)}
