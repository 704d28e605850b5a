"""Arithmetic on scores: totals and bands, the gap that a setting explains, what changed since last time.

Everywhere `scores` maps item code to score, None or no key where the item is unrated. Whole points only,
within the `minimum` and `maximum` of the spec; anything else raises `ScoreOutOfRange`, an item that the scale
does not have `UnknownItem`. Totals are sums of points (Supported Employment Fidelity Scale, 7 January 2008);
no published rule prorates one, so a total with unrated items carries the range it can become and none is ever
filled in. How a gap is shared between setting and service is this project's own reading (design notes,
section 5).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scales.spec import Band, Item, ProfileSpec, ScaleSpec

Scores = Mapping[str, int | None]


class ScoreOutOfRange(ValueError):
    """A score that the scale does not have: not a whole number, or outside `minimum` to `maximum`."""

    def __init__(self, item_code: str, score: object, minimum: int, maximum: int) -> None:
        super().__init__(f"{item_code}: {score!r} is not a whole score from {minimum} to {maximum}")
        self.item_code = item_code
        self.score = score
        self.minimum = minimum
        self.maximum = maximum


class UnknownItem(ValueError):
    """An item code that is not of this scale version."""

    def __init__(self, item_code: str) -> None:
        super().__init__(f"{item_code!r} is not an item of this scale version")
        self.item_code = item_code


class TotalOutsideBands(ValueError):
    """A total that no band of the scale version holds."""

    def __init__(self, total: int) -> None:
        super().__init__(f"no band holds a total of {total}")
        self.total = total


@dataclass(frozen=True)
class Subtotal:
    """The points of some items, and what they can become once the unrated ones are rated.

    `points`: sum of the rated items. `rated`, `unrated`: how many items. `lowest`, `highest`: the sum if
    every unrated item got the scale's minimum, or its maximum. `maximum`: the most these items can ever sum
    to.
    """

    points: int
    rated: int
    unrated: int
    lowest: int
    highest: int
    maximum: int

    @property
    def is_complete(self) -> bool:
        return self.unrated == 0


@dataclass(frozen=True)
class Total(Subtotal):
    """The points of the whole scale.

    `band`: named only when `lowest` and `highest` lie in the same one. `possible_bands`: every band that the
    range touches, in the order of the spec.
    """

    band: Band | None
    possible_bands: tuple[Band, ...]


@dataclass(frozen=True)
class Gap:
    """The points between a score and the maximum, and how they are shared between setting and service.

    The setting accounts for `setting_lowest` to `setting_highest` of them; `open_lowest` to `open_highest`
    are open to the service. The ends mirror each other: `setting_lowest + open_highest == gap` and
    `setting_highest + open_lowest == gap`.
    """

    gap: int
    setting_lowest: int
    setting_highest: int
    open_lowest: int
    open_highest: int


def total(spec: ScaleSpec, scores: Scores) -> Total:
    """Sum the scores of a scale, with the range the sum can become and the band where that is certain.

    Of 25 items 22 summing to 79 become 82 to 94, which is one band; 22 summing to 93 become 96 to 108, which
    is two, so no band is named.
    """
    checked = _checked(spec, scores)
    sum_of_all = _subtotal(spec, checked, spec.items)
    lowest, highest = sum_of_all.lowest, sum_of_all.highest
    possible = tuple(band for band in spec.bands if band.lowest <= highest and band.highest >= lowest)
    certain = (band for band in possible if band.lowest <= lowest and highest <= band.highest)
    return Total(**vars(sum_of_all), band=next(certain, None), possible_bands=possible)


def section_totals(spec: ScaleSpec, scores: Scores) -> dict[str, Subtotal]:
    """The subtotal of every section, by section code, in the order of the score sheet."""
    checked = _checked(spec, scores)
    return {section.code: _subtotal(spec, checked, section.items) for section in spec.sections}


def principle_totals(spec: ScaleSpec, scores: Scores) -> dict[str, Subtotal]:
    """The subtotal of every principle, by principle code, in the order of the spec.

    An item counts under each principle it serves, so these do not add up to the total. Which item serves
    which principle is data of the scale version.
    """
    checked = _checked(spec, scores)
    return {
        principle.code: _subtotal(
            spec, checked, (item for item in spec.items if principle.code in item.principles)
        )
        for principle in spec.principles
    }


def band_of(spec: ScaleSpec, total: int) -> Band:
    """The band of a total in which every item is rated. Raises `TotalOutsideBands` where there is none."""
    for band in spec.bands:
        if band.lowest <= total <= band.highest:
            return band
    raise TotalOutsideBands(total)


def gap(spec: ScaleSpec, profile: ProfileSpec, item_code: str, score: int | None) -> Gap | None:
    """How the gap of one item is shared between the setting and the service; None while the item is unrated.

    With the gap of `maximum - score` points and an expected loss of a to b points, the setting accounts for
    min(gap, a) to min(gap, b) and the rest is open: a score of 2 where the setting costs 2 to 3 points leaves
    a gap of 3, of which 2 to 3 belong to the setting and 0 to 1 are open.
    """
    check_score(spec, item_code, score)
    if score is None:
        return None
    points = spec.maximum - score
    least, most = (min(points, loss) for loss in profile.loss(item_code))
    return Gap(
        gap=points,
        setting_lowest=least,
        setting_highest=most,
        open_lowest=points - most,
        open_highest=points - least,
    )


def gap_totals(spec: ScaleSpec, profile: ProfileSpec, scores: Scores) -> Gap:
    """The gaps of all rated items added up, end by end; unrated items have no gap and add nothing."""
    checked = _checked(spec, scores)
    gaps = [found for code, score in checked.items() if (found := gap(spec, profile, code, score))]
    return Gap(
        gap=sum(one.gap for one in gaps),
        setting_lowest=sum(one.setting_lowest for one in gaps),
        setting_highest=sum(one.setting_highest for one in gaps),
        open_lowest=sum(one.open_lowest for one in gaps),
        open_highest=sum(one.open_highest for one in gaps),
    )


def attainable(spec: ScaleSpec, profile: ProfileSpec) -> tuple[int, int]:
    """Lowest and highest total of a service that loses only what the setting costs it.

    98 to 107 of 125 in primary care as published for England. No item falls under the scale's minimum.
    """
    losses = [profile.loss(item.code) for item in spec.items]
    return (
        sum(max(spec.minimum, spec.maximum - most) for _, most in losses),
        sum(max(spec.minimum, spec.maximum - least) for least, _ in losses),
    )


def change(spec: ScaleSpec, scores: Scores, previous: Scores) -> dict[str, int | None]:
    """Points gained (or lost, below 0) per item since a previous review; None unless both rated it.

    Joined by item code, so the previous review may have used another wording of the scale; what it scored
    beyond the items of `spec` is left out.
    """
    now = _checked(spec, scores)
    before = _checked(spec, {code: score for code, score in previous.items() if code in spec.items_by_code})
    return {code: _difference(now[code], before[code]) for code in now}


def check_score(spec: ScaleSpec, item_code: str, score: int | None) -> None:
    """Raise `UnknownItem` or `ScoreOutOfRange` for what the scale does not have; None is unrated, and fine."""
    if item_code not in spec.items_by_code:
        raise UnknownItem(item_code)
    if score is None:
        return
    # A bool is an int to Python, but a yes is not a score of 1.
    is_whole = isinstance(score, int) and not isinstance(score, bool)
    if not is_whole or not spec.minimum <= score <= spec.maximum:
        raise ScoreOutOfRange(item_code, score, spec.minimum, spec.maximum)


def _checked(spec: ScaleSpec, scores: Scores) -> dict[str, int | None]:
    """Every item of the scale with its score, in the order of the score sheet, None where unrated."""
    for code, score in scores.items():
        check_score(spec, code, score)
    return {item.code: scores.get(item.code) for item in spec.items}


def _subtotal(spec: ScaleSpec, checked: Scores, items: Iterable[Item]) -> Subtotal:
    given = [checked[item.code] for item in items]
    rated = [score for score in given if score is not None]
    unrated = len(given) - len(rated)
    points = sum(rated)
    return Subtotal(
        points=points,
        rated=len(rated),
        unrated=unrated,
        lowest=points + unrated * spec.minimum,
        highest=points + unrated * spec.maximum,
        maximum=len(given) * spec.maximum,
    )


def _difference(now: int | None, before: int | None) -> int | None:
    return None if now is None or before is None else now - before
