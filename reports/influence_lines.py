"""Part 5 of a report as plain frozen values: what helps or hinders the service, and what it does differently."""

from dataclasses import dataclass


@dataclass(frozen=True)
class InfluenceLine:
    """A barrier or a facilitator. `domain`, `construct`: codes of the updated CFIR. `kind`: "barrier", "facilitator".

    `item_number` None: it bears on the whole site.
    """

    domain: str
    construct: str
    kind: str
    item_number: int | None
    item_title: str
    text: str


@dataclass(frozen=True)
class AdaptationLine:
    """What is done differently here, and why. It is in no score.

    `core_kept`: code, whether what makes it IPS is kept: "yes", "no" or "unsure". `item_number` None: the whole site.
    """

    what: str
    why: str
    planned: bool
    core_kept: str
    decided_by: str
    since: str
    item_number: int | None
    item_title: str
