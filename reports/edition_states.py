"""The editions of a report side by side: which is read, which corrects it, which was withdrawn."""

from dataclasses import dataclass

from reports.editions import stored_pdf_sha256
from reviews.models import Edition, Review, Withdrawal


@dataclass(frozen=True)
class EditionState:
    """`corrected_by`: the latest edition that holds, where that is a later one. `others_hold`: whether any other does.

    `pdf_sha256`: of the file that is given out.
    """

    edition: Edition
    is_shown: bool
    corrected_by: Edition | None
    withdrawn: Withdrawal | None
    others_hold: bool
    pdf_sha256: str


def states_of(review: Review, shown: Edition) -> list[EditionState]:
    """Every edition, the newest first."""
    editions = list(review.editions.without_files().select_related("issued_by").order_by("-major", "-minor"))
    holding = next((edition for edition in editions if not edition.is_withdrawn), None)
    return [
        EditionState(
            edition=edition,
            is_shown=edition.pk == shown.pk,
            corrected_by=holding if holding and is_before(edition, holding) else None,
            withdrawn=edition.withdrawal if edition.is_withdrawn else None,
            others_hold=holding is not None and holding.pk != edition.pk,
            pdf_sha256=stored_pdf_sha256(edition),
        )
        for edition in editions
    ]


def is_before(one: Edition, other: Edition) -> bool:
    return (one.major, one.minor) < (other.major, other.minor)
