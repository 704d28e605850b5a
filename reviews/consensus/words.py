"""Puts the consensus meeting into words: how far apart, what someone else wrote, what is still missing, who is here."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reviews.consensus.table import Meeting, Row
from reviews.missing import Lack, MissingPiece
from reviews.models import ConsensusPresence, ConsensusRating, TeamMember
from scales.spec import ScaleSpec

SMALL_NUMBERS = (
    gettext_lazy("No"),
    gettext_lazy("One"),
    gettext_lazy("Two"),
    gettext_lazy("Three"),
    gettext_lazy("Four"),
    gettext_lazy("Five"),
    gettext_lazy("Six"),
    gettext_lazy("Seven"),
    gettext_lazy("Eight"),
    gettext_lazy("Nine"),
)
LACKS = {
    Lack.SCORE: gettext_lazy("no agreed score"),
    Lack.REASON_FOR_NONE: gettext_lazy("not rated, but no reason"),
    Lack.REASON_FOR_AGREED: gettext_lazy("no reason for the agreed score"),
    Lack.REASON_TO_DEPART: gettext_lazy("departs from the suggested score without a reason"),
}
# The field that mends it, by its name in the form of the item.
MENDED_IN = {
    Lack.SCORE: "score_1",
    Lack.REASON_FOR_NONE: "unrated_code",
    Lack.REASON_FOR_AGREED: "reason",
    Lack.REASON_TO_DEPART: "departure_reason",
}


@dataclass(frozen=True)
class MissingLine:
    """One thing that is missing, and the id of the field that mends it."""

    piece: MissingPiece
    words: str
    field_id: str


def heading(meeting: Meeting) -> str:
    """Three splits to talk about, 22 equal."""
    if len(meeting.raters) == 1:
        return _("The scores of one reviewer")
    splits = len(meeting.splits)
    return ngettext(
        "%(number)s split to talk about, %(equal)s equal",
        "%(number)s splits to talk about, %(equal)s equal",
        splits,
    ) % {"number": spelled(splits), "equal": len(meeting.equals)}


def spelled(number: int) -> str:
    """A number as it begins a sentence."""
    return str(SMALL_NUMBERS[number]) if number < len(SMALL_NUMBERS) else str(number)


def apart(row: Row) -> str:
    """How far apart the reviewers are on an item."""
    if len(row.given) == 1:
        return ""
    if row.is_left_out_by_some:
        return _("split: not rated by all")
    if not row.is_split:
        return _("equal")
    words = {1: _("split"), 2: _("two apart"), 3: _("three apart"), 4: _("four apart")}
    return words.get(row.distance) or _("%(points)s apart") % {"points": row.distance}


def mark(rating) -> str:
    """A score as tables show it: a number, "n/r" for not rated, nothing while open."""
    return mark_of_score(rating.score) if rating is not None and rating.is_settled else ""


def mark_of_score(score: int | None) -> str:
    return _("n/r") if score is None else str(score)


def short_names(raters: Iterable[TeamMember]) -> dict[int, str]:
    """What the head of a column calls each reviewer, by place on the team: the first name where that is enough."""
    people = {rater.pk: rater.user for rater in raters}
    first = [person.get_short_name() for person in people.values()]
    return {
        place: person.get_short_name() if first.count(person.get_short_name()) == 1 else person.name
        for place, person in people.items()
    }


def matter_in_words(matter: str, rating: ConsensusRating) -> str:
    """What is stored in one matter of an agreed rating, as the other device reads it."""
    if matter == "score":
        words = mark(rating) or _("no score")
        return f"{words}: {rating.unrated_note}" if rating.not_rated and rating.unrated_note else words
    if matter == "priority":
        if rating.priority is None and not rating.action:
            return _("nothing")
        words = rating.action if rating.priority is None else f"{rating.priority}. {rating.action}"
        return (
            words
            if rating.target is None
            else _("%(words)s (to reach %(target)s)")
            % {
                "words": words,
                "target": rating.target,
            }
        )
    return getattr(rating, matter) or _("nothing")


def missing_lines(pieces: Iterable[MissingPiece]) -> list[MissingLine]:
    return [
        MissingLine(piece, str(LACKS[piece.lack]), f"id_{piece.item.code}_{MENDED_IN[piece.lack]}")
        for piece in pieces
    ]


def presence(others: Iterable[ConsensusPresence], spec: ScaleSpec) -> str:
    """Who else is here, and on which item."""
    lines = []
    for one in others:
        item = spec.items_by_code.get(one.item_code)
        words = (
            _("%(name)s is here too, on item %(number)s") if item is not None else _("%(name)s is here too")
        )
        lines.append(words % {"name": one.user.name, "number": item.number if item is not None else ""})
    return " · ".join(lines)


def presence_token(others: Iterable[ConsensusPresence]) -> str:
    """What the presence line says, as a value that a page can send back."""
    return " ".join(f"{one.user_id}:{one.item_code}" for one in others)
