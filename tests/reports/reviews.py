"""Reviews whose report can be read: a draft with texts, one issued, one with history."""

from reports.editions import compose_edition
from reviews.actions.issuing import issue_review
from reviews.models import Review
from tests.factories.accounts import PASSWORD
from tests.reviews.situations import YEAR_BEFORE, fresh, in_draft, lead_of


def draft(scores=4, **fields) -> Review:
    """A draft with a strength and a priority."""
    review = in_draft(scores, **fields)
    first, second = review.consensus.order_by("item__number")[:2]
    review.consensus.filter(pk=first.pk).update(strength="Caseloads are small")
    review.consensus.filter(pk=second.pk).update(priority=1, action="Employment work only", target=5)
    return fresh(review)


def issued_report(scores=4, **fields) -> Review:
    review = draft(scores, **fields)
    issue_review(review=review, by=lead_of(review), compose=compose_edition, not_asked_because="A test.")
    return fresh(review)


def follow_up(scores=4, before=3, **fields) -> Review:
    """A draft at a site that had an issued review a year before."""
    earlier = issued_report(before, **(YEAR_BEFORE | fields))
    return draft(scores, site=earlier.site, **fields)


def sign_in_lead(client, review: Review):
    """The lead, signed in, whose password is `PASSWORD`."""
    lead = lead_of(review)
    lead.set_password(PASSWORD)
    lead.save()
    client.force_login(lead)
    return lead
