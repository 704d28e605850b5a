"""Agreement before consensus as a report prints it: from the submitted sets, which stay as they were submitted."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from reports.document import AgreementLine, ReplyLine, SplitLine
from reviews.agreement import review_agreement
from reviews.models import ConsensusRating, Rating, Review
from scales.spec import Item, ScaleSpec

Scores = tuple[int | None, ...]


def agreement_line(
    review: Review, spec: ScaleSpec, agreed: Mapping[str, ConsensusRating], replies: Sequence[ReplyLine]
) -> AgreementLine | None:
    """None where fewer than two reviewers' scores count, or not all of their sets are in. One query.

    `agreed`: by item code. `replies`: what was scored anew after them was not agreed in consensus.
    """
    raters = [member for member in review.team if member.counts]
    if len(raters) < 2 or not all(member.has_submitted for member in raters):
        return None
    sets: dict[int, dict[str, int | None]] = {member.pk: {} for member in raters}
    given: dict[str, list[int | None]] = defaultdict(list)
    rows = Rating.objects.filter(rating_set__member__in=raters).values_list(
        "item__code", "rating_set__member", "score"
    )
    for code, member, score in rows:
        sets[member][code] = score
        given[code].append(score)
    counts = review_agreement([item.code for item in spec.items], sets)
    before = _scores_before_the_reply(replies)
    lines = [_line(item, given[item.code], agreed.get(item.code), before) for item in spec.items]
    return AgreementLine(
        compared=counts.compared,
        exact=counts.exact,
        within_one=counts.within_one,
        splits=tuple(line for line in lines if _needed_talk(line)),
    )


def _line(
    item: Item, given: Sequence[int | None], agreed: ConsensusRating | None, before: Mapping[int, int | None]
) -> SplitLine:
    score = agreed.score if agreed else None
    return SplitLine(
        item_number=item.number,
        item_title=item.short_title,
        scores=tuple(sorted(given, key=lambda one: (one is None, one))),
        agreed=before.get(item.number, score),
        reason=agreed.reason.strip() if agreed else "",
    )


def _needed_talk(line: SplitLine) -> bool:
    return set(line.scores) not in ({line.agreed}, set())


def _scores_before_the_reply(replies: Sequence[ReplyLine]) -> dict[int, int | None]:
    """By item number; of an item that was scored anew more than once, the first."""
    found: dict[int, int | None] = {}
    for reply in replies:
        for item in reply.items:
            if item.rescored:
                found.setdefault(item.item_number, item.score_before)
    return found
