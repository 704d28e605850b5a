"""From submitted sets to agreed ratings, on to the draft report, and back."""

import logging
from dataclasses import dataclass

from django.db import transaction

from reviews.actions.refusals import NotNow
from reviews.consensus.table import given_by_item, meeting_of, not_agreed_yet
from reviews.consensus.texts import ARGUES_FOR_A_SCORE, drafted, drafted_for
from reviews.facts import suggestions_for
from reviews.missing import MissingPiece
from reviews.models import ConsensusRating, Rating, Review, ReviewEvent, Stage
from reviews.permissions import BEFORE_SUBMISSION, may_agree, may_edit_draft
from scales.scoring import check_score

logger = logging.getLogger(__name__)

CARRIED = (
    "item_id",
    "score",
    "not_rated",
    "unrated_code",
    "unrated_note",
    "rationale",
    "evidence",
    "recommendation",
    "suggested",
    "departure_reason",
)

# What two people can disagree on: fields that mean nothing without each other are one matter.
MATTERS = {
    "score": ("score", "not_rated", "unrated_code", "unrated_note"),
    "reason": ("reason",),
    "departure_reason": ("departure_reason",),
    "rationale": ("rationale",),
    "evidence": ("evidence",),
    "recommendation": ("recommendation",),
    "strength": ("strength",),
    "priority": ("priority", "action", "target"),
}


class ConsensusIncomplete(Exception):
    """Consensus cannot close yet. `missing`: what it lacks, as `reviews.missing.MissingPiece` rows."""

    def __init__(self, missing: list[MissingPiece]):
        self.missing = missing
        super().__init__(", ".join(self.item_codes))

    @property
    def item_codes(self) -> list[str]:
        return list(dict.fromkeys(piece.item.code for piece in self.missing))


@dataclass(frozen=True)
class Agreed:
    """The agreed rating as it stands after a save.

    `before`: its revision before the save. `conflicts`: keys of `MATTERS` that were not written, as someone else
    wrote them since the page was loaded. `place_taken_by`: the item that has the chosen place among what to do next.
    `redrafted`: fields whose words changed with the score, as nobody had written others yet.
    """

    rating: ConsensusRating
    before: int
    conflicts: tuple[str, ...] = ()
    place_taken_by: ConsensusRating | None = None
    redrafted: tuple[str, ...] = ()


def open_what_comes_after_rating(*, review: Review, by) -> None:
    """Once every counting set is in: one set alone goes on to the draft, several to consensus.

    An observer may still submit later; nothing comes after that.
    """
    if review.stage not in BEFORE_SUBMISSION:
        return
    counting = [member for member in review.members.select_related("rating_set") if member.counts]
    if not all(member.has_submitted for member in counting):
        return
    if len(counting) == 1:
        ratings = Rating.objects.filter(rating_set__member=counting[0])
        ConsensusRating.objects.bulk_create(
            ConsensusRating(review=review, **{name: getattr(rating, name) for name in CARRIED})
            for rating in ratings
        )
        _advance(review, Stage.DRAFT, ReviewEvent.Step.DRAFT_OPENED, by)
    else:
        _advance(review, Stage.CONSENSUS, ReviewEvent.Step.CONSENSUS_OPENED, by)


@transaction.atomic
def agree(*, review: Review, item_code: str, values: dict, by, was: dict | None = None) -> Agreed:
    """Save what the team agrees on one item.

    `values`: fields of `MATTERS`; missing ones stay. `was`: what the page showed in the same fields, None for a loader
    that asks for no check. A matter that someone else changed since is not overwritten; the others are saved. The first
    save begins with the words drafted from the submitted sets, and words that nobody changed follow the agreed score;
    saving nothing leaves no row.
    Raises `NotNow`, `UnknownItem`, `ScoreOutOfRange`.
    """
    review = _locked(review)
    if not may_agree(by, review):
        raise NotNow
    for name in ("score", "target"):
        check_score(review.version.to_spec(), item_code, values.get(name))
    if values.get("score") is not None:
        values = {"not_rated": False, "unrated_code": "", "unrated_note": ""} | values
    ratings = _submitted(review, item_code)
    rating = _stored_or_drafted(review, item_code, ratings)
    before = rating.revision
    changed, conflicts = _sort_out(rating, values, was)
    taken_by = _holder_of_place(rating, changed)
    if taken_by is not None:
        changed = {name: value for name, value in changed.items() if name not in MATTERS["priority"]}
    redrafted: dict[str, object] = {}
    if changed:
        if rating.pk is None or "score" in changed:
            suggestion = suggestions_for(review).get(item_code)
            rating.suggested = suggestion.score if suggestion is not None else None
        written = set(values) if was is None else set(changed)
        redrafted = {
            name: words for name, words in _redrafted(rating, changed, ratings).items() if name not in written
        }
        _write(rating, changed | redrafted, by)
    return Agreed(
        rating, before=before, conflicts=conflicts, place_taken_by=taken_by, redrafted=tuple(redrafted)
    )


