"""Who reads a site's trend, and that somebody who rates the site now learns nothing from it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.permissions import Role
from reviews.actions.rating import submit_ratings
from reviews.actions.withdrawing import withdraw_edition
from tests.factories.accounts import UserFactory
from tests.factories.programs import MembershipFactory, SiteFactory
from tests.factories.reviews import ReviewFactory, rate_all
from tests.reports.reviews import issued_report
from tests.reports.trends import REST, past_result, trend_url, two_reviews
from tests.reviews.pages import text_of
from tests.reviews.situations import fresh, in_program, issued, joined, lead_of

pytestmark = pytest.mark.django_db

HELD_BACK = "You are rating this site now."


def statuses(client, user, site) -> tuple[int, int]:
    client.force_login(user)
    return tuple(client.get(trend_url(site, name)).status_code for name in ("trend", "trend_csv"))


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.PROGRAM_MANAGER, 200),
        (Role.VIEWER, 200),
        (Role.NETWORK_LEAD, 200),
        (Role.PROGRAM_LEAD, 403),
        (Role.PROGRAM_REVIEWER, 403),
    ],
)
def test_a_role_that_reads_reports_opens_the_trend(client, role, status):
    review = issued()

    assert statuses(client, in_program(review, role), review.site) == (status, status)


def test_people_of_another_program_do_not_learn_that_the_site_is_there(client):
    review = issued()
    strangers = [
        UserFactory(),
        MembershipFactory(program=SiteFactory().program, role=Role.PROGRAM_MANAGER.value).user,
        UserFactory(is_user_admin=True),
        UserFactory(is_scale_admin=True),
    ]

    assert {statuses(client, user, review.site) for user in strangers} == {(404, 404)}


def test_who_was_on_a_team_reads_the_results_of_that_team_alone(client):
    newest = two_reviews()
    lead = lead_of(newest)
    client.force_login(lead)

    page = client.get(trend_url(newest.site))

    assert [row.review for row in page.context_data["scales"][0].rows] == [newest.pk]
    assert f'href="{reverse("reviews:site", args=[newest.site_id])}"' not in page.content.decode()
    assert "October 2025" not in text_of(page)
    assert "the first that you may read." in text_of(page)


@pytest.mark.parametrize(
    ("role", "said"), [(Role.VIEWER, "the first review here"), (None, "the first that you may read")]
)
def test_the_first_review_is_called_so_to_those_who_read_all_of_them(client, role, said):
    review = issued()
    client.force_login(in_program(review, role) if role else lead_of(review))

    assert f"; {said}." in text_of(client.get(trend_url(review.site)))


def test_a_reviewer_who_rates_now_reads_nothing_of_what_was_before_until_their_set_is_in(client):
    before = issued(REST)
    review = ReviewFactory(site=before.site, starts_on=date(2027, 10, 14), ends_on=date(2027, 10, 15))
    rater = joined(review, Role.REVIEWER)
    MembershipFactory(program=review.site.program, user=rater, role=Role.VIEWER.value)
    client.force_login(rater)

    page = client.get(trend_url(review.site))
    site_page = client.get(reverse("reviews:site", args=[review.site_id]))

    total = str(sum(REST.values()))
    assert HELD_BACK in text_of(page)
    assert page.context_data["scales"] == []
    assert total not in text_of(page)
    assert client.get(trend_url(review.site, "trend_csv")).status_code == 403
    assert total not in text_of(site_page)
    assert trend_url(review.site) not in site_page.content.decode()

    rate_all(fresh(review), rater, 4)
    submit_ratings(review=fresh(review), by=rater)
    assert f"{total} of" in text_of(client.get(trend_url(review.site)))


def test_a_report_of_which_no_edition_holds_is_not_in_the_trend(client):
    review = issued()
    user = in_program(review, Role.VIEWER)
    edition = review.editions.get()
    withdraw_edition(
        edition=edition, reason="Another site.", stamp=lambda _: ("{}", b"%PDF-x"), by=lead_of(review)
    )
    client.force_login(user)

    assert "no issued review of this site" in text_of(client.get(trend_url(review.site)))
    assert client.get(trend_url(review.site, "trend_csv")).status_code == 404


def test_the_page_and_the_file_take_the_same_queries_for_3_and_30_reviews(client):
    review = issued()
    client.force_login(in_program(review, Role.PROGRAM_MANAGER))
    addresses = [trend_url(review.site), trend_url(review.site, "trend_csv")]
    addresses.append(reverse("reviews:site", args=[review.site_id]))

    def queries() -> list[int]:
        counts = []
        for url in addresses:
            assert client.get(url).status_code == 200
            with CaptureQueriesContext(connection) as captured:
                client.get(url)
            counts.append(len(captured))
        return counts

    def add(first: int, last: int):
        for place in range(first, last):
            past_result(review.site, date(2010, 1, 1) + timedelta(days=100 * place), 1 + place % 5)

    add(0, 2)
    few = queries()
    add(2, 29)

    assert queries() == few
    assert max(few) <= 20


def test_the_site_page_and_the_report_lead_to_the_trend(client):
    newest = issued_report(site=two_reviews().site, starts_on=date(2027, 1, 4), ends_on=date(2027, 1, 5))
    client.force_login(in_program(newest, Role.VIEWER))

    site_page = client.get(reverse("reviews:site", args=[newest.site_id]))
    report = client.get(reverse("reports:report", args=[newest.pk]))

    assert trend_url(newest.site) in site_page.content.decode()
    assert trend_url(newest.site) in report.content.decode()
    assert "−1" in text_of(site_page)
    assert f"{sum(REST.values()) - 2} of" in text_of(site_page)
