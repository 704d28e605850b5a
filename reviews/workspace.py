"""What the scoring pages show beside the item itself: the list of items with one's own scores, and progress."""

from collections.abc import Mapping
from dataclasses import dataclass

from scales.spec import Item, ScaleSpec


@dataclass(frozen=True)
class Row:
    item: Item
    rating: object
    is_here: bool

    @property
    def mark(self) -> str:
        """The score as shown in lists: a number, "n/r" for not rated, an en dash while open."""
        if self.rating is None or not self.rating.is_settled:
            return "–"
        return "n/r" if self.rating.not_rated else str(self.rating.score)

    @property
    def is_settled(self) -> bool:
        return self.rating is not None and self.rating.is_settled


@dataclass(frozen=True)
class SectionRows:
    title: str
    rows: tuple[Row, ...]

    @property
    def settled(self) -> int:
        return sum(row.is_settled for row in self.rows)


@dataclass(frozen=True)
class Workspace:
    sections: tuple[SectionRows, ...]
    settled: int
    items: int

    @property
    def rows(self) -> list[Row]:
        return [row for section in self.sections for row in section.rows]

    @property
    def first_open(self) -> Item:
        """The first item still to rate; the first of all when none is."""
        return next((row.item for row in self.rows if not row.is_settled), self.rows[0].item)


def workspace(spec: ScaleSpec, ratings: Mapping[str, object], here: str | None = None) -> Workspace:
    """`ratings`: own ratings by item code. `here`: code of the item on the page."""
    sections = tuple(
        SectionRows(
            title=section.title,
            rows=tuple(Row(item, ratings.get(item.code), item.code == here) for item in section.items),
        )
        for section in spec.sections
    )
    return Workspace(
        sections=sections, settled=sum(section.settled for section in sections), items=len(spec.items)
    )
