"""What reviewers found out about an item, before it is a score, and which of it cannot be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from scales.spec import Item, Reading

# Powers of ten: far beyond any count of people, hours or days, and still quick to compute with exactly.
_LARGEST_EXPONENT = 12

_QUOTIENTS = (Reading.RATIO, Reading.PERCENTAGE)


class FactsProblem(StrEnum):
    """What is wrong with a fact."""

    NOT_FINITE = "not-finite"
    OUT_OF_RANGE = "out-of-range"
    NEGATIVE = "negative"
    WHOLE_ZERO = "whole-zero"
    PART_OVER_WHOLE = "part-over-whole"
    OVER_HUNDRED = "over-hundred"
    NOT_A_SCORE = "not-a-score"
    UNKNOWN = "unknown"


class FactsError(ValueError):
    """A fact that cannot be.

    `field`: `part`, `whole`, `value`, `job_seekers`, `present` or `answers`. `specialist`: place of the
    specialist concerned in `Facts.specialists`, from 0; None where the fact is about the whole service.
    """

    def __init__(self, field: str, code: FactsProblem, specialist: int | None = None) -> None:
        whose = "" if specialist is None else f" of specialist {specialist}"
        super().__init__(f"{field}{whose}: {code.value}")
        self.field = field
        self.code = code
        self.specialist = specialist


@dataclass(frozen=True)
class SpecialistFacts:
    """What was found for one employment specialist.

    `value`: contacts a week, or the reviewer's own points where the item is a judgement. `part`, `whole`: the
    two numbers of a percentage. `job_seekers`: people on the caseload who look for a job; None where not
    recorded, which gives no relief. None anywhere is not yet known, never zero.
    """

    label: str
    value: Decimal | None = None
    part: Decimal | None = None
    whole: Decimal | None = None
    job_seekers: int | None = None


@dataclass(frozen=True)
class Facts:
    """What was found for one item. None, or a missing key, is not yet known: never zero, never no.

    `part`, `whole`: the two numbers of a ratio or percentage. `value`: days, or contacts a week; for a ratio
    or percentage the finished number, read only where neither part nor whole is given. `present`: codes of
    the components seen. `answers`: condition code to yes or no.
    """

    part: Decimal | None = None
    whole: Decimal | None = None
    value: Decimal | None = None
    specialists: tuple[SpecialistFacts, ...] = ()
    present: frozenset[str] | None = None
    answers: Mapping[str, bool] = field(default_factory=dict)


def check_facts(item: Item, facts: Facts) -> None:
    """Raise `FactsError` for the first fact that cannot be.

    A whole of zero passes only where a whole under some number is itself an anchor, as fewer than 10 jobs are
    in item 21.
    """
    if facts.whole == 0 and item.reading in _QUOTIENTS and not _settles_a_zero_whole(item):
        raise FactsError("whole", FactsProblem.WHOLE_ZERO)
    _check_numbers(item, facts.part, facts.whole, facts.value, None)
    for place, specialist in enumerate(facts.specialists):
        _check_specialist(item, specialist, place)
    if facts.present is not None and facts.present - {component.code for component in item.components}:
        raise FactsError("present", FactsProblem.UNKNOWN)
    if facts.answers.keys() - {condition.code for condition in item.conditions}:
        raise FactsError("answers", FactsProblem.UNKNOWN)


def number_of(
    reading: Reading, part: Decimal | None, whole: Decimal | None, value: Decimal | None
) -> Fraction | None:
    """The exact number that the anchors of a reading are about; None while a fact for it is missing.

    Ratio: part / whole. Percentage: 100 * part / whole. Days, contacts: the value. Nothing is rounded.
    """
    if reading in _QUOTIENTS and (part is not None or whole is not None):
        if part is None or not whole:
            return None
        return Fraction(part) / Fraction(whole) * (100 if reading is Reading.PERCENTAGE else 1)
    return None if value is None else Fraction(value)


def _check_specialist(item: Item, specialist: SpecialistFacts, place: int) -> None:
    if specialist.whole == 0 and item.reading in _QUOTIENTS:
        raise FactsError("whole", FactsProblem.WHOLE_ZERO, place)
    _check_numbers(item, specialist.part, specialist.whole, specialist.value, place)
    if specialist.job_seekers is not None and specialist.job_seekers < 0:
        raise FactsError("job_seekers", FactsProblem.NEGATIVE, place)
    given = specialist.value if item.reading is Reading.JUDGEMENT else None
    if given is not None and given not in {anchor.points for anchor in item.anchors}:
        raise FactsError("value", FactsProblem.NOT_A_SCORE, place)


def _check_numbers(
    item: Item, part: Decimal | None, whole: Decimal | None, value: Decimal | None, specialist: int | None
) -> None:
    for name, number in (("part", part), ("whole", whole), ("value", value)):
        if number is None:
            continue
        if not number.is_finite():
            raise FactsError(name, FactsProblem.NOT_FINITE, specialist)
        if abs(number.adjusted()) > _LARGEST_EXPONENT and number != 0:
            raise FactsError(name, FactsProblem.OUT_OF_RANGE, specialist)
        if number < 0:
            raise FactsError(name, FactsProblem.NEGATIVE, specialist)
    if item.reading is Reading.PERCENTAGE:
        if part is not None and whole is not None and part > whole:
            raise FactsError("part", FactsProblem.PART_OVER_WHOLE, specialist)
        if value is not None and value > 100:
            raise FactsError("value", FactsProblem.OVER_HUNDRED, specialist)


def _settles_a_zero_whole(item: Item) -> bool:
    settling = {
        condition.code
        for condition in item.conditions
        if condition.whole_below is not None and condition.whole_below > 0
    }
    return any(settling & set(anchor.also_when) for anchor in item.anchors)
