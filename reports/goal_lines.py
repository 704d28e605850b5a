"""The beginning of part 8 of a report as plain frozen values: what became of the last plan's goals."""

from dataclasses import dataclass


@dataclass(frozen=True)
class GoalBeforeLine:
    """A goal of the plan after the last report, as the reviewers of this one found it.

    `item_number` None: a goal of the whole site, which has no scores. `score_then`: when that report was issued.
    `outcome`: code: "reached", "partly", "not-reached", "no-longer-wanted". `text`: what was seen, in their words.
    """

    item_number: int | None
    item_title: str
    what: str
    score_then: int | None
    target: int | None
    outcome: str
    text: str
