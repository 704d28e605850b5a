"""What the scoring pages show beside the item itself: the list of items with one's own scores, and progress."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from scales.spec import Item, ScaleSpec


@dataclass(frozen=True)
class Row:
    """`is_waiting`: scored, and something else is still missing, such as the reason for a departure."""

    item: Item
    rating: object
    is_here: bool
    is_waiting: bool = False

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
    waiting: int

    @property
    def rows(self) -> list[Row]:
        return [row for section in self.sections for row in section.rows]

    @property
    def first_open(self) -> Item:
        """The first item still to rate; the first of all when none is."""
        return next((row.item for row in self.rows if not row.is_settled), self.rows[0].item)


def workspace(
    spec: ScaleSpec, ratings: Mapping[str, object], here: str | None = None, lacking: Collection[str] = ()
) -> Workspace:
    """`ratings`: own ratings by item code. `here`: code of the item on the page. `lacking`: codes of the items that
    lack anything before the set can be submitted.
    """
    sections = tuple(
        SectionRows(
            title=section.title,
            rows=tuple(_row(item, ratings.get(item.code), here, lacking) for item in section.items),
        )
        for section in spec.sections
    )
    return Workspace(
        sections=sections,
        settled=sum(section.settled for section in sections),
        items=len(spec.items),
        waiting=sum(row.is_waiting for section in sections for row in section.rows),
    )


def _row(item: Item, rating: object, here: str | None, lacking: Collection[str]) -> Row:
    row = Row(item, rating, is_here=item.code == here)
    return replace(row, is_waiting=row.is_settled and item.code in lacking)
