"""Two people changed the same part of a draft: put together what does not clash, and tell what does.

`base` is the part as both opened it, as plain JSON values (`plain`), for it comes back from the page. Rows are told
apart by code, points, item or label; where they have none of these, the list as a whole was changed or was not.
"""

import json
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum

from scales.differences import row_key
from scales.parts import canonical


class Winner(StrEnum):
    """Whose words stay where both changed the same thing."""

    MINE = "mine"
    THEIRS = "theirs"


def plain(value: object) -> object:
    """A part of a definition as JSON values."""
    return json.loads(canonical(value))


def merged(base: object, theirs: object, mine: object, winner: Winner) -> object:
    """What both changed, together.

    Where it is the same for either winner, nothing clashed: base "a b", theirs "A b" and mine "a B" in two fields
    make "A B".
    """
    if plain(theirs) == plain(mine) or plain(mine) == base:
        return theirs
    if plain(theirs) == base:
        return mine
    if (
        is_dataclass(theirs)
        and not isinstance(theirs, type)
        and type(theirs) is type(mine)
        and isinstance(base, dict)
    ):
        return replace(
            theirs,
            **{
                field.name: merged(
                    base.get(field.name), getattr(theirs, field.name), getattr(mine, field.name), winner
                )
                for field in fields(theirs)
            },
        )
    if isinstance(theirs, tuple) and isinstance(mine, tuple) and isinstance(base, list):
        rows = _by_key(base), _by_key(theirs), _by_key(mine)
        if (
            rows[0] is not None
            and rows[1] is not None
            and rows[2] is not None
            and not _both_renamed(rows[0], rows[1], rows[2])
        ):
            return _merged_rows(rows[0], rows[1], rows[2], winner)
    return mine if winner is Winner.MINE else theirs


def _merged_rows(
    base: dict[str, object], theirs: dict[str, object], mine: dict[str, object], winner: Winner
) -> tuple[object, ...]:
    """Mine in my order, unless only they changed the order; what is new with them stands after what was before it."""
    kept: dict[str, object] = {}
    first, second = (theirs, mine) if _order(mine, base) == _order(base, mine) else (mine, theirs)
    for key in _interleaved(list(first), list(second)):
        if key in theirs and key in mine:
            kept[key] = merged(base.get(key), theirs[key], mine[key], winner)
        elif key not in base:
            kept[key] = theirs[key] if key in theirs else mine[key]
        else:
            # One removed it. It stays where the other changed it, and wins.
            changed, by = (theirs[key], Winner.THEIRS) if key in theirs else (mine[key], Winner.MINE)
            if plain(changed) != base[key] and by is winner:
                kept[key] = changed
    return tuple(kept.values())


def _both_renamed(base: dict[str, object], theirs: dict[str, object], mine: dict[str, object]) -> bool:
    """Whether both may have given one row a new key: it is gone on both sides, and both have a new one."""
    gone = any(key not in theirs and key not in mine for key in base)
    return gone and any(key not in base for key in theirs) and any(key not in base for key in mine)


def _interleaved(first: list[str], second: list[str]) -> list[str]:
    """The keys of the first list, and after its neighbour each key that only the second has."""
    keys = list(first)
    for place, key in enumerate(second):
        if key not in keys:
            before = next((one for one in reversed(second[:place]) if one in keys), None)
            keys.insert(0 if before is None else keys.index(before) + 1, key)
    return keys


def _order(rows: dict[str, object], among: dict[str, object]) -> list[str]:
    return [key for key in rows if key in among]


def _by_key(rows: object) -> dict[str, object] | None:
    """Key to row; None where a row has no key of its own, or two have the same."""
    if not isinstance(rows, tuple | list):
        return None
    keys = [row_key(row) for row in rows]
    if None in keys or len(set(keys)) < len(keys):
        return None
    return {str(key): row for key, row in zip(keys, rows, strict=True)}
