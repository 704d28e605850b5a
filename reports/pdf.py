"""A report, and anything else on paper, as a tagged PDF (PDF/UA-1): the only importer of WeasyPrint.

The same document gives the same bytes, on any machine: the fonts are ours, those of the machine are not looked at.
"""

import gc
import io
import os
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from cssselect2 import ElementWrapper
from django.conf import settings
from PIL import Image, UnidentifiedImageError

from reports.document import ReportDocument, frozen_sha256
from reports.html import pdf_source
from reports.tagging import finish
from reports.typeface import FONTS_DIR, SOURCE_SANS, Family, fit
from reports.writers.texts import reads_right_to_left

# Before the import: fontconfig reads it once.
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fonts.conf"))
with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="No fonts configured in FontConfig")
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

MEDIA_TYPE = "application/pdf"
ROOTS = {"static:/": settings.BASE_DIR / "static", "fonts:/": FONTS_DIR}
REPORT_STYLE = ("static:/css/print.css",)
# Pictures are small drawings of our own: an address that holds one, and the points of one that is no drawing.
LONGEST_DATA_ADDRESS = 1_000_000
MOST_PIXELS = 4_000_000

# WeasyPrint and the font library under it are not made for several threads at once.
_one_at_a_time = threading.Lock()


class ResourceRefused(Exception):
    """A document asked for something outside our own static files."""


class ImageTooLarge(ResourceRefused):
    """A document asked for a picture of more bytes or points than any of ours has."""


class OwnFiles(URLFetcher):
    """Reaches `data:`, our static files as `static:/…` and the fonts' wheel as `fonts:/…`; nothing else.

    `refused`: why, in the order of asking. WeasyPrint passes over what a drawing asks for in vain.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)
        self.refused: list[ResourceRefused] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        try:
            return self._own_file(url) if url.startswith(tuple(ROOTS)) else self._data(url)
        except Exception as error:
            named = error if isinstance(error, ResourceRefused) else ResourceRefused(f"{url[:200]}: {error}")
            self.refused.append(named)
            raise

    def _own_file(self, url: str) -> URLFetcherResponse:
        origin = next(one for one in ROOTS if url.startswith(one))
        root = Path(ROOTS[origin]).resolve()
        path = (root / unquote(url.removeprefix(origin))).resolve()
        if not path.is_relative_to(root):
            raise ResourceRefused(f"Outside our own files: {url[:200]}")
        kind = guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    def _data(self, url: str) -> URLFetcherResponse:
        if len(url) > LONGEST_DATA_ADDRESS:
            raise ImageTooLarge(f"{url[:60]}… is {len(url)} characters long")
        response = super().fetch(url)
        body = response.read()
        refuse_too_many_pixels(body)
        return URLFetcherResponse(url, body, response.headers)


def refuse_too_many_pixels(body: bytes) -> None:
    """Look at the head of a picture, whatever kind it says it is, before anything unpacks it."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(body)) as picture:
                width, height = picture.size
        except UnidentifiedImageError:
            return
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise ImageTooLarge(str(error)) from error
    if width * height > MOST_PIXELS:
        raise ImageTooLarge(f"A picture of {width} x {height} points")


class Source(weasyprint.HTML):
    """Well-formed markup, read by the XML parser: in a hundredth of the time that the HTML parser takes."""

    def __init__(self, markup: str) -> None:
        self.own_files = OwnFiles()
        super().__init__(string="", base_url=REPORT_STYLE[0], url_fetcher=self.own_files)
        root = ElementTree.fromstring(markup)
        settle_directions(root)
        self.wrapper_element = ElementWrapper.from_html_root(root)
        self.etree_element = self.wrapper_element.etree_element


def settle_directions(root: ElementTree.Element) -> None:
    """Say "rtl" where "auto" comes to that: WeasyPrint knows no "auto". The label of a text (`b`) does not count."""
    for element in root.iter():
        if element.get("dir") == "auto":
            typed = [element.text or ""]
            for part in element:
                typed += ["" if part.tag == "b" else "".join(part.itertext()), part.tail or ""]
            element.set("dir", "rtl" if reads_right_to_left("".join(typed)) else "ltr")


def write_pdf(document: ReportDocument, paper: str = "") -> bytes:
    """The PDF of a report. Raises `ResourceRefused` where a template asks for more than our own files.

    `paper`: "A4" or "letter"; by the report's language if empty.
    """
    fitting, families = fit(document)
    source = pdf_source(
        fitting,
        frozen_as=frozen_sha256(document),
        families=[family.name for family in families],
        paper=paper,
    )
    return to_pdf(source, families)


def to_pdf(source: str, families: Sequence[Family], style_sheets: Sequence[str] = REPORT_STYLE) -> bytes:
    """Well-formed markup set in these families by our own style sheets, tagged. Raises `ResourceRefused`."""
    with _one_at_a_time, collector_resting():
        fonts, styles = _fonts_and_styles(tuple(families), tuple(style_sheets))
        html = Source(source)
        try:
            data = html.write_pdf(
                stylesheets=styles, font_config=fonts, pdf_variant="pdf/ua-1", finisher=finish
            )
        except FatalURLFetchingError as error:
            raise html.own_files.refused[0] from error
    if html.own_files.refused:
        raise html.own_files.refused[0]
    return data


def bare_pdf(markup: str) -> bytes:
    """Any HTML as WeasyPrint sets it without a style sheet of ours, untagged: what a report's cost is held against."""
    with _one_at_a_time:
        fonts, _styles = _fonts_and_styles((SOURCE_SANS,), REPORT_STYLE)
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


@lru_cache(maxsize=4)
def _fonts_and_styles(
    families: tuple[Family, ...], style_sheets: tuple[str, ...]
) -> tuple[FontConfiguration, list[weasyprint.CSS]]:
    """Fonts and style sheets, read once per process and set of families, so that no report sees another's fonts."""
    fonts = FontConfiguration()
    own_files = OwnFiles()
    weasyprint.CSS(string="\n".join(map(_font_faces, families)), url_fetcher=own_files, font_config=fonts)
    return fonts, [weasyprint.CSS(url=one, url_fetcher=own_files, font_config=fonts) for one in style_sheets]


def _font_faces(family: Family) -> str:
    return "\n".join(
        f"@font-face {{ font-family: '{family.name}'; font-weight: {face.weight}; src: url('fonts:/{face.file}') }}"
        for face in family.faces
    )
