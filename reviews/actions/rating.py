"""Save a rating as it is typed, keep both texts when two windows disagree, and submit the whole set."""

import logging
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from reviews.actions.consensus import open_what_comes_after_rating
from reviews.actions.refusals import NotNow
from reviews.facts import suggestions_for
from reviews.models import Rating, RatingConflict, RatingSet, Review, ReviewEvent, Stage
from reviews.permissions import may_rate
from scales.scoring import check_score

logger = logging.getLogger(__name__)

TYPED = (
    "score",
    "not_rated",
    "unrated_code",
    "unrated_note",
    "rationale",
    "evidence",
    "recommendation",
    "departure_reason",
    "specialist_points",
)


@dataclass(frozen=True)
class Saved:
    """The rating as it stands, and the conflict that keeps what was typed where it was not saved."""

    rating: Rating
    conflict: RatingConflict | None = None


class RatingsIncomplete(Exception):
    """A set cannot be submitted yet. `missing`: what it lacks, as `reviews.missing.MissingPiece` rows."""

    def __init__(self, missing: list):
        self.missing = missing
        super().__init__(f"{len(missing)} things are missing")


@transaction.atomic
def save_rating(*, review: Review, item_code: str, values: dict, based_on: int, by) -> Saved:
    """Save what one reviewer typed for one item.

    `values`: the fields of `TYPED`; missing ones stay. `based_on`: revision of the rating that the page showed.
    Saving the same again, as after a lost answer, changes nothing, and saving nothing does not begin a set. A save that
    is based on an older revision does not overwrite: it is kept as the rating's open conflict. Raises `NotNow`,
    `UnknownItem`, `ScoreOutOfRange`.
    """
    _check_scores(review, item_code, values)
    if _says_nothing(values) and not RatingSet.objects.of(review, by).exists():
        if not may_rate(by, review):
            raise NotNow
        return Saved(Rating())
    own_set, review = _own_set(review, by)
    _check_scores(review, item_code, values)
    rating, _ = Rating.objects.select_for_update(of=("self",)).get_or_create(
        rating_set=own_set, item_id=review.version.item_ids()[item_code]
    )
    changed = {
        name: values[name] for name in TYPED if name in values and getattr(rating, name) != values[name]
    }
    if not changed:
        return Saved(rating)
    if rating.revision != based_on:
        kept, _ = RatingConflict.objects.update_or_create(
            rating=rating,
            resolved_at=None,
            defaults={"by": by, "values": {name: values[name] for name in TYPED if name in values}},
        )
        return Saved(rating, conflict=kept)
    return Saved(_write(rating, changed))


@transaction.atomic
def settle_conflict(*, review: Review, conflict: RatingConflict, use_kept: bool, by) -> Rating:
    """Close a conflict: use the text that was kept aside, or stay with the saved one. Raises `NotNow`."""
    own_set, _ = _own_set(review, by)
    rating = Rating.objects.select_for_update(of=("self",)).get(pk=conflict.rating_id, rating_set=own_set)
    if use_kept:
        _write(rating, conflict.values)
    conflict.resolved_at = timezone.now()
    conflict.save(update_fields=["resolved_at", "at"])
    return rating


@transaction.atomic
def submit_ratings(*, review: Review, by) -> RatingSet:
    """Freeze the user's whole set; the last set in opens what comes next.

    Raises `NotNow`, and `RatingsIncomplete` with everything that is missing.
    """
    review = Review.objects.select_for_update(of=("self",)).with_details().get(pk=review.pk)
    own_set, _ = _own_set(review, by)
    suggestions = suggestions_for(review, own_set)
    if missing := own_set.missing(review.version.to_spec(), suggestions):
        raise RatingsIncomplete(missing)
    for rating in own_set.ratings.select_related("item"):
        suggestion = suggestions.get(rating.item.code)
        suggested = suggestion and suggestion.score
        if suggested != rating.suggested:
            rating.suggested = suggested
            rating.save(update_fields=["suggested"])
    own_set.submitted_at = timezone.now()
    own_set.save(update_fields=["submitted_at"])
    review.timeline.create(step=ReviewEvent.Step.SUBMITTED, by=by)
    logger.info("ratings submitted: review %s set %s", review.pk, own_set.pk)
    open_what_comes_after_rating(review=review, by=by)
    return own_set


def _own_set(review: Review, by) -> tuple[RatingSet, Review]:
    """The user's own set, locked, and the review it belongs to. Raises `NotNow`.

    The first save begins the set. It locks the review and reads it again, for the plan may have changed since the page
    was opened; from then on version, profile and the user's place are fixed.
    """
    own_set = RatingSet.objects.select_for_update(of=("self",)).of(review, by).first()
    if own_set is None:
        review = Review.objects.select_for_update(of=("self",)).with_details().get(pk=review.pk)
    if not may_rate(by, review):
        raise NotNow
    if own_set is None:
        own_set, _ = RatingSet.objects.get_or_create(member=review.member(by))
        if review.stage == Stage.PLANNED:
            review.stage = Stage.RATING
            review.save(update_fields=["stage"])
            review.timeline.create(step=ReviewEvent.Step.RATING_BEGAN, by=by)
    if own_set.is_submitted:
        raise NotNow
    return own_set, review


def _says_nothing(values: dict) -> bool:
    """Whether there is nothing to keep yet; a score of 0 is a score."""
    return values.get("score") is None and not any(values.values())


def _check_scores(review: Review, item_code: str, values: dict) -> None:
    """The score, and the points given specialist by specialist, are scores of the item."""
    spec = review.version.to_spec()
    check_score(spec, item_code, values.get("score"))
    for row in values.get("specialist_points", ()):
        check_score(spec, item_code, int(row["value"]) if row.get("value") else None)


def _write(rating: Rating, values: dict) -> Rating:
    for name, value in values.items():
        setattr(rating, name, value)
    rating.revision += 1
    rating.save()
    return rating
