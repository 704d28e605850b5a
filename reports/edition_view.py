"""What a report says of its own editions, in words: what a correction changed and why, and that one was withdrawn."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports import words
from reports.document import ReportDocument
from reports.edition_lines import ChangeLine
from reviews.independence_words import LABELS

NOTHING = "–"
FIELDS = {
    "total": gettext_lazy("Total"),
    "can_become": gettext_lazy("What the total can become"),
    "band": gettext_lazy("Band"),
    "section_total": gettext_lazy("Section total"),
    "site": gettext_lazy("Site"),
    "place": gettext_lazy("Place"),
    "program": gettext_lazy("Program"),
    "organization": gettext_lazy("Organization"),
    "independence": gettext_lazy("Independence"),
    "independence_reason": gettext_lazy("Reason for the label"),
    "interviews": gettext_lazy("Interviews"),
    "observations": gettext_lazy("Observations"),
    "records": gettext_lazy("Records read"),
    "not_seen": gettext_lazy("What was not seen"),
    "summary": gettext_lazy("Summary"),
    "team": gettext_lazy("Team"),
    "previous_total": gettext_lazy("Total of the previous review"),
    "priority": gettext_lazy("Priority"),
    "score": gettext_lazy("Score"),
    "unrated_reason": gettext_lazy("Why it is not rated"),
    "departure_reason": gettext_lazy("Departure"),
    "rationale": gettext_lazy("Why this score"),
    "evidence": gettext_lazy("Evidence"),
    "recommendation": gettext_lazy("Recommendation"),
    "target": gettext_lazy("Target"),
    "suggested": gettext_lazy("Suggested by the facts"),
    "setting_score": gettext_lazy("Setting score"),
    "previous": gettext_lazy("Score in the previous review"),
    "strength": gettext_lazy("Strength"),
}


@dataclass(frozen=True)
class Change:
    """`where`: the item or section that it is in, "" for the whole report."""

    where: str
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Changes:
    """What an edition corrects. `said`: which edition, of which day."""

    said: str
    reason: str
    lines: tuple[Change, ...]


def changes_view(document: ReportDocument) -> Changes | None:
    """None for an edition that corrects no other."""
    if not document.corrects:
        return None
    return Changes(
        said=corrects(document),
        reason=document.correction_reason,
        lines=tuple(_change(line) for line in document.changes),
    )


def corrects(document: ReportDocument) -> str:
    """ "Edition 1.1 corrects edition 1.0 of 9 November 2026."; of one that is still written "This corrects …"."""
    if not document.corrects or document.corrects_made_at is None:
        return ""
    named = {
        "edition": document.edition,
        "before": document.corrects,
        "day": words.day(document.corrects_made_at.date()),
    }
    if document.is_final:
        return _("Edition %(edition)s corrects edition %(before)s of %(day)s.") % named
    return _("This draft corrects edition %(before)s of %(day)s.") % named


def notices(document: ReportDocument) -> tuple[str, ...]:
    """What stands at the top of page 1: that the edition was withdrawn, and which one it corrects."""
    found = []
    if document.withdrawn is not None:
        found.append(
            _("Edition %(edition)s was withdrawn on %(day)s by %(person)s: %(reason)s")
            % {
                "edition": document.edition,
                "day": words.day(document.withdrawn.on),
                "person": document.withdrawn.by,
                "reason": document.withdrawn.reason,
            }
        )
    if document.corrects:
        found.append(
            f"{corrects(document)} {_('What changed stands at the end, under “What changed in this edition”.')}"
        )
    return tuple(found)


def withdrawn_mark(document: ReportDocument) -> str:
    """What is written across every page of an edition that was withdrawn; empty for one that holds."""
    if document.withdrawn is None:
        return ""
    return _("WITHDRAWN on %(day)s") % {"day": words.day(document.withdrawn.on)}


def _change(line: ChangeLine) -> Change:
    where = f"{line.item_number}  {line.item_title}" if line.item_number is not None else line.item_title
    what = str(FIELDS.get(line.field, line.field))
    if line.field == "priority":
        where, what = "", f"{what} {line.item_title}"
    return Change(where, what, _shown(line.field, line.before), _shown(line.field, line.after))


def _shown(field: str, text: str) -> str:
    in_words: dict[str, Callable[[str], str]] = {"independence": lambda code: str(LABELS.get(code, code))}
    if not text:
        return _("not rated") if field == "score" else NOTHING
    return in_words[field](text) if field in in_words else text
