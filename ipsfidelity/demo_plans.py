"""What the demo's services did after a report: their action plans, and what became of the goals at the next review."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

from accounts.models import User
from reviews.action_plans.people import people_to_remind
from reviews.actions.action_plans import (
    GoalTyped,
    add_goal,
    add_progress,
    change_goal,
    close_goal,
)
from reviews.actions.goals_back import read_goal_back
from reviews.models import ActionPlan, Goal, Review

Moment = Callable[[str], AbstractContextManager[None]]


def write_plan(review: Review, described: dict, people: dict[str, User], moment: Moment) -> None:
    """`described`: `by`, `at`, and `goals`: by item code what the manager adds to each goal; `site`: one of the
    site as a whole.
    """
    plan, by = ActionPlan.objects.get(review=review), people[described["by"]]
    remind = people_to_remind(review.site.program)
    for code, row in described["goals"].items():
        with moment(described["at"]):
            goal = _written(plan, "" if code == "site" else code, row, remind, by)
        for note in row.get("notes", []):
            with moment(note["at"]):
                add_progress(goal=goal, text=note["text"], by=people[note["by"]])
        for status in ("reached", "set-aside"):
            if status in row:
                _close(goal, status, row[status], by, moment)


def read_back(review: Review, described: dict, people: dict[str, User]) -> None:
    """What became of the goals of the plan before, by item code: the outcome and what was seen."""
    goals = Goal.objects.before(review).select_related("item")
    for goal in goals:
        row = described["goals"].get(goal.item.code if goal.item else "site")
        if row is not None:
            read_goal_back(
                review=review,
                goal=goal,
                outcome=row["outcome"],
                text=row.get("text", ""),
                based_on=0,
                by=people[described["by"]],
            )


def _written(plan: ActionPlan, code: str, row: dict, remind: dict[str, int], by: User) -> Goal:
    owner = row.get("owner", "")
    said = {
        "owner": owner,
        "owner_user_id": remind.get(owner),
        "due_on": row.get("due"),
        "measure": row.get("measure", ""),
    }
    if not code:
        return add_goal(plan=plan, typed=GoalTyped(what=row["what"], **said), by=by)
    goal = plan.goals.select_related("item").get(item__code=code)
    typed = GoalTyped(what=goal.what, item_code=code, target=goal.target, **said)
    return change_goal(goal=goal, typed=typed, based_on=goal.revision, by=by)


def _close(goal: Goal, status: str, said: date | dict, by: User, moment: Moment) -> None:
    on, why = (said["day"], said["why"]) if isinstance(said, dict) else (said, "")
    with moment(f"{on} 16:00"):
        close_goal(goal=goal, status=status, closed_on=on, reason=why, by=by)
