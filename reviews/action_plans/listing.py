"""All goals of the sites of a person, as they asked for them."""

from datetime import date

from django.db.models import Q

from programs.models import Site
from reviews.action_plans.page import GoalCard, card_of
from reviews.models import ActionPlan, Goal, Review

SOON_DAYS = 30
SITES_OFFERED = 50


def goals_shown(user, show: str, site: str, today: date):
    """Goals that the user may read, the most urgent first. `show`: as in the form that finds them.

    `site`: a part of its name, or its number as in a link; "" for all.
    """
    goals = Goal.objects.visible_to(user)
    if site:
        by_number = Q(plan__review__site=int(site)) if site.isascii() and site.isdecimal() else Q()
        goals = goals.filter(by_number or Q(plan__review__site__name__icontains=site))
    wanted = {
        "overdue": lambda: goals.overdue(today),
        "soon": lambda: goals.due_within(today, SOON_DAYS),
        "unclear": goals.without_owner_or_day,
        "mine": lambda: goals.open().owned_by(user),
        "closed": goals.closed,
    }
    return wanted.get(show, goals.open)().soonest_first()


def sites_offered(user) -> list[tuple[int, str]]:
    """Sites with a plan that the user may read, by number and name; of more than are offered one more."""
    plans = ActionPlan.objects.filter(review__in=Review.objects.with_action_plan_for(user))
    sites = Site.objects.filter(pk__in=plans.values("review__site"))
    return list(sites.order_by("name", "pk").values_list("pk", "name")[: SITES_OFFERED + 1])


def cards(goals, today: date) -> list[GoalCard]:
    """Of the goals of one page, in their order: what is shown of a goal is read of these alone."""
    numbers = [goal.pk for goal in goals]
    found = Goal.objects.with_details().in_bulk(numbers)
    return [card_of(found[number], today) for number in numbers]
