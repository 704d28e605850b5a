"""Editions of a report: what issuing freezes, and how a frozen one is read back."""

from datetime import datetime

from reports.document import ReportDocument, from_json, to_json
from reports.pdf import write_pdf
from reports.projection import project
from reviews.models import Edition, Review


def compose_edition(review: Review, edition: str, issued_at: datetime, issued_by: str) -> tuple[str, bytes]:
    """The data and the PDF of an edition, for `reviews.actions.issuing.issue_review`."""
    document = project(review, edition=edition, made_at=issued_at, issued_by=issued_by)
    return to_json(document), write_pdf(document)


def read_edition(edition: Edition) -> ReportDocument:
    """The report as it was issued, from its frozen data."""
    return from_json(edition.document)


def latest_edition(review: Review) -> Edition | None:
    """The newest edition of an issued review, without its PDF."""
    return review.editions.defer("pdf").order_by("-major", "-minor").first()
