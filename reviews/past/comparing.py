"""Reads what the page that compares needs, in two queries."""

from collections import defaultdict
from dataclasses import dataclass

from reviews.models import Rating, Review, TeamMember
from reviews.past.comparison import Comparison, Counts, ItemComparison, compare
from scales.spec import Item


@dataclass(frozen=True)
class ComparedItem:
    """`others`: name and score of each counting reviewer besides the reader."""

    item: Item
    compared: ItemComparison
    others: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class ComparisonPage:
    """`others`: the counting reviewers besides the reader, each with the counts against the reader's scores."""

    rows: tuple[ComparedItem, ...]
    others: tuple[tuple[TeamMember, Counts], ...]
    comparison: Comparison
    own_counts: bool


def has_others_to_compare(user, review: Review) -> bool:
    """Whether anyone besides the reader rated: one's own scores alone say nothing."""
    own = review.member(user)
    return any(member.counts and member is not own for member in review.team)


def comparison_for(user, review: Review) -> ComparisonPage:
    """Own scores beside the counting reviewers'. Ask `reviews.permissions.may_compare` first."""
    spec, own = review.version.to_spec(), review.member(user)
    others = [member for member in review.team if member.counts and member is not own]
    sets = {member.own_set.pk for member in (own, *others)}
    scores: dict[int, dict[str, int | None]] = defaultdict(dict)
    rows = Rating.objects.filter(rating_set__in=sets).values_list("rating_set", "item__code", "score")
    for number, code, score in rows:
        scores[number][code] = score
    names = [member.user.name for member in others]
    agreed = dict(review.consensus.values_list("item__code", "score"))
    comparison = compare(
        [item.code for item in spec.items],
        scores[own.own_set.pk],
        [scores[member.own_set.pk] for member in others],
        agreed,
    )
    return ComparisonPage(
        rows=tuple(
            ComparedItem(item, row, tuple(zip(names, row.others, strict=True)))
            for item, row in zip(spec.items, comparison.items, strict=True)
        ),
        others=tuple(zip(others, comparison.with_others, strict=True)),
        comparison=comparison,
        own_counts=own.counts,
    )
