"""Geometry of the chart of employment outcomes: a row for each number, all on one axis of time.

Drawn beside the trend of fidelity when both are given the same `start` and `end`. Each row has its own scale from 0. A
line runs only between quarters that follow each other, with both numbers known and counted the same way; everything
else is a gap.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

Across = Callable[[date], float]

HEADING, PLOT, SPACE, FOOT = 13.0, 44.0, 9.0, 14.0
INSET = 12.0
FIGURE_SIZE = 8.0
LETTER_WIDTH = 0.56
# Paths around 0 0, of about the same area, so that none looks more than another.
SHAPES = {
    "circle": "M-3.4 0a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0z",
    "square": "M-3-3h6v6h-6z",
    "diamond": "M0-4.4l4.4 4.4l-4.4 4.4l-4.4-4.4z",
    "triangle": "M0-4.2l4.1 7.2h-8.2z",
    "wedge": "M0 4.2l4.1-7.2h-8.2z",
}


@dataclass(frozen=True)
class QuarterValue:
    """One number. `place`: the quarter counted from any start, one more for each quarter. `text`: the number shown."""

    place: int
    on: date
    value: float
    text: str
    is_changed: bool = False


@dataclass(frozen=True)
class Series:
    """One row of the chart; a quarter where the number is not known is left out. `shape`: one of `SHAPES`."""

    label: str
    shape: str
    values: Sequence[QuarterValue]


@dataclass(frozen=True)
class Dot:
    """`text`: empty where there is no room for it beside the one before; the table has it."""

    x: float
    y: float
    text: str
    text_y: float


@dataclass(frozen=True)
class Row:
    """`changes`: where the way of counting changed. `line`: path of the stretches without a gap."""

    label: str
    label_y: float
    top: float
    base: float
    shape: str
    line: str
    dots: tuple[Dot, ...]
    changes: tuple[float, ...]


@dataclass(frozen=True)
class Year:
    x: float
    label: str


@dataclass(frozen=True)
class OutcomesChart:
    title: str
    width: float
    height: float
    start: float
    end: float
    foot: float
    years: tuple[Year, ...]
    rows: tuple[Row, ...]


def outcomes_chart(
    series: Sequence[Series],
    start: date,
    end: date,
    *,
    title: str,
    width: float = 640.0,
    inset: float = INSET,
) -> OutcomesChart:
    """`inset`: from either side to the first and last day, so that it can stand under another chart."""
    days = max((end - start).days, 1)

    def across(day: date) -> float:
        return round(inset + (day - start).days / days * (width - 2 * inset), 2)

    rows, top = [], 0.0
    for one in series:
        rows.append(_row(one, across, start, end, top))
        top += HEADING + PLOT + SPACE
    foot = max(top - SPACE, 0.0)
    return OutcomesChart(
        title=title,
        width=width,
        height=foot + FOOT,
        start=inset,
        end=width - inset,
        foot=foot + 10,
        years=_years(across, start, end, width),
        rows=tuple(rows),
    )


def _row(series: Series, across: Across, start: date, end: date, top: float) -> Row:
    shown = [one for one in series.values if start <= one.on <= end]
    highest = max((one.value for one in shown), default=0) or 1
    base = top + HEADING + PLOT
    # The highest point leaves room for its number.
    room = PLOT - 12

    def up(value: float) -> float:
        return round(base - value / highest * room, 2)

    dots: list[Dot] = []
    line, before, free_from = "", None, float("-inf")
    for one in shown:
        x, y = across(one.on), up(one.value)
        joined = before is not None and one.place == before.place + 1 and not one.is_changed
        line += f"{'L' if joined else 'M'}{x} {y}"
        before = one
        half = len(one.text) * FIGURE_SIZE * LETTER_WIDTH / 2
        has_room = x - half >= free_from
        if has_room:
            free_from = x + half + 2
        dots.append(Dot(x, y, one.text if has_room else "", round(y - 6, 2)))
    return Row(
        label=series.label,
        label_y=top + 9,
        top=top + HEADING,
        base=base,
        shape=SHAPES[series.shape],
        line=line,
        dots=tuple(dots),
        changes=tuple(across(one.on) for one in shown if one.is_changed),
    )


def _years(across: Across, start: date, end: date, width: float) -> tuple[Year, ...]:
    """A mark at each first of January, with its year where there is room to write it."""
    marks = [
        (across(date(year, 1, 1)), str(year))
        for year in range(start.year, end.year + 1)
        if start <= date(year, 1, 1) <= end
    ]
    years: list[Year] = []
    free_from = 0.0
    for x, label in marks:
        needed = len(label) * FIGURE_SIZE * LETTER_WIDTH
        has_room = x >= free_from and x + needed + 2 <= width
        if has_room:
            free_from = x + needed + 6
        years.append(Year(x, label if has_room else ""))
    return tuple(years)
