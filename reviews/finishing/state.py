"""Which draft it is: what a moderator approved is tied to this, so that a later change asks for approval again."""

import hashlib
import json

from reviews.models import Review

OF_PAGE_1 = ("summary", "interviews", "observations", "records", "not_seen")
OF_AN_ITEM = (
    "score",
    "not_rated",
    "unrated_code",
    "unrated_note",
    "reason",
    "rationale",
    "evidence",
    "recommendation",
    "departure_reason",
    "strength",
    "priority",
    "action",
    "target",
)

OF_AN_INFLUENCE = ("kind", "construct", "text")
OF_AN_ADAPTATION = ("what", "why", "planned", "decided_by", "since", "core_kept")


def state_of(review: Review) -> str:
    """SHA-256 of all that the team wrote and scored, as it is in the database now; four queries.

    A draft without barriers and adaptations has the hash that it had before there were such.
    """
    page_1 = Review.objects.filter(pk=review.pk).values_list(*OF_PAGE_1).get()
    rows = review.consensus.order_by("item__code").values_list("item__code", *OF_AN_ITEM)
    beside = [
        list(review.influences.standing().values_list("pk", "item_id", *OF_AN_INFLUENCE)),
        list(review.adaptations.standing().values_list("pk", "item_id", *OF_AN_ADAPTATION)),
    ]
    parts = [page_1, list(rows), *([beside] if any(beside) else [])]
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
