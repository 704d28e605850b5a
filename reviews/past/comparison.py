"""One person's submitted scores beside the counting reviewers' and the agreed ones.

Plain values, no database. Scores map item code to score, None or no key where unrated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

Scores = Mapping[str, int | None]


class Standing(StrEnum):
    SAME = "same"
    HIGHER = "higher"
    LOWER = "lower"
    BETWEEN = "between"
    NOT_COMPARED = "not compared"


@dataclass(frozen=True)
class ItemComparison:
    """`others`: the counting reviewers' scores, in their order.

    `distance`: points to the agreed score, or where none is agreed to the nearest reviewer; None where there is
    nothing to compare.
    """

    code: str
    own: int | None
    others: tuple[int | None, ...]
    agreed: int | None
    standing: Standing
    distance: int | None

    @property
    def has_agreed(self) -> bool:
        return self.agreed is not None


@dataclass(frozen=True)
class Counts:
    """Of the items that both scored: how many the same, how many at most one point apart."""

    compared: int
    exact: int
    within_one: int


@dataclass(frozen=True)
class Comparison:
    """`with_agreed`: None before any score is agreed. `with_others`: in the order of the reviewers."""

    items: tuple[ItemComparison, ...]
    with_agreed: Counts | None
    with_others: tuple[Counts, ...]


def compare(items: Sequence[str], own: Scores, others: Sequence[Scores], agreed: Scores) -> Comparison:
    has_agreed = any(score is not None for score in agreed.values())
    return Comparison(
        items=tuple(_item(code, own, others, agreed) for code in items),
        with_agreed=_counts(items, own, agreed) if has_agreed else None,
        with_others=tuple(_counts(items, own, other) for other in others),
    )


def _item(code: str, own: Scores, others: Sequence[Scores], agreed: Scores) -> ItemComparison:
    mine, theirs, team = own.get(code), tuple(other.get(code) for other in others), agreed.get(code)
    standing, distance = _stand(
        mine, [team] if team is not None else [one for one in theirs if one is not None]
    )
    return ItemComparison(code, mine, theirs, team, standing, distance)


def _stand(mine: int | None, scores: Sequence[int]) -> tuple[Standing, int | None]:
    if mine is None or not scores:
        return Standing.NOT_COMPARED, None
    lowest, highest = min(scores), max(scores)
    if lowest == highest == mine:
        return Standing.SAME, 0
    if mine > highest:
        return Standing.HIGHER, mine - highest
    if mine < lowest:
        return Standing.LOWER, lowest - mine
    return Standing.BETWEEN, 0


def _counts(items: Sequence[str], own: Scores, other: Scores) -> Counts:
    apart = [
        abs(mine - theirs)
        for code in items
        if (mine := own.get(code)) is not None and (theirs := other.get(code)) is not None
    ]
    return Counts(len(apart), apart.count(0), sum(points <= 1 for points in apart))
