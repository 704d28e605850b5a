"""The visits of a reviewer: those ahead and under way, where each stands for them, and what is due next."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import ROLE_NAMES, Role
from reviews.home.words import day_and_distance
from reviews.home.work import Work, counts
from reviews.models import Review, Stage
from reviews.visit.deadlines import DueStep, next_deadlines_before_issue

SHOWN = 10
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
    shown: list[MyVisit]
    more: int


def my_visits(work: Work) -> MyVisits:
    """The soonest first; no query."""
    shown = [_visit(review, work) for review in work.reviews[:SHOWN]]
    return MyVisits(shown, len(work.reviews) - len(shown))


def _visit(review: Review, work: Work) -> MyVisit:
    return MyVisit(
        review=review,
        role=str(ROLE_NAMES[Role(review.own_role)]),
        stands=_stands(review),
        due=next(iter(next_deadlines_before_issue(review)), None),
        reads_goals_back=counts(review)
        and review.has_goals_before
        and review.own_set_is_in
        and review.stage in GOALS_ARE_READ_BACK
        and review.site_id not in work.blinded,
    )


def _stands(review: Review) -> str:
    """The stage; while others still rate, that it waits for them."""
    stage = str(review.get_stage_display())
    if review.stage == Stage.RATING and review.own_set_is_in and review.has_others_to_wait_for:
        return _("%(stage)s: your ratings are in, others are still rating") % {"stage": stage}
    return stage
