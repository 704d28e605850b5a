"""Answer the service's reply; a score changes after it only with a reason, and the old one is kept."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.models import ConsensusRating, ItemReply, Review, ReviewEvent, Stage
from reviews.permissions import may_answer
from scales.scoring import check_score

logger = logging.getLogger(__name__)


class ReasonMissing(Exception):
    """A new score takes a reason."""


class AnsweredMeanwhile(ChangedMeanwhile):
    """`places`: codes of the items that someone answered since the page was opened, "" for the whole report."""

    def __init__(self, places: tuple[str, ...]) -> None:
        super().__init__(places)
        self.places = places


@dataclass(frozen=True)
class Answer:
    """`score`: the new score, None where it stays; `reason`: why it changes."""

    text: str
    score: int | None = None
    reason: str = ""


@transaction.atomic
def answer_reply(
    *, review: Review, items: Mapping[str, tuple[Answer, int]], whole: tuple[str, int] | None, by
) -> None:
    """Answer everything at once, or nothing. Each answer comes with the revision that it is based on.

    Raises `AnsweredMeanwhile` with every place, and what `answer_on_item` raises.
    """
    _locked(review)
    meanwhile = []
    if whole is not None:
        try:
            answer_on_whole(review=review, text=whole[0], based_on=whole[1], by=by)
        except ChangedMeanwhile:
            meanwhile.append("")
    for code, (answer, based_on) in items.items():
        try:
            answer_on_item(review=review, item_code=code, answer=answer, based_on=based_on, by=by)
        except ChangedMeanwhile:
            meanwhile.append(code)
    if meanwhile:
        raise AnsweredMeanwhile(tuple(meanwhile))


@transaction.atomic
def answer_on_item(*, review: Review, item_code: str, answer: Answer, based_on: int, by) -> ItemReply:
    """Answer what the service said on one item, and change its agreed score where a new one is given.

    Raises `NotNow`, `ChangedMeanwhile` when someone answered since the page was opened, `ReasonMissing`,
    `ScoreOutOfRange`, and `ItemReply.DoesNotExist` for an item that the service did not reply to.
    """
    review = _locked(review)
    if not may_answer(by, review):
        raise NotNow
    row = review.latest_reply.items.select_related("item").get(item__code=item_code)
    if row.revision != based_on:
        raise ChangedMeanwhile
    row.answer = answer.text.strip()
    agreed = review.consensus.filter(item=row.item_id).select_related("item").first()
    if answer.score is not None and (agreed is None or answer.score != agreed.score):
        _rescore(review, row, agreed, answer, by)
    elif row.rescored and answer.reason.strip():
        row.rescore_reason = answer.reason.strip()
    row.revision += 1
    row.save()
    review.timeline.create(step=ReviewEvent.Step.REPLY_ANSWERED, by=by)
    logger.info("reply answered: review %s item %s", review.pk, item_code)
    return row


@transaction.atomic
def answer_on_whole(*, review: Review, text: str, based_on: int, by) -> None:
    """Answer what the service said on the whole report. Raises `NotNow`, `ChangedMeanwhile`."""
    review = _locked(review)
    if not may_answer(by, review):
        raise NotNow
    reply = review.latest_reply
    if reply.revision != based_on:
        raise ChangedMeanwhile
    reply.answer = text.strip()
    reply.revision += 1
    reply.save(update_fields=["answer", "revision"])
    review.timeline.create(step=ReviewEvent.Step.REPLY_ANSWERED, by=by)
    logger.info("reply answered: review %s", review.pk)


def _rescore(review: Review, row: ItemReply, agreed: ConsensusRating | None, answer: Answer, by) -> None:
    if review.stage != Stage.WITH_SERVICE:
        raise NotNow
    check_score(review.version.to_spec(), row.item.code, answer.score)
    if not answer.reason.strip():
        raise ReasonMissing
    agreed = agreed or ConsensusRating(review=review, item_id=row.item_id)
    before = agreed.score
    original = row.score_before if row.rescored else before
    if answer.score == original:
        row.rescored, row.score_before, row.score_after, row.rescore_reason = False, None, None, ""
    else:
        row.rescored, row.score_before, row.score_after = True, original, answer.score
        row.rescore_reason = answer.reason.strip()
    agreed.score, agreed.agreed_by = answer.score, by
    agreed.not_rated, agreed.unrated_code, agreed.unrated_note = False, "", ""
    agreed.revision += 1
    agreed.save()
    note = f"{row.item.number}: {'–' if before is None else before} → {answer.score}. {answer.reason.strip()}"
    review.timeline.create(step=ReviewEvent.Step.RESCORED, by=by, note=note)


def _locked(review: Review) -> Review:
    return Review.objects.select_for_update(of=("self",)).with_details().get(pk=review.pk)
