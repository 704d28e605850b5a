"""How many queries the meeting takes: the same for 2 as for 4 reviewers, for nothing agreed and for everything."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.permissions import Role
from reviews.actions.consensus import agree, agree_all_equal
from tests.factories.reviews import ReviewFactory
from tests.reviews.meetings import EQUAL, SPLIT, fields_of, stored, url
from tests.reviews.pages import HTMX
from tests.reviews.situations import YEAR_BEFORE, fresh, issued, joined, lead_of, submitted_by

pytestmark = pytest.mark.django_db


def meeting_of(number: int):
    before = issued(3, **YEAR_BEFORE)
    review = ReviewFactory(site=before.site)
    people = [lead_of(review), *(joined(review, Role.REVIEWER) for _ in range(number - 1))]
    for place, person in enumerate(people):
        submitted_by(review, person, {SPLIT: place % 5 + 1})
    return fresh(review)


def counted(act) -> int:
    """Of the second time: published definitions are read once per process."""
    act()
    with CaptureQueriesContext(connection) as captured:
        answer = act()
    assert answer.status_code in (200, 204), answer.status_code
    return len(captured)


def looking(client, review):
    return counted(lambda: client.get(url(review)))


def hearing(client, review, have=""):
    return counted(lambda: client.post(url(review, "here"), {"on": SPLIT, "have": have}, **HTMX))


def saving(client, review):
    """A save that changes something, as the page sends it while one types."""
    texts = iter(("First.", "Second."))

    def save():
        fields = fields_of(client.get(url(review))) | {"score": "4", "rationale": next(texts)}
        fields.pop("csrfmiddlewaretoken", None)
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(url(review, SPLIT), fields, **HTMX)
        assert answer.status_code == 200
        return len(captured)

    save()
    return save()


@pytest.mark.parametrize("act", [looking, hearing, saving])
def test_two_reviewers_take_as_many_queries_as_four(client, act):
    few = meeting_of(2)
    client.force_login(lead_of(few))
    first = act(client, few)
    many = meeting_of(4)
    client.force_login(lead_of(many))

    assert act(client, many) == first


@pytest.mark.parametrize("act", [looking, saving])
def test_25_agreed_items_take_as_many_queries_as_one(client, act):
    review = meeting_of(2)
    client.force_login(lead_of(review))
    agree(review=review, item_code=EQUAL, values={"score": 5}, by=lead_of(review))
    first = act(client, review)
    agree_all_equal(review=review, by=lead_of(review))

    assert act(client, review) == first


def test_the_poll_takes_few_queries_and_few_more_with_news(client):
    review = meeting_of(2)
    client.force_login(lead_of(review))
    quiet = hearing(client, review)
    agree(review=review, item_code=EQUAL, values={"score": 5}, by=lead_of(review))
    one = hearing(client, review)
    agree_all_equal(review=review, by=lead_of(review))

    all_of_them = hearing(client, review)

    assert quiet <= 8
    assert one == all_of_them <= 15
    assert hearing(client, review, have=f"{EQUAL}:{stored(review, EQUAL).revision}") == one


def test_agreeing_all_takes_a_query_or_two_for_each_item_and_no_more(client):
    review = meeting_of(2)

    with CaptureQueriesContext(connection) as captured:
        agree_all_equal(review=review, by=lead_of(review))

    assert len(captured) <= 24 + 16
