"""What the consensus meeting sees of every item: each reviewer's rating, how far apart, what is agreed so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from accounts.models import User
from reviews.agreement import ReviewAgreement, review_agreement
from reviews.consensus.texts import drafted, drafted_reason_for_none, first_line, joined
from reviews.facts import suggestions_for
from reviews.missing import MissingPiece, departs, missing_before_draft
from reviews.models import ConsensusRating, Rating, Review, TeamMember
from reviews.past.versions import since_then
from scales.scoring import Total, total
from scales.spec import ExpectedLoss, Item, ScaleSpec
from scales.suggestion import Suggestion


@dataclass(frozen=True)
class Given:
    """What one reviewer gave one item."""

    rater: TeamMember
    rating: Rating

    @property
    def departs(self) -> bool:
        """Whether the score differs from what the facts suggested when the set was submitted."""
        rating = self.rating
        return None not in (rating.score, rating.suggested) and rating.score != rating.suggested

    @property
    def has_more_words(self) -> bool:
        """Whether there is more to read than the first line of the rationale."""
        rating = self.rating
        return (
            bool(rating.evidence or rating.recommendation) or first_line(rating.rationale) != rating.rationale
        )


@dataclass(frozen=True)
class Row:
    """One item of the meeting.

    `agreed`: the agreed rating as stored; not in the database yet (`pk` None), the words drafted from the reviewers'.
    `previous`: the agreed score of the review before, None where it left the item unrated or (not
    `was_rated_then`) had no such item. `missing`: what keeps this item from being closed.
    `anchor_moved`, `is_new`: against the scale version of the review before.
    """

    item: Item
    given: tuple[Given, ...]
    agreed: ConsensusRating
    previous: int | None
    was_rated_then: bool
    loss: ExpectedLoss | None
    suggestion: Suggestion | None
    missing: tuple[MissingPiece, ...]
    anchor_moved: bool = False
    is_new: bool = False

    @cached_property
    def ratings(self) -> tuple[Rating, ...]:
        return tuple(given.rating for given in self.given)

    @property
    def is_split(self) -> bool:
        return len({(rating.score, rating.not_rated) for rating in self.ratings}) > 1

    @property
    def is_left_out_by_some(self) -> bool:
        """Whether some rated the item and others did not."""
        return self.is_split and any(rating.not_rated for rating in self.ratings)

    @property
    def distance(self) -> int:
        """Points between the highest and the lowest score; at least 1 where the reviewers differ at all."""
        scores = [rating.score for rating in self.ratings if rating.score is not None]
        return max(max(scores, default=0) - min(scores, default=0), int(self.is_split))

    @property
    def departs(self) -> bool:
        return departs(self.agreed, self.suggestion)

    @property
    def is_for_one_act(self) -> bool:
        """Equal, not agreed yet, and without a departure that nobody gave a reason for."""
        if self.is_split or self.agreed.is_settled:
            return False
        departing = departs(self.ratings[0], self.suggestion)
        return not departing or bool(self.agreed.departure_reason.strip())

    @property
    def recommendations_differ(self) -> bool:
        """Whether the drafted recommendation still holds more than one."""
        return len(
            {rating.recommendation.strip() for rating in self.ratings if rating.recommendation.strip()}
        ) > 1 and self.agreed.recommendation == joined(self.ratings, "recommendation")

    @cached_property
    def drafted_reason_for_none(self) -> dict[str, str]:
        return drafted_reason_for_none(self.ratings)


@dataclass(frozen=True)
class Meeting:
    """The whole table. `rows`: in the order of the score sheet."""

    review: Review
    spec: ScaleSpec
    raters: tuple[TeamMember, ...]
    rows: tuple[Row, ...]

    @cached_property
    def splits(self) -> list[Row]:
        """The furthest apart first."""
        return sorted((row for row in self.rows if row.is_split), key=lambda row: -row.distance)

    @cached_property
    def equals(self) -> list[Row]:
        return [row for row in self.rows if not row.is_split]

    @cached_property
    def for_one_act(self) -> list[Row]:
        return [row for row in self.rows if row.is_for_one_act]

    @cached_property
    def agreement(self) -> ReviewAgreement:
        """On the sets as submitted; nothing that is agreed later changes it."""
        scores = {
            place: {row.item.code: row.ratings[place].score for row in self.rows}
            for place in range(len(self.raters))
        }
        return review_agreement([row.item.code for row in self.rows], scores)

    @cached_property
    def total(self) -> Total:
        return total(self.spec, {row.item.code: row.agreed.score for row in self.rows})

    @property
    def anchors_moved(self) -> bool:
        """Whether a score of the review before stands beside one that is given by something else now."""
        return any(row.anchor_moved and row.was_rated_then for row in self.rows)

    @property
    def settled(self) -> int:
        return sum(row.agreed.is_settled for row in self.rows)

    @cached_property
    def missing(self) -> list[MissingPiece]:
        return [piece for row in self.rows for piece in row.missing]

    @property
    def left(self) -> int:
        """How many items keep consensus from closing."""
        return sum(bool(row.missing) for row in self.rows)

    @property
    def submitted_at(self) -> datetime:
        """When the last set came in."""
        return max(rater.own_set.submitted_at for rater in self.raters)

    def row(self, item_code: str) -> Row:
        return next(row for row in self.rows if row.item.code == item_code)


def meeting_of(review: Review) -> Meeting:
    """Everything the meeting shows, in a fixed number of queries; all counting sets must be in."""
    spec, profile = review.version.to_spec(), review.profile.to_spec()
    raters = tuple(member for member in review.team if member.counts)
    given = given_by_item(review, raters)
    stored = {
        row.item.code: row for row in review.consensus.select_related("item", "agreed_by").order_by("item_id")
    }
    agreed = {
        item.code: stored.get(item.code) or not_agreed_yet(review, [one.rating for one in given[item.code]])
        for item in spec.items
    }
    suggestions = suggestions_for(review)
    previous = review.previous()
    before = previous.scores_by_code() if previous and review.counts_like(previous) else {}
    since = since_then(review, previous)
    missing = missing_before_draft(
        spec, agreed, {code: [one.rating for one in rows] for code, rows in given.items()}, suggestions
    )
    rows = tuple(
        Row(
            item=item,
            given=given[item.code],
            agreed=agreed[item.code],
            previous=before.get(item.code),
            was_rated_then=item.code in before,
            loss=profile.adjustment(item.code).expected_loss,
            suggestion=suggestions.get(item.code),
            missing=tuple(piece for piece in missing if piece.item == item),
            anchor_moved=item.code in since.moved,
            is_new=item.code in since.new,
        )
        for item in spec.items
    )
    return Meeting(review=review, spec=spec, raters=raters, rows=rows)


def given_by_item(review: Review, raters: tuple[TeamMember, ...]) -> dict[str, tuple[Given, ...]]:
    """Item code to what each reviewer gave it, in the order of `raters`; one query."""
    ratings = Rating.objects.filter(rating_set__member__in=raters).select_related("item", "rating_set")
    found = {(rating.item.code, rating.rating_set.member_id): rating for rating in ratings}
    return {
        item.code: tuple(Given(rater, found[item.code, rater.pk]) for rater in raters)
        for item in review.version.to_spec().items
    }


def not_agreed_yet(review: Review, ratings: list[Rating]) -> ConsensusRating:
    """The agreed rating of an item before its first save: drafted from the submitted sets, not in the database."""
    return ConsensusRating(review=review, item=ratings[0].item, **drafted(ratings))


def changed_since(review: Review, seen: Mapping[str, int]) -> set[str]:
    """Codes of the items whose agreed rating has another revision than the page has; one query."""
    stored = review.consensus.values_list("item__code", "revision")
    return {code for code, revision in stored if seen.get(code, 0) != revision}


def last_written(agreed: ConsensusRating, names: Sequence[str]) -> tuple[User | None, datetime]:
    """Who gave some fields of an agreed rating the values they have, and when; one query on its past rows."""
    writer = agreed
    for past in agreed.events.select_related("agreed_by").order_by("-pgh_id"):
        if any(getattr(past, name) != getattr(agreed, name) for name in names):
            break
        writer = past
    return writer.agreed_by, writer.updated_at
