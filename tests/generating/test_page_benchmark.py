"""The benchmark of pages opens every page there is, for each kind of person. No test looks at a clock."""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from ipsfidelity.generating.order import Order
from ipsfidelity.generating.running import generate
from ipsfidelity.page_benchmark import Page, Taken, measure, percentile_95

pytestmark = pytest.mark.django_db


@pytest.fixture
def generated():
    generate(Order(sites=12, reviews=60, seed=5, until=date(2026, 6, 30)), password="x")


def test_one_run_prints_a_table_and_writes_it_to_a_file(generated, tmp_path):
    target, printed = tmp_path / "pages.json", io.StringIO()

    call_command("bench_pages", times=1, json=target, stdout=printed)

    written = json.loads(target.read_text())
    assert {row["person"] for row in written["pages"]} == {"manager", "viewer", "network lead", "reviewer"}
    assert written["reviews"] == 60
    assert not [row for row in written["pages"] if not (row["queries"] and row["median_ms"])]
    assert {200} == {row["status"] for row in written["pages"] if row["person"] == "manager"}
    assert all(row["page"] in printed.getvalue() for row in written["pages"])
    assert "SELECT 1" in printed.getvalue()


def test_a_page_that_the_product_lacks_is_left_out(generated):
    pages = (Page("home", "home"), Page("nothing", "reviews:no_such_page"))

    assert {taken.page for taken in measure(1, pages)} == {"home"}


def test_what_is_over_a_budget_is_told():
    def taken(queries, *milliseconds):
        return Taken("manager", "home", "/", 200, queries, milliseconds, 5, 10)

    assert taken(20, 10, 150).is_within
    assert not taken(21, 10, 10).is_within
    assert not taken(1, 10, 151).is_within


def test_of_twenty_visits_the_slowest_but_one_is_the_figure():
    assert percentile_95(range(1, 21)) == 19


def test_a_word_that_no_page_has_is_refused():
    with pytest.raises(CommandError, match="Nothing to measure"):
        call_command("bench_pages", only="no such page", stdout=io.StringIO())
