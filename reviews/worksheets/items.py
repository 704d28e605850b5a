"""Which items of a review each worksheet feeds, and the codes that its cells may name."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from reviews.figures.counting import sheets_of
from reviews.models import Sheet
from scales.figures import Figure, fits
from scales.models import ScaleFigure
from scales.spec import Component, Item, ScaleSpec


def sheet_of(figure: Figure) -> Sheet:
    """The worksheet to fill in for a figure; the more particular where it is counted from two."""
    return max((Sheet(code) for code in sheets_of(figure)), key=list(Sheet).index)


@dataclass(frozen=True)
class FedItems:
    """`figures`: item code to the figure that the item takes, where this version's item can take it."""

    spec: ScaleSpec
    figures: Mapping[str, Figure]

    @classmethod
    def of(cls, review) -> "FedItems":
        """One query."""
        spec = review.version.to_spec()
        rows = ScaleFigure.objects.filter(scale_id=review.version.scale_id)
        named = {row.item_code: Figure(row.figure) for row in rows if row.item_code in spec.items_by_code}
        return cls(spec, {code: one for code, one in named.items() if fits(one, spec.item(code))})

    def of_sheet(self, sheet: str) -> list[Item]:
        """Items that a worksheet feeds, in the order of the score sheet."""
        return [
            item
            for item in self.spec.items
            if item.code in self.figures and sheet in sheets_of(self.figures[item.code])
        ]

    @cached_property
    def phases(self) -> tuple[Component, ...]:
        """The components that a specialist's phases are chosen from."""
        for code, figure in self.figures.items():
            if figure is Figure.PHASES:
                return self.spec.item(code).components
        return ()

    @property
    def phase_codes(self) -> tuple[str, ...]:
        return tuple(component.code for component in self.phases)


def items_with_components(spec: ScaleSpec) -> list[Item]:
    """Items scored by what is in place."""
    return [item for item in spec.items if item.components]


def specialist_names(review) -> list[str]:
    """Employment specialists by their initials, as on their worksheet; one query."""
    rows = review.worksheet_rows.filter(sheet=Sheet.SPECIALISTS).values_list("cells", flat=True)
    return [cells["name"] for cells in rows if cells.get("name")]
