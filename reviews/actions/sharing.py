"""A report is shared with people who have no account: a link is made, opened and revoked."""

import logging
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from reviews.actions.refusals import NotNow
from reviews.models import Review, SharedLink, SharedLinkUse
from reviews.models.shared_link import LONGEST, new_token, sha256_of
from reviews.permissions import may_share_report

logger = logging.getLogger(__name__)


class DayOutOfReach(ValueError):
    """The last day of a link is today or later, and at most a year away."""


@dataclass(frozen=True)
class NewLink:
    """`token`: what the address carries. It is told here and never again."""

    link: SharedLink
    token: str


@transaction.atomic
def make_link(*, review: Review, label: str, last_day: date, by) -> NewLink:
    """Raises `NotNow` for someone who may not share, and `DayOutOfReach`."""
    review = Review.objects.select_for_update(of=("self",)).with_details().get(pk=review.pk)
    if not may_share_report(by, review):
        raise NotNow
    today = timezone.localdate()
    if not today <= last_day <= today + LONGEST:
        raise DayOutOfReach
    token = new_token()
    link = SharedLink.objects.create(
        review=review,
        label=label,
        token_sha256=sha256_of(token),
        created_at=timezone.now(),
        created_by=by,
        expires_at=SharedLink.end_of(last_day),
    )
    logger.info("shared link made: review %s, link %s", review.pk, link.pk)
    return NewLink(link, token)


@transaction.atomic
def revoke_link(*, link: SharedLink, by) -> SharedLink:
    """From now on the link opens nothing. One that is revoked already stays as it is. Raises `NotNow`."""
    link = SharedLink.objects.select_for_update(of=("self",)).select_related("review__site").get(pk=link.pk)
    if not may_share_report(by, link.review):
        raise NotNow
    if not link.is_revoked:
        link.revoked_at, link.revoked_by = timezone.now(), by
        link.save(update_fields=["revoked_at", "revoked_by"])
        logger.info("shared link revoked: review %s, link %s", link.review_id, link.pk)
    return link


def note_use(*, link: SharedLink, what: SharedLinkUse.What) -> SharedLinkUse:
    """Keep that a link was opened, for those who share the report. Nobody is named: a link has no account."""
    logger.info("shared link opened: review %s, link %s, %s", link.review_id, link.pk, what.value)
    return link.uses.create(what=what)
