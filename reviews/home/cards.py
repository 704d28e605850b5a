"""A site's standing with, beside each item that slipped, who is to do what by when."""

from collections.abc import Iterable
from dataclasses import dataclass

from reviews.home.goals import DueGoal, SitePlan, plans_of
from reviews.home.standing import MovedItem, Standing

FIRST = 6


@dataclass(frozen=True)
class SlippedItem:
    """`goals`: the open ones on this item. `closed`: those of the same plan that were reached or set aside."""

    moved: MovedItem
    goals: list[DueGoal]
    closed: list[DueGoal]


@dataclass(frozen=True)
class SiteCard:
    """`items`: those that slipped. `goals`: every open goal of the site. `has_plan`: its newest report has one.

    `plan`: the newest of the site, None where no report of it has one.
    """

    standing: Standing
    items: list[SlippedItem]
    goals: list[DueGoal]
    has_plan: bool
    plan: SitePlan | None

    @property
    def first_items(self) -> list[SlippedItem]:
        """As many as there is room for where several sites are shown."""
        return self.items[:FIRST]

    @property
    def more_items(self) -> int:
        return len(self.items[FIRST:])

    @property
    def other_goals(self) -> int:
        """Open goals besides those on the items that slipped."""
        return len(self.goals) - sum(len(item.goals) for item in self.items)


def cards_of(user, standings: Iterable[Standing]) -> list[SiteCard]:
    """Two queries, however many sites."""
    standings = list(standings)
    plans = plans_of(user, [one.site.pk for one in standings])
    return [_card(one, plans.get(one.site.pk)) for one in standings]


def _card(standing: Standing, plan: SitePlan | None) -> SiteCard:
    goals, closed = (plan.open, plan.closed) if plan else ([], [])
    items = [SlippedItem(moved, _on(moved, goals), _on(moved, closed)) for moved in standing.slipped]
    return SiteCard(standing, items, goals, has_plan=standing.result.has_plan, plan=plan)


def _on(moved: MovedItem, goals: list[DueGoal]) -> list[DueGoal]:
    return [due for due in goals if due.item_code == moved.move.item.code]
