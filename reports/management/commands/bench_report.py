"""Measure what writing a report and reading it again take, beside their budgets."""

import json
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand

from reports.benchmark import (
    MOST_ROUNDS,
    Figure,
    memory_of_writing,
    times_of_reading_again,
    times_of_writing,
)


class Command(BaseCommand):
    help = (
        "Writes an invented report many times, in turn with its text in bare HTML and with a browser, reads an issued "
        "one again, and prints what each took: processor time, except where it says by the clock."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--times", type=int, default=100, help="how many reports the memory is watched over"
        )
        parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to a file")

    def handle(self, *, times: int, json: Path | None, **options):
        figures = times_of_writing(min(times, MOST_ROUNDS))
        if not any("browser" in one.name for one in figures):
            self.stdout.write("No browser was found to compare with.")
        figures += memory_of_writing(times)
        read_again = times_of_reading_again(times)
        if not read_again:
            self.stdout.write("No issued report is in the database to be read again.")
        figures += read_again
        for one in figures:
            self.stdout.write(line_of(one))
        if json:
            write_json(json, figures)


def line_of(figure: Figure) -> str:
    value = (
        f"{figure.value:.0f}"
        if figure.value >= 30 or figure.value == int(figure.value)
        else f"{figure.value:.3f}"
    )
    budget = ""
    if figure.budget is not None:
        budget = f"budget {figure.budget:g}, {'kept' if figure.is_within else 'OVER'}"
    return f"{figure.name:40} {value:>9} {figure.unit:6} {budget}".rstrip()


def write_json(path: Path, figures: list[Figure]) -> None:
    found = [asdict(one) | {"within": one.is_within} for one in figures]
    path.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