@transaction.atomic
def agree_all_equal(*, review: Review, by) -> int:
    """Agree every score on which all reviewers are at one, and on which nothing is agreed yet; how many.

    Left out is a score that departs from what the facts suggest while no reviewer gave a reason. Raises `NotNow`.
    """
    review = _locked(review)
    if not may_agree(by, review):
        raise NotNow
    rows = meeting_of(review).for_one_act
    for row in rows:
        first = row.ratings[0]
        values = {"score": first.score, "not_rated": first.not_rated}
        if first.not_rated:
            values |= row.drafted_reason_for_none
        row.agreed.suggested = row.suggestion.score if row.suggestion is not None else None
        if row.agreed.suggested == first.score:
            values["departure_reason"] = ""
        _write(row.agreed, values, by)
    logger.info("equal scores agreed: review %s, %s items", review.pk, len(rows))
    return len(rows)


@transaction.atomic
def open_draft(*, review: Review, by) -> Review:
    """Close consensus and open the draft report. Raises `NotNow`, `ConsensusIncomplete`."""
    review = _locked(review)
    if not may_agree(by, review):
        raise NotNow
    meeting = meeting_of(review)
    if meeting.missing:
        raise ConsensusIncomplete(meeting.missing)
    for row in meeting.rows:
        # The facts may have changed since the item was agreed.
        suggested = row.suggestion.score if row.suggestion is not None else None
        if row.agreed.suggested != suggested:
            row.agreed.suggested = suggested
            row.agreed.save(update_fields=["suggested"])
    _advance(review, Stage.DRAFT, ReviewEvent.Step.DRAFT_OPENED, by)
    return review


@transaction.atomic
def back_to_consensus(*, review: Review, reason: str, by) -> Review:
    """Open consensus again from the draft; what was agreed stays. Raises `NotNow`."""
    review = _locked(review)
    if not may_edit_draft(by, review):
        raise NotNow
    if not reason.strip():
        raise ValueError("going back to consensus takes a reason")
    _advance(review, Stage.CONSENSUS, ReviewEvent.Step.BACK_TO_CONSENSUS, by, note=reason.strip())
    return review


def _locked(review: Review) -> Review:
    """The review as it is now. Whoever changes its consensus waits here, so one save of a review follows another."""
    return Review.objects.select_for_update(of=("self",)).with_details().get(pk=review.pk)


def _submitted(review: Review, item_code: str) -> list[Rating]:
    """The submitted ratings of one item, of the reviewers whose scores count."""
    raters = tuple(member for member in review.team if member.counts)
    return [given.rating for given in given_by_item(review, raters)[item_code]]


def _stored_or_drafted(review: Review, item_code: str, ratings: list[Rating]) -> ConsensusRating:
    stored = review.consensus.filter(item__code=item_code).select_related("item", "agreed_by").first()
    return stored if stored is not None else not_agreed_yet(review, ratings)


def _redrafted(rating: ConsensusRating, changed: dict, ratings: list[Rating]) -> dict[str, object]:
    """Words for the score that is being agreed, in the place of those drafted for the score before."""
    if not {"score", "not_rated"} & changed.keys():
        return {}
    score = changed.get("score", rating.score)
    not_rated = changed.get("not_rated", rating.not_rated)
    before = drafted_for(ratings, rating.score, rating.not_rated) if rating.is_settled else drafted(ratings)
    after = drafted_for(ratings, score, not_rated) if score is not None or not_rated else drafted(ratings)
    if score is not None and score == rating.suggested:
        after["departure_reason"] = ""
    return {
        name: after[name]
        for name in ARGUES_FOR_A_SCORE
        if getattr(rating, name) == before[name] and after[name] != before[name]
    }


def _sort_out(
    rating: ConsensusRating, values: dict, was: dict | None
) -> tuple[dict[str, object], tuple[str, ...]]:
    """The fields to write, and the matters in conflict."""
    changed, conflicts = {}, []
    for matter, names in MATTERS.items():
        mine = {name: values[name] for name in names if name in values}
        stored = {name: getattr(rating, name) for name in mine}
        if mine == stored:
            continue
        if was is not None:
            shown = {name: was.get(name) for name in mine}
            if mine == shown:
                continue
            if stored != shown:
                conflicts.append(matter)
                continue
        changed |= mine
    return changed, tuple(conflicts)


def _holder_of_place(rating: ConsensusRating, changed: dict) -> ConsensusRating | None:
    """The agreed rating of another item that has the wanted place among what to do next."""
    if changed.get("priority") is None:
        return None
    others = ConsensusRating.objects.filter(review=rating.review_id).exclude(item=rating.item_id)
    return others.filter(priority=changed["priority"]).select_related("item").first()


def _write(rating: ConsensusRating, values: dict, by) -> None:
    for name, value in values.items():
        setattr(rating, name, value)
    rating.agreed_by = by
    rating.revision += 1
    rating.save()


def _advance(review: Review, stage: Stage, step: ReviewEvent.Step, by, note: str = "") -> None:
    review.stage = stage
    review.save(update_fields=["stage"])
    review.timeline.create(step=step, by=by, note=note)
    logger.info("review %s is now in stage %s", review.pk, stage.value)
