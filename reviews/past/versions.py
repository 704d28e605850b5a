"""Where the scores of an earlier review are of another scale version: which items still mean the same."""

from dataclasses import dataclass

from reviews.models import Result, Review
from scales.comparing import anchors_moved


@dataclass(frozen=True)
class SinceThen:
    """Codes of items, in the order of the later review's score sheet.

    `moved`: scored by other bounds, counts or questions then. `new`: not in the earlier version. Both empty where the
    two used the same version, or points that cannot stand side by side.
    """

    moved: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


def since_then(review: Review, earlier: Result | None) -> SinceThen:
    if earlier is None or review.version_id == earlier.version_id or not review.counts_like(earlier):
        return SinceThen()
    now, then = review.version.to_spec(), earlier.version.to_spec()
    moved = anchors_moved(then, now)
    return SinceThen(
        moved=tuple(item.code for item in now.items if item.code in moved),
        new=tuple(item.code for item in now.items if item.code not in then.items_by_code),
    )
