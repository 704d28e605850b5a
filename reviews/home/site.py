"""The top of a site's page: where it stands, what moved, who is to do what by when, and the visits ahead."""

from dataclasses import dataclass

from programs.models import Site
from reviews.home.cards import SiteCard, cards_of
from reviews.home.my_sites import AHEAD
from reviews.home.standing import standing_of_site
from reviews.models import Review
from reviews.permissions import rated_sites

VISITS_SHOWN = 5


@dataclass(frozen=True)
class SiteTop:
    """`card`: None while there is no result that the person may read. `is_held_back`: they are rating the site now."""

    card: SiteCard | None
    is_held_back: bool
    visits_ahead: list[Review]


def site_top(user, site: Site) -> SiteTop:
    standing = standing_of_site(user, site)
    ahead = Review.objects.visible_to(user).filter(site=site, stage__in=AHEAD).with_details()
    return SiteTop(
        card=next(iter(cards_of(user, [standing] if standing else [])), None),
        is_held_back=site.pk in rated_sites(user),
        visits_ahead=list(ahead.order_by("starts_on", "pk")[:VISITS_SHOWN]),
    )
