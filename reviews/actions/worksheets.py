"""Keep the team's worksheets: save rows as they are typed, take rows away, load a pasted table."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.models import Review, WorksheetRow
from reviews.permissions import may_work_on_visit
from reviews.worksheets.reading import MOST_ROWS

logger = logging.getLogger(__name__)

# Places lie this far apart, so that each new row on a page can carry a place that no other page offers.
STEP = 10_000


class TooManyRows(Exception):
    """The worksheet would hold more rows than a visit can bring."""


@dataclass(frozen=True)
class RowChange:
    """One row as read, without a wrong cell.

    `pk`: of a row that was there when the page was opened. Without it the row is new, and `place` is where its page
    put it: the same new row sent twice, as after a lost answer, is added once. `based_on`: revision that the page
    showed, 0 for a new row.
    """

    cells: Mapping[str, str]
    based_on: int
    pk: int | None = None
    place: int | None = None


@dataclass(frozen=True)
class RowOutcome:
    """`row`: as it stands now, None where someone took it away. `is_saved`: False where it was changed meanwhile."""

    row: WorksheetRow | None
    is_saved: bool


@transaction.atomic
def save_worksheet(*, review: Review, sheet: str, rows: Sequence[RowChange], by) -> list[RowOutcome]:
    """Save rows, each on its own: one that someone else changed meanwhile is left as it stands, the others are saved.

    Saving the same again changes nothing. Raises `NotNow`, `TooManyRows`.
    """
    review = _locked(review, by)
    stored = {row.pk: row for row in _rows(review, sheet)}
    by_place = {row.place: row for row in stored.values()}
    new = sum(change.pk is None and change.place not in by_place for change in rows)
    if new and len(stored) + new > MOST_ROWS:
        raise TooManyRows
    lowest = next_place(stored.values()) + MOST_ROWS * STEP
    outcomes = []
    for change in rows:
        row = stored.get(change.pk) if change.pk is not None else by_place.get(change.place)
        if row is None and (change.pk is not None or change.based_on):
            outcomes.append(RowOutcome(None, is_saved=False))
        elif row is None:
            row = WorksheetRow(review=review, sheet=sheet, place=min(change.place, lowest))
            outcomes.append(RowOutcome(_write(row, change.cells, by), is_saved=True))
        else:
            outcomes.append(_change(row, change, by))
    return outcomes


@transaction.atomic
def remove_row(*, review: Review, sheet: str, pk: int, based_on: int, by) -> WorksheetRow | None:
    """Take a row away; None where it was gone already. Raises `NotNow`, and `ChangedMeanwhile` where it was changed."""
    review = _locked(review, by)
    row = _rows(review, sheet).filter(pk=pk).first()
    if row is None:
        return None
    if row.revision != based_on:
        raise ChangedMeanwhile
    row.delete()
    logger.info("worksheet row removed: review %s sheet %s row %s", review.pk, sheet, pk)
    return row


@transaction.atomic
def load_worksheet(
    *, review: Review, sheet: str, rows: Iterable[Mapping[str, str]], replace: bool, based_on: str, by
) -> int:
    """Add a whole table below what is there, or put it in the place of what is there; how many rows were loaded.

    `based_on`: `state_of` the worksheet when the table was looked at. Raises `NotNow`, `TooManyRows`, and
    `ChangedMeanwhile` where rows are to be replaced, or this very table was added, since then.
    """
    review = _locked(review, by)
    stored = _rows(review, sheet)
    if based_on != state_of(stored):
        raise ChangedMeanwhile
    rows = list(rows)
    if len(rows) + (0 if replace else len(stored)) > MOST_ROWS:
        raise TooManyRows
    first = next_place(stored)
    if replace:
        stored.delete()
    WorksheetRow.objects.bulk_create(
        WorksheetRow(
            review=review,
            sheet=sheet,
            place=first + number * STEP,
            cells=dict(cells),
            revision=1,
            updated_by=by,
        )
        for number, cells in enumerate(rows)
    )
    logger.info("worksheet loaded: review %s sheet %s rows %s", review.pk, sheet, len(rows))
    return len(rows)


def state_of(rows: Iterable[WorksheetRow]) -> str:
    """Tells a worksheet from the same worksheet after any change."""
    rows = list(rows)
    return "-".join(
        str(number)
        for number in (
            len(rows),
            max((row.pk for row in rows), default=0),
            sum(row.revision for row in rows),
            sum(row.pk for row in rows),
        )
    )


def next_place(rows: Iterable[WorksheetRow]) -> int:
    """The first place below all rows."""
    return (max((row.place for row in rows), default=0) // STEP + 1) * STEP


def _locked(review: Review, by) -> Review:
    """The review, locked against other changes of its worksheets; ratings may be saved meanwhile."""
    review = Review.objects.select_for_update(of=("self",), no_key=True).with_details().get(pk=review.pk)
    if not may_work_on_visit(by, review):
        raise NotNow
    return review


def _rows(review: Review, sheet: str):
    return (
        review.worksheet_rows.select_for_update(of=("self",)).select_related("updated_by").filter(sheet=sheet)
    )


def _change(row: WorksheetRow, change: RowChange, by) -> RowOutcome:
    if row.cells == change.cells:
        return RowOutcome(row, is_saved=True)
    # The answer to a new row's first save may be lost: its page goes on from nothing, and the row is its own.
    is_own_new_row = (
        change.pk is None and change.based_on == 0 and row.revision == 1 and row.updated_by_id == by.pk
    )
    if row.revision != change.based_on and not is_own_new_row:
        return RowOutcome(row, is_saved=False)
    return RowOutcome(_write(row, change.cells, by), is_saved=True)


def _write(row: WorksheetRow, cells: Mapping[str, str], by) -> WorksheetRow:
    row.cells, row.updated_by = dict(cells), by
    row.revision += 1
    row.save()
    return row
