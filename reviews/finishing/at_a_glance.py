"""The next step of many drafts at once, in one query."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from accounts.permissions import Role
from reviews.finishing.next_step import Facts, NextStep, step_from
from reviews.models import ItemReply, Moderation, Review, ServiceReply, Stage, TeamMember


def step_at_a_glance(user_role: str, review: Review) -> NextStep | None:
    """The next step of a draft that was read `with_its_standing`; None before there is a draft.

    `user_role`: the reader's own on the team. Whether anything is missing, or changed since the moderator approved it,
    is not read here: the link of such a draft leads to where it stands.
    """
    if review.stage == Stage.CONSENSUS:
        return None
    return step_from(
        _facts(review),
        review,
        lead=review.lead_name if user_role != Role.LEAD else "",
        decides=False,
        writes=review.stage == Stage.DRAFT,
    )


def with_its_standing(reviews: QuerySet) -> QuerySet:
    team = TeamMember.objects.filter(review=OuterRef("pk"))
    rounds = Moderation.objects.filter(review=OuterRef("pk"))
    # As `review.latest_reply`: one that is awaited, else the last that was sent.
    awaited_or_sent = Q(ended_at=None) | Q(replied_at__isnull=False)
    last = ServiceReply.objects.filter(awaited_or_sent, review=OuterRef("pk")).order_by("-pk")
    items = ItemReply.objects.filter(reply=OuterRef("last_reply"), answer="")
    return reviews.annotate(
        lead_name=_first(team.filter(role=Role.LEAD.value), "user__name"),
        moderator_name=_first(team.filter(role=Role.MODERATOR.value), "user__name"),
        is_with_moderator=Exists(rounds.filter(outcome="")),
        last_outcome=_first(rounds.exclude(outcome="").order_by("-pk"), "outcome"),
        last_reply=_first(last, "pk"),
        last_reply_by=_first(last, "reply_by"),
        last_replied_at=_first(last, "replied_at"),
        last_text=_first(last, "text"),
        last_answer=_first(last, "answer"),
        has_unanswered_items=Exists(items),
    )


def _first(rows: QuerySet, column: str) -> Subquery:
    return Subquery(rows.values(column)[:1])


def _facts(review: Review) -> Facts:
    moderator = review.moderator_name or ""
    was_returned = review.last_outcome == Moderation.Outcome.RETURNED
    words = _("%(name)s returned the draft: mend what they noted, and send it to them again.")
    whole_waits = bool((review.last_text or "").strip()) and not review.last_answer.strip()
    return Facts(
        is_lacking=False,
        moderator=moderator,
        is_out=review.is_with_moderator,
        is_approved=None if review.last_outcome == Moderation.Outcome.APPROVED else False,
        was_returned=was_returned,
        to_mend=words % {"name": moderator} if was_returned else "",
        reply_by=review.last_reply_by,
        is_replied=review.last_replied_at is not None,
        is_unanswered=review.has_unanswered_items or whole_waits,
    )
