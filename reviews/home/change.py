"""What moved between two reviews of a site, item by item, and whose part is still open."""

from dataclasses import dataclass

from scales import scoring
from scales.spec import Item, ProfileSpec, ScaleSpec


@dataclass(frozen=True)
class Move:
    """An item that was rated both times, with another score. `gap`: how what is missing now is shared."""

    item: Item
    before: int
    now: int
    gap: scoring.Gap

    @property
    def points(self) -> int:
        return self.now - self.before


@dataclass(frozen=True)
class Change:
    """`points`: gained, or lost below 0, over the items rated both times.

    `compared`: how many those are. `is_whole`: every item of both reviews is among them, so that the totals differ by
    as much. `slipped`, `rose`: the items that moved, those that moved most first.
    """

    points: int
    compared: int
    is_whole: bool
    slipped: tuple[Move, ...]
    rose: tuple[Move, ...]


def change_between(
    spec: ScaleSpec, profile: ProfileSpec, scores: scoring.Scores, previous: scoring.Scores
) -> Change | None:
    """From `previous` to `scores`, joined by item code; None where no item was rated both times."""
    differences = scoring.change(spec, scores, previous)
    compared = {code: points for code, points in differences.items() if points is not None}
    if not compared:
        return None
    moves = [_move(spec, profile, code, scores, previous) for code, points in compared.items() if points]
    return Change(
        points=sum(compared.values()),
        compared=len(compared),
        is_whole=compared.keys() == previous.keys() == scores.keys(),
        slipped=tuple(sorted((one for one in moves if one.points < 0), key=lambda one: one.points)),
        rose=tuple(sorted((one for one in moves if one.points > 0), key=lambda one: -one.points)),
    )


def _move(
    spec: ScaleSpec, profile: ProfileSpec, code: str, scores: scoring.Scores, previous: scoring.Scores
) -> Move:
    before, now = previous[code], scores[code]
    gap = scoring.gap(spec, profile, code, now)
    assert before is not None
    assert now is not None
    assert gap is not None
    return Move(spec.item(code), before, now, gap)
