"""The service's reply as a report shows it: what it said, what the lead answered, which scores changed and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports import words
from reports.document import ItemReplyLine, ReplyLine, ReportDocument


@dataclass(frozen=True)
class ItemReply:
    """`rescored`: "Score 3 → 4", empty where the score stayed."""

    line: ItemReplyLine
    rescored: str


@dataclass(frozen=True)
class Round:
    """One time that the draft was with the service. `said`: in a sentence, when it replied, or that it did not."""

    line: ReplyLine
    said: str
    items: tuple[ItemReply, ...]


@dataclass(frozen=True)
class Reply:
    """`not_asked`: a sentence, empty where the service was asked and there is a round to show."""

    rounds: tuple[Round, ...]
    not_asked: str


def said_in_reply(reply: Reply) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Heading and labelled texts, in the order of the page, for the outputs that have no template.

    A text without a label stands by itself.
    """
    if reply.not_asked:
        yield "", [("", reply.not_asked)]
    for one in reply.rounds:
        yield "", [("", one.said)]
        yield (
            _("On the whole report"),
            _filled((_("The service"), one.line.text), (_("Answer"), one.line.answer)),
        )
        for item in one.items:
            line = item.line
            yield (
                f"{line.item_number}  {line.item_title}",
                _filled(
                    (_("The service"), line.text),
                    (_("Evidence added"), line.evidence),
                    (_("Answer"), line.answer),
                    (_("New score"), f"{item.rescored} {line.reason}".strip() if item.rescored else ""),
                ),
            )


def _filled(*texts: tuple[str, str]) -> list[tuple[str, str]]:
    return [(label, text) for label, text in texts if text]


def new_scores_of(item_number: int, document: ReportDocument) -> tuple[str, ...]:
    """In a sentence each, with the reason: how the service's reply changed the score of an item, oldest first."""
    lines = [line for reply in document.replies for line in reply.items if line.item_number == item_number]
    return tuple(
        _("The score changed after the service’s reply, from %(before)s to %(after)s: %(reason)s")
        % {"before": _before(line), "after": line.score_after, "reason": line.reason}
        for line in lines
        if line.rescored
    )


def reply_view(document: ReportDocument) -> Reply:
    not_asked = ""
    if not document.replies and not document.not_asked_because:
        not_asked = (
            _("No reply of the service is part of this edition.")
            if document.is_final
            else _("The service has not been asked for its reply yet.")
        )
    if document.not_asked_because:
        not_asked = _("The service was not asked for a reply, because: %(reason)s") % {
            "reason": document.not_asked_because
        }
    return Reply(tuple(_round(line, document) for line in document.replies), not_asked)


def _round(line: ReplyLine, document: ReportDocument) -> Round:
    return Round(line, _said(line, document), tuple(ItemReply(one, _rescored(one)) for one in line.items))


def _said(line: ReplyLine, document: ReportDocument) -> str:
    day = {"day": words.day(line.reply_by)}
    if line.replied_at is not None:
        return _("%(person)s replied for the service on %(day)s.") % {
            "person": line.replied_by,
            "day": words.day(line.replied_at.date()),
        }
    if document.is_final or line.reply_by < document.made_at.date():
        return _("The service did not reply by %(day)s.") % day
    return _("The service has this draft, and may reply until %(day)s.") % day


def _rescored(line: ItemReplyLine) -> str:
    if not line.rescored:
        return ""
    return _("Score %(before)s → %(after)s") % {"before": _before(line), "after": line.score_after}


def _before(line: ItemReplyLine) -> str:
    return _("not rated") if line.score_before is None else str(line.score_before)
