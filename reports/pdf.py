"""A report as a tagged PDF (PDF/UA-1): the only importer of WeasyPrint.

The same document gives the same bytes, on any machine: the fonts are ours, those of the machine are not looked at.
"""

import gc
import os
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

from cssselect2 import ElementWrapper
from django.conf import settings

from reports.document import ReportDocument, sha256, to_json
from reports.html import pdf_source
from reports.tagging import finish
from reports.typeface import FONTS_DIR, SOURCE_SANS, Family, fit

# Before the import: fontconfig reads it once.
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))
with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="No fonts configured in FontConfig")
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

MEDIA_TYPE = "application/pdf"
ROOTS = {"static:/": settings.BASE_DIR / "static", "fonts:/": FONTS_DIR}
STYLE_SHEET = "static:/css/print.css"

# WeasyPrint and the font library under it are not made for several threads at once.
_one_at_a_time = threading.Lock()


class ResourceRefused(Exception):
    """The report asked for something outside our own static files."""


class OwnFiles(URLFetcher):
    """Reaches `data:`, our static files as `static:/…` and the fonts' wheel as `fonts:/…`; nothing else."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        origin = next((one for one in ROOTS if url.startswith(one)), None)
        if origin is None:
            return super().fetch(url, headers)
        root = Path(ROOTS[origin]).resolve()
        path = (root / unquote(url.removeprefix(origin))).resolve()
        if not path.is_relative_to(root):
            raise ValueError(f"Outside our own files: {url}")
        kind = guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


class Source(weasyprint.HTML):
    """Well-formed markup, read by the XML parser: in a hundredth of the time that the HTML parser takes."""

    def __init__(self, markup: str) -> None:
        super().__init__(string="", base_url=STYLE_SHEET, url_fetcher=OwnFiles())
        self.wrapper_element = ElementWrapper.from_html_root(ElementTree.fromstring(markup))
        self.etree_element = self.wrapper_element.etree_element


def write_pdf(document: ReportDocument, paper: str = "") -> bytes:
    """The PDF of a report. Raises `ResourceRefused` where a template asks for more than our own files.

    `paper`: "A4" or "letter"; by the report's language if empty.
    """
    fitting, families = fit(document)
    source = pdf_source(
        fitting,
        frozen_as=sha256(to_json(document)),
        families=[family.name for family in families],
        paper=paper,
    )
    with _one_at_a_time, collector_resting():
        return to_pdf(source, families)


def write_pages(content: Any, source: Callable[[Any, Sequence[str]], str]) -> bytes:
    """The PDF of something that is no report. `source`: its markup, from the content with texts that the fonts can
    set, and the fonts' names. `content`: a frozen dataclass.
    """
    fitting, families = fit(content)
    markup = source(fitting, [family.name for family in families])
    with _one_at_a_time, collector_resting():
        return to_pdf(markup, families)


def to_pdf(source: str, families: Sequence[Family]) -> bytes:
    fonts, style = _fonts_and_style(tuple(families))
    try:
        return Source(source).write_pdf(
            stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1", finisher=finish
        )
    except FatalURLFetchingError as error:
        raise ResourceRefused(str(error)) from error


def bare_pdf(markup: str) -> bytes:
    """Any HTML as WeasyPrint sets it without a style sheet of ours, untagged: what a report's cost is held against."""
    fonts, _style = _fonts_and_style((SOURCE_SANS,))
    with _one_at_a_time:
        letters = weasyprint.CSS(string=f"html {{ font-family: '{SOURCE_SANS.name}' }}")
        return weasyprint.HTML(string=markup).write_pdf(stylesheets=[letters], font_config=fonts)


@contextmanager
def collector_resting() -> Iterator[None]:
    """Without garbage collection: a layout makes a million objects that all stay until it is done (a fifth faster)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@lru_cache(maxsize=3)
def _fonts_and_style(families: tuple[Family, ...]) -> tuple[FontConfiguration, weasyprint.CSS]:
    """Fonts and style sheet, read once per process and set of families, so that no report sees another's fonts."""
    fonts = FontConfiguration()
    own_files = OwnFiles()
    weasyprint.CSS(string="\n".join(map(_font_faces, families)), url_fetcher=own_files, font_config=fonts)
    return fonts, weasyprint.CSS(url=STYLE_SHEET, url_fetcher=own_files, font_config=fonts)


def _font_faces(family: Family) -> str:
    return "\n".join(
        f"@font-face {{ font-family: '{family.name}'; font-weight: {face.weight}; src: url('fonts:/{face.file}') }}"
        for face in family.faces
    )
