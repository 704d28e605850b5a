"""A site's standing with, beside each item that slipped, who is to do what by when."""

from collections.abc import Iterable
from dataclasses import dataclass

from reviews.home.goals import DueGoal, goals_of_sites
from reviews.home.standing import MovedItem, Standing


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
    def other_goals(self) -> int:
        """Open goals besides those on the items that slipped."""
        return len(self.goals) - sum(len(item.goals) for item in self.items)


def cards_of(user, standings: Iterable[Standing]) -> list[SiteCard]:
    """Two queries, however many sites."""
    standings = list(standings)
    if not standings:
        return []
    found = goals_of_sites(
        user, [one.site.pk for one in standings], [one.result.review_id for one in standings]
    )
    return [
        SiteCard(
            standing=one,
            items=[SlippedItem(moved, found.of(one.site.pk, moved.move.item.code)) for moved in one.slipped],
            goals=found.by_site.get(one.site.pk, []),
            has_plan=one.result.review_id in found.with_plan,
        )
        for one in standings
    ]
