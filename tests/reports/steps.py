"""Issue, correct and withdraw as the pages do, with the report's true data and, unless asked for, a stand-in PDF."""

from reports.document import to_json
from reports.editions import corrected, stamp_withdrawal
from reviews.actions.correcting import begin_correction, correct_item, issue_correction
from reviews.actions.issuing import issue_review
from reviews.actions.withdrawing import withdraw_edition
from reviews.models import Review
from tests.reviews.situations import fresh, lead_of
from tests.visits import compose

REASON = "The log of job starts was read wrongly."


def compose_correction(correction, edition, issued_at, issued_by):
    """The true data; a stand-in for the PDF that tells editions apart."""
    document = corrected(correction, edition=edition, made_at=issued_at, issued_by=issued_by)
    return to_json(document), f"%PDF-1.7 {edition}\n%%EOF\n".encode()


def issue(pk: int, around=None):
    """`around`: wraps what composes the edition."""
    review = Review.objects.with_details().get(pk=pk)
    composed = around(compose) if around else compose
    because = "The board meets tomorrow."
    return issue_review(review=review, by=lead_of(review), compose=composed, not_asked_because=because)


def begun(review: Review, code: str = "caseload-size", **values):
    """A correction is begun and one item corrected: its score to 2 unless said otherwise."""
    lead = lead_of(review)
    begin_correction(review=fresh(review), by=lead)
    changed = values or {"score": 2}
    correct_item(review=fresh(review), item_code=code, values=changed, based_on=0, by=lead)
    return review.corrections.get(ended_at=None)


def correct(pk: int, around=None, reason: str = REASON, compose=compose_correction):
    """Issue the open correction."""
    review = Review.objects.with_details().get(pk=pk)
    revision = review.corrections.get(ended_at=None).revision
    composed = around(compose) if around else compose
    return issue_correction(
        review=review, reason=reason, based_on=revision, compose=composed, by=lead_of(review)
    )


def withdraw(edition, reason: str = "It was of another site.", stamp=stamp_withdrawal):
    return withdraw_edition(edition=edition, reason=reason, stamp=stamp, by=lead_of(edition.review))
