"""Where the files of a report are to be had, for its page."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from reports import words
from reports.writers.formats import FORMATS
from reviews.models import Edition, Review


@dataclass(frozen=True)
class Download:
    name: str
    address: str


@dataclass(frozen=True)
class Downloads:
    """`other_paper`: words for the paper that the report is not on by itself, and the files that can be had on it."""

    pdf: str
    files: tuple[Download, ...]
    other_paper: str
    on_other_paper: tuple[Download, ...]


def downloads_of(review: Review, edition: Edition | None, language: str) -> Downloads:
    """The issued PDF is kept as it is, on one paper; a draft's is made when it is asked for."""
    pdf = _address(review, edition, "pdf")
    other = next(one for one in words.PAPERS if one != words.paper(language))
    on_paper = [] if edition else [Download("PDF", f"{pdf}?download&paper={other}")]
    on_paper += [
        Download(one.name, f"{_address(review, edition, one.ending)}?paper={other}")
        for one in FORMATS.values()
        if one.has_paper
    ]
    return Downloads(
        pdf=f"{pdf}?download",
        files=tuple(Download(one.name, _address(review, edition, one.ending)) for one in FORMATS.values()),
        other_paper=_("On Letter paper") if other == "letter" else _("On A4 paper"),
        on_other_paper=tuple(on_paper),
    )


def _address(review: Review, edition: Edition | None, ending: str) -> str:
    if edition is None:
        return reverse(f"reports:draft_{ending}", kwargs={"pk": review.pk})
    number = {"major": edition.major, "minor": edition.minor}
    return reverse(f"reports:edition_{ending}", kwargs={"pk": review.pk, **number})
