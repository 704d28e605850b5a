"""What a suggestion says: a score or what keeps it open, and the sum behind it, as values without sentences.

Words are made where they are shown, in the language of the page.
"""

from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum
from fractions import Fraction

_SHOWN = Context(prec=28)


class Reason(StrEnum):
    """Why a suggestion has its score, or has none."""

    DECIDED = "decided"
    NOT_ENOUGH_FACTS = "not-enough-facts"
    BETWEEN_ANCHORS = "between-anchors"
    IN_TWO_ANCHORS = "in-two-anchors"
    EXACT_HALF = "exact-half"
    READINGS_DIFFER = "readings-differ"
    NO_ANCHOR_FITS = "no-anchor-fits"
    JUDGEMENT = "judgement"


class Fact(StrEnum):
    """A kind of fact that can be missing."""

    PART = "part"
    WHOLE = "whole"
    VALUE = "value"
    PRESENT = "present"
    ANSWER = "answer"
    SPECIALISTS = "specialists"


@dataclass(frozen=True)
class Missing:
    """One fact that a score waits for.

    `specialist`: place in `Facts.specialists`, from 0, where the fact is about one specialist. `condition`:
    code of the condition to answer, where the fact is an answer.
    """

    fact: Fact
    specialist: int | None = None
    condition: str | None = None


@dataclass(frozen=True)
class Quotient:
    """part / whole = value, rounded to 28 digits for showing only. `specialist`: whose, None for all."""

    part: Decimal
    whole: Decimal
    value: Decimal
    specialist: int | None = None


@dataclass(frozen=True)
class Percentage:
    """100 * part / whole = value, rounded to 28 digits for showing only."""

    part: Decimal
    whole: Decimal
    value: Decimal
    specialist: int | None = None


@dataclass(frozen=True)
class Count:
    """`present` of `of` components were seen."""

    present: int
    of: int


@dataclass(frozen=True)
class Relieved:
    """A specialist with few job seekers, for whom `needed` contacts a week are enough for the top anchor."""

    specialist: int
    job_seekers: int
    needed: int


@dataclass(frozen=True)
class LeftOut:
    """A specialist without job seekers, who takes no part in the average."""

    specialist: int


class AverageOf(StrEnum):
    """What was averaged: the specialists' points (the published rule) or, to cross-check, their numbers.

    Where a specialist lies half-way between two scores the points are averaged twice, with the lower and with
    the higher of the two.
    """

    POINTS = "points"
    LOWEST_POINTS = "lowest-points"
    HIGHEST_POINTS = "highest-points"
    NUMBERS = "numbers"


@dataclass(frozen=True)
class Average:
    """The average of `values` is `result` (28 digits), which is closest to `points`: two scores at a half."""

    of: AverageOf
    values: tuple[Decimal, ...]
    result: Decimal
    points: tuple[int, ...]


Step = Quotient | Percentage | Count | Relieved | LeftOut | Average


@dataclass(frozen=True)
class SpecialistPoints:
    """How one specialist was read.

    `points`: one score; two, higher first, where the number lies in two anchors or half-way between two; none
    where the specialist is left out or a fact is missing.
    """

    label: str
    points: tuple[int, ...]
    value: Decimal | None


@dataclass(frozen=True)
class Suggestion:
    """A score to put to the reviewer, or what keeps it open.

    `score`: None unless `reason` is `DECIDED`. `between`: the highest and lowest score still in question once
    all facts are in; neighbouring anchors, unless the two readings of an average lie further apart.
    `missing`: facts whose answer would change the outcome. `by_number`: the score by number, count or average
    alone. `unmet`: conditions answered no that kept the score under `by_number`, or, in a judgement, under
    the top. `forced_by`: the condition that by itself places the item at `score`, whatever the number.
    """

    score: int | None
    reason: Reason
    between: tuple[int, int] | None = None
    missing: tuple[Missing, ...] = ()
    steps: tuple[Step, ...] = ()
    by_number: int | None = None
    unmet: tuple[str, ...] = ()
    forced_by: str | None = None
    specialist_points: tuple[SpecialistPoints, ...] = ()


def shown(number: Fraction) -> Decimal:
    """A fraction as a decimal of at most 28 digits, to be shown and never compared with."""
    return _SHOWN.divide(Decimal(number.numerator), Decimal(number.denominator))
