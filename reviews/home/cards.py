"""A site's standing with, beside each item that slipped, who is to do what by when."""

from collections.abc import Iterable
from dataclasses import dataclass

from reviews.home.goals import DueGoal, open_goals_of
from reviews.home.standing import MovedItem, Standing

FIRST = 6


@dataclass(frozen=True)
class SlippedItem:
    """`goals`: the open ones on this item."""

    moved: MovedItem
    goals: list[DueGoal]


@dataclass(frozen=True)
class SiteCard:
    """`items`: those that slipped. `goals`: every open goal of the site. `has_plan`: its newest report has one."""

    standing: Standing
    items: list[SlippedItem]
    goals: list[DueGoal]
    has_plan: bool

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
    """One query, however many sites."""
    standings = list(standings)
    goals = open_goals_of(user, [one.site.pk for one in standings])
    return [_card(one, goals.get(one.site.pk, [])) for one in standings]


def _card(standing: Standing, goals: list[DueGoal]) -> SiteCard:
    items = [
        SlippedItem(moved, [due for due in goals if due.item_code == moved.move.item.code])
        for moved in standing.slipped
    ]
    return SiteCard(standing, items, goals, has_plan=standing.result.has_plan)
