"""Where numbers and words stand in a chart, so that none is on another: plain geometry."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from reports.charts import text_width

# Part of a line of text that is above its base line.
ASCENT = 0.78
ROOM = 1.5


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
        free = [one for one in spots if not self._covers(self._box(one, text), self.taken)]
        clear = [one for one in free if not self._covers(self._box(one, text), self.marks)]
        spot = next(iter([*clear, *free, *spots]), (x, y - away))
        self.taken.append(self._box(spot, text))
        return Label(round(spot[0], 2), round(spot[1], 2), text)

    def _spots(self, x: float, y: float, away: float) -> list[tuple[float, float]]:
        """Base lines above and below in turn, as far as the space goes."""
        step = self.size + ROOM
        turns = range(int((self.space.bottom - self.space.top) // step) + 1)
        above = [y - away - self.size * (1 - ASCENT) - turn * step for turn in turns]
        below = [y + away + self.size * ASCENT + turn * step for turn in turns]
        return [(x, spot) for pair in zip(above, below, strict=True) for spot in pair]

    def _box(self, spot: tuple[float, float], text: str) -> Box:
        return box_of(*spot, text, self.size)

    @staticmethod
    def _covers(box: Box, others: Iterable[Box]) -> bool:
        return any(box.touches(other) for other in others)
