"""Which scores the number, count or average of an item points to, before any yes/no question is asked.

Items 17, 18 and 24 of the IPS-25 rate each employment specialist, average and take the closest scale point
(Supported Employment Fidelity Scale, 7 January 2008). The scale does not say what an exact half becomes, nor
whether points or numbers are averaged; where that makes a difference both scores stay in question.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scales.bounds import closest_points, points_around, points_closest, points_for_count, points_holding
from scales.facts import Facts, SpecialistFacts, number_of
from scales.spec import Item, Reading
from scales.suggestion import (
    Average,
    AverageOf,
    Count,
    Fact,
    LeftOut,
    Missing,
    Percentage,
    Quotient,
    Reason,
    Relieved,
    SpecialistPoints,
    Step,
    shown,
)

# Scores in question, highest first; none where no anchor takes the number.
Candidates = tuple[int, ...]


@dataclass(frozen=True)
class Placement:
    """What the facts say by number, count or average alone.

    `possible`: the candidates; where a fact is `missing`, those of every way it can turn out. `reachable`:
    scores that a drop for an unmet condition may land on. `undecided`: why there is more than one candidate
    although no fact is missing.
    """

    possible: tuple[Candidates, ...]
    reachable: frozenset[int]
    undecided: Reason = Reason.BETWEEN_ANCHORS
    missing: tuple[Missing, ...] = ()
    steps: tuple[Step, ...] = ()
    specialist_points: tuple[SpecialistPoints, ...] = ()

    @property
    def by_number(self) -> int | None:
        """The one score that the facts point to, if they point to one."""
        candidates = self.possible[0]
        return candidates[0] if len(candidates) == 1 and not self.missing else None


def place(item: Item, facts: Facts) -> Placement:
    """The scores that checked facts point to. A judgement that is not made per specialist has no number."""
    if item.reading is Reading.COMPONENTS:
        return _place_by_count(item, facts)
    if item.per_specialist:
        return _place_by_specialists(item, facts)
    if item.reading is Reading.JUDGEMENT:
        reachable = frozenset(anchor.points for anchor in item.anchors if anchor.requires)
        return Placement((_descending(reachable)[:1],), reachable)
    return _place_by_number(item, facts)


def _place_by_number(item: Item, facts: Facts) -> Placement:
    reachable = _points_with_bounds(item)
    number = number_of(item.reading, facts.part, facts.whole, facts.value)
    if number is None:
        missing = _missing_numbers(item, facts.part, facts.whole, None)
        return Placement(_each_of(reachable), reachable, missing=missing)
    held = points_holding(item.anchors, number)
    return Placement(
        possible=(held or points_around(item.anchors, number),),
        reachable=reachable,
        undecided=Reason.IN_TWO_ANCHORS if held else Reason.BETWEEN_ANCHORS,
        steps=_division(item, facts.part, facts.whole, number, None),
    )


def _place_by_count(item: Item, facts: Facts) -> Placement:
    counted = frozenset(anchor.points for anchor in item.anchors if anchor.has_count)
    if facts.present is None:
        every_count = range(len(item.components) + 1)
        possible = tuple(points_for_count(item.anchors, count) for count in every_count)
        return Placement(possible, counted.union(*possible), missing=(Missing(Fact.PRESENT),))
    points = points_for_count(item.anchors, len(facts.present))
    return Placement(
        possible=(points,),
        reachable=counted | set(points),
        steps=(Count(present=len(facts.present), of=len(item.components)),),
    )


@dataclass(frozen=True)
class _Read:
    """One specialist, read: the exact number and what it points to; `steps` and `missing` as they arose."""

    number: Fraction | None = None
    points: tuple[int, ...] = ()
    has_few_seekers: bool = False
    is_left_out: bool = False
    lies_between: bool = False
    steps: tuple[Step, ...] = ()
    missing: tuple[Missing, ...] = ()


def _place_by_specialists(item: Item, facts: Facts) -> Placement:
    every = frozenset(anchor.points for anchor in item.anchors)
    reachable = every if item.reading is Reading.JUDGEMENT else _points_with_bounds(item)
    read = [_read_specialist(item, one, place) for place, one in enumerate(facts.specialists)]
    rated = [one for one in read if not one.is_left_out]
    steps = tuple(step for one in read for step in one.steps)
    points = tuple(
        SpecialistPoints(given.label, one.points, None if one.number is None else shown(one.number))
        for given, one in zip(facts.specialists, read, strict=True)
    )
    missing = tuple(fact for one in rated for fact in one.missing)
    if not rated:
        missing = (Missing(Fact.SPECIALISTS),)
    if missing:
        return Placement(
            _each_of(reachable), reachable, missing=missing, steps=steps, specialist_points=points
        )
    if not all(one.points for one in rated):
        return Placement(((),), reachable, steps=steps, specialist_points=points)

    by_points = _average_points(every, rated)
    by_numbers = _average_numbers(item, rated)
    first, second = _scores_of(every, by_points), {point for one in by_numbers for point in one.points}
    return Placement(
        possible=(_descending(first | second),),
        reachable=reachable | first | second,
        undecided=_why_undecided(first, second, rated),
        steps=(*steps, *by_points, *by_numbers),
        specialist_points=points,
    )


def _read_specialist(item: Item, facts: SpecialistFacts, place: int) -> _Read:
    """Read one specialist: `few_seekers` first, then the anchors.

    A number in a printed gap counts as the closest anchor, as the scale asks for the closest point; half-way
    between two, or in two anchors, it counts as both.
    """
    relief, seekers = item.few_seekers, facts.job_seekers
    has_few_seekers = relief is not None and seekers is not None and seekers < relief.fewer_than
    if has_few_seekers and not seekers:
        return _Read(is_left_out=True, steps=(LeftOut(place),))
    number = number_of(item.reading, facts.part, facts.whole, facts.value)
    if number is None:
        return _Read(missing=_missing_numbers(item, facts.part, facts.whole, place))
    steps = _division(item, facts.part, facts.whole, number, place)
    if item.reading is Reading.JUDGEMENT:
        return _Read(number, (int(number),), steps=steps)
    points = points_closest(item.anchors, number)
    if has_few_seekers and relief is not None and seekers is not None:
        needed = relief.times * seekers
        steps = (*steps, Relieved(specialist=place, job_seekers=seekers, needed=needed))
        if number >= needed:
            points = (max(anchor.points for anchor in item.anchors),)
    return _Read(
        number,
        points,
        has_few_seekers=has_few_seekers,
        lies_between=len(points) > 1 and not points_holding(item.anchors, number),
        steps=steps,
    )


def _average_points(every: frozenset[int], rated: Sequence[_Read]) -> tuple[Average, ...]:
    """The published rule: points averaged; twice where a specialist lies half-way between two scores."""
    lowest = [Fraction(one.points[-1]) for one in rated]
    highest = [Fraction(one.points[0]) for one in rated]
    if lowest == highest:
        return (_average(AverageOf.POINTS, lowest, every),)
    return (
        _average(AverageOf.LOWEST_POINTS, lowest, every),
        _average(AverageOf.HIGHEST_POINTS, highest, every),
    )


def _average_numbers(item: Item, rated: Sequence[_Read]) -> tuple[Average, ...]:
    """The other way to read the rule: the numbers averaged, then the closest anchor.

    Only where all specialists are read alike: few job seekers make another number enough for the top anchor.
    """
    numbers = [one.number for one in rated if one.number is not None]
    if item.reading is Reading.JUDGEMENT or any(one.has_few_seekers for one in rated):
        return ()
    mean = sum(numbers, Fraction()) / len(numbers)
    return (
        Average(
            of=AverageOf.NUMBERS,
            values=tuple(shown(number) for number in numbers),
            result=shown(mean),
            points=points_closest(item.anchors, mean),
        ),
    )


def _average(of: AverageOf, values: Sequence[Fraction], every: frozenset[int]) -> Average:
    mean = sum(values, Fraction()) / len(values)
    return Average(
        of=of,
        values=tuple(shown(value) for value in values),
        result=shown(mean),
        points=closest_points(every, mean),
    )


def _scores_of(every: frozenset[int], averages: Iterable[Average]) -> frozenset[int]:
    """Every score from the lowest to the highest that averages of points come closest to."""
    points = [point for average in averages for point in average.points]
    return frozenset(point for point in every if min(points) <= point <= max(points))


def _why_undecided(by_points: frozenset[int], by_numbers: set[int], rated: Sequence[_Read]) -> Reason:
    if not by_numbers <= by_points:
        return Reason.READINGS_DIFFER
    if all(len(one.points) == 1 for one in rated):
        return Reason.EXACT_HALF
    return Reason.BETWEEN_ANCHORS if any(one.lies_between for one in rated) else Reason.IN_TWO_ANCHORS


def _division(
    item: Item, part: Decimal | None, whole: Decimal | None, number: Fraction, specialist: int | None
) -> tuple[Step, ...]:
    if part is None or whole is None:
        return ()
    if item.reading is Reading.RATIO:
        return (Quotient(part, whole, shown(number), specialist),)
    return (Percentage(part, whole, shown(number), specialist),) if item.reading is Reading.PERCENTAGE else ()


def _missing_numbers(
    item: Item, part: Decimal | None, whole: Decimal | None, specialist: int | None
) -> tuple[Missing, ...]:
    if item.reading not in (Reading.RATIO, Reading.PERCENTAGE):
        return (Missing(Fact.VALUE, specialist),)
    needed = ((Fact.PART, part), (Fact.WHOLE, whole or None))
    return tuple(Missing(fact, specialist) for fact, number in needed if number is None)


def _points_with_bounds(item: Item) -> frozenset[int]:
    return frozenset(anchor.points for anchor in item.anchors if anchor.has_bounds)


def _each_of(points: Iterable[int]) -> tuple[Candidates, ...]:
    return tuple((point,) for point in _descending(points)) or ((),)


def _descending(points: Iterable[int]) -> Candidates:
    return tuple(sorted(points, reverse=True))
