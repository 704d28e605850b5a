"""The pages in front of a bound PDF: which reports it holds, how each came out, on which page each begins."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from pypdf import PdfReader

from reports import sentences, words
from reports.bundles.binding import LINK_TO_PART, Source
from reports.bundles.chosen_words import period_in_words
from reports.editions import read_edition, stored_pdf
from reports.models import Bundle, BundledReport
from reports.pdf import to_pdf
from reports.typeface import fit
from reviews.models import Edition


@dataclass(frozen=True)
class Line:
    """One report. `visit`: its days in the language of the contents. `page`: of the whole file, counted from 1."""

    number: int
    link: str
    language: str
    site: str
    program: str
    starts_on: date
    ends_on: date
    visit: str
    edition: str
    total: str
    pages: int
    page: int


@dataclass(frozen=True)
class Contents:
    language: str
    title: str
    asked: str
    period: str
    lines: tuple[Line, ...]


def contents_page(bundle: Bundle, included: Sequence[BundledReport]) -> list[Source]:
    """What `bind` binds: the contents page, then each report."""
    read = [_line(number, report) for number, report in enumerate(included, 1)]
    language = _language_of_most(read, bundle)
    with words.in_language(language):
        lines = [replace(line, visit=words.days(line.starts_on, line.ends_on)) for line in read]
        front = _front_page(bundle, lines, language)
        sources = [Source(_("Contents"), "", lambda: front)]
        for line, report in zip(lines, included, strict=True):
            title = f"{line.site}, {line.visit}"
            sources.append(Source(title, f"{line.number}-", lambda pk=report.edition_id: _pdf_of(pk)))
    return sources


def _line(number: int, report: BundledReport) -> Line:
    document = read_edition(Edition.objects.defer("pdf").get(pk=report.edition_id))
    with words.in_language(document.language):
        total = sentences.total(document)
    return Line(
        number=number,
        link=f"{LINK_TO_PART}{number}",
        language=document.language,
        site=document.site,
        program=document.program,
        starts_on=document.starts_on,
        ends_on=document.ends_on,
        visit="",
        edition=document.edition,
        total=total,
        pages=report.pages or 0,
        page=0,
    )


def _language_of_most(lines: Sequence[Line], bundle: Bundle) -> str:
    """The one most reports are in, and with it their paper; of as many in several, the one of whoever asked."""
    counts = Counter(line.language for line in lines)
    return max(counts, key=lambda one: (counts[one], one.lower() == bundle.language))


def _front_page(bundle: Bundle, lines: Sequence[Line], language: str) -> bytes:
    """Laid out again where it takes more pages itself than was thought: every report then begins later."""
    own_pages = 0
    while True:
        own_pages += 1
        data = _pdf_with(bundle, lines, language, own_pages)
        needed = len(PdfReader(BytesIO(data)).pages)
        if needed <= own_pages:
            return data
        own_pages = needed - 1


def _pdf_with(bundle: Bundle, lines: Sequence[Line], language: str, own_pages: int) -> bytes:
    placed, page = [], own_pages + 1
    for line in lines:
        placed.append(replace(line, page=page))
        page += line.pages
    contents = Contents(
        language=language,
        title=_("Fidelity reports"),
        asked=_("Put together for %(name)s on %(day)s")
        % {"name": bundle.asked_by.name, "day": words.day(bundle.asked_on)},
        period=period_in_words(bundle),
        lines=tuple(placed),
    )
    fitting, families = fit(contents)
    return to_pdf(_source(fitting, [family.name for family in families]), families)


def _source(contents: Contents, families: Sequence[str]) -> str:
    context = {
        "contents": contents,
        "paper": words.paper(contents.language),
        "fonts": ", ".join(families),
        "has_programs": len({line.program for line in contents.lines}) > 1,
    }
    return render_to_string("reports/bundle_contents_pdf.html", context)


def _pdf_of(edition_id: int) -> bytes:
    return stored_pdf(Edition.objects.select_related("withdrawal").defer("document").get(pk=edition_id))
