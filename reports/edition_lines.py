"""What a report says of its own editions: what a correction changed, and that an edition was withdrawn."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ChangeLine:
    """What a correction changed in one place. `item_number` None: not in an item. `field`: code; "" before: nothing.

    Of a long text, `before` and `after` are the passages that differ, with a few words around them.
    """

    item_number: int | None
    item_title: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class WithdrawnLine:
    """That an edition no longer holds. Not among what issuing froze: it is put into the copies given out since."""

    on: date
    by: str
    reason: str
