"""How far reviewers agreed before they talked: counts for one review, statistics for a pool of reviews.

Always taken on the sets as submitted; a consensus rating never enters. One review has too few items for a
coefficient, so it gets counts and the list of splits. A pool (a pair of reviewers, a program, a year, an item) gets
coefficients, each with the number of cases behind it, and None where its formula says nothing:

- weighted kappa with linear weights, two raters: J. Cohen, "Weighted kappa: nominal scale agreement with provision for
  scaled disagreement or partial credit", Psychological Bulletin 70 (1968), 213-220;
- ordinal alpha, any number of raters, missing ratings allowed: K. Krippendorff, "Computing Krippendorff's
  Alpha-Reliability" (2011), repository.upenn.edu/asc_papers/43, computed by the `krippendorff` library;
- ICC(2,1) of totals: P. E. Shrout and J. L. Fleiss, "Intraclass correlations: uses in assessing rater reliability",
  Psychological Bulletin 86 (1979), 420-428.

Kappa and ICC are worked in whole numbers and fractions, so that "no variation" is an exact answer, not a rounding.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

import krippendorff

Rater = TypeVar("Rater", bound=Hashable)


class ScoreOffScale(ValueError):
    """A score below the scale's minimum or above its maximum."""

    def __init__(self, score: int, minimum: int, maximum: int) -> None:
        super().__init__(f"{score} is not a score from {minimum} to {maximum}")
        self.score = score
        self.minimum = minimum
        self.maximum = maximum


@dataclass(frozen=True)
class Split(Generic[Rater]):
    """An item that all rated, and not all alike.

    `scores`: each rater's score. `distance`: points between the highest and the lowest.
    """

    item: str
    scores: Mapping[Rater, int]
    distance: int


@dataclass(frozen=True)
class ReviewAgreement(Generic[Rater]):
    """Agreement of the submitted sets of one review, as counts of items.

    `compared`: items that every rater rated. Of these, `exact`: all scores equal; `within_one`: highest and
    lowest at most one point apart, the exact ones included. `splits`: the compared items that are not exact.
    `not_compared`: codes of the items that someone left unrated. Both in the order of the items.
    """

    compared: int
    exact: int
    within_one: int
    splits: tuple[Split[Rater], ...]
    not_compared: tuple[str, ...]


@dataclass(frozen=True)
class Statistic:
    """A coefficient and the number of cases it rests on; `value` is None where it is not defined."""

    value: float | None
    n: int


def review_agreement(
    items: Sequence[str], sets: Mapping[Rater, Mapping[str, int | None]]
) -> ReviewAgreement[Rater]:
    """Compare the submitted sets of one review, item by item.

    `items`: the codes to compare; codes in a set that are not among them are left out. `sets`: per rater, item
    code to score, None or no key where unrated. With fewer than two raters nothing is compared.
    """
    exact = within_one = 0
    splits: list[Split[Rater]] = []
    not_compared: list[str] = []
    for item in items:
        given = {rater: scores.get(item) for rater, scores in sets.items()}
        rated = {rater: score for rater, score in given.items() if score is not None}
        if len(sets) < 2 or len(rated) < len(sets):
            not_compared.append(item)
            continue
        distance = max(rated.values()) - min(rated.values())
        exact += distance == 0
        within_one += distance <= 1
        if distance:
            splits.append(Split(item=item, scores=rated, distance=distance))
    return ReviewAgreement(
        compared=exact + len(splits),
        exact=exact,
        within_one=within_one,
        splits=tuple(splits),
        not_compared=tuple(not_compared),
    )


