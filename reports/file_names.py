"""Telling names for files that people keep: site, dates, edition."""

from datetime import date

from django.utils.text import slugify

from reports.document import ReportDocument
from reviews.models import Review
from scales.models import ScaleVersion


def pdf_name(review: Review, edition: str = "", *, is_withdrawn: bool = False) -> str:
    """ "fidelity-review-harbour-street-2026-10-14-edition-1.0.pdf"; a name that has no Latin letters is left out."""
    return _name(review.site.name, review.starts_on, edition, "pdf", is_withdrawn=is_withdrawn)


def file_name(document: ReportDocument, ending: str) -> str:
    """The same for any other output, from the report itself."""
    is_withdrawn = document.withdrawn is not None
    return _name(document.site, document.starts_on, document.edition, ending, is_withdrawn=is_withdrawn)


def score_sheet_name(review: Review) -> str:
    return _of_visit("score-sheet", review)


def schedule_name(review: Review) -> str:
    return _of_visit("visit-schedule", review)


def action_plan_name(review: Review, ending: str) -> str:
    return _of_visit("action-plan", review, ending)


def version_sheet_name(version: ScaleVersion) -> str:
    """ "score-sheet-ips-25-uk-2008.pdf" """
    return f"score-sheet-{version.scale.code}-{version.label}.pdf"


def _of_visit(what: str, review: Review, ending: str = "pdf") -> str:
    parts = [what, slugify(review.site.name), f"{review.starts_on:%Y-%m-%d}"]
    return "-".join(part for part in parts if part) + f".{ending}"


def _name(site: str, starts_on: date, edition: str, ending: str, *, is_withdrawn: bool) -> str:
    parts = ["fidelity-review", slugify(site), f"{starts_on:%Y-%m-%d}"]
    parts.append(f"edition-{edition}" if edition else "DRAFT")
    if is_withdrawn:
        parts.append("WITHDRAWN")
    return "-".join(part for part in parts if part) + f".{ending}"
