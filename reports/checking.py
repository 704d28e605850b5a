"""Whether a file is one that this product gave out: looked up by its SHA-256 alone, nothing of it is kept."""

import hashlib
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q

from reports.edition_states import is_before
from reports.editions import latest_edition
from reviews.models import Edition


@dataclass(frozen=True)
class Found:
    """`is_pdf`: else it is the data. `superseded_by`: the edition to read in its place. `is_stamped`: a marked copy."""

    edition: Edition
    is_pdf: bool
    is_stamped: bool
    superseded_by: Edition | None


def sha256_of(file: UploadedFile) -> str:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    return found.hexdigest()


def find(sha256: str) -> Found | None:
    """The edition whose PDF or data has this SHA-256, its own or the copy marked as withdrawn."""
    of_pdf = Q(pdf_sha256=sha256) | Q(withdrawal__pdf_sha256=sha256)
    of_data = Q(document_sha256=sha256) | Q(withdrawal__document_sha256=sha256)
    edition = (
        Edition.objects.without_files()
        .select_related("review__site", "issued_by")
        .filter(of_pdf | of_data)
        .order_by("-issued_at", "-pk")
        .first()
    )
    if edition is None:
        return None
    latest = latest_edition(edition.review)
    holds_later = not latest.is_withdrawn and is_before(edition, latest)
    stamped = edition.withdrawal if edition.is_withdrawn else None
    return Found(
        edition=edition,
        is_pdf=sha256 in {edition.pdf_sha256, stamped.pdf_sha256 if stamped else ""},
        is_stamped=stamped is not None and sha256 in {stamped.pdf_sha256, stamped.document_sha256},
        superseded_by=latest if holds_later else None,
    )
