"""How many queries the pages take: the same for few and for many."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.permissions import Role
from reviews.models import Stage
from tests.factories.accounts import UserFactory
from tests.factories.programs import MembershipFactory, SiteFactory
from tests.factories.reviews import ReviewFactory, rate_all
from tests.reviews.pages import rate_url, save_item
from tests.reviews.situations import at_stage, fresh, joined, lead_of

pytestmark = pytest.mark.django_db

MOST = 20


def queries(client, url: str) -> int:
    """Of the second visit: published definitions are read once per process."""
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(url)
    return len(captured)


@pytest.mark.parametrize(
    "code", ["caseload-size", "zero-exclusion", "employer-contact-frequency", "team-contact"]
)
@pytest.mark.parametrize("setting", ["community-mental-health", "primary-care"])
def test_the_item_page_takes_the_same_queries_for_0_and_25_ratings(client, code, setting):
    review = ReviewFactory(setting=setting)
    lead = lead_of(review)
    client.force_login(lead)
    for role in (Role.REVIEWER, Role.OBSERVER):
        rate_all(fresh(review), joined(review, role), 3)
    save_item(client, review, code, score="", rationale="First words.")
    url = rate_url(review, code)
    few = queries(client, url)

    for item in review.version.to_spec().items:
        notes = "Long words. " * 500
        save_item(client, review, item.code, score="4", rationale=notes, evidence=notes, recommendation=notes)

    assert queries(client, url) == few
    assert few <= MOST


def test_the_item_page_takes_11_queries_before_the_first_rating(client):
    review = ReviewFactory()
    client.force_login(lead_of(review))

    assert queries(client, rate_url(review, "caseload-size")) <= 11


def test_saving_takes_a_fixed_number_of_queries(client):
    review = ReviewFactory()
    lead = lead_of(review)
    client.force_login(lead)
    code = "zero-exclusion"

    def one_save(score):
        page = client.get(rate_url(review, code))
        with CaptureQueriesContext(connection) as captured:
            assert save_item(client, review, code, htmx=True, page=page, score=score).status_code == 200
        return len(captured)

    one_save("1")
    few = one_save("2")
    for item in review.version.to_spec().items:
        save_item(client, review, item.code, score="4", rationale="Words.")

    assert one_save("3") == few
    assert few <= MOST


def a_person_who_sees_everything(site):
    """Leads every review of the site, manages its program, and may plan."""
    user = UserFactory()
    for role in (Role.PROGRAM_MANAGER, Role.PROGRAM_LEAD):
        MembershipFactory(program=site.program, user=user, role=role.value)
    return user


def add_reviews(site, lead, number: int):
    for place in range(number):
        day = date(2024, 1, 10) + timedelta(days=7 * place)
        review = ReviewFactory(site=site, lead=lead, starts_on=day, ends_on=day)
        at_stage(review, list(Stage)[place % len(Stage)])
    return review


@pytest.mark.parametrize("url", ["/", "/reviews/", "/sites/{site}/"])
def test_lists_take_the_same_queries_for_3_and_30_reviews(client, url):
    site = SiteFactory()
    person = a_person_who_sees_everything(site)
    client.force_login(person)
    url = url.format(site=site.pk)
    # One of each stage, so that every part of the page shows.
    add_reviews(site, person, len(Stage))
    few = queries(client, url)

    add_reviews(site, person, 30)

    assert queries(client, url) == few
    assert few <= MOST


def test_home_takes_the_same_queries_for_3_and_30_sites(client):
    site = SiteFactory()
    person = a_person_who_sees_everything(site)
    client.force_login(person)
    for _ in range(2):
        SiteFactory(program=site.program)
    few = queries(client, "/")

    for _ in range(27):
        SiteFactory(program=site.program)

    assert queries(client, "/") == few


@pytest.mark.parametrize("stage", Stage)
def test_a_reviews_page_takes_the_same_queries_however_many_people_and_events(client, stage):
    review = ReviewFactory()
    lead = lead_of(review)
    client.force_login(lead)
    joined(review, Role.REVIEWER)
    review.timeline.create(step="planned", by=lead)
    at_stage(review, stage)
    url = f"/reviews/{review.pk}/"
    if stage == Stage.ISSUED:
        review.editions.create(
            issued_at=review.created_at,
            issued_by=lead,
            document="{}",
            pdf=b"x",
        )
    few = queries(client, url)

    for _ in range(20):
        person = joined(review, Role.OBSERVER)
        review.timeline.create(step="submitted", by=person)

    assert queries(client, url) == few
    assert few <= MOST
