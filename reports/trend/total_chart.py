"""Geometry of the chart of totals over time, in units of the drawing; the SVG template draws what it is given.

Number and word first, shape second: a filled square or disc is a review, a hollow triangle or diamond is a service's
own. The line joins reviews whose totals can be held side by side, and nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from reports.trend.history import History, Visit, totals_compare
from reports.trend.labels import Box, Label, Placing, along, box_of, boxes_on_line
from reports.trend.plot import Plot, Text
from reports.trend.shapes import box_of_shape, shape
from reports.trend.time_axis import TimeAxis
from reports.trend.total_frame import (
    ROW,
    SIZE,
    ChartWords,
    Size,
    Zone,
    imported_brackets,
    imported_words,
    scale,
    tick_words,
    ticks_of,
    turn_words,
    zones,
)

PLOT_HEIGHT = 236.0
AXIS_ROW = 18.0
NUMBER_SIZE = 12.0
# Half of a mark; a smaller one stands at both ends of a total that is not one number yet.
HALF, HALF_AT_END = 4.6, 3.2
EDGE = 20.0
ABOVE = 6.0
# The axis reaches further down than the lowest total by this part of the scale, and over no less than half of it.
BELOW, LEAST_SHOWN = 1 / 8, 1 / 2

WIDE, NARROW = Size(720.0, 34.0, 112.0, 9), Size(340.0, 28.0, 74.0, 5)


@dataclass(frozen=True)
class Threshold:
    """A total that a funder asks for, and its words in the chart. It counts from `since` to `until`, both included.

    `until`: None where it counts still.
    """

    points: int
    label: str
    since: date
    until: date | None = None


@dataclass(frozen=True)
class Stretch:
    """From where to where, and between which heights; a line where they are the same."""

    left: float
    right: float
    upper: float
    lower: float


@dataclass(frozen=True)
class TotalChart:
    """Paths and texts. `filled`, `hollow`: the marks. `stretches`: totals that are not one number yet.

    `turns`: where the version or the profile changes. `attainable`: the stretch that the setting leaves.
    """

    title: str
    width: float
    height: float
    plot: Plot
    zones: tuple[Zone, ...]
    scale: tuple[Text, ...]
    ticks: tuple[Text, ...]
    tick_lines: str
    line: str
    filled: str
    hollow: str
    stretches: str
    numbers: tuple[Label, ...]
    turns: str
    turn_words: tuple[Text, ...]
    attainable: str
    attainable_words: tuple[Label, ...]
    imported: str
    imported_words: tuple[Text, ...]
    threshold: str
    threshold_words: tuple[Label, ...]


def axis_of(history: History, size: Size) -> TimeAxis:
    """Of a chart of this size: what is drawn below it on the same axis is on the same days."""
    days = [*history.also_on_axis, *(visit.starts_on for visit in history.visits)]
    return TimeAxis(min(days), max(days), size.left + EDGE, size.width - size.beside - EDGE)


def lowest_shown(history: History, thresholds: Sequence[Threshold]) -> int:
    """Where the axis of points begins."""
    least = min(visit.spec.lowest_total for visit in history.visits)
    most = max(visit.spec.highest_total for visit in history.visits)
    shown = [visit.lowest for visit in history.visits]
    shown += [visit.attainable[0] for visit in history.visits if _costs(visit)]
    shown += [threshold.points for threshold in thresholds]
    whole = most - least
    return max(least, int(min(min(shown) - whole * BELOW, most - whole * LEAST_SHOWN)))


def total_chart(
    history: History, words: ChartWords, size: Size, thresholds: Sequence[Threshold] = ()
) -> TotalChart:
    turn_rows = turn_words(history, words, _plot(history, size, 0.0, thresholds), size.width)
    top = ROW * max((place + 1 for _, place in turn_rows), default=0) + 8
    plot = _plot(history, size, top, thresholds)
    marks, slants = _mark_boxes(history, plot), _line_boxes(history, plot)
    asked = _thresholds(thresholds, plot)
    threshold_words = _words_along([(one, asked_for.label) for one, asked_for in asked], plot, marks, slants)
    left_by_setting = _attainable(history, words, plot)
    attainable_words = _words_along(left_by_setting, plot, marks, slants)
    under = plot.bottom + (ROW if any(visit.is_imported for visit in history.visits) else 0)
    ticks = ticks_of(history, plot, size.ticks)
    return TotalChart(
        title=words.title,
        width=size.width,
        height=under + AXIS_ROW,
        plot=plot,
        zones=zones(history, words, plot, size),
        scale=scale(history, plot),
        ticks=tick_words(ticks, words, size.width, under + AXIS_ROW - 4),
        tick_lines="".join(f"M{tick.x} {plot.bottom}v4" for tick in ticks),
        line=_line(history, plot),
        filled=_marks(history, plot, hollow=False),
        hollow=_marks(history, plot, hollow=True),
        stretches=_stretches(history, plot),
        numbers=_numbers(history, words, plot, [*marks, *slants]),
        turns="".join(
            f"M{plot.between(turn.before.starts_on, turn.after.starts_on)} {top - 3}V{plot.bottom}"
            for turn in history.turns
        ),
        turn_words=tuple(
            Text(text.x, round(ROW * (place + 1) - 3, 2), text.text, text.anchor) for text, place in turn_rows
        ),
        attainable="".join(
            f"M{one.left} {one.upper}H{one.right}M{one.left} {one.lower}H{one.right}"
            for one, _ in left_by_setting
        ),
        attainable_words=attainable_words,
        imported=imported_brackets(history, plot),
        imported_words=imported_words(history, words, plot, size.width),
        threshold="".join(f"M{one.left} {one.upper}H{one.right}" for one, _ in asked),
        threshold_words=threshold_words,
    )


def _plot(history: History, size: Size, top: float, thresholds: Sequence[Threshold]) -> Plot:
    return Plot(
        axis=axis_of(history, size),
        left=size.left,
        right=size.width - size.beside,
        top=top,
        bottom=top + PLOT_HEIGHT,
        lowest=lowest_shown(history, thresholds),
        highest=max(visit.spec.highest_total for visit in history.visits),
    )


def _costs(visit: Visit) -> bool:
    """Whether the setting is known to cost anything: else all points are attainable, and there is nothing to draw."""
    return visit.attainable[0] < visit.spec.highest_total


def _attainable(history: History, words: ChartWords, plot: Plot) -> list[tuple[Stretch, str]]:
    """One stretch for each run of reviews with the same; it reaches half way to the next."""
    runs: list[list[Visit]] = []
    for visit in history.visits:
        if runs and runs[-1][-1].attainable == visit.attainable:
            runs[-1].append(visit)
        else:
            runs.append([visit])
    inner = [plot.between(one[-1].starts_on, two[0].starts_on) for one, two in pairwise(runs)]
    return [
        (
            Stretch(left, right, plot.y(run[-1].attainable[1]), plot.y(run[-1].attainable[0])),
            words.attainable(run[-1]),
        )
        for run, left, right in zip(runs, [plot.left, *inner], [*inner, plot.right], strict=True)
        if _costs(run[-1])
    ]


def _thresholds(thresholds: Sequence[Threshold], plot: Plot) -> list[tuple[Stretch, Threshold]]:
    """A line over the days that each counts; one that counts still is never shorter than the edge."""
    found = []
    for one in thresholds:
        left = plot.left if one.since <= plot.axis.first else min(plot.x(one.since), plot.right - EDGE)
        right = plot.right
        if one.until is not None and one.until < plot.axis.last:
            right = max(plot.x(one.until), left)
        found.append((Stretch(left, right, plot.y(one.points), plot.y(one.points)), one))
    return found


def _words_along(
    lines: Sequence[tuple[Stretch, str]], plot: Plot, marks: list[Box], slants: Sequence[Box]
) -> tuple[Label, ...]:
    """The words of each line where they cover nothing; those of the last line are shown even where it is short.

    What they take is added to `marks`.
    """
    found = []
    for place, (line, text) in enumerate(lines, 1):
        reach = (plot.left, plot.right) if place == len(lines) else None
        label = along((line.left, line.right, line.upper), text, SIZE, marks, slants, reach)
        if label is not None:
            found.append(label)
            marks.append(box_of(label.x, label.y, text, SIZE))
    return tuple(found)


def _mark_boxes(history: History, plot: Plot) -> list[Box]:
    return [
        box_of_shape(plot.x(visit.starts_on), plot.y(end), HALF)
        for visit in history.visits
        for end in (visit.lowest, visit.highest)
    ]


def _joined(history: History) -> list[tuple[Visit, Visit]]:
    return [pair for pair in pairwise(history.reviewed) if totals_compare(*pair)]


def _line_boxes(history: History, plot: Plot) -> list[Box]:
    return [
        box
        for one, two in _joined(history)
        for box in boxes_on_line(
            (plot.x(one.starts_on), plot.y(one.points)), (plot.x(two.starts_on), plot.y(two.points))
        )
    ]


def _line(history: History, plot: Plot) -> str:
    return "".join(
        f"M{plot.x(one.starts_on)} {plot.y(one.points)}L{plot.x(two.starts_on)} {plot.y(two.points)}"
        for one, two in _joined(history)
    )


def _marks(history: History, plot: Plot, *, hollow: bool) -> str:
    """A total that can become more is marked, hollow, at both ends."""
    return "".join(
        shape(visit.form, plot.x(visit.starts_on), plot.y(points), HALF if visit.is_complete else HALF_AT_END)
        for visit in history.visits
        if hollow == (visit.is_self_assessed or not visit.is_complete)
        for points in sorted({visit.lowest, visit.highest})
    )


def _stretches(history: History, plot: Plot) -> str:
    return "".join(
        f"M{plot.x(visit.starts_on)} {plot.y(visit.lowest)}V{plot.y(visit.highest)}"
        for visit in history.visits
        if not visit.is_complete
    )


def _numbers(history: History, words: ChartWords, plot: Plot, drawn: list[Box]) -> tuple[Label, ...]:
    """Each review's total beside its mark; the reviews choose their place before the self-assessments."""
    placing = Placing(Box(plot.left, plot.top, plot.right, plot.bottom), NUMBER_SIZE, marks=drawn)
    ordered = [*history.reviewed, *(visit for visit in history.visits if visit.is_self_assessed)]
    return tuple(
        placing.place(plot.x(visit.starts_on), plot.y(visit.highest), words.points(visit), ABOVE)
        for visit in ordered
    )
