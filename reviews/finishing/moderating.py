"""Where a draft stands with its moderator."""

from dataclasses import dataclass

from accounts.permissions import Role
from reviews.finishing.state import state_of
from reviews.models import Moderation, Review


@dataclass(frozen=True)
class ItemNote:
    """`is_mended`: whether the item's agreed rating was changed since the note."""

    number: int
    title: str
    code: str
    text: str
    is_mended: bool


@dataclass(frozen=True)
class Standing:
    """`moderator`: a name, "" where the team has none. `last`: the last decision. `is_approved`: of this very draft."""

    moderator: str
    is_out: bool
    last: Moderation | None
    is_approved: bool
    notes: tuple[ItemNote, ...]

    @property
    def has_moderator(self) -> bool:
        return bool(self.moderator)

    @property
    def lapsed(self) -> bool:
        """Whether an approval no longer holds, as the draft changed."""
        return (
            self.last is not None
            and self.last.outcome == Moderation.Outcome.APPROVED
            and not self.is_approved
        )

    @property
    def was_returned(self) -> bool:
        return self.last is not None and self.last.outcome == Moderation.Outcome.RETURNED


def standing_of(review: Review) -> Standing:
    """In a fixed number of queries."""
    names = [member.user.name for member in review.team if member.role == Role.MODERATOR]
    rounds = list(review.moderations.select_related("decided_by").order_by("pk"))
    decided = [one for one in rounds if one.outcome]
    last = decided[-1] if decided else None
    approved = last is not None and last.outcome == Moderation.Outcome.APPROVED
    return Standing(
        moderator=", ".join(names),
        is_out=any(not one.outcome for one in rounds),
        last=last,
        is_approved=approved and last.state == state_of(review),
        notes=_notes(review, last) if last else (),
    )


def _notes(review: Review, decided: Moderation) -> tuple[ItemNote, ...]:
    changed = dict(review.consensus.values_list("item_id", "updated_at"))
    rows = decided.notes.select_related("item").order_by("item__number")
    return tuple(
        ItemNote(
            number=row.item.number,
            title=row.item.short_title,
            code=row.item.code,
            text=row.text,
            is_mended=row.item_id in changed and changed[row.item_id] > decided.decided_at,
        )
        for row in rows
    )
