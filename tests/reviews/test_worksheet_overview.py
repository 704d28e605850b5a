"""All worksheets of a visit: how far each is, and what their pages cost."""

import pytest

from tests.factories.reviews import ReviewFactory
from tests.reviews.pages import text_of
from tests.reviews.sheets import SPECIALISTS, fields_of, keep, keys, sheet_url
from tests.reviews.situations import lead_of
from tests.reviews.test_page_queries import queries

pytestmark = pytest.mark.django_db

AK, BD, _CE = SPECIALISTS


@pytest.fixture
def review(client):
    review = ReviewFactory()
    client.force_login(lead_of(review))
    return review


def test_the_overview_says_how_far_each_worksheet_is_and_what_it_feeds(client, review):
    keep(review, "specialists", AK, BD)

    said = text_of(client.get(f"/reviews/{review.pk}/facts/"))

    assert f"Employment specialists 2 rows {lead_of(review).name}" in said
    assert "Job starts nothing yet – 19 Diversity of job types 20 Diversity of employers" in said
    assert "Signs and parts in place nothing yet" in said
    assert "No client is named here" in said


@pytest.mark.parametrize("sheet", ["specialists", "teams", "jobs", "first-contacts", "records"])
def test_a_worksheet_takes_the_same_queries_for_3_and_60_rows(client, review, sheet):
    row = {"name": "AK", "specialist": "AK", "team": "T", "people": "3", "title": "Cook", "employer": "Inn"}
    keep(review, sheet, *[row | {"record": str(number)} for number in range(3)])
    urls = [sheet_url(review, sheet), f"/reviews/{review.pk}/facts/", sheet_url(review, sheet, "paste/")]
    few = [queries(client, url) for url in urls]

    keep(review, sheet, *[row | {"record": str(number)} for number in range(57)])

    assert [queries(client, url) for url in urls] == few
    assert max(few) <= 16


def test_a_full_worksheet_takes_no_more_and_keeps_what_was_typed(client, review):
    keep(review, "specialists", *[{"name": f"S{number}"} for number in range(500)])
    url = f"{sheet_url(review, 'specialists')}?page=13"
    fields = fields_of(client.get(url))
    key = keys(fields)[0]

    answer = client.post(url, fields | {f"{key}-name": "AK"})

    assert answer.status_code == 422
    assert "at most 500 rows" in text_of(answer)
    assert fields_of(answer)[f"{key}-name"] == "AK"
    assert review.worksheet_rows.count() == 500
