"""The classic score sheet of one review, items below each other, turned into a table of one row."""

from collections import Counter
from collections.abc import Mapping, Sequence

from reviews.importing.columns import HEADINGS, ITEM, LINES_TO_LOOK_AT, Field, guess, headings_known, plain
from reviews.importing.tables import Line
from scales.spec import ScaleSpec

# What the column of the scores is called where there are several, such as one per reviewer.
_AGREED = {"agreed", "agreedscore", "consensus", "consensusscore", "final", "finalscore", "score", "rating"}


def turned(
    lines: Sequence[Line], spec: ScaleSpec, extra: Mapping[str, Field] | None = None
) -> tuple[Line, ...] | None:
    """A line of headings and one of cells; None where the lines are no such sheet.

    Site, dates and the like are read from lines such as "Site | Quayside Surgery" or "Site: Quayside Surgery" above
    or below the items. `extra`: as in `find_heads`.
    """
    known = headings_known(spec, extra or {})
    if any(_has_many_items(guess(line.cells, known), spec) for line in lines[:LINES_TO_LOOK_AT]):
        return None
    items = _items(lines, known)
    if len(items) * 2 < len(spec.items):
        return None
    column = _column_of_scores(lines, items, spec)
    if column is None:
        return None
    found = _facts(lines, items, {**HEADINGS, **(extra or {})}, column)
    found |= {code: lines[place].cells[column] for code, place in items.items()}
    for field in (Field.SITE, Field.STARTS):
        found.setdefault(field.value, "")
    first = lines[min(items.values())].number
    return Line(first, tuple(_heading(code, spec) for code in found)), Line(first, tuple(found.values()))


def _heading(code: str, spec: ScaleSpec) -> str:
    """One that is understood when the table is read."""
    if not code.startswith(ITEM):
        return next(heading for heading, field in HEADINGS.items() if field == code)
    item = spec.item(code.removeprefix(ITEM))
    return f"{item.number} {item.short_title}"


def _has_many_items(codes: Sequence[str], spec: ScaleSpec) -> bool:
    return sum(code.startswith(ITEM) for code in codes) * 2 >= len(spec.items)


def _items(lines: Sequence[Line], known: Mapping[str, str]) -> dict[str, int]:
    """Code of an item to the place of the first line that begins with it."""
    found: dict[str, int] = {}
    for place, line in enumerate(lines):
        start = next((cell for cell in line.cells if cell), "")
        code = guess([start], known)[0]
        if code.startswith(ITEM):
            found.setdefault(code, place)
    return found


def _column_of_scores(lines: Sequence[Line], items: Mapping[str, int], spec: ScaleSpec) -> int | None:
    """The column with most scores beside items; of several such the one called the agreed one, else the last."""
    allowed = {str(points) for points in range(spec.minimum, spec.maximum + 1)}
    counted: Counter[int] = Counter()
    for place in items.values():
        cells = lines[place].cells
        start = next(number for number, cell in enumerate(cells) if cell)
        counted.update(
            number
            for number, cell in enumerate(cells)
            if number > start and cell.removesuffix(".0") in allowed
        )
    most = max(counted.values(), default=0)
    if most * 2 < len(items):
        return None
    first = min(items.values())
    named = {
        number
        for line in lines[:first]
        for number, cell in enumerate(line.cells)
        if plain(cell) in _AGREED and counted[number] * 2 >= len(items)
    }
    return max(named or {number for number, count in counted.items() if count * 10 >= most * 9})


def _facts(
    lines: Sequence[Line], items: Mapping[str, int], fields: Mapping[str, Field], column: int
) -> dict[str, str]:
    """Code of a field to its text."""
    found: dict[str, str] = {}
    for place, line in enumerate(lines):
        filled = [cell for cell in line.cells if cell]
        if place in items.values() or not filled:
            continue
        label, _colon, beside = filled[0].partition(":")
        field = fields.get(plain(label))
        if field is None:
            continue
        values = [line.cells[column]] if field is Field.TOTAL else []
        values += [beside.strip(), *filled[1:]]
        text = next((value for value in values if value), "")
        if text:
            found.setdefault(field.value, text)
    return found
