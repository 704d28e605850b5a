"""The quarters of a site as its page shows them, and a pasted table as it is looked at before it is loaded."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from programs.models import QuarterlyOutcome
from programs.outcomes.reading import COLUMNS, NUMBERS, Counted, Quarter, ReadRow, ReadTable
from programs.outcomes.words import HEADINGS, MORE_IN_WORK, problem_words

FIRST_CELLS = 10


@dataclass(frozen=True)
class QuarterLine:
    """`share`, `rate`: in words, "not defined" where they are. `new_definition`: its words, where it changed here."""

    row: QuarterlyOutcome
    share: str
    rate: str
    new_definition: str


def percent(share: float | None) -> str:
    if share is None:
        return _("not defined")
    return _("%(number)s %%") % {"number": number_format(round(share * 100))}


def per_hundred(rate: float | None) -> str:
    return _("not defined") if rate is None else number_format(round(rate * 100))


def newest_first(rows: Sequence[QuarterlyOutcome]) -> list[QuarterLine]:
    """`rows`: oldest first."""
    changes = definition_changes(rows)
    return [
        QuarterLine(
            row, percent(row.share_in_work), per_hundred(row.starts_per_person), changes.get(row.pk, "")
        )
        for row in reversed(rows)
    ]


def definition_changes(rows: Iterable[QuarterlyOutcome]) -> dict[int, str]:
    """Number of a quarter to the words of its definition, where that is not the one of the counts before."""
    changes, before = {}, None
    for row in rows:
        if row.starts_by_definition is None:
            continue
        if before not in (None, row.definition_id):
            changes[row.pk] = str(row.definition)
        before = row.definition_id
    return changes


@dataclass(frozen=True)
class PreviewCell:
    id: str
    heading: str
    text: str
    problem: str


@dataclass(frozen=True)
class PreviewRow:
    """`standing`: what loading does to this quarter. `warning`: what to look at again, "" where nothing."""

    line: int
    cells: tuple[PreviewCell, ...]
    standing: str
    warning: str

    @property
    def is_bad(self) -> bool:
        return any(cell.problem for cell in self.cells)


@dataclass(frozen=True)
class Preview:
    headings: tuple[str, ...]
    rows: tuple[PreviewRow, ...]
    bad: int
    differing: int
    problem: str

    @property
    def first_bad_cells(self) -> list[tuple[PreviewRow, PreviewCell]]:
        """For the summary; all of them stand beside their cells."""
        bad = [(row, cell) for row in self.rows for cell in row.cells if cell.problem]
        return bad[:FIRST_CELLS]


def preview_of(table: ReadTable, stored: Mapping[Quarter, Counted]) -> Preview:
    lacking = {name for row in table.rows for name in row.problems}
    columns = [name for name in COLUMNS if name in table.columns or name in lacking]
    return Preview(
        headings=tuple(str(HEADINGS[name]) for name in columns),
        rows=tuple(_preview_row(row, columns, stored) for row in table.rows),
        bad=len(table.bad),
        differing=sum(_differs(row, stored) for row in table.rows),
        problem=problem_words(table.problem) if table.problem else "",
    )


def _preview_row(row: ReadRow, columns: Sequence[str], stored: Mapping[Quarter, Counted]) -> PreviewRow:
    cells = tuple(
        PreviewCell(
            id=f"line-{row.line}-{name}",
            heading=str(HEADINGS[name]),
            text=row.typed.get(name, ""),
            problem=problem_words(row.problems[name], row.quarter) if name in row.problems else "",
        )
        for name in columns
    )
    is_counted = not row.problems and row.counted.more_in_work_than_on_caseload
    warning = str(MORE_IN_WORK) if is_counted else ""
    return PreviewRow(row.line, cells, _standing(row, stored), warning)


def _standing(row: ReadRow, stored: Mapping[Quarter, Counted]) -> str:
    if row.problems:
        return ""
    if row.quarter not in stored:
        return _("new")
    if not _differs(row, stored):
        return _("the same as entered")
    there = stored[row.quarter]
    parts = [
        f"{HEADINGS[name]}: {_('not known') if number is None else number_format(number)}"
        for name in NUMBERS
        if (number := getattr(there, name)) != getattr(row.counted, name)
    ]
    if not parts:
        return _("entered already, with another note or definition")
    return _("entered already, with %(numbers)s") % {"numbers": ", ".join(parts)}


def _differs(row: ReadRow, stored: Mapping[Quarter, Counted]) -> bool:
    return not row.problems and row.quarter in stored and row.counted != stored[row.quarter]
