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


def state_of(review: Review) -> str:
    """SHA-256 of all that the team wrote and scored, as it is in the database now; two queries."""
    page_1 = Review.objects.filter(pk=review.pk).values_list(*OF_PAGE_1).get()
    rows = review.consensus.order_by("item__code").values_list("item__code", *OF_AN_ITEM)
    text = json.dumps([page_1, list(rows)], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
