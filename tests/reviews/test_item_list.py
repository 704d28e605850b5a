"""The list of items beside the one that is rated: what is scored, what is open, what still lacks a reason."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.actions.facts import save_facts
from tests.factories.reviews import ReviewFactory, rate_all
from tests.reviews.pages import rate_url, save_item, text_at
from tests.reviews.situations import fresh, lead_of

pytestmark = pytest.mark.django_db

CODE, OTHER = "caseload-size", "zero-exclusion"
TWENTY_EACH = {"part": "40", "whole": "2"}


@pytest.fixture
def review(client):
    review = ReviewFactory()
    lead = lead_of(review)
    client.force_login(lead)
    save_facts(review=fresh(review), item_code=CODE, entries=TWENTY_EACH, based_on=0, by=lead)
    return review


def list_and_progress(client, review) -> tuple[str, str]:
    page = client.get(rate_url(review, OTHER))
    return text_at(page, "item-list"), text_at(page, "progress-line")


def test_a_score_that_departs_without_a_reason_is_marked_on_every_item_page(client, review):
    save_item(client, review, CODE, score="3")

    items, progress = list_and_progress(client, review)
    assert items.count("a reason is missing") == 1
    assert "1 of 25 rated · 1 lacks a reason" in progress


def test_with_its_reason_the_mark_goes(client, review):
    save_item(client, review, CODE, score="3", departure_reason="Five names left that week.")

    items, progress = list_and_progress(client, review)
    assert "a reason is missing" not in items
    assert "lack" not in progress


def test_an_item_without_a_score_waits_for_no_reason(client, review):
    items, progress = list_and_progress(client, review)

    assert "a reason is missing" not in items
    assert "0 of 25 rated" in progress


def test_the_mark_takes_no_query_more_for_25_ratings(client, review):
    page = rate_url(review, OTHER)
    save_item(client, review, OTHER, score="3")

    def queries() -> int:
        client.get(page)
        with CaptureQueriesContext(connection) as captured:
            client.get(page)
        return len(captured)

    few = queries()
    rate_all(fresh(review), lead_of(review), 2)

    assert queries() == few
