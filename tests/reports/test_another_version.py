"""A report after a review on another scale version: items are joined by code, and where an anchor moved is said."""

import io
import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils.html import strip_tags
from pypdf import PdfReader

from reports.document import from_json, sha256, to_json
from reports.pdf import write_pdf
from reports.projection import project
from reviews.past.versions import SinceThen, since_then
from tests.reports.reviews import draft, follow_up, issued_report
from tests.reviews.another_version import MOVED, NEW, REPLACED, REWORDED, next_profile
from tests.reviews.situations import YEAR_BEFORE, lead_of

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 9, 10, 5, tzinfo=UTC)


@pytest.fixture
def review():
    """A draft on the second version, a year after a review on the first."""
    earlier = issued_report(3, **YEAR_BEFORE)
    return draft(4, site=earlier.site, profile=next_profile())


def page_of(client, review) -> str:
    client.force_login(lead_of(review))
    answer = client.get(reverse("reports:report", args=[review.pk]))
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode().replace("<", " <")))


def test_items_are_joined_by_code_and_marked_where_the_anchor_moved_or_the_item_is_new(review):
    document = project(review, made_at=NOW)
    before = {item.code: item.previous for item in document.items}

    assert document.previous.anchors_moved == (MOVED,)
    assert document.previous.new_items == (NEW,)
    assert (before[MOVED], before[REWORDED], before[NEW]) == (3, 3, None)
    assert REPLACED not in before


def test_the_same_version_has_no_marks():
    review = follow_up()

    assert since_then(review, review.previous()) == SinceThen()
    assert since_then(review, None) == SinceThen()


def test_another_wording_has_no_marks():
    earlier = issued_report(3, wording="us", **YEAR_BEFORE)
    review = draft(4, site=earlier.site, wording="uk")

    assert since_then(review, review.previous()) == SinceThen()


def test_the_page_marks_the_item_and_explains_the_word_once(client, review):
    page = page_of(client, review)
    title = next(item.short_title for item in project(review, made_at=NOW).items if item.code == MOVED)

    assert f"{title} anchor moved since" in page
    assert "Job trials new since" in page
    assert (
        page.count("Anchor moved since: the item was scored by other numbers, counts or conditions then") == 1
    )
    assert page.count("New since: the scale version of that review did not have the item.") == 1


def test_a_report_without_a_moved_anchor_says_nothing_of_it(client):
    assert "moved since" not in page_of(client, follow_up()).lower()


def test_the_pdf_says_the_same(review):
    reader = PdfReader(io.BytesIO(write_pdf(project(review, made_at=NOW))))
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))

    assert "anchor moved since" in text
    assert "new since" in text
    assert "Anchor moved since: the item was scored by other numbers" in text


def test_marks_are_frozen_with_the_report(review):
    document = project(review, made_at=NOW)

    assert from_json(to_json(document)) == document


def test_reports_without_marks_keep_the_data_and_the_hash_that_they_had_before_there_were_marks():
    document = project(follow_up(), made_at=NOW)
    text = to_json(document)

    assert "anchors_moved" not in text
    assert "new_items" not in text
    assert sha256(to_json(from_json(text))) == sha256(text)
