"""Read what a review found had become of the last plan's goals, for its report, in one query."""

from datetime import date

from reports.goal_lines import GoalBeforeLine
from reviews.models import Review


def goal_lines(review: Review) -> dict[str, tuple[GoalBeforeLine, ...] | date | None]:
    """Those that were read back, in the order of their plan, and the first day of the review that they come from."""
    readings = list(
        review.goal_readings.select_related("goal__item", "goal__plan__review").order_by("goal__place", "pk")
    )
    return {
        "goals_before": tuple(_line(reading) for reading in readings),
        "goals_before_of": readings[0].goal.plan.review.starts_on if readings else None,
    }


def _line(reading) -> GoalBeforeLine:
    goal = reading.goal
    return GoalBeforeLine(
        item_number=goal.item.number if goal.item else None,
        item_title=goal.item.short_title if goal.item else "",
        what=goal.what,
        score_then=goal.score_then,
        target=goal.target,
        outcome=reading.outcome,
        text=reading.text,
    )
