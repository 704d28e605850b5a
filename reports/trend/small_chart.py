"""Geometry of the small charts: one section or one item over the reviews, many of them side by side.

The line joins reviews whose points can be held side by side. It stops at a review that did not rate the item or whose
version does not have it, and where the anchors of the item moved.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from reports.trend.labels import Box, Label, Placing
from reports.trend.plot import Plot, Text
from reports.trend.shapes import box_of_shape, shape
from reports.trend.time_axis import TimeAxis

WIDTH, HEIGHT = 152.0, 88.0
LEFT, EDGE, PAD, HEADROOM = 26.0, 9.0, 7.0, 16.0
SIZE = 8.5
NUMBER_SIZE = 10.5
HALF, HALF_AT_END = 3.4, 2.4
ABOVE = 4.5


@dataclass(frozen=True)
class Value:
    """What one review came to. `lowest`, `highest`: on the axis, equal where it is one number.

    `number`: how it is written. `is_missing`: it has none, and the rest says nothing. `breaks`: it cannot be held
    against the one before it.
    """

    day: date
    form: str
    is_self_assessed: bool
    lowest: float = 0.0
    highest: float = 0.0
    number: str = ""
    is_missing: bool = False
    breaks: bool = False

    @property
    def is_one(self) -> bool:
        return self.lowest == self.highest


@dataclass(frozen=True)
class SmallChart:
    """Paths and texts. `gaps`: days of reviews without a value. `moved`: where the anchors of the item moved."""

    title: str
    width: float
    height: float
    plot: Plot
    grid: str
    scale: tuple[Text, ...]
    line: str
    filled: str
    hollow: str
    stretches: str
    gaps: str
    moved: str
    numbers: tuple[Label, ...]


def small_chart(
    values: Sequence[Value],
    *,
    title: str,
    moved: Sequence[tuple[date, date]],
    lines: Sequence[tuple[float, str]],
) -> SmallChart:
    """`values`: of every review, oldest first. `lines`: heights with a line, and their words.

    `moved`: pairs of days between which the anchors moved.
    """
    heights = [height for height, _ in lines]
    days = [value.day for value in values]
    axis = TimeAxis(min(days), max(days), LEFT + EDGE, WIDTH - EDGE)
    plot = Plot(axis, LEFT, WIDTH, HEADROOM, HEIGHT - PAD, min(heights), max(heights))
    known = [value for value in values if not value.is_missing]
    empty = [value.day for value in values if value.is_missing]
    return SmallChart(
        title=title,
        width=WIDTH,
        height=HEIGHT,
        plot=plot,
        grid="".join(f"M{plot.left} {plot.y(height)}H{plot.right}" for height in heights),
        scale=tuple(
            Text(plot.left - 4, round(plot.y(height) + SIZE * 0.35, 2), text, "end")
            for height, text in lines
            if text
        ),
        line=_line(values, plot),
        filled="".join(_mark(value, plot) for value in known if not _is_hollow(value)),
        hollow="".join(_mark(value, plot) for value in known if _is_hollow(value)),
        stretches="".join(
            f"M{plot.x(value.day)} {plot.y(value.lowest)}V{plot.y(value.highest)}"
            for value in known
            if not value.is_one
        ),
        gaps="".join(f"M{round(plot.x(day) - 3, 2)} {plot.bottom - 3}l6 6m0-6l-6 6" for day in empty),
        moved="".join(f"M{plot.between(*pair)} {plot.top - 5}V{plot.bottom + 5}" for pair in moved),
        numbers=_numbers(known, plot),
    )


def _is_hollow(value: Value) -> bool:
    return value.is_self_assessed or not value.is_one


def _mark(value: Value, plot: Plot) -> str:
    half = HALF if value.is_one else HALF_AT_END
    return "".join(
        shape(value.form, plot.x(value.day), plot.y(end), half)
        for end in sorted({value.lowest, value.highest})
    )


def _line(values: Sequence[Value], plot: Plot) -> str:
    """Self-assessments are passed over; a review without a value ends the line."""
    reviewed = [value for value in values if not value.is_self_assessed]
    return "".join(
        f"M{plot.x(one.day)} {plot.y(one.lowest)}L{plot.x(two.day)} {plot.y(two.lowest)}"
        for one, two in pairwise(reviewed)
        if not (one.is_missing or two.is_missing or two.breaks) and one.is_one and two.is_one
    )


def _numbers(known: Sequence[Value], plot: Plot) -> tuple[Label, ...]:
    placing = Placing(Box(plot.left, 0.0, WIDTH, HEIGHT), NUMBER_SIZE)
    placing.marks += [
        box_of_shape(plot.x(value.day), plot.y(end), HALF)
        for value in known
        for end in (value.lowest, value.highest)
    ]
    return tuple(
        placing.place(plot.x(value.day), plot.y(value.highest), value.number, ABOVE) for value in known
    )
