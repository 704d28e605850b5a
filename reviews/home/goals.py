"""Goals of action plans on the first pages: what is overdue or due soon, and what is planned on an item."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Min, Q
from django.utils import timezone

from reviews.action_plans import words
from reviews.models import ActionPlan, Goal

# Two months: what is due later is on the page of the plan.
DAYS_AHEAD = 60
SHOWN = 8


@dataclass(frozen=True)
class DueGoal:
    goal: Goal
    today: date

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
class GoalsOfSites:
    """`by_site`: the open ones of each site, the next day first. `with_plan`: reviews that have an action plan."""

    by_site: dict[int, list[DueGoal]] = field(default_factory=dict)
    with_plan: set[int] = field(default_factory=set)

    def of(self, site: int, item_code: str) -> list[DueGoal]:
        return [
            due for due in self.by_site.get(site, ()) if due.goal.item and due.goal.item.code == item_code
        ]


@dataclass(frozen=True)
class OpenGoals:
    """Over all sites of someone. `first`: overdue ones and those due soon. `oldest_on`: the day longest past."""

    first: list[DueGoal]
    overdue: int
    oldest_on: date | None
    without_owner_or_day: int
    own_overdue: int


def goals_of_sites(user, sites: Iterable[int], reviews: Iterable[int | None]) -> GoalsOfSites:
    """As far as the user may read the plans; two queries."""
    today, by_site = timezone.localdate(), {}
    goals = Goal.objects.visible_to(user).open().filter(plan__review__site__in=list(sites))
    for goal in goals.with_details().soonest_first():
        by_site.setdefault(goal.plan.review.site_id, []).append(DueGoal(goal, today))
    plans = ActionPlan.objects.filter(review__in=[pk for pk in reviews if pk])
    return GoalsOfSites(by_site, set(plans.values_list("review", flat=True)))


def open_goals(user, sites) -> OpenGoals | None:
    """None where nothing is overdue, due soon, or without an owner or a day. `sites`: a queryset; two queries."""
    today = timezone.localdate()
    goals = Goal.objects.visible_to(user).open().filter(plan__review__site__in=sites)
    late, homeless = Q(due_on__lt=today), Q(owner="") | Q(due_on=None)
    counts = goals.aggregate(
        overdue=Count("pk", filter=late),
        oldest_on=Min("due_on", filter=late),
        without_owner_or_day=Count("pk", filter=homeless),
        own_overdue=Count("pk", filter=late & Q(owner_user=user)),
    )
    due = (goals.overdue(today) | goals.due_within(today, DAYS_AHEAD)).with_details().soonest_first()
    found = OpenGoals(first=[DueGoal(goal, today) for goal in due[:SHOWN]], **counts)
    return found if found.first or found.without_owner_or_day else None
