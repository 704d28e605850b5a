"""The visits of a reviewer: those ahead and under way, where each stands for them, and what is due next."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.permissions import ROLE_NAMES, Role
from reviews.home.words import day_and_distance
from reviews.models import ActionPlan, Review, Stage, TeamMember
from reviews.models.team import COUNTING_ROLES
from reviews.visit.deadlines import DueStep, next_deadlines_before_issue

SHOWN = 10
UNDER_WAY = (Stage.PLANNED, Stage.RATING, Stage.CONSENSUS, Stage.DRAFT, Stage.WITH_SERVICE)
GOALS_ARE_READ_BACK = (Stage.RATING, Stage.CONSENSUS, Stage.DRAFT)


@dataclass(frozen=True)
class MyVisit:
    """`role`: the person's own. `due`: the next step of its timetable, None where none has a day."""

    review: Review
    role: str
    stands: str
    due: DueStep | None
    reads_goals_back: bool

    @property
    def due_day(self) -> str:
        return day_and_distance(self.due.due_on, timezone.localdate()) if self.due else ""


@dataclass(frozen=True)
class MyVisits:
    """`number`: of all that are not issued yet."""

    number: int
    shown: list[MyVisit]

    @property
    def more(self) -> int:
        return self.number - len(self.shown)


def my_visits(user, *, blinded_sites: set[int]) -> MyVisits:
    """Of the teams that the user is on, the soonest first; three queries."""
    own = TeamMember.objects.filter(user=user, review=OuterRef("pk"))
    waited_for = Q(members__role__in=[role.value for role in COUNTING_ROLES]) & ~Q(members__user=user)
    before = ActionPlan.objects.filter(
        review__site=OuterRef("site"), review__stage=Stage.ISSUED, review__starts_on__lt=OuterRef("starts_on")
    )
    mine = Review.objects.filter(members__user=user, stage__in=UNDER_WAY)
    reviews = (
        Review.objects.filter(pk__in=mine.values("pk"))
        .with_details()
        .annotate(
            own_role=Subquery(own.values("role")[:1]),
            own_set_is_in=Exists(own.filter(rating_set__submitted_at__isnull=False)),
            still_rating=Count("members", filter=waited_for & Q(members__rating_set__submitted_at=None)),
            has_goals_before=Exists(before),
        )
        .prefetch_related("deadlines")
        .order_by("starts_on", "pk")
    )
    shown = [_visit(review, blinded_sites) for review in reviews[:SHOWN]]
    return MyVisits(len(shown) if len(shown) < SHOWN else mine.count(), shown)


def _visit(review: Review, blinded_sites: set[int]) -> MyVisit:
    counts = review.own_role in [role.value for role in COUNTING_ROLES]
    return MyVisit(
        review=review,
        role=str(ROLE_NAMES[Role(review.own_role)]),
        stands=_stands(review),
        due=next(iter(next_deadlines_before_issue(review)), None),
        reads_goals_back=counts
        and review.has_goals_before
        and review.own_set_is_in
        and review.stage in GOALS_ARE_READ_BACK
        and review.site_id not in blinded_sites,
    )


def _stands(review: Review) -> str:
    """The stage; while all rate, whom it waits for."""
    stage = str(review.get_stage_display())
    if review.stage != Stage.RATING or not review.own_set_is_in:
        return stage
    waits = ngettext(
        "your ratings are in, %(number)d other set is not",
        "your ratings are in, %(number)d other sets are not",
        review.still_rating,
    )
    return f"{stage}: {waits % {'number': review.still_rating}}" if review.still_rating else stage
