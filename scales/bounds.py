"""Where an exact number, or a count of components, lies among the anchors of an item.

Numbers are fractions, so 41 people on 2.1 specialists meets a bound of 20 without rounding. Functions answer
with points in descending order: one where an anchor holds the number, two or more where it is undecided, none
where the anchors do not reach it.
"""

from collections.abc import Iterable
from fractions import Fraction

from scales.spec import Anchor


def anchors_holding(anchors: Iterable[Anchor], value: Fraction) -> list[Anchor]:
    """The anchors whose printed bounds hold a number; two where prints overlap (30 % in item 24)."""
    return [anchor for anchor in anchors if anchor.has_bounds and _holds(anchor, value)]


def points_holding(anchors: Iterable[Anchor], value: Fraction) -> tuple[int, ...]:
    """The points of the anchors that hold a number, highest first."""
    return _descending(anchors_holding(anchors, value))


def points_around(anchors: Iterable[Anchor], value: Fraction) -> tuple[int, ...]:
    """The two scores whose anchors end on either side of a number in a printed gap (95.5 %: 5 and 4).

    Empty where the number lies outside all anchors, with none on one of its sides.
    """
    sides = _nearest_sides(anchors, value)
    return _descending(anchor for anchor, _ in sides) if len(sides) == 2 else ()


def points_closest(anchors: Iterable[Anchor], value: Fraction) -> tuple[int, ...]:
    """The score whose anchor holds a number or ends closest to it; both where it is exactly half-way."""
    anchors = tuple(anchors)
    if held := points_holding(anchors, value):
        return held
    sides = _nearest_sides(anchors, value)
    if not sides:
        return ()
    shortest = min(distance for _, distance in sides)
    return _descending(anchor for anchor, distance in sides if distance == shortest)


def points_for_count(anchors: Iterable[Anchor], count: int) -> tuple[int, ...]:
    """The score for a number of components present.

    Where no anchor has this count, the scores between those of the next counts, which no count decides: in
    item 3 no phase at all is 2 or 1, as the count stops at 3. Where the next counts leave no score between
    them, their own two scores.
    """
    anchors = tuple(anchors)
    counted = [anchor for anchor in anchors if anchor.has_count]
    if held := [anchor for anchor in counted if _has_room_for(anchor, count)]:
        return _descending(held)
    above = min((one.points for one in counted if _is_above(one, count)), default=None)
    below = max((one.points for one in counted if not _is_above(one, count)), default=None)
    between = [
        one
        for one in anchors
        if (above is None or one.points < above) and (below is None or one.points > below)
    ]
    if len(between) > 1:
        return _descending(between)
    if between or above is None or below is None:
        return ()
    return (above, below) if above > below else (below, above)


def closest_points(points: Iterable[int], average: Fraction) -> tuple[int, ...]:
    """The score closest to an average of scores; both where it is an exact half."""
    points = tuple(points)
    shortest = min(abs(one - average) for one in points)
    return tuple(sorted((one for one in points if abs(one - average) == shortest), reverse=True))


def _holds(anchor: Anchor, value: Fraction) -> bool:
    lower, upper = _exact_bounds(anchor)
    if lower is not None and (value < lower or (anchor.lower_open and value == lower)):
        return False
    return upper is None or value < upper or (value == upper and not anchor.upper_open)


def _nearest_sides(anchors: Iterable[Anchor], value: Fraction) -> list[tuple[Anchor, Fraction]]:
    """The nearest anchor under a number and the nearest over it, each with its distance; the lower first."""
    under: tuple[Anchor, Fraction] | None = None
    over: tuple[Anchor, Fraction] | None = None
    for anchor in anchors:
        lower, upper = _exact_bounds(anchor)
        if upper is not None and upper <= value and (under is None or value - upper < under[1]):
            under = (anchor, value - upper)
        if lower is not None and lower >= value and (over is None or lower - value < over[1]):
            over = (anchor, lower - value)
    return [side for side in (under, over) if side is not None]


def _exact_bounds(anchor: Anchor) -> tuple[Fraction | None, Fraction | None]:
    return (
        None if anchor.lower is None else Fraction(anchor.lower),
        None if anchor.upper is None else Fraction(anchor.upper),
    )


def _has_room_for(anchor: Anchor, count: int) -> bool:
    return not _is_above(anchor, count) and (anchor.count_highest is None or count <= anchor.count_highest)


def _is_above(anchor: Anchor, count: int) -> bool:
    """Whether an anchor asks for more components than there are."""
    return anchor.count_lowest is not None and anchor.count_lowest > count


def _descending(anchors: Iterable[Anchor]) -> tuple[int, ...]:
    return tuple(sorted({anchor.points for anchor in anchors}, reverse=True))
