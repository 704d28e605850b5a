"""Where two definitions, or two parts of one, differ: place by place, as values or as lines of a file's own words."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

Place = tuple[str, ...]


class How(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    REORDERED = "reordered"
    CHANGED = "changed"


@dataclass(frozen=True)
class Difference:
    """`before`, `after`: the values at a place that changed; for a new order, `after` lists the keys."""

    place: Place
    how: How
    before: object = None
    after: object = None


def differences_between(before: object, after: object, place: Place = ()) -> Iterator[Difference]:
    """Every place where two specs differ. Rows are told apart by code, points, item or label."""
    if dataclasses.is_dataclass(before) and type(before) is type(after):
        for field in dataclasses.fields(before):
            if field.compare:
                yield from differences_between(
                    getattr(before, field.name), getattr(after, field.name), (*place, field.name)
                )
    elif isinstance(before, tuple) and isinstance(after, tuple):
        yield from _between_rows(before, after, place)
    elif before != after:
        yield Difference(place, How.CHANGED, before, after)


def differences(before: object, after: object) -> Iterator[str]:
    """As lines that an editor of the file understands.

    `differences(a, b)` of two `ScaleSpec` yields lines such as
    `sections › staffing › items › caseload-size › anchors › 5 › descriptor: "Up to 20" is now "At most 20"`.
    """
    for found in differences_between(before, after):
        place = " › ".join(found.place)
        match found.how:
            case How.REORDERED:
                yield f"{place}: the order is now {', '.join(_keys(found.after))}"
            case How.CHANGED:
                yield f"{place}: {_quoted(found.before)} is now {_quoted(found.after)}"
            case _:
                yield f"{place}: {found.how.value}"


def _between_rows(
    before: tuple[object, ...], after: tuple[object, ...], place: Place
) -> Iterator[Difference]:
    old = {row_key(row) or str(position): row for position, row in enumerate(before, 1)}
    new = {row_key(row) or str(position): row for position, row in enumerate(after, 1)}
    if list(old) != list(new) and set(old) == set(new):
        yield Difference(place, How.REORDERED, tuple(old), tuple(new))
    for key in (key for key in old if key not in new):
        yield Difference((*place, key), How.REMOVED, before=old[key])
    for key in (key for key in new if key not in old):
        yield Difference((*place, key), How.ADDED, after=new[key])
    for key, row in old.items():
        if key in new:
            yield from differences_between(row, new[key], (*place, key))


def row_key(row: object) -> str | None:
    """What tells a row apart from its neighbours, in a spec or as JSON values; None where nothing does."""
    for name in ("code", "points", "item", "label"):
        if isinstance(row, Mapping):
            if name in row:
                return str(row[name])
        elif hasattr(row, name):
            return str(getattr(row, name))
    return row if isinstance(row, str) else None


def _keys(rows: object) -> tuple[str, ...]:
    return rows if isinstance(rows, tuple) else ()


def _quoted(value: object) -> str:
    if value is None or value == "":
        return "empty"
    return f"“{value}”" if isinstance(value, str) else str(value)
