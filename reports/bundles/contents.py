"""The pages in front of a bound PDF: which reports it holds, how each came out, on which page each begins."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
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
    """One report. `page`: of the whole file, counted from 1."""

    number: int
    link: str
    site: str
    program: str
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
    with words.in_language(bundle.language):
        lines = [_line(number, report) for number, report in enumerate(included, 1)]
        front = _front_page(bundle, lines)
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
        site=document.site,
        program=document.program,
        visit=words.days(document.starts_on, document.ends_on),
        edition=document.edition,
        total=total,
        pages=report.pages or 0,
        page=0,
    )


def _front_page(bundle: Bundle, lines: Sequence[Line]) -> bytes:
    """Laid out again where it takes more pages itself than was thought: every report then begins later."""
    own_pages = 0
    while True:
        own_pages += 1
        data = _pdf_with(bundle, lines, own_pages)
        needed = len(PdfReader(BytesIO(data)).pages)
        if needed <= own_pages:
            return data
        own_pages = needed - 1


def _pdf_with(bundle: Bundle, lines: Sequence[Line], own_pages: int) -> bytes:
    placed, page = [], own_pages + 1
    for line in lines:
        placed.append(replace(line, page=page))
        page += line.pages
    contents = Contents(
        language=_tag(bundle.language),
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


def _tag(language: str) -> str:
    """The BCP 47 tag as it is usually written: "en-GB" of "en-gb"."""
    primary, _hyphen, region = language.partition("-")
    return f"{primary}-{region.upper()}" if region else primary
