"""Geometry of the two charts of a report: where everything stands, in units of the drawing.

Any number of points, items and bands. Colour only repeats what form says: filled is the score, outlined is open to the
service, dashed is the setting's, a diamond is the previous review. The SVG templates draw what they are given.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reports.document import BandLine, ItemLine, Range

STRIP_WIDTH = 128.0
STRIP_HEIGHT = 13.0
CELL_GAP = 2.0
# Cells narrower than this run together into one bar for each form.
LEAST_CELL = 5.0
# Width of the line round a cell, by its form; the line's round joins make the corners.
OUTLINES = {"score": 2.0, "open": 1.4, "setting": 0.8, "unrated": 0.8}

PALEST, DARKEST = (227, 233, 238), (127, 171, 203)
LETTER_WIDTH = 0.53
LABEL_SIZE = 7.5
FIGURE_SIZE = 7.0
MARKER_SIZE = 9.0
BAR_HEIGHT = 12.0
ROW_HEIGHT = 19.0


@dataclass(frozen=True)
class Strip:
    """The points of one item, side by side: `forms` names each cell, the paths draw all cells of one form.

    `forms`: "score", "open", "setting" or "unrated", lowest point first. `previous`: the diamond, empty without one.
    """

    title: str
    width: float
    height: float
    forms: tuple[str, ...]
    score: str
    open: str
    setting: str
    unrated: str
    previous: str


@dataclass(frozen=True)
class BandPiece:
    """One band of the scale; its label starts at `label_x`, or ends there where `anchor` is "end"."""

    x: float
    width: float
    fill: str
    label: str
    figures: str
    label_x: float
    label_y: float
    figures_y: float
    anchor: str


@dataclass(frozen=True)
class Marker:
    """A point on the scale and its words, which stand above it."""

    x: float
    label: str
    label_x: float
    anchor: str


@dataclass(frozen=True)
class Stretch:
    """A range on the scale and its words, centred over `label_x`; `path` draws it."""

    x: float
    end: float
    label: str
    label_x: float
    label_y: float
    path: str


@dataclass(frozen=True)
class TotalScale:
    """`total` where it is one number, `becomes` where it is a range still."""

    title: str
    width: float
    height: float
    bar_y: float
    bar_height: float
    middle: float
    marker_y: float
    bands: tuple[BandPiece, ...]
    total: Marker | None
    becomes: Stretch | None
    previous: Marker | None
    attainable: Stretch | None


def item_strip(item: ItemLine, maximum: int, title: str) -> Strip:
    """Cells from the lowest point to the top: the score filled, then what is open, then what may be the setting's.

    Where it is not certain whose a point is, it is drawn as the setting's: dashed means "up to this much".
    """
    width, space = (STRIP_WIDTH - CELL_GAP * (maximum - 1)) / maximum, CELL_GAP
    if width < LEAST_CELL:
        width, space = STRIP_WIDTH / maximum, 0.0
    if item.score is None:
        forms = ["unrated"] * maximum
    else:
        setting = item.gap.setting.highest if item.gap else 0
        forms = ["score"] * item.score + ["open"] * (maximum - item.score - setting) + ["setting"] * setting
    step = width + space
    previous = ""
    if item.previous is not None:
        # In the middle of its cell; a score of 0 stands at the left end.
        middle = min(max(item.previous * step - space - width / 2, 4), STRIP_WIDTH - 4)
        previous = f"M{_rounded(middle)} 2.6l3.5 3.9l-3.5 3.9l-3.5-3.9z"
    return Strip(
        title=title,
        width=STRIP_WIDTH,
        height=STRIP_HEIGHT,
        forms=tuple(forms),
        previous=previous,
        **{form: _cells(forms, form, width, space) for form in OUTLINES},
    )


def _cells(forms: Sequence[str], form: str, width: float, space: float) -> str:
    """Path of all cells of one form; without space between them, of the one bar that they make."""
    if not space:
        points = forms.count(form)
        return _cell(forms.index(form) * width, points * width, OUTLINES[form]) if points else ""
    return "".join(
        _cell(position * (width + space), width, OUTLINES[form])
        for position, drawn_as in enumerate(forms)
        if drawn_as == form
    )


def _cell(x: float, width: float, line: float) -> str:
    """Path of one cell, half the width of its line further in, so that all cells are of one size."""
    across = _rounded(max(width - line, 0.1))
    down = _rounded(STRIP_HEIGHT - 2 - line)
    return f"M{_rounded(x + line / 2)} {1 + line / 2}h{across}v{down}h-{across}z"


def total_scale(
    bands: Sequence[BandLine],
    *,
    title: str,
    labels: Sequence[str],
    total: int | None,
    total_label: str,
    becomes: Range | None = None,
    becomes_label: str = "",
    previous: int | None = None,
    previous_label: str = "",
    attainable: Range | None = None,
    attainable_label: str = "",
    width: float = 380.0,
) -> TotalScale:
    """The scale of totals with its bands, and what stands on it. `labels`: of the bands, lowest band first."""
    ordered = sorted(bands, key=lambda band: band.lowest)
    lowest, highest = ordered[0].lowest, ordered[-1].highest
    inset = 6.0

    def place(points: int) -> float:
        return _rounded(inset + (points - lowest) / max(highest - lowest, 1) * (width - 2 * inset))

    bar_y = 32.0 if attainable else 16.0
    pieces = _band_pieces(ordered, labels, place, bar_y + BAR_HEIGHT, width)
    total_marker = None
    if total is not None:
        total_marker = _marker(place(total), total_label, width)
    stretch = None
    if becomes is not None:
        stretch = _stretch(
            place(becomes.lowest), place(becomes.highest), becomes_label, MARKER_SIZE, width, bar_y - 4
        )
        # From end to end along the middle of the bar, with a stop at each.
        middle = bar_y + BAR_HEIGHT / 2
        path = f"M{stretch.x} {middle - 5}v10m0-5H{stretch.end}m0-5v10"
        stretch = replace(stretch, path=path)
    taken = _extent(total_marker, stretch)
    return TotalScale(
        title=title,
        width=width,
        height=max(piece.figures_y for piece in pieces) + 3,
        bar_y=bar_y,
        bar_height=BAR_HEIGHT,
        middle=bar_y + BAR_HEIGHT / 2,
        marker_y=bar_y - 4,
        bands=pieces,
        total=total_marker,
        becomes=stretch,
        previous=None if previous is None else _beside(place(previous), previous_label, taken, width),
        attainable=None
        if attainable is None
        else _bracket(place(attainable.lowest), place(attainable.highest), attainable_label, width, bar_y),
    )


def _band_pieces(ordered, labels, place, bar_end: float, width: float) -> tuple[BandPiece, ...]:
    """Labels stand under the start of their band, or further down where they would run into one another."""
    pieces: list[BandPiece] = []
    free_from: list[float] = []
    starts = [place(band.lowest) for band in ordered]
    starts[0] = 0.0
    for index, (band, label) in enumerate(zip(ordered, labels, strict=True)):
        start = starts[index]
        end = starts[index + 1] if index + 1 < len(starts) else width
        figures = f"{band.lowest}–{band.highest}"
        needed = max(text_width(label, LABEL_SIZE), text_width(figures, FIGURE_SIZE))
        at_end = start + needed > width
        begins = width - needed if at_end else start
        row = next((row for row, free in enumerate(free_from) if free <= begins), len(free_from))
        free_from[row : row + 1] = [begins + needed + 4]
        label_y = bar_end + 9 + row * ROW_HEIGHT
        pieces.append(
            BandPiece(
                x=start,
                width=_rounded(end - start),
                fill=_shade(index, len(ordered)),
                label=label,
                figures=figures,
                label_x=width if at_end else start,
                label_y=label_y,
                figures_y=label_y + 8.5,
                anchor="end" if at_end else "start",
            )
        )
    return tuple(pieces)


def text_width(text: str, size: float) -> float:
    """About how wide a text is set; good enough to keep labels apart."""
    return len(text) * size * LETTER_WIDTH


def _marker(x: float, label: str, width: float) -> Marker:
    half = text_width(label, MARKER_SIZE) / 2
    return Marker(x, label, _rounded(min(max(x, half), width - half)), "middle")


def _stretch(start: float, end: float, label: str, size: float, width: float, label_y: float) -> Stretch:
    half = text_width(label, size) / 2
    label_x = _rounded(min(max((start + end) / 2, half), width - half))
    return Stretch(start, end, label, label_x, label_y, path="")


def _bracket(start: float, end: float, label: str, width: float, bar_y: float) -> Stretch:
    """Open downwards, its legs reaching for the bar."""
    top = 11.0
    path = f"M{start} {bar_y}V{top}H{end}V{bar_y}"
    return replace(_stretch(start, end, label, LABEL_SIZE, width, 8.0), path=path)


def _extent(marker: Marker | None, stretch: Stretch | None) -> tuple[float, float]:
    """From where to where the words of the total reach."""
    shown = marker or stretch
    if shown is None:
        return (0.0, 0.0)
    half = text_width(shown.label, MARKER_SIZE) / 2 + 4
    return (shown.label_x - half, shown.label_x + half)


def _beside(x: float, label: str, taken: tuple[float, float], width: float) -> Marker:
    """The marker of the previous review, its words clear of those of the total; without words if there is no room."""
    needed = text_width(label, LABEL_SIZE)
    left, right = taken
    centred = x - needed / 2
    if centred >= 0 and centred + needed <= width and (centred + needed <= left or centred >= right):
        return Marker(x, label, x, "middle")
    if x <= (left + right) / 2 and left - needed >= 0:
        return Marker(x, label, _rounded(left), "end")
    if right + needed <= width:
        return Marker(x, label, _rounded(right), "start")
    return Marker(x, "", x, "middle")


def _shade(index: int, count: int) -> str:
    """Paler for lower bands, darker for higher ones."""
    part = index / max(count - 1, 1)
    red, green, blue = (
        round(pale + (dark - pale) * part) for pale, dark in zip(PALEST, DARKEST, strict=True)
    )
    return f"#{red:02x}{green:02x}{blue:02x}"


def _rounded(number: float) -> float:
    return round(number, 2)
