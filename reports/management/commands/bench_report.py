"""Measure a report as a PDF, beside the same text in bare HTML."""

import contextlib
import gc
import re
import statistics
import time
import zlib
from collections.abc import Callable
from xml.etree import ElementTree

from django.core.management.base import BaseCommand

from reports.html import pdf_source
from reports.pdf import bare_pdf, write_pdf
from reports.sample import sample_document
from reports.typeface import SOURCE_SANS

MOST_RATIO, MOST_SECONDS = 1.25, 1.2
SVG = "{http://www.w3.org/2000/svg}svg"
STREAM = re.compile(rb"stream\n(.*?)\nendstream", re.DOTALL)
PAGE = re.compile(rb"/Type /Page\b")


class Command(BaseCommand):
    help = "Writes an invented report several times, in turn with its text in bare HTML, and prints what each took."

    def add_arguments(self, parser):
        parser.add_argument("--times", type=int, default=7, help="how often each is written")

    def handle(self, *, times: int, **options):
        document = sample_document()
        bare = bare_source(pdf_source(document, frozen_as="", families=[SOURCE_SANS.name]))
        writers = {"report": lambda: write_pdf(document), "bare HTML": lambda: bare_pdf(bare)}
        sizes = {name: size(write()) for name, write in writers.items()}
        seconds: dict[str, list[float]] = {name: [] for name in writers}
        for _time in range(times):
            for name, write in writers.items():
                seconds[name].append(cpu_seconds(write))
        self.stdout.write(f"{'':10} {'median s':>9} {'best s':>7} {'pages':>6} {'bytes':>8}")
        for name, taken in seconds.items():
            pages, length = sizes[name]
            self.stdout.write(
                f"{name:10} {statistics.median(taken):9.3f} {min(taken):7.3f} {pages:6} {length:8}"
            )
        pairs = zip(seconds["report"], seconds["bare HTML"], strict=True)
        ratio = statistics.median(report / plain for report, plain in pairs)
        self.stdout.write(
            f"ratio {ratio:.2f} (budget {MOST_RATIO}), report {statistics.median(seconds['report']):.2f} s "
            f"(budget {MOST_SECONDS} s); processor time, {times} times each, in turn"
        )


def cpu_seconds(write: Callable[[], bytes]) -> float:
    gc.collect()
    start = time.process_time()
    write()
    return time.process_time() - start


def size(data: bytes) -> tuple[int, int]:
    """Pages and bytes. Pages are counted among the objects, which are packed several to a stream."""
    pages = 0
    for packed in STREAM.findall(data):
        with contextlib.suppress(zlib.error):
            pages += len(PAGE.findall(zlib.decompress(packed)))
    return pages, len(data)


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
