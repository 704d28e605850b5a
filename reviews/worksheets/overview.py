"""How far the worksheets of a visit are: how many rows, who changed them last, which items they feed."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from reviews.models import Sheet
from reviews.worksheets.items import FedItems, items_with_components
from scales.spec import Item


@dataclass(frozen=True)
class SheetLine:
    """`changed_at`, `changed_by`: the last change of what is there; None while nothing is."""

    sheet: Sheet
    rows: int
    changed_at: datetime | None
    changed_by: str
    items: list[Item]


@dataclass(frozen=True)
class ComponentsLine:
    """`looked_at`: how many items have something ticked, or are said to have nothing in place."""

    looked_at: int
    changed_at: datetime | None
    changed_by: str
    items: list[Item]


def sheet_lines(review, fed: FedItems) -> list[SheetLine]:
    """One line per worksheet that feeds an item of this review; two queries."""
    rows = review.worksheet_rows
    counts = dict(rows.order_by().values_list("sheet").annotate(rows=Count("pk")))
    latest = {
        row.sheet: row
        for row in rows.select_related("updated_by").order_by("sheet", "-updated_at").distinct("sheet")
    }
    lines = []
    for sheet in Sheet:
        if items := fed.of_sheet(sheet):
            last = latest.get(sheet)
            lines.append(
                SheetLine(
                    sheet,
                    counts.get(sheet, 0),
                    last and last.updated_at,
                    last.updated_by.name if last else "",
                    items,
                )
            )
    return lines


def components_line(review, fed: FedItems) -> ComponentsLine:
    """One query."""
    items = items_with_components(fed.spec)
    codes = {item.code for item in items}
    kept = [
        row
        for row in review.facts.select_related("item", "updated_by")
        if row.item.code in codes and ("present" in row.entries or "notes" in row.entries)
    ]
    last = max(kept, key=lambda row: row.updated_at, default=None)
    return ComponentsLine(
        sum("present" in row.entries for row in kept),
        last and last.updated_at,
        last.updated_by.name if last else "",
        items,
    )
