"""How numbers of a sum are shown: what was entered as it is, what was computed rounded without hiding where it lies."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import pairwise

from django.utils.formats import localize

from scales.spec import Item

_MOST_PLACES = 10
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)


def exact(value: Decimal) -> str:
    """A number as entered or summed, to four decimals at most."""
    return localize(_plain(_rounded(value, 4)))


def result_of(item: Item, value: Decimal, *, is_decided: bool) -> str:
    """A computed number: one decimal where it decides a score, two where the reviewers decide.

    More where fewer would show it on or across a printed bound that it is not on: 94.96 % is no 95 %.
    """
    return localize(_shown(value, _bounds(item), 1 if is_decided else 2))


def average_of_points(item: Item, value: Decimal) -> str:
    """An average of points: more decimals where two would show an exact half that it is not."""
    points = sorted(Decimal(anchor.points) for anchor in item.anchors)
    return localize(_shown(value, [(low + high) / 2 for low, high in pairwise(points)], 2))


def _bounds(item: Item) -> list[Decimal]:
    """Where one score passes into the next; specialist by specialist also half-way between two anchors."""
    printed = {
        bound for anchor in item.anchors for bound in (anchor.lower, anchor.upper) if bound is not None
    }
    halves = {(low + high) / 2 for low, high in pairwise(sorted(printed))} if item.per_specialist else set()
    return sorted(printed | halves)


def _shown(value: Decimal, bounds: Iterable[Decimal], places: int) -> Decimal:
    bounds = tuple(bounds)
    sides = [value.compare(bound) for bound in bounds]
    for more in range(places, _MOST_PLACES):
        rounded = _rounded(value, more)
        if [rounded.compare(bound) for bound in bounds] == sides:
            return _plain(rounded)
    return _plain(_rounded(value, _MOST_PLACES))


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), context=_WIDE)


def _plain(value: Decimal) -> Decimal:
    """Without zeros at its end: 20 and not 20.00, nor 2E+1."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
