"""The one step that a draft takes next, whom it waits for, and what that means for the person who reads it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.permissions import Permission, Role, is_allowed
from reviews.finishing.moderating import standing_of
from reviews.finishing.unresolved import Unresolved, must_have, not_approved, unanswered
from reviews.models import Review, ServiceReply, Stage
from reviews.permissions import may_edit_draft, may_moderate


class Step(StrEnum):
    MEND = "mend"
    TO_MODERATOR = "to-moderator"
    MODERATOR_DECIDES = "moderator-decides"
    TO_SERVICE = "to-service"
    SERVICE_REPLIES = "service-replies"
    ANSWER = "answer"
    ISSUE = "issue"
    LOOK = "look"


OF_OTHERS = (Step.MODERATOR_DECIDES, Step.SERVICE_REPLIES, Step.LOOK)
OF_THE_LEAD = (Step.TO_MODERATOR, Step.TO_SERVICE, Step.ANSWER, Step.ISSUE)


@dataclass(frozen=True)
class NextStep:
    """`says`: what comes next, and who is waited for. `label`, `where`: the link that leads there.

    `is_first`: the reader writes the draft, and nobody else had it yet. `is_waiting`: others are to act.
    """

    step: Step
    says: str
    label: str
    where: str
    is_first: bool
    is_waiting: bool


@dataclass(frozen=True)
class Facts:
    """`is_approved`: None where it is not known whether the draft changed since. `to_mend`: why not, in words."""

    is_lacking: bool
    moderator: str
    is_out: bool
    is_approved: bool | None
    was_returned: bool
    to_mend: str
    reply_by: date | None
    is_replied: bool
    is_unanswered: bool

    @property
    def is_fresh(self) -> bool:
        """Whether nobody but the reviewers had the draft yet."""
        return not (self.is_out or self.is_approved is not False or self.to_mend or self.reply_by)

    @property
    def service_may_reply(self) -> bool:
        return self.reply_by is not None and not self.is_replied and self.reply_by >= timezone.localdate()

    @property
    def service_was_heard(self) -> bool:
        return self.reply_by is not None and not self.service_may_reply


def next_step_for(
    user, review: Review, reply: ServiceReply | None, unresolved: Unresolved | None = None
) -> NextStep:
    """For someone who works on the draft, in a fixed number of queries.

    `reply`: the review's latest. `unresolved`: where it was read already.
    """
    standing = unresolved.standing if unresolved else standing_of(review)
    approved = standing.is_approved or not standing.has_moderator
    facts = Facts(
        is_lacking=bool(unresolved.lacking if unresolved else must_have(review)),
        moderator=standing.moderator,
        is_out=standing.is_out,
        is_approved=standing.is_approved,
        was_returned=standing.was_returned,
        to_mend="" if approved or not standing.last else not_approved(standing)[0],
        reply_by=reply.reply_by if reply else None,
        is_replied=reply is not None and reply.is_sent,
        is_unanswered=bool(reply and reply.is_sent and unanswered(review)),
    )
    leads = is_allowed(user, Permission.ISSUE_REPORT, review)
    return step_from(
        facts,
        review,
        lead="" if leads else ", ".join(one.user.name for one in review.team if one.role == Role.LEAD),
        decides=may_moderate(user, review),
        writes=may_edit_draft(user, review),
    )


def step_from(facts: Facts, review: Review, *, lead: str, decides: bool, writes: bool) -> NextStep:
    """`lead`: who leads the review, "" to the lead. `decides`, `writes`: what the reader may do with the draft now."""
    step = _step(facts, is_with_service=review.stage == Stage.WITH_SERVICE)
    step = Step.MODERATOR_DECIDES if decides else step
    says = _("The draft waits for your word as its moderator.") if decides else _says(step, facts, lead)
    if step in OF_THE_LEAD and lead:
        says = f"{says} {_('That is for the lead reviewer, %(name)s.') % {'name': lead}}"
    label, page = _link(step, facts, leads=not lead, decides=decides, writes=writes)
    return NextStep(
        step=step,
        says=says,
        label=label,
        where=reverse(page, kwargs={"pk": review.pk}),
        is_first=page == "reviews:draft",
        is_waiting=step in OF_OTHERS and not decides,
    )


def _step(facts: Facts, *, is_with_service: bool) -> Step:
    """First what is missing, then the moderator's word, then the service's, then its answers, then the issue."""
    if facts.is_lacking:
        return Step.MEND
    if is_with_service and facts.service_may_reply:
        return Step.SERVICE_REPLIES
    if facts.is_replied and facts.is_unanswered:
        return Step.ANSWER
    if facts.moderator and facts.is_out:
        return Step.MODERATOR_DECIDES
    if facts.is_approved is None:
        return Step.LOOK
    if facts.moderator and not facts.is_approved:
        return Step.TO_MODERATOR
    return Step.ISSUE if facts.service_was_heard else Step.TO_SERVICE


def _says(step: Step, facts: Facts, lead: str) -> str:
    if step is Step.TO_MODERATOR:
        return _to_moderator(facts)
    words = {"name": facts.moderator}
    if facts.reply_by:
        words["day"] = date_format(facts.reply_by, "DATE_FORMAT")
    says = {
        Step.MEND: _("First what is still missing; then it can go on."),
        Step.MODERATOR_DECIDES: _(
            "It waits for %(name)s, who moderates. It can go on once they have approved it."
        ),
        Step.TO_SERVICE: _("Next it goes to the service, which reads it and replies."),
        Step.SERVICE_REPLIES: _(
            "It waits for the service, which may reply until %(day)s. It can be issued after that."
        ),
        Step.ANSWER: _("Next comes an answer to what the service said.")
        if lead
        else _("Next come your answers to what the service said."),
        Step.ISSUE: _("Next it is issued."),
        Step.LOOK: "",
    }
    return says[step] % words


def _to_moderator(facts: Facts) -> str:
    words = {"name": facts.moderator}
    if facts.to_mend:
        heard = _("The service was asked already, so it can be issued once they have approved it.")
        return f"{facts.to_mend} {heard}" if facts.service_was_heard else facts.to_mend
    if facts.service_was_heard:
        return (
            _("Next it goes to %(name)s, who moderates. It can be issued once they have approved it.") % words
        )
    return _("Next it goes to %(name)s, who moderates. The service gets it after that.") % words


def _link(step: Step, facts: Facts, *, leads: bool, decides: bool, writes: bool) -> tuple[str, str]:
    """What the link says, and the name of its page."""
    if decides:
        return _("Moderate the draft"), "reviews:moderate"
    if step in (Step.TO_MODERATOR, Step.TO_SERVICE) and facts.is_fresh and writes:
        return _("Finish the report"), "reviews:draft"
    if step is Step.TO_MODERATOR and facts.was_returned:
        return _("Read what the moderator noted"), "reviews:unresolved"
    if step is Step.ANSWER:
        return (_("Answer the reply") if leads else _("Read the reply")), "reviews:answers"
    if step is Step.ISSUE and leads:
        return _("Issue the report"), "reports:issue"
    return _("See where it stands"), "reviews:unresolved"
