"""The goals of the last plan, as the reviewers of the next visit look at them again."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from reviews.action_plans.page import GoalCard, card_of
from reviews.models import ActionPlan, Goal, GoalReading, Result, Review


@dataclass(frozen=True)
class LineBack:
    """A goal as the service left it, and what the reviewers found; None while nothing is recorded."""

    card: GoalCard
    reading: GoalReading | None


def plan_before(review: Review) -> ActionPlan | None:
    """The plan of the last issued report of the site before this review, or None."""
    return ActionPlan.objects.before(review).select_related("review").first()


def why_no_plan_before(review: Review) -> str:
    """What a reader is told where no report of the site before this review has a plan."""
    earlier = Result.objects.standing().filter(site=review.site_id, starts_on__lt=review.starts_on)
    last = earlier.exclude(review=review).order_by("-starts_on", "-pk").first()
    if last is not None and last.review_id is None:
        return _("Its last review came from an old score sheet, which has no action plan here.")
    if last is None and not _reports_before(review).exists():
        return _("No report of this site was issued here before.")
    return _("The last report of this site has no action plan.")


def _reports_before(review: Review):
    return Review.objects.issued().filter(site=review.site_id, starts_on__lt=review.starts_on)


def goals_not_read_back(review: Review) -> int:
    """How many goals of the last plan nobody has said of what became of them."""
    goals = Goal.objects.before(review)
    return goals.exclude(pk__in=review.goal_readings.values("goal")).count()


def lines_to_read_back(review: Review, plan: ActionPlan) -> list[LineBack]:
    today = timezone.localdate()
    goals = list(plan.goals.with_details().prefetch_related("notes__by").order_by("place"))
    readings = {one.goal_id: one for one in review.goal_readings.select_related("by")}
    return [
        LineBack(card_of(goal, today, notes=list(goal.notes.all())), readings.get(goal.pk)) for goal in goals
    ]
