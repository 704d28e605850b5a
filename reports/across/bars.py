"""Geometry of the small drawings on the page across sites, in units of the drawing. Form says it; colour repeats it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scales.scoring import Gap

BAR_WIDTH, BAR_HEIGHT = 160.0, 14.0
COLUMN_WIDTH, COLUMN_HEIGHT, BETWEEN = 14.0, 26.0, 4.0
LEVELS = 5


@dataclass(frozen=True)
class Piece:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class GapBar:
    """The points lost on an item, from the left: surely open, one or the other, surely the setting's."""

    title: str
    width: float
    height: float
    open: Piece | None
    either: Piece | None
    setting: Piece | None


@dataclass(frozen=True)
class Columns:
    """A column for each score, the lowest first, and one for unrated apart."""

    title: str
    width: float
    height: float
    scores: tuple[Piece, ...]
    unrated: Piece | None


def gap_bar(gap: Gap, most: int, title: str) -> GapBar:
    """`most`: the points that fill the whole width."""
    parts = (gap.open_lowest, gap.open_highest - gap.open_lowest, gap.setting_lowest)
    pieces: list[Piece | None] = []
    x = 0.0
    for points in parts:
        width = BAR_WIDTH * points / most if most else 0.0
        pieces.append(Piece(round(x, 2), 1.0, round(width, 2), BAR_HEIGHT - 2) if points else None)
        x += width
    surely_open, either, setting = pieces
    return GapBar(title, BAR_WIDTH, BAR_HEIGHT, surely_open, either, setting)


def columns(scores: Mapping[int, int], unrated: int, points: Sequence[int], title: str) -> Columns:
    """As high as the share of the sites; a score that none has is a line on the ground."""
    sites = sum(scores.values()) + unrated
    return Columns(
        title=title,
        width=(len(points) + 1) * (COLUMN_WIDTH + BETWEEN) + BETWEEN,
        height=COLUMN_HEIGHT,
        scores=tuple(_column(place, scores.get(score, 0), sites) for place, score in enumerate(points)),
        unrated=_column(len(points), unrated, sites) if unrated else None,
    )


def level(score: int, minimum: int, maximum: int, levels: int = LEVELS) -> int:
    """Which of the shades a score has: 0 for the lowest score, the last for the highest."""
    return round((levels - 1) * (score - minimum) / (maximum - minimum))


def _column(place: int, count: int, sites: int) -> Piece:
    height = max(COLUMN_HEIGHT * count / sites, 1.0) if sites else 1.0
    x = place * (COLUMN_WIDTH + BETWEEN)
    return Piece(x, round(COLUMN_HEIGHT - height, 2), COLUMN_WIDTH, round(height, 2))
