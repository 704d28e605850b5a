"""A draft on its way: with its moderator, with the service, replied to."""

from datetime import timedelta

from django.utils import timezone

from accounts.permissions import Role
from reviews.actions.moderating import decide_on_draft, send_to_moderator
from reviews.actions.replying import Words, save_reply, send_reply, send_to_service
from reviews.finishing.state import state_of
from tests.reviews.situations import fresh, in_draft, in_program, joined, lead_of


def in_days(number: int):
    return timezone.localdate() + timedelta(days=number)


def with_moderator(scores=4, **fields):
    """A draft that was sent to its moderator, and the moderator."""
    review = in_draft(scores, **fields)
    moderator = joined(review, Role.MODERATOR)
    send_to_moderator(review=fresh(review), by=lead_of(review))
    return fresh(review), moderator


def decide(review, moderator, *, approve=True, note="", **item_notes):
    return decide_on_draft(
        review=fresh(review),
        approve=approve,
        note=note,
        item_notes={code.replace("_", "-"): text for code, text in item_notes.items()},
        state=state_of(review),
        by=moderator,
    )


def with_service(scores=4, days=7, **fields):
    """A draft that the service may reply to, and its program manager."""
    review = in_draft(scores, **fields)
    manager = in_program(review, Role.PROGRAM_MANAGER)
    send_to_service(review=fresh(review), reply_by=in_days(days), by=lead_of(review))
    return fresh(review), manager


def words(text="", **items) -> Words:
    """`disclosure="…"` for the text on an item, `disclosure=("…", "…")` for text and evidence."""
    pairs = {
        code.replace("_", "-"): said if isinstance(said, tuple) else (said, "")
        for code, said in items.items()
    }
    return Words(text, {code: {"text": one, "evidence": two} for code, (one, two) in pairs.items()})


def replied(scores=4, said=None, **fields):
    review, manager = with_service(scores, **fields)
    said = said or words("Thank you.", disclosure=("We do ask.", "See our form."))
    save_reply(review=fresh(review), words=said, was=None, by=manager)
    send_reply(review=fresh(review), by=manager)
    return fresh(review), manager
