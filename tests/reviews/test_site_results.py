"""What a site's page says of each review, and which results count as the service's own assessment."""

from datetime import date

import pytest

from accounts.permissions import Role
from reviews.models import Kind, Result
from reviews.site_results import results_at
from tests.reports.trends import REST, UNRATED, past_result, two_reviews
from tests.reviews.situations import in_program, issued

pytestmark = pytest.mark.django_db

TOTAL = sum(REST.values())


def test_each_review_has_its_total_its_band_and_the_change_since_the_one_before():
    newest = two_reviews()
    first = newest.previous().review

    lines = results_at(in_program(newest, Role.VIEWER), newest.site)

    highest = newest.version.to_spec().highest_total
    assert lines[newest.pk].total == f"{TOTAL - 2} of {highest}"
    assert (lines[first.pk].change, lines[newest.pk].change) == ("", "−1")
    assert lines[newest.pk].band == newest.result.band


def test_a_total_that_is_a_range_has_no_change():
    newest = two_reviews()
    latest = issued(
        REST | {UNRATED: None}, site=newest.site, starts_on=date(2027, 1, 4), ends_on=date(2027, 1, 5)
    )

    line = results_at(in_program(newest, Role.VIEWER), newest.site)[latest.pk]

    assert line.total.startswith(f"{latest.result.lowest}–{latest.result.highest} of")
    assert line.change == ""


def test_the_change_of_a_review_goes_by_the_review_before_and_not_by_a_self_assessment():
    newest = two_reviews()
    past_result(newest.site, date(2026, 5, 4), 1, kind=Kind.SELF, independence="self-assessment")

    assert results_at(in_program(newest, Role.VIEWER), newest.site)[newest.pk].change == "−1"


def test_the_change_counts_from_an_imported_review_too():
    review = issued(REST)
    past_result(review.site, date(2021, 5, 4), 2)

    line = results_at(in_program(review, Role.VIEWER), review.site)[review.pk]

    assert line.change == f"+{TOTAL - 2 * len(REST)}"


@pytest.mark.parametrize(
    ("kind", "independence", "is_own"),
    [
        (Kind.FOLLOW_UP, "independent", False),
        (Kind.FOLLOW_UP, "peer", False),
        (Kind.FOLLOW_UP, "guided self-assessment", True),
        (Kind.BASELINE, "self-assessment", True),
        (Kind.SELF, "self-assessment", True),
    ],
)
def test_a_review_by_the_services_own_staff_is_a_self_assessment_whatever_it_was_planned_as(
    kind, independence, is_own
):
    review = issued()
    row = past_result(review.site, date(2021, 5, 4), 2, kind=kind, independence=independence)

    assert row.is_self_assessed is is_own
    assert Result.objects.reviewed().filter(pk=row.pk).exists() is not is_own
