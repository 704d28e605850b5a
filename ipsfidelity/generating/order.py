"""What is asked of the generator."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Order:
    """`reviews`: of all sites together. `until`: the day after which nothing generated lies but plans."""

    sites: int
    reviews: int
    seed: int
    until: date

    # A program runs about ten sites.
    SITES_PER_PROGRAM = 10
    SITES_PER_REGION = 250
    SITES_PER_REVIEWER = 6

    @property
    def programs(self) -> int:
        return max(1, -(-self.sites // self.SITES_PER_PROGRAM))

    @property
    def regions(self) -> int:
        return max(2, self.sites // self.SITES_PER_REGION)

    @property
    def reviewers(self) -> int:
        return max(4, self.sites // self.SITES_PER_REVIEWER)
