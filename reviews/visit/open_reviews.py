"""Whether a site is being reviewed already: a warning to who plans, never a block."""

from dataclasses import dataclass

from programs.models import Site
from reviews.models import Review, Stage

CLOSED = (Stage.ISSUED, Stage.CANCELLED)


@dataclass(frozen=True)
class OtherOpenReviews:
    """`in_sight`: those the person may know of; `others`: whether there are any besides."""

    in_sight: tuple[Review, ...]
    others: bool

    def __bool__(self) -> bool:
        return bool(self.in_sight) or self.others


def other_open_reviews(*, site: Site, user, besides: Review | None = None) -> OtherOpenReviews:
    """Reviews of a site that are neither issued nor cancelled. Those out of sight are not described."""
    rows = Review.objects.filter(site=site).exclude(stage__in=CLOSED).exclude(pk=besides and besides.pk)
    in_sight = tuple(rows.filter(pk__in=Review.objects.visible_to(user).values("pk")).latest_first())
    return OtherOpenReviews(in_sight, rows.exclude(pk__in=[review.pk for review in in_sight]).exists())
