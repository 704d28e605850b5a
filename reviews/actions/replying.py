"""The draft with the service: sent with a last day to reply, replied to item by item, sent once, or taken back."""

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from reviews.actions.moderating import DraftIncomplete
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.finishing.unresolved import missing_before_service
from reviews.models import ItemReply, Review, ReviewEvent, ServiceReply, Stage
from reviews.permissions import may_lead_reply, may_reply, may_send_to_service

logger = logging.getLogger(__name__)

ON_AN_ITEM = ("text", "evidence")


class DayIsPast(Exception):
    """The last day to reply is today or later."""


class NothingSaid(Exception):
    """A reply that is sent says something, if only that there is nothing to add."""


@dataclass(frozen=True)
class Words:
    """What the service says. `text`: on the whole, None where not told. `items`: item code to text and evidence."""

    text: str | None
    items: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Saved:
    """`conflicts`: fields that someone else wrote meanwhile and that were left as they wrote them: "" for the words
    on the whole, else an item's code, and the field's name."""

    reply: ServiceReply
    conflicts: tuple[tuple[str, str], ...]


@transaction.atomic
def send_to_service(*, review: Review, reply_by: date, by) -> ServiceReply:
    """Show the draft to the service's program managers. Raises `NotNow`, `DraftIncomplete`, `DayIsPast`."""
    review = _locked(review)
    if not may_send_to_service(by, review):
        raise NotNow
    if missing := missing_before_service(review):
        raise DraftIncomplete(missing)
    if reply_by < timezone.localdate():
        raise DayIsPast
    reply = review.service_replies.create(asked_at=timezone.now(), asked_by=by, reply_by=reply_by)
    _advance(review, Stage.WITH_SERVICE, ReviewEvent.Step.SENT_TO_SERVICE, by, reply_by.isoformat())
    return reply


@transaction.atomic
def move_reply_date(*, review: Review, reply_by: date, by) -> ServiceReply:
    """Give the service more time, or less. Raises `NotNow`, `DayIsPast`."""
    review = _locked(review)
    reply = review.latest_reply
    if not may_lead_reply(by, review) or reply is None or reply.is_sent:
        raise NotNow
    if reply_by < timezone.localdate():
        raise DayIsPast
    if reply_by != reply.reply_by:
        reply.reply_by = reply_by
        reply.save(update_fields=["reply_by"])
        review.timeline.create(step=ReviewEvent.Step.REPLY_DATE_MOVED, by=by, note=reply_by.isoformat())
        logger.info("reply date moved: review %s", review.pk)
    return reply


@transaction.atomic
def save_reply(*, review: Review, words: Words, was: Words | None, by) -> Saved:
    """Keep what the service typed so far.

    `was`: what the page showed in the same fields, None to write over whatever is there. A field that someone else
    changed since is left as it is and named among the conflicts; the others are saved. Raises `NotNow`.
    """
    review = _locked(review)
    if not may_reply(by, review):
        raise NotNow
    reply = review.latest_reply
    conflicts: list[tuple[str, str]] = []
    on_whole = {} if words.text is None else {"text": words.text}
    if _take(reply, "", on_whole, {"text": was.text or ""} if was else None, conflicts):
        reply.revision += 1
        reply.save(update_fields=["text", "revision"])
    rows = {row.item.code: row for row in reply.items.select_related("item")}
    ids = review.version.item_ids()
    for code, typed in words.items.items():
        row = rows.get(code) or ItemReply(reply=reply, item_id=ids[code])
        shown = was.items.get(code, {}) if was else None
        if _take(row, code, typed, shown, conflicts):
            row.revision += 1
            row.save()
    return Saved(reply, tuple(conflicts))


def words_in(reply: ServiceReply) -> str:
    """SHA-256 of all that a reply says, as it is in the database now."""
    rows = reply.items.order_by("item_id").values_list("item_id", *ON_AN_ITEM)
    said = [reply.text.strip(), *([*row] for row in rows if any(text.strip() for text in row[1:]))]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


@transaction.atomic
def send_reply(*, review: Review, seen: str | None = None, by) -> ServiceReply:
    """Send what is saved, once; from then on it stays as it is. `seen`: `words_in` what the sender was shown.

    Raises `NotNow`, `NothingSaid`, `ChangedMeanwhile` where it says something else than what was seen.
    """
    review = _locked(review)
    if not may_reply(by, review):
        raise NotNow
    reply = review.latest_reply
    if seen is not None and seen != words_in(reply):
        raise ChangedMeanwhile
    for row in reply.items.all():
        if not row.text.strip() and not row.evidence.strip():
            row.delete()
    if not reply.text.strip() and not reply.items.exists():
        raise NothingSaid
    reply.replied_at, reply.replied_by = timezone.now(), by
    reply.save(update_fields=["replied_at", "replied_by"])
    review.timeline.create(step=ReviewEvent.Step.REPLIED, by=by)
    logger.info("reply sent: review %s", review.pk)
    return reply


@transaction.atomic
def back_to_draft(*, review: Review, reason: str, by) -> Review:
    """Take the draft back from the service; what it sent stays. Raises `NotNow`."""
    review = _locked(review)
    if not may_lead_reply(by, review):
        raise NotNow
    if not reason.strip():
        raise ValueError("taking the draft back takes a reason")
    review.service_replies.filter(ended_at=None).update(ended_at=timezone.now())
    _advance(review, Stage.DRAFT, ReviewEvent.Step.BACK_TO_DRAFT, by, reason.strip())
    return review


def _take(row, code: str, typed: Mapping[str, str], shown: Mapping[str, str] | None, conflicts: list) -> bool:
    """Put what was typed into a row, field by field; whether anything changed."""
    changed = False
    for name, value in typed.items():
        stored = getattr(row, name)
        if value == stored or (shown is not None and value == shown.get(name, "")):
            continue
        if shown is not None and stored != shown.get(name, ""):
            conflicts.append((code, name))
            continue
        setattr(row, name, value)
        changed = True
    return changed


def _locked(review: Review) -> Review:
    return Review.objects.select_for_update(of=("self",)).with_details().get(pk=review.pk)


def _advance(review: Review, stage: Stage, step: ReviewEvent.Step, by, note: str) -> None:
    review.stage = stage
    review.save(update_fields=["stage"])
    review.timeline.create(step=step, by=by, note=note)
    logger.info("review %s is now in stage %s", review.pk, stage.value)
