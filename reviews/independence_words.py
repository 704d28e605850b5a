"""What a review may be called and why, in words, from what its reviewers declared so far."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews.independence import Independence, Label, Reason
from reviews.models import Review

LABELS = {
    Label.INDEPENDENT: gettext_lazy("Independent review"),
    Label.PEER: gettext_lazy("Peer review"),
    Label.GUIDED: gettext_lazy("Guided self-assessment"),
    Label.SELF: gettext_lazy("Self-assessment"),
    Label.NOT_STATED: gettext_lazy("Independence not stated"),
}

NOT_INDEPENDENT_BECAUSE = {
    (Label.PEER, Reason.ONE_RATER): gettext_lazy("one reviewer; an independent review takes two"),
    (Label.PEER, Reason.WORKED_WITH_SITE): gettext_lazy(
        "a reviewer has worked with this site in the last two years"
    ),
    (Label.PEER, Reason.NOT_DECLARED): gettext_lazy(
        "not every reviewer has declared their ties to the service"
    ),
    (Label.GUIDED, Reason.EMPLOYED_BY_SERVICE): gettext_lazy("some reviewers are employed by the service"),
    (Label.SELF, Reason.EMPLOYED_BY_SERVICE): gettext_lazy("rated by the service’s own staff"),
    (Label.GUIDED, Reason.PLANNED_SO): gettext_lazy("planned as a guided self-assessment"),
    (Label.SELF, Reason.PLANNED_SO): gettext_lazy("planned as a self-assessment"),
}


@dataclass(frozen=True)
class LabelInWords:
    """`undeclared`: names of the reviewers whose scores count and who have not declared all yet."""

    label: str
    reason: str
    undeclared: tuple[str, ...]


def label_of(review: Review) -> LabelInWords:
    """What the report of a review will be called as things stand."""
    found = review.independence
    return LabelInWords(
        label=str(LABELS[found.label]),
        reason=reason_in_words(found),
        undeclared=tuple(
            member.user.name for member in review.team if member.counts and not member.has_declared
        ),
    )


def reason_in_words(found: Independence) -> str:
    """ "two reviewers, neither employed by the service"."""
    if found.reason is Reason.OUTSIDERS:
        return outsiders(found.raters, str(found.raters))
    return str(NOT_INDEPENDENT_BECAUSE[found.label, found.reason])


def outsiders(raters: int, count: str) -> str:
    """`count`: the number as it is to be written, "3" or "three"."""
    if raters == 2:
        return _("two reviewers, neither employed by the service")
    return _("%(count)s reviewers, none employed by the service") % {"count": count}
