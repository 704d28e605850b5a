"""What stands round the totals of a chart: bands and their names, the scale, marks of time, what begins where."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reports.charts import text_width
from reports.trend.history import History, Visit
from reports.trend.labels import Box
from reports.trend.plot import Plot, Text
from reports.trend.time_axis import Tick

ROW = 13.0
SIZE = 9.5


@dataclass(frozen=True)
class Size:
    """`beside`: room for the names of the bands, on the right. `ticks`: how many marks of time there is room for."""

    width: float
    left: float
    beside: float
    ticks: int


@dataclass(frozen=True)
class ChartWords:
    """`bands`: their names, lowest band first. `turns`: what begins at each turn. `imported`: of the time before."""

    title: str
    tick: Callable[[Tick], str]
    bands: Sequence[str]
    turns: Sequence[str]
    attainable: Callable[[Visit], str]
    imported: str
    points: Callable[[Visit], str]


@dataclass(frozen=True)
class Zone:
    """One band, as far as it is in sight. `lines`: its name and its figures."""

    y: float
    height: float
    fill: str
    lines: tuple[Text, ...]

    @property
    def lower(self) -> float:
        return round(self.y + self.height, 2)


def turn_words(history: History, words: ChartWords, plot: Plot, width: float) -> list[tuple[Text, int]]:
    """What begins at each turn, and in which row above the chart it stands; the rows are set by who draws them."""
    rows: list[list[Box]] = []
    found = []
    for turn, whole in zip(history.turns, words.turns, strict=True):
        text = _shortened(whole, width)
        x, wide = plot.between(turn.before.starts_on, turn.after.starts_on), text_width(text, SIZE)
        starts, left = x + wide <= width, x
        if not starts:
            x = max(x, wide)
            left = x - wide
        box = Box(left - 3, 0, left + wide + 3, 1)
        place = next(
            (place for place, row in enumerate(rows) if not any(box.touches(one) for one in row)), len(rows)
        )
        rows += [[]] if place == len(rows) else []
        rows[place].append(box)
        found.append((Text(round(x, 2), 0.0, text, "start" if starts else "end"), place))
    return found


def _shortened(text: str, width: float) -> str:
    """What does not fit is said in full below the chart."""
    while text_width(text, SIZE) > width:
        text = f"{text[:-2]}…"
    return text


def zones(history: History, words: ChartWords, plot: Plot, size: Size) -> tuple[Zone, ...]:
    """From the top band down; a name is moved down where the one above leaves it no room."""
    bands = sorted(history.spec.bands, key=lambda band: band.lowest)
    x, free_from = size.width - size.beside + 6, 0.0
    found = []
    for index in reversed(range(len(bands))):
        band = bands[index]
        upper = plot.top if index == len(bands) - 1 else plot.y(bands[index + 1].lowest)
        lower = plot.bottom if index == 0 else min(plot.y(band.lowest), plot.bottom)
        if lower - upper < 1:
            continue
        texts = [*_wrapped(words.bands[index], size.beside - 8), f"{band.lowest}–{band.highest}"]
        needed = len(texts) * (SIZE + 1.5)
        begins = max((upper + lower - needed) / 2, free_from)
        free_from = begins + needed + 2
        lines = (
            Text(x, round(begins + SIZE + row * (SIZE + 1.5), 2), text) for row, text in enumerate(texts)
        )
        found.append(Zone(upper, round(lower - upper, 2), _tint(index, len(bands)), tuple(lines)))
    return tuple(found)


def _wrapped(text: str, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, SIZE) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def _tint(index: int, count: int) -> str:
    """Every second one a little darker; a line and its name tell a band from the next."""
    return "#f1f5f8" if (count - index) % 2 else "#ffffff"


def scale(history: History, plot: Plot) -> tuple[Text, ...]:
    """Figures on the left: both ends, and where each band begins if there is room."""
    kept = [int(plot.highest), int(plot.lowest)]
    for band in history.spec.bands:
        apart = min(abs(plot.y(band.lowest) - plot.y(one)) for one in kept)
        if plot.lowest < band.lowest < plot.highest and apart > SIZE + 2:
            kept.append(band.lowest)
    return tuple(
        Text(plot.left - 5, round(plot.y(points) + SIZE * 0.35, 2), str(points), "end") for points in kept
    )


def ticks_of(history: History, plot: Plot, most: int) -> tuple[Tick, ...]:
    """Where no month begins on the axis, the day of the first review."""
    day = history.visits[0].starts_on
    return plot.axis.ticks(most) or (Tick(day, plot.x(day), is_year=False),)


def tick_words(ticks: Sequence[Tick], words: ChartWords, width: float, y: float) -> tuple[Text, ...]:
    return _side_by_side([(tick.x, words.tick(tick)) for tick in ticks], width, y)


def imported_brackets(history: History, plot: Plot) -> str:
    """Under each run of reviews that were imported."""
    y = plot.bottom + 5
    return "".join(
        f"M{round(plot.x(run[0].starts_on) - 5, 2)} {y - 3}v3H{round(plot.x(run[-1].starts_on) + 5, 2)}v-3"
        for run in _imported_runs(history)
    )


def imported_words(history: History, words: ChartWords, plot: Plot, width: float) -> tuple[Text, ...]:
    middles = [plot.between(run[0].starts_on, run[-1].starts_on) for run in _imported_runs(history)]
    return _side_by_side([(x, words.imported) for x in middles], width, plot.bottom + ROW + 2)


def _imported_runs(history: History) -> list[list[Visit]]:
    runs: list[list[Visit]] = []
    for before, visit in zip([None, *history.visits], history.visits, strict=False):
        if visit.is_imported and before is not None and before.is_imported:
            runs[-1].append(visit)
        elif visit.is_imported:
            runs.append([visit])
    return runs


def _side_by_side(wanted: Sequence[tuple[float, str]], width: float, y: float) -> tuple[Text, ...]:
    """Each under its place; one for which the one before leaves no room is left out."""
    found, free_from = [], 0.0
    for place, text in wanted:
        half = text_width(text, SIZE) / 2
        x = min(max(place, half), width - half)
        if x - half >= free_from:
            found.append(Text(round(x, 2), round(y, 2), text, "middle"))
            free_from = x + half + 4
    return tuple(found)
