"""The benchmark measures the report that is written, and says which budgets are kept. No test looks at a clock."""

import io
import json

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from reports import benchmark
from reports.benchmark import Figure, bare_source, size
from reports.html import pdf_source
from reports.management.commands.bench_report import line_of
from reports.pdf import write_pdf
from reports.sample import sample_document
from reports.typeface import SOURCE_SANS
from tests.reports.documents import report
from tests.reports.reviews import issued_report


@pytest.mark.django_db
def test_one_run_prints_a_table_and_writes_it_to_a_file(tmp_path, monkeypatch, client):
    monkeypatch.setattr(benchmark, "BROWSERS", ("no-such-browser",))
    monkeypatch.setattr(benchmark, "sample_document", lambda: report(5))
    issued_report()
    target, printed = tmp_path / "figures.json", io.StringIO()

    call_command("bench_report", times=1, json=target, stdout=printed)

    found = {one["name"]: one for one in json.loads(target.read_text())}
    assert "No browser was found" in printed.getvalue()
    assert found["report to bare HTML"]["budget"] == benchmark.MOST_RATIO
    assert {"issued PDF again, median", "memory after 1 reports", "pages", "bytes"} <= set(found)
    assert all(name in printed.getvalue() for name in found)


def test_a_figure_over_its_budget_is_told():
    assert line_of(Figure("growth", 0.2, "", 0.1)).endswith("budget 0.1, OVER")
    assert line_of(Figure("growth", 0.1, "", 0.1)).endswith("budget 0.1, kept")
    assert "budget" not in line_of(Figure("pages", 15, ""))


def test_pages_and_bytes_are_those_of_the_file():
    data = write_pdf(report(5))

    assert size(data) == (len(PdfReader(io.BytesIO(data)).pages), len(data))


def test_the_bare_text_has_every_word_and_no_chart_or_style():
    source = pdf_source(sample_document(), frozen_as="", families=[SOURCE_SANS.name])

    bare = bare_source(source)

    assert "<svg" not in bare
    assert "class=" not in bare
    assert all(item.title in bare for item in sample_document().items if "&" not in item.title)