def weighted_kappa(pairs: Sequence[tuple[int | None, int | None]], minimum: int, maximum: int) -> Statistic:
    """Cohen's weighted kappa of two raters; `n` counts the pairs in which both scored.

    `pairs`: the first and the second rater's score of one item of one review. A disagreement weighs the points it
    spans, over `maximum - minimum`: linear weights, because totals add up points, so two points apart is twice as
    far as one. Squared weights would make kappa an intraclass correlation (Fleiss and Cohen 1973), and of those
    `icc_2_1` gives one already. With linear weights the span of the scale cancels out, so a score that nobody
    used changes nothing; the ends serve to refuse scores that the scale does not have (`ScoreOffScale`).

    Not defined: fewer than two complete pairs; every score of both raters the same one (chance alone would agree
    just as perfectly). Where one rater gave a single score and the other did not, kappa is 0.
    """
    complete = [(one, other) for one, other in pairs if one is not None and other is not None]
    for score in (score for pair in complete for score in pair):
        if not minimum <= score <= maximum:
            raise ScoreOffScale(score, minimum, maximum)
    n = len(complete)
    first, second = Counter(one for one, _ in complete), Counter(other for _, other in complete)
    # n times the points apart that chance would give: each score of the one against each of the other.
    by_chance = sum(
        abs(one - other) * ones * others for one, ones in first.items() for other, others in second.items()
    )
    if n < 2 or not by_chance:
        return Statistic(None, n)
    observed = sum(abs(one - other) for one, other in complete)
    return Statistic(float(1 - Fraction(n * observed, by_chance)), n)


def ordinal_alpha(ratings: Sequence[Sequence[int | None]]) -> Statistic:
    """Krippendorff's alpha for ordered scores; `n` counts the units that at least two raters scored.

    `ratings`: one row per rater, one column per unit (an item of a review), None where unrated; rows of unequal
    length raise `ValueError`. A unit with fewer than two scores pairs with nothing and is left out. Alpha
    asks which scores a unit got, not from whom, so the raters may change from review to review.

    Not defined: fewer than two such units; all scores in them the same one.
    """
    columns = [Counter(score for score in unit if score is not None) for unit in zip(*ratings, strict=True)]
    units = [counts for counts in columns if counts.total() >= 2]
    used = sorted(set().union(*units))
    if len(units) < 2 or len(used) < 2:
        return Statistic(None, len(units))
    alpha = krippendorff.alpha(
        value_counts=[[counts[score] for score in used] for counts in units],
        value_domain=used,
        level_of_measurement="ordinal",
    )
    return Statistic(float(alpha), len(units))


def icc_2_1(totals: Sequence[Sequence[float | None]]) -> Statistic:
    """ICC(2,1) of totals, one rater's total taken alone, absolute agreement; `n` counts the rows used.

    `totals`: one row per review, one column per rater, None where a set has no total; a row with a None is left
    out, rows of unequal length raise `ValueError`. The model crosses the same raters with every review: a column
    is one person throughout.

    From the mean squares between reviews, between raters (judges) and of error, k raters, n reviews:
    (BMS - EMS) / (BMS + (k - 1) EMS + k (JMS - EMS) / n). It can be negative.

    Not defined: fewer than two complete rows; fewer than two raters; all totals equal, or any other table whose
    denominator is nought, as when two raters exchange their totals: [[1, 2], [2, 1]].
    """
    k = len(totals[0]) if totals else 0
    if any(len(row) != k for row in totals):
        raise ValueError("every row needs a cell for every rater")
    rows = [
        [Fraction(total) for total in row if total is not None]
        for row in totals
        if not any(total is None for total in row)
    ]
    n = len(rows)
    if n < 2 or k < 2:
        return Statistic(None, n)

    grand = sum(map(sum, rows), Fraction()) ** 2 / (n * k)
    between = sum((sum(row) ** 2 for row in rows), Fraction()) / k - grand
    judges = sum((sum(column) ** 2 for column in zip(*rows, strict=True)), Fraction()) / n - grand
    error = sum((total**2 for row in rows for total in row), Fraction()) - grand - between - judges
    bms, jms, ems = between / (n - 1), judges / (k - 1), error / ((n - 1) * (k - 1))
    whole = bms + (k - 1) * ems + k * (jms - ems) / n
    return Statistic(float((bms - ems) / whole) if whole else None, n)
