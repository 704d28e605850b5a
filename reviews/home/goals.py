"""Goals of action plans on the first pages: what is overdue or due soon, and what is planned on an item."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q, Window
from django.utils import timezone

from accounts.permissions import Permission
from programs.models import Program
from reviews.action_plans import words
from reviews.models import ActionPlan, Goal, Review

# Two months: what is due later is on the page of the plan.
DAYS_AHEAD = 60
SHOWN = 8


@dataclass(frozen=True)
class DueGoal:
    goal: Goal
    today: date

    @property
    def item_code(self) -> str:
        return self.goal.item.code if self.goal.item else ""

    @property
    def about(self) -> str:
        return words.about(self.goal)

    @property
    def when(self) -> str:
        return words.when(self.goal, self.today)

    @property
    def is_late(self) -> bool:
        return self.goal.is_overdue(self.today)


@dataclass(frozen=True)
class OpenGoals:
    """Over all sites of someone. `first`: overdue ones and those due soon. `oldest_on`: the day longest past."""

    first: list[DueGoal]
    overdue: int
    oldest_on: date | None
    without_owner_or_day: int
    own_overdue: int


@dataclass(frozen=True)
class SitePlan:
    """The newest plan of a site. `open`: the next day first. `closed`: goals reached or set aside.

    `is_read`: by the user, who sees no goal of it otherwise. `is_run`: the user may add a goal to it.
    """

    review: int
    is_read: bool
    is_run: bool
    open: list[DueGoal]
    closed: list[DueGoal]


def plans_of(user, sites: Iterable[int]) -> dict[int, SitePlan]:
    """By site; two queries, however many."""
    today, sites = timezone.localdate(), list(sites)
    reads = Review.objects.with_action_plan_for(user)
    runs = Program.objects.where_holding(user, Permission.EDIT_ACTION_PLAN)
    rows = (
        ActionPlan.objects.newest_of_sites()
        .filter(review__site__in=sites)
        .annotate(
            is_read=Exists(reads.filter(pk=OuterRef("review"))),
            is_run=Exists(runs.filter(pk=OuterRef("review__site__program"))),
        )
        .values_list("review__site", "review", "is_read", "is_run")
    )
    plans = {
        site: SitePlan(review, is_read, is_read and is_run, [], []) for site, review, is_read, is_run in rows
    }
    goals = Goal.objects.visible_to(user).filter(plan__review__site__in=sites)
    for goal in goals.with_details().soonest_first():
        plan = plans[goal.plan.review.site_id]
        (plan.open if goal.is_open else plan.closed).append(DueGoal(goal, today))
    return plans


def open_goals(user, programs: set[int]) -> OpenGoals | None:
    """None where no goal is overdue, due soon, or without an owner or a day; one query."""
    today = timezone.localdate()
    late, unsettled = Q(due_on__lt=today), Q(owner="") | Q(due_on=None)
    goals = (
        Goal.objects.visible_to(user)
        .open()
        .filter(plan__review__site__program__in=programs)
        .with_details()
        .annotate(
            overdue=Window(Count("pk", filter=late)),
            own_overdue=Window(Count("pk", filter=late & Q(owner_user=user))),
            oldest_on=Window(Min("due_on", filter=late)),
            unsettled=Window(Count("pk", filter=unsettled)),
        )
        .soonest_first()[:SHOWN]
    )
    rows = list(goals)
    last = today + timedelta(days=DAYS_AHEAD)
    first = [DueGoal(goal, today) for goal in rows if goal.due_on is not None and goal.due_on <= last]
    if not rows or not (first or rows[0].unsettled):
        return None
    of_all = rows[0]
    return OpenGoals(first, of_all.overdue, of_all.oldest_on, of_all.unsettled, of_all.own_overdue)
