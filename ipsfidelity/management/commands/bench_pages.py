"""Measure the pages that show many reviews, beside their budgets."""

import json
import statistics
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ipsfidelity.logs import quiet_log
from ipsfidelity.page_benchmark import (
    MOST_MILLISECONDS,
    MOST_QUERIES,
    PAGES,
    Taken,
    bare_query,
    measure,
    percentile_95,
    size,
)


class Command(BaseCommand):
    help = (
        "Opens each page as a manager, a viewer, a network lead and a reviewer, in this process, and prints how many "
        "queries it takes and how long, beside one bare query. Compare databases of two sizes by running it on both."
    )

    def add_arguments(self, parser):
        parser.add_argument("--times", type=int, default=20, help="how often each page is timed")
        parser.add_argument("--only", metavar="WORD", help="pages whose title has this word")
        parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to a file")

    def handle(self, *, times: int, only: str | None, json: Path | None, **options):
        pages = tuple(page for page in PAGES if not only or only in page.title)
        if times < 1 or not pages:
            raise CommandError("Nothing to measure.")
        with quiet_log():
            before = bare_query(max(times, 50))
            bare = statistics.median(before)
            counted = size()
            self.stdout.write(
                f"{counted['reviews']} reviews, {counted['results']} results; "
                f"SELECT 1: median {bare:.3f} ms, p95 {percentile_95(before):.3f} ms; "
                f"budget: {MOST_QUERIES} queries, p95 {MOST_MILLISECONDS} ms"
            )
            self.stdout.write(HEAD)
            found = []
            for taken in measure(times, pages):
                found.append(taken)
                self.stdout.write(line_of(taken, bare))
        if json:
            write_json(json, found, bare, counted)


HEAD = (
    f"{'person':13} {'page':30} {'status':>6} {'queries':>7} {'median':>8} {'p95':>8} {'app':>7} "
    f"{'x bare':>7} {'KB':>7}"
)


def line_of(taken: Taken, bare: float) -> str:
    return (
        f"{taken.person:13} {taken.page:30} {taken.status:>6} {taken.queries:>7} {taken.median:>8.1f} "
        f"{taken.p95:>8.1f} {taken.processor:>7.1f} {taken.median / bare:>7.0f} {taken.bytes / 1024:>7.0f}"
        f"{'' if taken.is_within else '  OVER'}"
    )


def write_json(path: Path, found: list[Taken], bare: float, counted: dict[str, int]) -> None:
    rows = [
        {
            "person": one.person,
            "page": one.page,
            "address": one.address,
            "status": one.status,
            "queries": one.queries,
            "median_ms": round(one.median, 2),
            "p95_ms": round(one.p95, 2),
            "processor_ms": round(one.processor, 2),
            "times_bare_query": round(one.median / bare, 1),
            "bytes": one.bytes,
            "within": one.is_within,
        }
        for one in found
    ]
    data = {**counted, "bare_query_ms": round(bare, 4), "pages": rows}
    path.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
