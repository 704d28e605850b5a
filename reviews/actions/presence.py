"""Note who has the consensus page open and on which item, and tell who else is there."""

from datetime import timedelta

from django.utils import timezone

from reviews.actions.refusals import NotNow
from reviews.models import ConsensusPresence, Review
from reviews.permissions import may_agree

GONE_AFTER = timedelta(seconds=20)


def note_presence(*, review: Review, item_code: str, by) -> None:
    """One small write, a single statement. `item_code`: "" where the person is on no item. Raises `NotNow`."""
    if not may_agree(by, review):
        raise NotNow
    here = ConsensusPresence(review=review, user=by, item_code=item_code, seen_at=timezone.now())
    ConsensusPresence.objects.bulk_create(
        [here],
        update_conflicts=True,
        unique_fields=["review", "user"],
        update_fields=["item_code", "seen_at"],
    )


def others_present(review: Review, user) -> list[ConsensusPresence]:
    """Who else has the page open now; one query."""
    return list(
        review.present.filter(seen_at__gt=timezone.now() - GONE_AFTER)
        .exclude(user=user)
        .select_related("user")
        .order_by("user__name", "user_id")
    )
