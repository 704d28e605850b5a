"""Where the printed bounds of an item's anchors, or a setting's in their place, overlap, meet or leave a gap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise

from scales.bounds import points_around
from scales.draft_checks.finding import ITEM, Finding, FindingKind, Gap
from scales.spec import Anchor, Item, Reading, ReanchoredThreshold

# What a definition file can hold: six digits before the point, four after it.
LARGEST = Decimal(1_000_000)
PLACES = 4
HUNDRED = Decimal(100)

# Anchors printed in whole numbers leave 1 open between them, or 2 where a number is skipped; more is a slip.
WIDE = 2


@dataclass(frozen=True)
class Range:
    """The numbers of one score. None is no bound on that side."""

    points: int
    lower: Decimal | None
    upper: Decimal | None
    lower_open: bool = False
    upper_open: bool = False

    @property
    def bounds(self) -> tuple[Decimal, ...]:
        return tuple(bound for bound in (self.lower, self.upper) if bound is not None)

    @property
    def is_sound(self) -> bool:
        """Whether some number lies within it."""
        if not all(bound.is_finite() for bound in self.bounds):
            return False
        if self.lower is None or self.upper is None:
            return True
        return self.lower < self.upper or (
            self.lower == self.upper and not (self.lower_open or self.upper_open)
        )


def range_of(bounds: Anchor | ReanchoredThreshold) -> Range:
    if isinstance(bounds, ReanchoredThreshold):
        return Range(bounds.points, bounds.lower, bounds.upper)
    return Range(bounds.points, bounds.lower, bounds.upper, bounds.lower_open, bounds.upper_open)


def bound_findings(item: Item) -> Iterator[Finding]:
    """What the bounds of an item read as a number leave unclear."""
    bounded = [anchor for anchor in item.anchors if anchor.has_bounds]
    if not bounded:
        yield Finding(("anchors",), ITEM, FindingKind.NO_BOUNDS)
        return
    yield from range_findings("anchors", [range_of(anchor) for anchor in bounded])
    anchors = [anchor for anchor in bounded if range_of(anchor).is_sound]
    sound = [range_of(anchor) for anchor in anchors]
    yield from _gaps(item, anchors, sound)
    ordered = [one.points for one in sorted(sound, key=_start)]
    if ordered not in (sorted(ordered), sorted(ordered, reverse=True)):
        yield Finding(("anchors",), ITEM, FindingKind.OUT_OF_ORDER, must=False)


def range_findings(where: str, ranges: Sequence[Range]) -> Iterator[Finding]:
    """Each range by itself, then every two of them. `where`: `anchors`, or the `thresholds` of a profile."""
    for one in ranges:
        place = (where, str(one.points))
        for bound in (bound for bound in one.bounds if not _is_writable(bound)):
            yield Finding(place, ITEM, FindingKind.BOUND_UNWRITABLE, values={"bound": bound})
        if not one.is_sound and all(bound.is_finite() for bound in one.bounds):
            values = {"lower": one.lower, "upper": one.upper}
            yield Finding(place, ITEM, FindingKind.BOUNDS_REVERSED, values=values)
    sound = sorted((one for one in ranges if one.is_sound), key=lambda one: one.points, reverse=True)
    for higher, lower in combinations(sound, 2):
        if higher.points != lower.points:
            yield from _shared(where, higher, lower)


def _shared(where: str, higher: Range, lower: Range) -> Iterator[Finding]:
    start, end = _latest_start(higher, lower), _earliest_end(higher, lower)
    place = (where, str(higher.points))
    values = {"points": higher.points, "other": lower.points, "from": start, "to": end}
    if start is None or end is None or start < end:
        yield Finding(place, ITEM, FindingKind.BOUNDS_OVERLAP, values=values)
    elif start == end and _holds(higher, start) and _holds(lower, start):
        yield Finding(place, ITEM, FindingKind.BOUNDS_MEET, values=values, must=False)


def overlap(one: Range, other: Range) -> tuple[Decimal | None, Decimal | None] | None:
    """From where to where two ranges hold the same numbers, None for no end; None where they share one or none."""
    start, end = _latest_start(one, other), _earliest_end(one, other)
    if start is None or end is None or start < end:
        return start, end
    return None


def _gaps(item: Item, anchors: Sequence[Anchor], ranges: Sequence[Range]) -> Iterator[Finding]:
    """Numbers that no anchor takes: between two of them, and beyond the first or the last."""
    ordered = sorted(ranges, key=_start)
    found: list[Gap] = []
    reached = ordered[0] if ordered else None
    for before, after in pairwise(ordered):
        reached = before if reached is None or _reaches_further(before, reached) else reached
        if reached.upper is None or after.lower is None:
            continue
        is_a_point = reached.upper == after.lower and reached.upper_open and after.lower_open
        if reached.upper < after.lower or is_a_point:
            middle = (Fraction(reached.upper) + Fraction(after.lower)) / 2
            found.append((reached.upper, after.lower, points_around(anchors, middle)))
    wide = tuple(gap for gap in found if gap[1] - gap[0] > WIDE)
    if wide:
        yield Finding(("anchors",), ITEM, FindingKind.BOUNDS_WIDE_GAP, values={"gaps": wide}, must=False)
    if usual := tuple(gap for gap in found if gap not in wide):
        what = FindingKind.BOUNDS_GAPS_CLOSEST if item.per_specialist else FindingKind.BOUNDS_GAPS
        yield Finding(("anchors",), ITEM, what, values={"gaps": usual}, must=False)
    if not item.per_specialist:
        yield from _ends(item, ordered)


def _ends(item: Item, ordered: Sequence[Range]) -> Iterator[Finding]:
    """A number is 0 or more, and a percentage at most 100; the anchors should reach both ends."""
    if not ordered:
        return
    first = ordered[0].lower
    if first is not None and (first > 0 or (first == 0 and ordered[0].lower_open)):
        yield _end(to=first)
    last = ordered[0]
    for one in ordered:
        last = one if _reaches_further(one, last) else last
    if last.upper is not None and not (item.reading is Reading.PERCENTAGE and last.upper >= HUNDRED):
        yield _end(start=last.upper)


def _end(start: Decimal | None = None, to: Decimal | None = None) -> Finding:
    values = {"from": start, "to": to}
    return Finding(("anchors",), ITEM, FindingKind.BOUNDS_END, values=values, must=False)


def _start(one: Range) -> tuple[Decimal, bool]:
    return (Decimal("-Infinity") if one.lower is None else one.lower, one.lower_open)


def _reaches_further(one: Range, other: Range) -> bool:
    if one.upper is None or other.upper is None:
        return one.upper is None
    return (one.upper, not one.upper_open) > (other.upper, not other.upper_open)


def _latest_start(one: Range, other: Range) -> Decimal | None:
    given = [bound for bound in (one.lower, other.lower) if bound is not None]
    return max(given, default=None)


def _earliest_end(one: Range, other: Range) -> Decimal | None:
    given = [bound for bound in (one.upper, other.upper) if bound is not None]
    return min(given, default=None)


def _holds(one: Range, number: Decimal) -> bool:
    above = one.lower is None or one.lower < number or (one.lower == number and not one.lower_open)
    below = one.upper is None or number < one.upper or (one.upper == number and not one.upper_open)
    return above and below


def _is_writable(bound: Decimal) -> bool:
    if not bound.is_finite():
        return False
    return 0 <= bound < LARGEST and bound == round(bound, PLACES)
