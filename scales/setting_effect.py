"""What a profile comes to while it is being edited: the attainable total, and how each gap of an item is shared."""

from dataclasses import dataclass, replace

from scales.scoring import Gap, attainable, gap
from scales.spec import Adjustment, ProfileSpec, ScaleSpec


@dataclass(frozen=True)
class Attainable:
    """Lowest and highest total of a service that loses only what the setting costs it. `highest_total`: without it.

    `uncounted`: titles of items whose loss, as it is typed, cannot be saved yet. `lacks_source`: whether what is typed
    waits for its source.
    """

    lowest: int
    highest: int
    highest_total: int
    uncounted: tuple[str, ...] = ()
    lacks_source: bool = False

    @property
    def is_full(self) -> bool:
        """Whether nothing is known to be lost."""
        return self.lowest == self.highest_total


@dataclass(frozen=True)
class GapOfScore:
    score: int
    gap: Gap


def attainable_total(scale: ScaleSpec, profile: ProfileSpec) -> Attainable:
    lowest, highest = attainable(scale, profile)
    return Attainable(lowest, highest, scale.highest_total)


def gaps_by_score(scale: ScaleSpec, profile: ProfileSpec, item_code: str) -> tuple[GapOfScore, ...]:
    """For every score of an item from the lowest on, how its gap is shared between setting and service.

    Where the setting costs 2 to 3 points, a score of 2 has a gap of 3: 2 to 3 the setting's, 0 to 1 open.
    """
    found = (
        (score, gap(scale, profile, item_code, score)) for score in range(scale.minimum, scale.maximum + 1)
    )
    return tuple(GapOfScore(score, shared) for score, shared in found if shared is not None)


def with_adjustment(profile: ProfileSpec, adjustment: Adjustment) -> ProfileSpec:
    """The profile as it were with another adjustment of one item."""
    others = tuple(row for row in profile.adjustments if row.item != adjustment.item)
    return replace(profile, adjustments=(*others, adjustment))
