"""When the sites are reviewed, and how far the last review of each has come."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from reviews.models import Kind, Stage
from reviews.models.result import SELF_ASSESSED

# Of a hundred sites with a review, how many have one under way.
UNDER_WAY = 7
STAGES_UNDER_WAY = (Stage.PLANNED, Stage.RATING, Stage.RATING, Stage.WITH_SERVICE)


@dataclass(frozen=True)
class Visit:
    kind: Kind
    starts_on: date
    ends_on: date
    stage: Stage

    @property
    def is_self_assessed(self) -> bool:
        return self.kind in SELF_ASSESSED


def counts(sites: int, reviews: int, draw: Random) -> list[int]:
    """How many reviews each site has: about as many each, some more and some fewer."""
    each, rest = divmod(reviews, sites)
    of_sites = [each] * sites
    for place in draw.sample(range(sites), rest):
        of_sites[place] += 1
    for place in range(0, sites - 1, 2):
        moved = draw.randint(0, each // 3)
        of_sites[place] -= moved
        of_sites[place + 1] += moved
    return of_sites


def visits(count: int, until: date, draw: Random) -> list[Visit]:
    """Of one site, the first of them first, about a year apart."""
    if not count:
        return []
    under_way = draw.randrange(100) < UNDER_WAY and draw.choice(STAGES_UNDER_WAY)
    stages = [Stage.ISSUED] * (count - 1) + [under_way or Stage.ISSUED]
    day, made = _last_day(stages[-1], until, draw), []
    for place in reversed(range(count)):
        length = draw.choice((1, 1, 1, 2))
        made.append(Visit(_kind(place, draw), day, day + timedelta(days=length), stages[place]))
        day -= timedelta(days=draw.randint(270, 420))
    return made[::-1]


def _last_day(stage: Stage, until: date, draw: Random) -> date:
    before = {
        Stage.PLANNED: (-60, -5),
        Stage.RATING: (0, 12),
        Stage.WITH_SERVICE: (25, 40),
        Stage.ISSUED: (60, 420),
    }
    return until - timedelta(days=draw.randint(*before[stage]))


def _kind(place: int, draw: Random) -> Kind:
    if draw.random() < 0.10:
        return Kind.SELF
    if draw.random() < 0.03:
        return Kind.GUIDED
    return Kind.FOLLOW_UP if place else Kind.BASELINE
