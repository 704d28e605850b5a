"""Whether a file is one that this product gave out: looked up by its SHA-256, nothing of it is kept."""

import hashlib
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q

from reports.edition_states import is_before
from reports.editions import latest_edition
from reports.models import Bundle
from reviews.models import Edition

PDF_BEGINS = b"%PDF-"
# Word and Excel files are zip files within.
ZIP_BEGINS = (b"PK\x03\x04", b"PK\x05\x06")
WRITTEN_ANEW = frozenset({".docx", ".xlsx", ".csv", ".zip"})


class Kind(Enum):
    """What a file is, as far as it says itself. `WRITTEN_ANEW`: each time it is asked for, so no SHA-256 is known."""

    PDF = "pdf"
    WRITTEN_ANEW = "written-anew"
    OTHER = "other"


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


def kind_of(file: UploadedFile) -> Kind:
    """By its first bytes, else by its name."""
    file.seek(0)
    beginning = file.read(len(PDF_BEGINS))
    if beginning.startswith(PDF_BEGINS):
        return Kind.PDF
    if beginning.startswith(ZIP_BEGINS) or PurePath(file.name or "").suffix.lower() in WRITTEN_ANEW:
        return Kind.WRITTEN_ANEW
    return Kind.OTHER


def find_bundle(sha256: str) -> Bundle | None:
    """The file of several reports that has this SHA-256, as long as it is kept."""
    return Bundle.objects.filter(file_sha256=sha256, state=Bundle.State.DONE).order_by("pk").first()


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
