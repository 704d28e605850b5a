"""What writing reports takes: time beside bare HTML and beside a browser, memory over many, and reading one again."""

import contextlib
import gc
import os
import re
import resource
import shutil
import statistics
import subprocess
import tempfile
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from reports.html import pdf_source
from reports.pdf import ROOTS, bare_pdf, write_pdf
from reports.sample import sample_document
from reports.typeface import FONTS_DIR, SOURCE_SANS
from reviews.models import Edition
from reviews.permissions import may_read_report

# Of DESIGN 12.
MOST_RATIO, MOST_SECONDS, MOST_SECONDS_AGAIN, MOST_GROWTH = 1.25, 1.2, 0.05, 0.10
GROWTH_AFTER = 10
MOST_ROUNDS = 9
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SVG = "{http://www.w3.org/2000/svg}svg"
STREAM = re.compile(rb"stream\n(.*?)\nendstream", re.DOTALL)
PAGE = re.compile(rb"/Type /Page\b")


@dataclass(frozen=True)
class Figure:
    """`budget`: the most that it should be; None where there is none."""

    name: str
    value: float
    unit: str
    budget: float | None = None

    @property
    def is_within(self) -> bool:
        return self.budget is None or self.value <= self.budget


def times_of_writing(rounds: int) -> list[Figure]:
    """The full report, in turn with its text in bare HTML and with a browser that prints its HTML."""
    document = sample_document()
    source = pdf_source(document, frozen_as="", families=[SOURCE_SANS.name])
    bare = bare_source(source)
    pages, length = size(write_pdf(document))
    bare_pages, _length = size(bare_pdf(bare))
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    seconds: dict[str, list[float]] = {"report": [], "bare": [], "report by the clock": [], "browser": []}
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "report.html")
        page.write_text(for_a_browser(source), encoding="utf-8")
        for _round in range(rounds):
            start = time.perf_counter()
            seconds["report"].append(processor_seconds(lambda: write_pdf(document)))
            seconds["report by the clock"].append(time.perf_counter() - start)
            seconds["bare"].append(processor_seconds(lambda: bare_pdf(bare)))
            if browser:
                seconds["browser"].append(printed_by(browser, page))
    median = {name: statistics.median(taken) for name, taken in seconds.items() if taken}
    found = [
        Figure("full report to PDF, median", median["report"], "s", MOST_SECONDS),
        Figure("full report to PDF, best", min(seconds["report"]), "s", MOST_SECONDS),
        Figure("same text in bare HTML, median", median["bare"], "s"),
        Figure("report to bare HTML", ratio(seconds["report"], seconds["bare"]), "times", MOST_RATIO),
        Figure("pages", pages, ""),
        Figure("pages of bare HTML", bare_pages, ""),
        Figure("bytes", length, ""),
    ]
    if browser:
        found += [
            Figure("same HTML by a browser, by the clock", median["browser"], "s"),
            Figure("report by the clock, median", median["report by the clock"], "s"),
            Figure(
                "report to browser, by the clock",
                ratio(seconds["report by the clock"], seconds["browser"]),
                "times",
            ),
        ]
    return found


def memory_of_writing(times: int) -> list[Figure]:
    """Memory of the process while it writes one report after another."""
    document = sample_document()
    sizes = []
    for _time in range(times):
        write_pdf(document)
        sizes.append(megabytes())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = [
        Figure(f"memory after {times} reports", sizes[-1], "MB"),
        Figure("memory at its highest", peak, "MB"),
    ]
    if times > GROWTH_AFTER:
        settled = sizes[GROWTH_AFTER - 1]
        found += [
            Figure(f"memory after {GROWTH_AFTER} reports", settled, "MB"),
            Figure(f"growth after the first {GROWTH_AFTER}", sizes[-1] / settled - 1, "", MOST_GROWTH),
        ]
    return found


def times_of_reading_again(times: int) -> list[Figure]:
    """A stored PDF through every layer of the product; nothing where no report has been issued."""
    with transaction.atomic():
        taken = _read_again(times)
        transaction.set_rollback(True)
    if not taken:
        return []
    return [
        Figure("issued PDF again, median", statistics.median(taken), "s", MOST_SECONDS_AGAIN),
        Figure(
            "issued PDF again, 95 of 100",
            sorted(taken)[int(0.95 * (len(taken) - 1))],
            "s",
            MOST_SECONDS_AGAIN,
        ),
    ]


def _read_again(times: int) -> list[float]:
    host = next((one for one in settings.ALLOWED_HOSTS if "*" not in one), "localhost")
    editions = Edition.objects.without_files().select_related("issued_by", "review").order_by("-pk")[:20]
    readable = (one for one in editions if may_read_report(one.issued_by, one.review))
    if (edition := next(readable, None)) is None:
        return []
    client = Client(headers={"host": host.lstrip(".")})
    client.force_login(edition.issued_by)
    number = {"pk": edition.review_id, "major": edition.major, "minor": edition.minor}
    again = partial(client.get, reverse("reports:edition_pdf", kwargs=number), secure=True)
    if again().status_code != 200:
        raise RuntimeError("The issued report cannot be read.")
    return [clock_seconds(again) for _time in range(times)]


def ratio(first: Sequence[float], second: Sequence[float]) -> float:
    return statistics.median(one / other for one, other in zip(first, second, strict=True))


def processor_seconds(write: Callable[[], object]) -> float:
    gc.collect()
    start = time.process_time()
    write()
    return time.process_time() - start


def clock_seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def printed_by(browser: str, page: Path) -> float:
    """Seconds by the clock: the browser's processes are not all its children. Its start counts, as it would."""
    target = page.with_suffix(".pdf")
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-pdf-header-footer",
    ]
    command = [browser, *options, f"--print-to-pdf={target}", page.as_uri()]
    # The writer of PDFs runs without the fonts of the machine.
    env = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    return clock_seconds(
        lambda: subprocess.run(command, env=env, capture_output=True, check=True, timeout=120)
    )


def megabytes() -> float:
    """What the process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def size(data: bytes) -> tuple[int, int]:
    """Pages and bytes. Pages are counted among the objects, which are packed several to a stream."""
    pages = 0
    for packed in STREAM.findall(data):
        with contextlib.suppress(zlib.error):
            pages += len(PAGE.findall(zlib.decompress(packed)))
    return pages, len(data)


def for_a_browser(source: str) -> str:
    """The report's HTML with its style sheet and fonts in it."""
    faces = "".join(
        f"@font-face {{ font-family: '{SOURCE_SANS.name}'; font-weight: {face.weight};"
        f" src: url('{(FONTS_DIR / face.file).as_uri()}') }}"
        for face in SOURCE_SANS.faces
    )
    style = (Path(ROOTS["static:/"]) / "css" / "print.css").read_text(encoding="utf-8")
    return "<!doctype html>" + source.replace("<style>", f"<style>{faces}{style}", 1)


def bare_source(markup: str) -> str:
    """The same headings, paragraphs, lists and tables without charts, classes or style."""
    root = ElementTree.fromstring(markup)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (SVG, "style"):
                take_out(parent, child)
        for name in set(parent.attrib) - {"colspan"}:
            del parent.attrib[name]
    return "<!doctype html>" + ElementTree.tostring(root, encoding="unicode", method="html")


def take_out(parent: ElementTree.Element, child: ElementTree.Element) -> None:
    """Remove an element, leaving the text that follows it."""
    place = list(parent).index(child)
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + (child.tail or "")
    else:
        parent.text = (parent.text or "") + (child.tail or "")
    parent.remove(child)
