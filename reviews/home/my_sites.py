"""The sites of the programs that someone runs or may read: where each stands, those that slipped first."""

from dataclasses import dataclass

from django.db.models import Case, When

from programs.models import Site
from reviews.home.cards import SiteCard, cards_of
from reviews.home.ranking import latest_of, slipped_first
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
    without: list[Site]
    held_back: list[Site]
    not_shown: int
    coming_up: list[Review]


def my_sites(user, programs: set[int], *, number: int, blinded_sites: set[int]) -> MySites:
    """`programs`: those that the user runs or may read. `number`: of sites in them. Six queries."""
    sites = Site.objects.filter(program__in=programs)
    ranked = slipped_first(latest_of(user, sites).of_sites)
    shown = standings(ranked[:SHOWN])
    moved = [one for one in shown if one.slipped]
    others = _others(sites, [one.site for one in ranked], blinded_sites, most=max(SHOWN - len(shown), 1))
    return MySites(
        slipped=sum(one.slipped for one in ranked),
        shown=shown,
        cards=cards_of(user, moved[:SHOWN_WITH_ITEMS]),
        more_cards=len(moved[SHOWN_WITH_ITEMS:]),
        without=[site for site in others if site.pk not in blinded_sites],
        held_back=[site for site in others if site.pk in blinded_sites],
        not_shown=number - len(shown) - len(others),
        coming_up=list(
            Review.objects.visible_to(user)
            .filter(site__program__in=programs, stage__in=AHEAD)
            .with_details()
            .order_by("starts_on", "pk")[:COMING_UP]
        ),
    )


def _others(sites, ranked: list[int], blinded_sites: set[int], *, most: int) -> list[Site]:
    """Sites without a result to show, those being rated first."""
    others = sites.exclude(pk__in=ranked).select_related("program", "setting")
    place = Case(When(pk__in=blinded_sites, then=0), default=1)
    return list(others.order_by(place, "name", "pk")[:most])
