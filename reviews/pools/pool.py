"""Pools of reviews whose submitted ratings a person may see, to tell how far reviewers agree before they talk."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from reviews.models import Rating, Review, TeamMember
from reviews.permissions import ALL_SETS_IN, rated_sites
from reviews.pools.pooling import PoolAgreement, RatedReview, pool_agreement
from scales.spec import Item, ScaleSpec

Pair = tuple[int, int]


@dataclass(frozen=True)
class Choice:
    """What a pool is narrowed to; None leaves it open. `scale`: its code, for scores of two scales never mix."""

    scale: str | None = None
    pair: Pair | None = None
    program: int | None = None
    year: int | None = None
    item: str | None = None


class Pools:
    """The reviews that a person may pool, and who rated them; the ratings are read for the pool that is chosen.

    On the team as lead, reviewer or observer with one's own set in, consensus opened, two or more counting sets; never
    a site that the person is rating now.
    """

    def __init__(self, user):
        own = TeamMember.objects.raters().filter(user=user, rating_set__submitted_at__isnull=False)
        reviews = (
            Review.objects.filter(pk__in=own.values("review"), stage__in=ALL_SETS_IN)
            .exclude(site__in=rated_sites(user))
            .select_related("site__program", "version__scale")
            .latest_first()
        )
        self.raters: dict[int, list[int]] = defaultdict(list)
        self.names: dict[int, str] = {}
        members = TeamMember.objects.counting().filter(
            review__in=[review.pk for review in reviews], rating_set__submitted_at__isnull=False
        )
        for review, number, name in members.order_by("user").values_list("review", "user", "user__name"):
            self.raters[review].append(number)
            self.names[number] = name
        self.reviews = [review for review in reviews if len(self.raters[review.pk]) > 1]

    def pairs(self) -> dict[Pair, str]:
        """Every two people who rated a review together, by name."""
        found = {pair for review in self.reviews for pair in combinations(self.raters[review.pk], 2)}
        named = {pair: f"{self.names[pair[0]]}, {self.names[pair[1]]}" for pair in found}
        return dict(sorted(named.items(), key=lambda pair: pair[1]))

    def programs(self) -> dict[int, str]:
        found = {review.site.program_id: review.site.program.name for review in self.reviews}
        return dict(sorted(found.items(), key=lambda program: program[1]))

    def years(self) -> list[int]:
        return sorted({review.starts_on.year for review in self.reviews}, reverse=True)

    @property
    def scales(self) -> dict[str, str]:
        """Code and name of each scale, that of the latest review first."""
        return {review.version.scale.code: review.version.scale.name for review in self.reviews}

    def spec(self, scale: str | None) -> ScaleSpec | None:
        """The latest version of a scale in the pool, by default of the scale rated last; None in an empty pool."""
        return next(
            (
                review.version.to_spec()
                for review in self.reviews
                if scale in (None, review.version.scale.code)
            ),
            None,
        )

    def chosen(self, choice: Choice) -> list[Review]:
        scale = choice.scale or next(iter(self.scales), None)
        return [
            review
            for review in self.reviews
            if review.version.scale.code == scale
            and (choice.pair is None or set(choice.pair) <= set(self.raters[review.pk]))
            and choice.program in (None, review.site.program_id)
            and choice.year in (None, review.starts_on.year)
            and (choice.item is None or choice.item in review.version.to_spec().items_by_code)
        ]

    def agreement(self, choice: Choice) -> PoolAgreement[int]:
        """Figures of the chosen pool, from the submitted sets alone; one query however many reviews."""
        reviews = self.chosen(choice)
        specs = [review.version.to_spec() for review in reviews]
        sets: dict[int, dict[int, dict[str, int | None]]] = {
            review.pk: {rater: {} for rater in choice.pair or self.raters[review.pk]} for review in reviews
        }
        rows = Rating.objects.filter(
            rating_set__member__in=TeamMember.objects.counting().filter(review__in=list(sets)),
            rating_set__submitted_at__isnull=False,
        )
        columns = ("rating_set__member__review", "rating_set__member__user", "item__code", "score")
        for review, rater, code, score in rows.values_list(*columns):
            if rater in sets[review]:
                sets[review][rater][code] = score
        rated = [
            RatedReview(tuple(item.code for item in spec.items), sets[review.pk])
            for review, spec in zip(reviews, specs, strict=True)
        ]
        return pool_agreement(
            rated,
            minimum=min((spec.minimum for spec in specs), default=0),
            maximum=max((spec.maximum for spec in specs), default=0),
            item=choice.item,
        )

    def items(self, scale: str | None) -> tuple[Item, ...]:
        spec = self.spec(scale)
        return spec.items if spec else ()
