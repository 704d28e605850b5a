"""Any sheet of ours as a PDF: its texts made fit for the fonts, its template filled in, in its own language."""

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from reports import words
from reports.pdf import REPORT_STYLE, to_pdf
from reports.typeface import fit

STYLE = (*REPORT_STYLE, "static:/css/on-paper.css")
# A blank sheet is asked for again and again, and is the same each time.
KEPT = 16

Sheet = TypeVar("Sheet")


@lru_cache(maxsize=KEPT)
def on_paper(sheet: Sheet, source: Callable[[Sheet, str, str], str], language: str, paper: str) -> bytes:
    """`source`: markup of a sheet (a frozen value) on this paper in these fonts, written in `language`."""
    fitting, families = fit(sheet)
    with words.in_language(language):
        markup = source(
            fitting, paper or words.paper(language), ", ".join(family.name for family in families)
        )
    return to_pdf(markup, families, STYLE)
