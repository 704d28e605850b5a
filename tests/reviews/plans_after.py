"""Issued reviews with an action plan, for tests of what comes after the report."""

from datetime import date

from accounts.permissions import Role
from reviews.actions.action_plans import GoalTyped, add_goal
from reviews.actions.issuing import issue_review
from reviews.models import ConsensusRating, Goal, Review
from tests.reviews.situations import fresh, in_draft, in_program, lead_of, trivial_compose

CODES = ("caseload-size", "zero-exclusion", "community-based")


def with_priorities(scores=3, codes=CODES, **fields) -> Review:
    """A draft whose page 1 names these items as priorities, in this order, each with a target of 5 but the last."""
    review = in_draft(scores, **fields)
    for place, code in enumerate(codes, 1):
        rows = ConsensusRating.objects.filter(review=review, item__code=code)
        rows.update(priority=place, action=f"Work on {code}", target=None if code == codes[-1] else 5)
    return fresh(review)


def issued_with_plan(scores=3, codes=CODES, **fields) -> Review:
    review = with_priorities(scores, codes, **fields)
    issue_review(review=review, by=lead_of(review), compose=trivial_compose, not_asked_because="A test.")
    return fresh(review)


def manager_of(review: Review):
    return in_program(review, Role.PROGRAM_MANAGER)


def goals_of(review: Review) -> list[Goal]:
    return list(Goal.objects.filter(plan__review=review).select_related("item").order_by("place"))


def goal_in(review: Review, by, **typed) -> Goal:
    """One goal more in the plan of a review."""
    typed = {"what": "Meet with the county"} | typed
    return add_goal(plan=review.action_plan, typed=GoalTyped(**typed), by=by)


def year_before(**fields) -> dict:
    return {"starts_on": date(2025, 10, 14), "ends_on": date(2025, 10, 15), **fields}
