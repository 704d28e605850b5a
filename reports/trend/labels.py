"""Where numbers and words stand in a chart, so that none is on another: plain geometry."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reports.charts import text_width

# Part of a line of text that is above its base line.
ASCENT = 0.78
ROOM = 1.5
# Of the places for a number, how many are close enough to its mark to be sought first.
NEAR = 4
# From one place along a line to the next that is tried, and from one box on a slanted line to the next.
STEP, GRAIN = 6.0, 5.0


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def within(self, other: "Box") -> bool:
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True)
class Label:
    """A text with its base line, its middle at `x`."""

    x: float
    y: float
    text: str


def box_of(x: float, y: float, text: str, size: float) -> Box:
    half = text_width(text, size) / 2
    return Box(x - half, y - size * ASCENT, x + half, y + size * (1 - ASCENT))


@dataclass
class Placing:
    """Finds free places one after another. `space`: where labels may be. `marks`: what they had better not cover."""

    space: Box
    size: float
    marks: list[Box] = field(default_factory=list)
    taken: list[Box] = field(default_factory=list)

    def place(self, x: float, y: float, text: str, away: float) -> Label:
        """Above the point, else below it, else further off. `away`: from the point to the nearest edge of the text."""
        half = text_width(text, self.size) / 2
        x = min(max(x, self.space.left + half), self.space.right - half)
        spots = [one for one in self._spots(x, y, away) if self._box(one, text).within(self.space)]
        near = (one for one in spots[:NEAR] if self._is_clear(self._box(one, text), self.taken, self.marks))
        free = (one for one in spots if self._is_clear(self._box(one, text), self.taken))
        spot = next(near, None) or next(free, None) or next(iter(spots), (x, y - away))
        self.taken.append(self._box(spot, text))
        return Label(round(spot[0], 2), round(spot[1], 2), text)

    def _spots(self, x: float, y: float, away: float) -> Iterator[tuple[float, float]]:
        """Base lines above and below in turn, as far as the space goes."""
        above, below = y - away - self.size * (1 - ASCENT), y + away + self.size * ASCENT
        while above > self.space.top or below < self.space.bottom:
            yield from ((x, above), (x, below))
            above, below = above - self.size - ROOM, below + self.size + ROOM

    def _box(self, spot: tuple[float, float], text: str) -> Box:
        return box_of(*spot, text, self.size)

    @staticmethod
    def _is_clear(box: Box, *others: Sequence[Box]) -> bool:
        return not any(box.touches(one) for some in others for one in some)


def along(
    line: tuple[float, float, float],
    text: str,
    size: float,
    marks: Sequence[Box],
    slants: Sequence[Box] = (),
    reach: tuple[float, float] | None = None,
) -> Label | None:
    """Words just above or below a level line; None where they are longer than the line.

    They cover as little as they can of `marks`, which may not be covered, then of `slants`, which had better not; then
    they are close to the middle. `line`: its ends and its height. `reach`: words of a line that is too short may leave
    it, no further than this and their own length.
    """
    left, right, y = line
    wide, middle = text_width(text, size) + 6, (left + right) / 2
    if reach is not None and right - left < wide:
        left, right = max(left - wide, reach[0]), min(right + wide, reach[1])
    if right - left < wide:
        return None
    steps = int((right - left - wide) // STEP) + 1
    places = [left + wide / 2 + step * STEP for step in range(steps)] + [right - wide / 2]
    levels = (y - 3, y + size * ASCENT + 3)
    spots = [(x, level) for x in sorted(places, key=lambda x: abs(x - middle)) for level in levels]
    x, base = min(spots, key=lambda spot: _covered(box_of(spot[0], spot[1], text, size), marks, slants))
    return Label(round(x, 2), round(base, 2), text)


def _covered(box: Box, marks: Sequence[Box], slants: Sequence[Box]) -> tuple[int, int]:
    return sum(box.touches(one) for one in marks), sum(box.touches(one) for one in slants)


def boxes_on_line(start: tuple[float, float], end: tuple[float, float]) -> list[Box]:
    """Small boxes along a slanted line, close enough together that no word slips through."""
    steps = max(int(max(abs(end[0] - start[0]), abs(end[1] - start[1])) // GRAIN), 1)
    places = [
        (start[0] + (end[0] - start[0]) * step / steps, start[1] + (end[1] - start[1]) * step / steps)
        for step in range(steps + 1)
    ]
    return [Box(x - GRAIN / 2, y - GRAIN / 2, x + GRAIN / 2, y + GRAIN / 2) for x, y in places]
