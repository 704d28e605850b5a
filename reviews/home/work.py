"""The reviews on whose teams someone is, until they are issued: what waits for them there, and all their visits."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from accounts.permissions import Role
from reviews.finishing.at_a_glance import step_at_a_glance, with_its_standing
from reviews.finishing.next_step import NextStep
from reviews.models import ActionPlan, Review, Stage, TeamMember
from reviews.models.team import COUNTING_ROLES

OPEN = (Stage.PLANNED, Stage.RATING, Stage.CONSENSUS, Stage.DRAFT, Stage.WITH_SERVICE)
DRAFTED = (Stage.DRAFT, Stage.WITH_SERVICE)


@dataclass(frozen=True)
class Work:
    """`reviews`: all of them, the soonest visit first. `blinded`: sites that the person is rating now.

    `to_finish`: from consensus to the service's reply, each with its next step; None before there is a draft, and
    where the step is not theirs.
    """

    reviews: list[Review]
    to_rate: list[Review]
    to_moderate: list[Review]
    to_finish: list[tuple[Review, NextStep | None]]
    blinded: set[int]


def work_of(user) -> Work:
    """Two queries."""
    reviews = list(_open_reviews(user))
    to_rate = [review for review in reviews if review.is_to_rate]
    blinded = {review.site_id for review in to_rate}
    return Work(
        reviews=reviews,
        to_rate=to_rate,
        to_moderate=[
            review
            for review in reviews
            if review.own_role == Role.MODERATOR and review.stage in DRAFTED and review.is_with_moderator
        ],
        to_finish=_to_finish(reviews, blinded),
        blinded=blinded,
    )


def _to_finish(reviews: Iterable[Review], blinded: set[int]) -> list[tuple[Review, NextStep | None]]:
    return [
        (review, None if review.site_id in blinded else step_at_a_glance(review.own_role, review))
        for review in reviews
        if counts(review) and review.stage in (Stage.CONSENSUS, *DRAFTED)
    ]


def counts(review: Review) -> bool:
    """Whether the person's own scores count here."""
    return review.own_role in COUNTING_ROLES


def _open_reviews(user) -> QuerySet:
    """`own_role`: on the team. `is_to_rate`: with ratings of one's own to submit. `has_begun`: some are there.

    `own_set_is_in`, `has_others_to_wait_for`: whose sets are in. `has_goals_before`: an action plan to read back.
    """
    own = TeamMember.objects.filter(user=user, review=OuterRef("pk"))
    others = TeamMember.objects.counting().filter(review=OuterRef("pk")).exclude(user=user)
    before = ActionPlan.objects.filter(
        review__site=OuterRef("site"), review__stage=Stage.ISSUED, review__starts_on__lt=OuterRef("starts_on")
    )
    mine = TeamMember.objects.filter(user=user).values("review")
    return (
        with_its_standing(Review.objects.filter(pk__in=mine, stage__in=OPEN).with_details())
        .annotate(
            own_role=Subquery(own.values("role")[:1]),
            is_to_rate=Exists(TeamMember.objects.still_rating().filter(user=user, review=OuterRef("pk"))),
            has_begun=Exists(own.filter(rating_set__isnull=False)),
            own_set_is_in=Exists(own.filter(rating_set__submitted_at__isnull=False)),
            has_others_to_wait_for=Exists(others.filter(rating_set__submitted_at=None)),
            has_goals_before=Exists(before),
        )
        .prefetch_related("deadlines")
        .order_by("starts_on", "pk")
    )
