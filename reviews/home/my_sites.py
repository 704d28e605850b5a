"""The sites of the programs that someone runs or may read: where each stands, those that slipped first."""

from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.permissions import Role
from programs.models import Membership, Site
from reviews.home.cards import SiteCard, cards_of
from reviews.home.ranking import latest_of, slipped_first
from reviews.home.standing import Standing, standings
from reviews.models import Review, Stage

# Roles by which someone sees each site, runs its plan, or looks over many.
READ = (Role.PROGRAM_MANAGER, Role.VIEWER)
MANAGED = (Role.PROGRAM_MANAGER,)
OVERSEEN = (Role.NETWORK_LEAD,)

SHOWN = 20
# Of those that slipped, with the items; the others are in the table.
SHOWN_WITH_ITEMS = 5
COMING_UP = 6
AHEAD = (Stage.PLANNED, Stage.RATING, Stage.CONSENSUS, Stage.DRAFT)


@dataclass(frozen=True)
class MySites:
    """`number`: of all sites. `slipped`: how many of them lost points. `shown`: the first ones.

    `cards`: of the shown those on which an item slipped, as far as there is room. `more_cards`: how many are not there.
    `without`: sites that have no issued report yet. `held_back`: sites that the person is rating now.
    """

    number: int
    slipped: int
    shown: list[Standing]
    cards: list[SiteCard]
    more_cards: int
    without: list[Site]
    held_back: list[Site]
    coming_up: list[Review]

    @property
    def not_shown(self) -> int:
        return self.number - len(self.shown) - len(self.without) - len(self.held_back)


def my_sites(user, *, blinded_sites: set[int]) -> MySites | None:
    """None for those who run or read no program in this way; a network lead has an overview instead."""
    sites = sites_as(user, *READ)
    number = sites.count()
    if not number:
        return None
    ranked = slipped_first(latest_of(user, sites))
    shown = standings(ranked[:SHOWN])
    moved = [one for one in shown if one.slipped]
    rest = sites.select_related("program", "setting").order_by("name", "pk")
    without = rest.exclude(pk__in=[one.site for one in ranked]).exclude(pk__in=blinded_sites)
    return MySites(
        number=number,
        slipped=sum(one.slipped for one in ranked),
        shown=shown,
        cards=cards_of(user, moved[:SHOWN_WITH_ITEMS]),
        more_cards=len(moved[SHOWN_WITH_ITEMS:]),
        without=list(without[: SHOWN - len(shown)]),
        held_back=list(rest.filter(pk__in=blinded_sites)),
        coming_up=list(
            Review.objects.visible_to(user)
            .filter(site__in=sites, stage__in=AHEAD)
            .with_details()
            .order_by("starts_on", "pk")[:COMING_UP]
        ),
    )


def sites_as(user, *roles: Role) -> QuerySet:
    """The sites of programs in which the user has one of these roles."""
    held = Membership.objects.filter(user=user, role__in=[role.value for role in roles])
    return Site.objects.filter(program__in=held.values("program"))
