"""Whether a review may be called independent, and why: plain values, no database.

The label follows from the kind of review and from what each rater declared (DESIGN 6). The Netherlands' call for
independent reviewers is why it stands on every report.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    INDEPENDENT = "independent"
    PEER = "peer"
    GUIDED = "guided self-assessment"
    SELF = "self-assessment"
    # Of a past review whose score sheet does not say: no claim at all.
    NOT_STATED = "not stated"


class Reason(StrEnum):
    OUTSIDERS = "outsiders"
    ONE_RATER = "one rater"
    WORKED_WITH_SITE = "worked with the site"
    NOT_DECLARED = "not declared"
    EMPLOYED_BY_SERVICE = "employed by the service"
    PLANNED_SO = "planned so"


@dataclass(frozen=True)
class Rater:
    employed_by_service: bool
    worked_with_site: bool
    has_declared: bool


@dataclass(frozen=True)
class Independence:
    """The label, its reason, and how many raters count."""

    label: Label
    reason: Reason
    raters: int


def independence(raters: Sequence[Rater], planned_as: Label | None = None) -> Independence:
    """Read the label from the raters whose scores count.

    `planned_as`: the label of a review that is planned as a self-assessment; declarations cannot raise it.
    """

    def read() -> tuple[Label, Reason]:
        if planned_as is not None:
            return planned_as, Reason.PLANNED_SO
        if any(rater.employed_by_service for rater in raters):
            only_own = all(rater.employed_by_service for rater in raters)
            return (Label.SELF if only_own else Label.GUIDED), Reason.EMPLOYED_BY_SERVICE
        if not raters or not all(rater.has_declared for rater in raters):
            return Label.PEER, Reason.NOT_DECLARED
        if len(raters) == 1:
            return Label.PEER, Reason.ONE_RATER
        if any(rater.worked_with_site for rater in raters):
            return Label.PEER, Reason.WORKED_WITH_SITE
        return Label.INDEPENDENT, Reason.OUTSIDERS

    label, reason = read()
    return Independence(label=label, reason=reason, raters=len(raters))
