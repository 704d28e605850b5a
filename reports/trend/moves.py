"""Which items slipped and which rose between two reviews, and whose the points are that are missing now."""

from dataclasses import dataclass

from reports.trend.history import Visit, items_compare, moved_between
from scales import scoring
from scales.spec import Item


@dataclass(frozen=True)
class ItemMove:
    """An item that both reviews rated by the same anchors. `gap`: what is missing now, and whose it is."""

    item: Item
    before: int
    now: int
    gap: scoring.Gap

    @property
    def change(self) -> int:
        return self.now - self.before


@dataclass(frozen=True)
class Moves:
    """`slipped`, `rose`: the furthest first. `same`: how many did neither.

    `other_anchors`: items that are scored by something else than before, and so not compared. `unknown`: how many
    others one of the two reviews did not rate or does not have.
    """

    slipped: tuple[ItemMove, ...]
    rose: tuple[ItemMove, ...]
    same: int
    other_anchors: tuple[Item, ...]
    unknown: int

    @property
    def gap_of_slipped(self) -> scoring.Gap:
        """What is missing now on all items that slipped, end by end."""
        gaps = [move.gap for move in self.slipped]
        return scoring.Gap(
            gap=sum(gap.gap for gap in gaps),
            setting_lowest=sum(gap.setting_lowest for gap in gaps),
            setting_highest=sum(gap.setting_highest for gap in gaps),
            open_lowest=sum(gap.open_lowest for gap in gaps),
            open_highest=sum(gap.open_highest for gap in gaps),
        )


def moves_between(before: Visit, after: Visit) -> Moves:
    """Joined by item code. Where the two score from or to other points nothing can be said."""
    comparable = items_compare(before, after)
    moved = moved_between(before, after)
    known = [move for move in _rated_twice(before, after) if comparable and move.item.code not in moved]
    other_anchors = tuple(item for item in after.spec.items if comparable and item.code in moved)
    return Moves(
        slipped=_furthest_first([move for move in known if move.change < 0]),
        rose=_furthest_first([move for move in known if move.change > 0]),
        same=sum(move.change == 0 for move in known),
        other_anchors=other_anchors,
        unknown=len(after.spec.items) - len(known) - len(other_anchors),
    )


def _rated_twice(before: Visit, after: Visit) -> list[ItemMove]:
    found = []
    for item in after.spec.items:
        then, now = before.scores.get(item.code), after.scores.get(item.code)
        gap = scoring.gap(after.spec, after.profile, item.code, now)
        if then is not None and now is not None and gap is not None:
            found.append(ItemMove(item, then, now, gap))
    return found


def _furthest_first(moves: list[ItemMove]) -> tuple[ItemMove, ...]:
    return tuple(sorted(moves, key=lambda move: (-abs(move.change), move.item.number)))
