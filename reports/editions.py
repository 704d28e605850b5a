"""Editions of a report: what issuing freezes, what a correction changes, and how a frozen one is read back."""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from reports.corrections import changes_between
from reports.document import ReportDocument, from_json, to_json
from reports.edition_lines import WithdrawnLine
from reports.pdf import write_pdf
from reports.projection import project
from reviews.models import Correction, Edition, Review, Withdrawal


def compose_edition(review: Review, edition: str, issued_at: datetime, issued_by: str) -> tuple[str, bytes]:
    """The data and the PDF of an edition, for `reviews.actions.issuing.issue_review`."""
    document = project(review, edition=edition, made_at=issued_at, issued_by=issued_by)
    return to_json(document), write_pdf(document)


def compose_correction(
    correction: Correction, edition: str, issued_at: datetime, issued_by: str
) -> tuple[str, bytes]:
    """The same of a corrected edition, for `reviews.actions.correcting.issue_correction`."""
    document = corrected(correction, edition=edition, made_at=issued_at, issued_by=issued_by)
    return to_json(document), write_pdf(document)


def corrected(
    correction: Correction, *, edition: str = "", made_at: datetime, issued_by: str = ""
) -> ReportDocument:
    """The report as a correction has it, and what is then not as in the last edition; `edition` empty to look."""
    review = correction.review
    document = project(review, edition=edition, made_at=made_at, issued_by=issued_by, correction=correction)
    last = review.editions.without_pdfs().latest("major", "minor")
    before = from_json(last.document)
    return replace(
        document,
        corrects=last.number,
        corrects_made_at=before.made_at,
        correction_reason=correction.reason,
        changes=changes_between(before, document),
    )


def stamp_withdrawal(withdrawal: Withdrawal) -> tuple[str, bytes]:
    """The data and the PDF of an edition marked as withdrawn, for `reviews.actions.withdrawing.withdraw_edition`."""
    document = _marked(from_json(withdrawal.edition.document), withdrawal)
    return to_json(document), write_pdf(document)


def read_edition(edition: Edition) -> ReportDocument:
    """The report as it was issued, from its frozen data; marked, where the edition was withdrawn since."""
    document = from_json(edition.document)
    return _marked(document, edition.withdrawal) if edition.is_withdrawn else document


def stored_pdf(edition: Edition) -> bytes:
    """The PDF to give out: the edition's own, or the one marked as withdrawn."""
    return bytes(edition.withdrawal.pdf if edition.is_withdrawn else edition.pdf)


def stored_pdf_sha256(edition: Edition) -> str:
    return edition.withdrawal.pdf_sha256 if edition.is_withdrawn else edition.pdf_sha256


def latest_edition(review: Review) -> Edition | None:
    """The newest edition that holds, without its PDF; the newest of all where every one is withdrawn."""
    return review.editions.without_pdfs().the_one_to_read_first().first()


def _marked(document: ReportDocument, withdrawal: Withdrawal) -> ReportDocument:
    day = timezone.localtime(withdrawal.at).date()
    return replace(document, withdrawn=WithdrawnLine(day, withdrawal.by.name, withdrawal.reason))
