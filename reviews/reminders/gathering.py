"""What the weekly letter tells one person: how many goals wait, site by site. No score and no target is in it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q

from accounts.permissions import Permission
from programs.models import Program, roles_with
from reviews.models import Digest, Goal

DAYS_AHEAD = 14


@dataclass(frozen=True)
class SiteLine:
    """`review`: number of the review whose plan it is. `soon`: due within the next two weeks. `unclear`: without an
    owner or a day.
    """

    site: str
    review: int
    overdue: int
    soon: int
    unclear: int


@dataclass(frozen=True)
class Letter:
    """`language`: of the scale that most of these sites are reviewed by. `goals`: how many it speaks of."""

    lines: tuple[SiteLine, ...]
    language: str
    goals: int


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def to_write_to(week: date):
    """People who may get a letter and have none of this week: who runs plans, and owners of open goals."""
    runs_plans = Q(memberships__role__in=roles_with(Permission.EDIT_ACTION_PLAN))
    owns_goals = Q(pk__in=Goal.objects.open().exclude(owner_user=None).values("owner_user"))
    return (
        get_user_model()
        .objects.filter(runs_plans | owns_goals, is_active=True, digest_refusal=None)
        .exclude(pk__in=Digest.objects.filter(week=week).values("user"))
        .order_by("pk")
        .distinct()
    )


def concerns(user) -> bool:
    """Whether a letter can come to the user at all, whatever waits: they run plans, or see to an open goal."""
    return (
        Program.objects.where_holding(user, Permission.EDIT_ACTION_PLAN).exists()
        or Goal.objects.visible_to(user).open().owned_by(user).exists()
    )


def letter_for(user, today: date) -> Letter | None:
    """None where nothing waits. Goals of a site that the user is rating now are not in it."""
    programs = Program.objects.where_holding(user, Permission.EDIT_ACTION_PLAN)
    theirs = Q(plan__review__site__program__in=programs) | Q(owner_user=user)
    goals = (
        Goal.objects.visible_to(user)
        .open()
        .filter(theirs)
        .select_related("plan__review__site", "plan__review__version")
    )
    by_plan: dict[int, list[Goal]] = defaultdict(list)
    for goal in goals.order_by("plan__review__site__name", "plan_id", "place"):
        if _waits(goal, today):
            by_plan[goal.plan_id].append(goal)
    if not by_plan:
        return None
    languages = [found[0].plan.review.version.language for found in by_plan.values()]
    return Letter(
        lines=tuple(_line(found, today) for found in by_plan.values()),
        language=max(sorted(set(languages)), key=languages.count) or settings.LANGUAGE_CODE,
        goals=sum(map(len, by_plan.values())),
    )


def _line(goals: list[Goal], today: date) -> SiteLine:
    review = goals[0].plan.review
    return SiteLine(
        site=review.site.name,
        review=review.pk,
        overdue=sum(goal.is_overdue(today) for goal in goals),
        soon=sum(_is_due_soon(goal, today) for goal in goals),
        unclear=sum(_is_unclear(goal) for goal in goals),
    )


def _waits(goal: Goal, today: date) -> bool:
    return goal.is_overdue(today) or _is_due_soon(goal, today) or _is_unclear(goal)


def _is_due_soon(goal: Goal, today: date) -> bool:
    return goal.due_on is not None and today <= goal.due_on <= today + timedelta(days=DAYS_AHEAD)


def _is_unclear(goal: Goal) -> bool:
    return not goal.owner or goal.due_on is None
