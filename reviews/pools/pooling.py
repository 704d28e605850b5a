"""Agreement over a pool of reviews: which figures it yields, each with its n, or why it is not defined.

Plain values; the arithmetic of each figure is in `reviews.agreement`. Only submitted sets enter, never an agreed score.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Generic, TypeVar

from reviews.agreement import (
    ReviewAgreement,
    Statistic,
    icc_2_1,
    ordinal_alpha,
    review_agreement,
    weighted_kappa,
)

Rater = TypeVar("Rater", bound=Hashable)


class Why(StrEnum):
    """Why a figure is not defined."""

    ONE_REVIEW = "one review"
    RATERS_MIX = "raters mix"
    TOO_FEW = "too few"
    ONE_VALUE = "one value"
    ONE_ITEM = "one item"
    NO_SPREAD = "no spread"


@dataclass(frozen=True)
class Figure:
    """A coefficient of a pool. `value` is None where it is not defined, and then `why` says why."""

    value: float | None
    n: int
    why: Why | None = None


@dataclass(frozen=True)
class RatedReview(Generic[Rater]):
    """The submitted counting sets of one review. `items`: all codes of its scale, in order. `sets`: rater to scores."""

    items: tuple[str, ...]
    sets: Mapping[Rater, Mapping[str, int | None]]

    def asked(self, item: str | None) -> tuple[str, ...]:
        """The codes to compare: one item, or all."""
        return (item,) if item else self.items

    def total(self, rater: Rater) -> int | None:
        """The sum of a rater's scores; None where an item is unrated, for no total is ever filled in."""
        scores = [self.sets[rater].get(item) for item in self.items]
        return None if None in scores else sum(scores)

    def of(self, raters: Sequence[Rater]) -> "RatedReview[Rater]":
        return RatedReview(self.items, {rater: self.sets[rater] for rater in raters})


@dataclass(frozen=True)
class Share:
    """Counts of items that all raters of a review scored: the same score, and at most one point apart."""

    compared: int
    exact: int
    within_one: int

    @property
    def exact_percent(self) -> int | None:
        return round(100 * self.exact / self.compared) if self.compared else None

    @property
    def within_one_percent(self) -> int | None:
        return round(100 * self.within_one / self.compared) if self.compared else None


@dataclass(frozen=True)
class ItemSplits:
    """One item over the pool: in how many of the reviews that compare it the scores differed, and by how much."""

    code: str
    compared: int
    splits: int
    beyond_one: int
    widest: int


@dataclass(frozen=True)
class PairAgreement(Generic[Rater]):
    raters: tuple[Rater, Rater]
    reviews: int
    share: Share
    kappa: Figure
    icc: Figure


@dataclass(frozen=True)
class PoolAgreement(Generic[Rater]):
    """`pairs`: each pair of people who rated a review together; `splits`: items that were ever split, most first."""

    reviews: int
    share: Share
    kappa: Figure
    alpha: Figure
    icc: Figure
    pairs: tuple[PairAgreement[Rater], ...]
    splits: tuple[ItemSplits, ...]


def pool_agreement(
    reviews: Sequence[RatedReview[Rater]], minimum: int, maximum: int, item: str | None = None
) -> PoolAgreement[Rater]:
    """Figures of a pool, of all items or of one. A review in the pool has two or more raters."""
    codes = [review.asked(item) for review in reviews]
    counted = _counted(reviews, item)
    teams = {frozenset(review.sets) for review in reviews}
    together: dict[tuple[Rater, Rater], list[RatedReview[Rater]]] = {}
    for review in reviews:
        for pair in combinations(sorted(review.sets), 2):
            together.setdefault(pair, []).append(review.of(pair))
    pairs = tuple(_pair(raters, both, minimum, maximum, item) for raters, both in sorted(together.items()))
    same_team = len(teams) == 1
    return PoolAgreement(
        reviews=len(reviews),
        share=_share(counted),
        kappa=pairs[0].kappa if len(pairs) == 1 else _mixed(reviews),
        alpha=_alpha(reviews, item),
        icc=_icc(reviews, sorted(next(iter(teams))), item) if same_team else _mixed(reviews),
        pairs=pairs,
        splits=_splits(codes, counted),
    )


def _pair(raters, reviews, minimum: int, maximum: int, item: str | None) -> PairAgreement:
    one, other = raters
    scores = [
        (review.sets[one].get(code), review.sets[other].get(code))
        for review in reviews
        for code in review.asked(item)
    ]
    return PairAgreement(
        raters=raters,
        reviews=len(reviews),
        share=_share(_counted(reviews, item)),
        kappa=_figure(weighted_kappa(scores, minimum, maximum), len(reviews)),
        icc=_icc(reviews, raters, item),
    )


def _alpha(reviews: Sequence[RatedReview], item: str | None) -> Figure:
    """The raters change from review to review, so a row is a place on the team, empty where a team is smaller."""
    most = max((len(review.sets) for review in reviews), default=0)
    units = []
    for review in reviews:
        sets = [review.sets[rater] for rater in sorted(review.sets)]
        for code in review.asked(item):
            units.append([*(scores.get(code) for scores in sets), *[None] * (most - len(sets))])
    return _figure(ordinal_alpha(list(zip(*units, strict=True))), len(reviews))


def _icc(reviews: Sequence[RatedReview], raters: Sequence, item: str | None) -> Figure:
    if item:
        return Figure(None, 0, Why.ONE_ITEM)
    totals = [[review.total(rater) for rater in raters] for review in reviews]
    return _figure(icc_2_1(totals), len(reviews), Why.NO_SPREAD)


def _figure(found: Statistic, reviews: int, otherwise: Why = Why.ONE_VALUE) -> Figure:
    """A single review has too few items for a coefficient: it gets counts."""
    if reviews < 2:
        return Figure(None, found.n, Why.ONE_REVIEW)
    if found.value is not None:
        return Figure(found.value, found.n)
    return Figure(None, found.n, Why.TOO_FEW if found.n < 2 else otherwise)


def _mixed(reviews: Sequence[RatedReview]) -> Figure:
    return Figure(None, len(reviews), Why.RATERS_MIX if reviews else Why.TOO_FEW)


def _counted(reviews: Sequence[RatedReview], item: str | None) -> list[ReviewAgreement]:
    return [review_agreement(review.asked(item), review.sets) for review in reviews]


def _share(counted: Sequence[ReviewAgreement]) -> Share:
    return Share(
        compared=sum(one.compared for one in counted),
        exact=sum(one.exact for one in counted),
        within_one=sum(one.within_one for one in counted),
    )


def _splits(codes: Sequence[Sequence[str]], counted: Sequence[ReviewAgreement]) -> tuple[ItemSplits, ...]:
    """Items that were ever split: the most splits first, then the furthest apart, then as on the score sheet."""
    asked = Counter(code for of_review in codes for code in of_review)
    missed = Counter(code for one in counted for code in one.not_compared)
    distances: dict[str, list[int]] = {}
    for one in counted:
        for split in one.splits:
            distances.setdefault(split.item, []).append(split.distance)
    found = [
        ItemSplits(
            code=code,
            compared=asked[code] - missed[code],
            splits=len(distances[code]),
            beyond_one=sum(points > 1 for points in distances[code]),
            widest=max(distances[code]),
        )
        for code in asked
        if code in distances
    ]
    return tuple(sorted(found, key=lambda row: (-row.splits, -row.beyond_one, -row.widest)))
