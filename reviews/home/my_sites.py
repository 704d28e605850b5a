"""The sites of the programs that someone runs or may read: where each stands, those that slipped first."""

from dataclasses import dataclass

from programs.models import Site
from reviews.home.cards import SiteCard, cards_of
from reviews.home.ranking import OfSite, latest_of, slipped_first
from reviews.home.standing import Standing, standings
from reviews.models import Review, Stage

SHOWN = 20
# Of those that slipped, with the items; the others are in the table.
SHOWN_WITH_ITEMS = 5
COMING_UP = 6
AHEAD = (Stage.PLANNED, Stage.RATING, Stage.CONSENSUS, Stage.DRAFT)


@dataclass(frozen=True)
class MySites:
    """`slipped`: how many of all sites lost points. `shown`: the first ones. `not_shown`: how many there are besides.

    `cards`: of the shown those on which an item slipped, as far as there is room. `more_cards`: how many are not there.
    `without`: sites that have no issued report yet. `held_back`: sites that the person is rating now.
    """

    slipped: int
    shown: list[Standing]
    cards: list[SiteCard]
    more_cards: int
    without: list[OfSite]
    held_back: list[OfSite]
    not_shown: int
    coming_up: list[Review]


def my_sites(user, programs: set[int], *, blinded_sites: set[int]) -> MySites:
    """`programs`: those that the user runs or may read. At most seven queries."""
    latest = latest_of(user, Site.objects.filter(program__in=programs))
    ranked = slipped_first(latest.of_sites)
    shown = standings(ranked[:SHOWN])
    moved = [one for one in shown if one.slipped]
    held_back = [site for site in latest.without if site.pk in blinded_sites]
    without = [site for site in latest.without if site.pk not in blinded_sites]
    room = max(SHOWN - len(shown) - len(held_back), 0)
    return MySites(
        slipped=sum(one.slipped for one in ranked),
        shown=shown,
        cards=cards_of(user, moved[:SHOWN_WITH_ITEMS]),
        more_cards=len(moved[SHOWN_WITH_ITEMS:]),
        without=without[:room],
        held_back=held_back,
        not_shown=len(ranked[SHOWN:]) + len(without[room:]),
        coming_up=list(
            Review.objects.visible_to(user)
            .filter(site__program__in=programs, stage__in=AHEAD)
            .with_details()
            .order_by("starts_on", "pk")[:COMING_UP]
        ),
    )
