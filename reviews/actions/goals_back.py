"""Record at the next review what became of the goals of the last plan."""

import logging

from django.db import transaction

from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.models import ActionPlan, Goal, GoalReading, Review
from reviews.permissions import may_read_goals_back

logger = logging.getLogger(__name__)


@transaction.atomic
def read_goal_back(*, review: Review, goal: Goal, outcome: str, text: str, based_on: int, by) -> GoalReading:
    """What became of one goal, as the reviewers found it. The same again changes nothing.

    `based_on`: revision of the row that the page showed, 0 where there was none. Raises `NotNow` and
    `ChangedMeanwhile`.
    """
    review = Review.objects.select_for_update(of=("self",)).with_details().get(pk=review.pk)
    if not may_read_goals_back(by, review):
        raise NotNow
    if not ActionPlan.objects.before(review).filter(pk=goal.plan_id).exists():
        raise NotNow
    kept = review.goal_readings.filter(goal=goal).first()
    if kept is not None and (kept.outcome, kept.text) == (outcome, text):
        return kept
    if (kept.revision if kept else 0) != based_on:
        raise ChangedMeanwhile
    kept = kept or GoalReading(review=review, goal=goal)
    kept.outcome, kept.text, kept.by = outcome, text, by
    kept.revision += 1
    kept.save()
    logger.info("goal read back: review %s goal %s", review.pk, goal.pk)
    return kept
