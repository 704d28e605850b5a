"""Telling names for files that people keep: site, dates, edition."""

from django.utils.text import slugify

from reviews.models import Review


def pdf_name(review: Review, edition: str = "") -> str:
    """ "fidelity-review-harbour-street-2026-10-14-edition-1.0.pdf"; a name that has no Latin letters is left out."""
    parts = ["fidelity-review", slugify(review.site.name), f"{review.starts_on:%Y-%m-%d}"]
    parts.append(f"edition-{edition}" if edition else "DRAFT")
    return "-".join(part for part in parts if part) + ".pdf"
