"""The one step that a draft takes next, and whom it waits for."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reviews.finishing.unresolved import Unresolved, unanswered
from reviews.models import Review, ServiceReply, Stage


class Step(StrEnum):
    MEND = "mend"
    TO_MODERATOR = "to-moderator"
    MODERATOR_DECIDES = "moderator-decides"
    TO_SERVICE = "to-service"
    SERVICE_REPLIES = "service-replies"
    ANSWER = "answer"
    ISSUE = "issue"


@dataclass(frozen=True)
class NextStep:
    """`says`: what comes next, and who is waited for, in a sentence."""

    step: Step
    says: str


def next_step_of(review: Review, unresolved: Unresolved, reply: ServiceReply | None) -> NextStep:
    """First what is missing, then the moderator's word, then the service's, then its answers, then the issue."""
    step = _step(review, unresolved, reply)
    words = {
        "name": unresolved.standing.moderator,
        "day": date_format(reply.reply_by, "DATE_FORMAT") if reply else "",
    }
    return NextStep(step, _says()[step] % words)


def _step(review: Review, unresolved: Unresolved, reply: ServiceReply | None) -> Step:
    standing = unresolved.standing
    is_with_service = review.stage == Stage.WITH_SERVICE
    if unresolved.lacking:
        return Step.MEND
    if is_with_service and reply and not reply.is_sent and reply.reply_by >= timezone.localdate():
        return Step.SERVICE_REPLIES
    if reply and reply.is_sent and unanswered(review):
        return Step.ANSWER
    if standing.has_moderator and not standing.is_approved:
        return Step.MODERATOR_DECIDES if standing.is_out else Step.TO_MODERATOR
    return Step.ISSUE if is_with_service or reply else Step.TO_SERVICE


def _says() -> dict[Step, str]:
    return {
        Step.MEND: _("First what is still missing; then it can go on."),
        Step.TO_MODERATOR: _("Next it goes to %(name)s, who moderates. The service gets it after that."),
        Step.MODERATOR_DECIDES: _(
            "It waits for %(name)s, who moderates. It can go on once they have approved it."
        ),
        Step.TO_SERVICE: _("Next it goes to the service, which reads it and replies."),
        Step.SERVICE_REPLIES: _(
            "It waits for the service, which may reply until %(day)s. It can be issued after that."
        ),
        Step.ANSWER: _("Next come your answers to what the service said."),
        Step.ISSUE: _("Next it is issued."),
    }
