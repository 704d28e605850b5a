"""The plane of a chart: days from left to right, points from bottom to top, in units of the drawing."""

from dataclasses import dataclass
from datetime import date

from reports.trend.time_axis import TimeAxis


@dataclass(frozen=True)
class Text:
    """A text with its base line; it starts, ends or has its middle at `x`."""

    x: float
    y: float
    text: str
    anchor: str = "start"


@dataclass(frozen=True)
class Plot:
    """`lowest` points are at the bottom, `highest` at the top."""

    axis: TimeAxis
    left: float
    right: float
    top: float
    bottom: float
    lowest: float
    highest: float

    @property
    def width(self) -> float:
        return self.right - self.left

    def x(self, day: date) -> float:
        return self.axis.place(day)

    def y(self, points: float) -> float:
        whole = max(self.highest - self.lowest, 1e-9)
        return round(self.bottom - (points - self.lowest) / whole * (self.bottom - self.top), 2)

    def between(self, before: date, after: date) -> float:
        """Half way from one day to another."""
        return round((self.x(before) + self.x(after)) / 2, 2)
