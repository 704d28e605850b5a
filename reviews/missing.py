"""What a set of ratings, or the agreed ones, still lack: one answer for the list shown and for the check at the end."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scales.spec import Item, ScaleSpec
from scales.suggestion import Suggestion


class Lack(StrEnum):
    SCORE = "score"
    REASON_FOR_NONE = "reason for none"
    REASON_TO_DEPART = "reason to depart"
    CHOICE = "choice between two texts"
    REASON_FOR_AGREED = "reason for the agreed score"


@dataclass(frozen=True)
class MissingPiece:
    """One thing that one item lacks."""

    item: Item
    lack: Lack


def departs(rating, suggestion: Suggestion | None) -> bool:
    """Whether a score differs from what the facts suggest; an open suggestion cannot be departed from."""
    return (
        suggestion is not None
        and suggestion.score is not None
        and rating.score is not None
        and rating.score != suggestion.score
    )


def missing_before_submission(
    spec: ScaleSpec,
    ratings: Mapping[str, object],
    suggestions: Mapping[str, Suggestion],
    in_conflict: Collection[str] = (),
) -> list[MissingPiece]:
    """What keeps a set from being submitted.

    `ratings`, `suggestions`: by item code. `in_conflict`: codes of items with two texts to choose from.
    """
    missing = []
    for item in spec.items:
        lack = _lack(ratings.get(item.code), suggestions.get(item.code))
        if item.code in in_conflict:
            lack = Lack.CHOICE
        if lack is not None:
            missing.append(MissingPiece(item, lack))
    return missing


def missing_before_draft(
    spec: ScaleSpec,
    agreed: Mapping[str, object],
    given: Mapping[str, Sequence[object]],
    suggestions: Mapping[str, Suggestion],
) -> list[MissingPiece]:
    """What keeps consensus from closing; an item can lack several things.

    `agreed`: agreed ratings by item code. `given`: each reviewer's submitted rating of the item.
    """
    missing = []
    for item in spec.items:
        rating = agreed.get(item.code)
        lack = _lack(rating, suggestions.get(item.code))
        if needs_reason(rating, given.get(item.code, ())) and not rating.reason.strip():
            missing.append(MissingPiece(item, Lack.REASON_FOR_AGREED))
        if lack is not None:
            missing.append(MissingPiece(item, lack))
    return missing


def needs_reason(agreed, given: Sequence[object]) -> bool:
    """Whether an agreed score is one that not every reviewer gave; "not rated" has a reason of its own."""
    if agreed is None or agreed.score is None:
        return False
    return any(one.score != agreed.score for one in given)


def without_words(spec: ScaleSpec, ratings: Mapping[str, object]) -> list[Item]:
    """Items with a score but no words on why; worth saying, no bar to submitting."""
    return [
        item
        for item in spec.items
        if item.code in ratings
        and ratings[item.code].score is not None
        and not ratings[item.code].rationale.strip()
    ]


def _lack(rating, suggestion: Suggestion | None) -> Lack | None:
    if rating is None or not rating.is_settled:
        return Lack.SCORE
    if rating.not_rated and not rating.unrated_code and not rating.unrated_note.strip():
        return Lack.REASON_FOR_NONE
    if departs(rating, suggestion) and not rating.departure_reason.strip():
        return Lack.REASON_TO_DEPART
    return None
