"""Days to scale from left to right, with marks at even steps: one axis for every chart of a page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

# Months from one mark to the next, of which the smallest that fits is taken.
STEPS = (1, 3, 6, 12, 24, 60, 120)
YEAR = 12


@dataclass(frozen=True)
class Tick:
    """`is_year`: the mark of a whole year, which goes by its number alone."""

    day: date
    x: float
    is_year: bool


@dataclass(frozen=True)
class TimeAxis:
    """From `left`, which is the first day, to `right`, the last. Of one day alone it is the middle."""

    first: date
    last: date
    left: float
    right: float

    def place(self, day: date) -> float:
        days = (self.last - self.first).days
        if days <= 0:
            return round((self.left + self.right) / 2, 2)
        share = (day - self.first).days / days
        return round(self.left + share * (self.right - self.left), 2)

    def ticks(self, most: int) -> tuple[Tick, ...]:
        """At most so many; none where the axis is shorter than a month or begins and ends between two marks."""
        months = _months(self.last) - _months(self.first)
        step = next((step for step in STEPS if months // step < most), STEPS[-1] * (months // STEPS[-1] + 1))
        return tuple(Tick(day, self.place(day), step % YEAR == 0) for day in self._marks(step))

    def _marks(self, step: int) -> Iterator[date]:
        month = -(-_months(self.first) // step) * step
        while month <= _months(self.last):
            day = date(month // YEAR, month % YEAR + 1, 1)
            if self.first <= day <= self.last:
                yield day
            month += step


def _months(day: date) -> int:
    return day.year * YEAR + day.month - 1
