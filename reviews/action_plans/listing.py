"""All goals of the sites of a person, as they asked for them."""

from datetime import date

from programs.models import Site
from reviews.action_plans.page import GoalCard, card_of
from reviews.models import Goal

SOON_DAYS = 30


def goals_shown(user, show: str, site: int | None, today: date):
    """Goals that the user may read, the most urgent first. `show`: as in the form that finds them."""
    goals = Goal.objects.visible_to(user)
    if site is not None:
        goals = goals.filter(plan__review__site=site)
    wanted = {
        "overdue": lambda: goals.overdue(today),
        "soon": lambda: goals.due_within(today, SOON_DAYS),
        "unclear": goals.without_owner_or_day,
        "mine": lambda: goals.open().owned_by(user),
        "closed": goals.closed,
    }
    return wanted.get(show, goals.open)().with_details().soonest_first()


def sites_with_goals(user) -> list[tuple[int, str]]:
    """Number and name of each site that has goals the user may read."""
    goals = Goal.objects.visible_to(user)
    sites = Site.objects.filter(pk__in=goals.values("plan__review__site"))
    return list(sites.order_by("name", "pk").values_list("pk", "name"))


def cards(goals, today: date) -> list[GoalCard]:
    return [card_of(goal, today) for goal in goals]
