"""Part 5 of a report: barriers and facilitators by domain, and adaptations, in every output; said where none."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.document import from_json, to_json
from reports.html import page_body
from reports.influences_view import influences_view
from reports.projection import project
from reports.sample import sample_document
from reports.writers.csv_file import write_csv
from reviews.models import Influence
from tests.factories.influences import AdaptationFactory, InfluenceFactory
from tests.reports.documents import with_influences
from tests.reports.outputs import Outputs, squeezed
from tests.reviews.situations import fresh, in_draft

NOW = datetime(2026, 11, 9, 10, 5, tzinfo=UTC)
FIRST = sample_document().items[0]
DOCUMENT = with_influences(sample_document())
INFLUENCES, ADAPTATIONS = DOCUMENT.influences, DOCUMENT.adaptations


@pytest.fixture(scope="module")
def outputs():
    return Outputs(DOCUMENT)


@pytest.fixture(scope="module")
def said(outputs):
    return outputs.texts()


def test_every_output_in_words_has_them_all(said):
    texts = [line.text for line in INFLUENCES]
    texts += [text for line in ADAPTATIONS for text in (line.what, line.why, line.decided_by, line.since)]
    in_words = [
        "Financing",
        "Money: how the service is paid for",
        "Outer setting",
        "Mid-level leaders",
        "Facilitator",
        "Yes, decided beforehand",
        "No, it came about in the work",
        "Yes, what makes it IPS is kept",
        "Not sure",
        "No score is changed",
        "Damschroder LJ",
        FIRST.short_title,
    ]

    for name in ("page", "PDF", "Word", "Excel"):
        assert [text for text in (*texts, *in_words) if squeezed(text) not in said[name]] == [], name
    assert [text for text in texts if squeezed(text) not in said["JSON"]] == []


def test_they_stand_after_the_items_and_before_the_score_sheet(said):
    for name in ("page", "PDF", "Word"):
        places = [
            said[name].rindex(squeezed(text)) for text in ("Item by item", "Localadaptations", "Criterion")
        ]
        assert places == sorted(places), name


def test_the_workbook_has_a_row_for_each(outputs):
    barriers = list(outputs.workbook["Barriers and facilitators"].iter_rows(values_only=True))
    adaptations = list(outputs.workbook["Local adaptations"].iter_rows(values_only=True))

    assert [row[3:7] for row in barriers[1:4]] == [
        ("Barrier", FIRST.number, FIRST.short_title, INFLUENCES[0].text),
        ("Facilitator", None, "The whole site", INFLUENCES[1].text),
        ("Facilitator", FIRST.number, FIRST.short_title, INFLUENCES[2].text),
    ]
    assert [row[:4] for row in adaptations[1:3]] == [
        (None, "The whole site", "By video at first", "The ferry"),
        (FIRST.number, FIRST.short_title, "Trial days", "Long out of work"),
    ]


def test_the_csv_has_what_is_of_an_item_in_its_row(outputs):
    row, *others = outputs.rows

    assert (row["barriers"], row["facilitators"]) == (INFLUENCES[0].text, INFLUENCES[2].text)
    assert row["adaptations"] == "Trial days\nLong out of work"
    assert {one[name] for one in others for name in ("barriers", "facilitators", "adaptations")} == {""}


def test_the_file_of_data_reads_back_to_the_same_report():
    assert from_json(to_json(DOCUMENT)) == DOCUMENT


def test_they_are_counted_by_domain_and_told_apart_by_word():
    outer, individuals = influences_view(DOCUMENT).domains

    assert (outer.counts, individuals.counts) == ("1 barrier, 1 facilitator", "1 facilitator")
    assert [one.kind for one in outer.constructs[0].lines] == ["Barrier", "Facilitator"]


def test_without_any_the_part_says_so_and_its_data_are_left_out():
    bare = sample_document()
    page, data = page_body(bare), to_json(bare)

    assert "No barriers, facilitators or local adaptations are part of this edition." in page
    assert "Local adaptations" not in page
    assert '"influences"' not in data
    assert '"adaptations"' not in data
    assert b"barriers" in write_csv(bare).data.partition(b"\r\n")[0]


@pytest.mark.parametrize("left", [{"influences": ()}, {"adaptations": ()}], ids=["adaptations", "barriers"])
def test_one_kind_alone_stands_under_its_own_headings(left):
    document = replace(DOCUMENT, **left)
    part = (
        page_body(document).partition('<section class="influences">')[2].partition('<section class="sheet')[0]
    )
    levels = [int(level) for level in re.findall("<h([2-4])", part)]

    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    titles = [one.text for one in Outputs(document).word.paragraphs]
    assert ("Local adaptations" in titles) == ("Local adaptations" in part) == bool(document.adaptations)


def test_a_code_of_a_later_framework_is_shown_as_it_is():
    line = replace(INFLUENCES[0], domain="weather", construct="rain", kind="neither")

    page = page_body(replace(DOCUMENT, influences=(line,)))

    assert all(f">{code}" in page or f" {code}" in page for code in ("weather", "rain", "neither"))


# From a review


@pytest.mark.django_db
def test_a_review_is_read_in_the_order_of_the_framework_without_what_was_withdrawn():
    review = in_draft()
    InfluenceFactory(review=review, construct="adapting", text="Last.")
    InfluenceFactory(review=review, kind=Influence.Kind.FACILITATOR, text="Second.", item_code="disclosure")
    InfluenceFactory(review=review, text="First.")
    InfluenceFactory(review=review, text="Gone.", withdrawn_at=NOW)
    AdaptationFactory(review=review, item_code="disclosure", what="Of an item.")
    AdaptationFactory(review=review, what="Of the site.")
    AdaptationFactory(review=review, what="Gone.", withdrawn_at=NOW)

    document = project(fresh(review), made_at=NOW)

    assert [line.text for line in document.influences] == ["First.", "Second.", "Last."]
    assert [line.what for line in document.adaptations] == ["Of the site.", "Of an item."]
    assert (document.influences[0].domain, document.influences[0].item_number) == ("outer-setting", None)
    assert document.influences[1].item_title == "Disclosure"


@pytest.mark.django_db
def test_reading_many_takes_the_queries_of_reading_one():
    review = in_draft()

    def queries() -> int:
        again = fresh(review)
        with CaptureQueriesContext(connection) as captured:
            project(again, made_at=NOW)
        return len(captured)

    queries()
    none = queries()
    for code in ("disclosure", "rapid-search", "zero-exclusion"):
        InfluenceFactory(review=review, item_code=code)
        AdaptationFactory(review=review, item_code=code)

    assert queries() == none
