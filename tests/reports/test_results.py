"""What an issued review came to: written with its report, the same as the report says, read by whom that is for."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.permissions import Role
from reports.document import from_json
from reviews.actions.consensus import agree, agree_all_equal, open_draft
from reviews.models import Kind, Result, Review, Stage
from reviews.permissions import may_read_report
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ReviewFactory
from tests.reports.bundles import rate_again
from tests.reports.steps import begun, correct, issue, withdraw
from tests.reviews.situations import (
    at_stage,
    fresh,
    in_consensus,
    in_program,
    joined,
    lead_of,
)

pytestmark = pytest.mark.django_db

UNRATED, SPLIT = "zero-exclusion", "caseload-size"


def issued(*, setting="primary-care", lead=None, other=None, **fields) -> Review:
    """Two raters; a stand-in for the PDF."""
    review = in_consensus(lead or 3, other or 3, setting=setting, **fields)
    by = lead_of(review)
    agree_all_equal(review=review, by=by)
    for code in fresh(review).items_without_consensus():
        agree(review=review, item_code=code, values={"score": 3, "reason": "Heard together."}, by=by)
    open_draft(review=fresh(review), by=by)
    issue(review.pk)
    return fresh(review)


def of_report(review: Review):
    return from_json(review.editions.latest("major", "minor").document)


def test_the_figures_are_those_of_the_frozen_report():
    review = issued(lead={SPLIT: 2, UNRATED: None}, other={SPLIT: 4, UNRATED: None})
    result, report = review.result, of_report(review)

    assert result.scores == [item.score for item in report.items]
    assert result.scores_by_code() == {item.code: item.score for item in report.items}
    assert (result.points, result.rated, result.unrated) == (
        report.total.points,
        report.total.rated,
        report.total.unrated,
    )
    assert (result.lowest, result.highest) == (
        report.total.can_become.lowest,
        report.total.can_become.highest,
    )
    assert result.band == (report.total.band or "")
    assert (result.setting_lowest, result.setting_highest) == (
        report.gap.setting.lowest,
        report.gap.setting.highest,
    )
    assert (result.open_lowest, result.open_highest) == (report.gap.open.lowest, report.gap.open.highest)
    assert (result.attainable_lowest, result.attainable_highest) == (
        report.attainable.lowest,
        report.attainable.highest,
    )
    assert result.independence == report.independence
    assert (result.starts_on, result.ends_on) == (report.starts_on, report.ends_on)


def test_spreads_are_of_what_the_reviewers_submitted():
    spreads = issued(
        lead={SPLIT: 2, UNRATED: None, "rapid-search": 1},
        other={SPLIT: 4, UNRATED: None, "rapid-search": None},
    ).result.spreads_by_code()

    assert (spreads[SPLIT], spreads[UNRATED], spreads["rapid-search"]) == (2, None, None)
    assert set(spreads.values()) == {0, 2, None}


def test_what_one_reviewer_scored_is_not_compared():
    review = at_stage(ReviewFactory(scores=4), Stage.ISSUED)

    assert set(review.result.spreads) == {None}


def test_a_correction_brings_the_result_with_it():
    review = issued()
    points = review.result.points
    begun(review, SPLIT, score=1)
    assert fresh(review).result.points == points

    correct(review.pk)

    assert fresh(review).result.points == points - 2 == of_report(review).total.points


def test_a_result_stands_until_every_edition_is_withdrawn():
    review, reader = issued(), None
    reader = in_program(review, Role.VIEWER)
    begun(review, SPLIT)
    correct(review.pk)
    first, second = review.editions.order_by("minor")
    withdraw(first)
    assert list(Result.objects.readable_by(reader)) == [fresh(review).result]

    withdraw(second)

    assert not fresh(review).result.stands
    assert not Result.objects.readable_by(reader).exists()


def test_results_are_read_by_those_who_may_read_the_report():
    """Of many what `may_read_report` says of one."""
    review, other = ReviewFactory(), at_stage(ReviewFactory(), Stage.ISSUED)
    team = [joined(review, role) for role in (Role.REVIEWER, Role.OBSERVER, Role.MODERATOR)]
    roles = (Role.PROGRAM_MANAGER, Role.VIEWER, Role.PROGRAM_LEAD, Role.PROGRAM_REVIEWER, Role.NETWORK_LEAD)
    program = [in_program(review, role) for role in roles]
    gone, rates = in_program(review, Role.VIEWER, is_active=False), in_program(review, Role.VIEWER)
    rate_again(rates, review)
    people = [lead_of(review), *team, *program, gone, rates, UserFactory(is_superuser=True)]
    at_stage(review, Stage.ISSUED)

    found = [set(Result.objects.readable_by(user).values_list("review", flat=True)) for user in people]

    readable = (review, other)
    assert found == [{one.pk for one in readable if may_read_report(user, fresh(one))} for user in people]
    assert sum(map(len, found)) == 7


def test_of_each_site_the_newest_counts():
    first = at_stage(ReviewFactory(), Stage.ISSUED)
    later = at_stage(
        ReviewFactory(site=first.site, starts_on=date(2027, 1, 4), ends_on=date(2027, 1, 5)), Stage.ISSUED
    )
    other = at_stage(ReviewFactory(), Stage.ISSUED)

    assert set(Result.objects.latest_of_sites()) == {later.result, other.result}
    before = Result.objects.filter(starts_on__lt=date(2027, 1, 1))
    assert set(before.latest_of_sites()) == {first.result, other.result}


@pytest.mark.parametrize("kind", Kind)
def test_self_assessments_are_told_apart(kind):
    result = at_stage(ReviewFactory(kind=kind), Stage.ISSUED).result

    assert result.is_self_assessed is (kind in (Kind.SELF, Kind.GUIDED))
    assert Result.objects.reviewed().exists() is not result.is_self_assessed


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"lowest": 0, "rated": 24, "unrated": 1}, "a_total_lies_in_what_it_can_become"),
        ({"highest": 10_000}, "a_complete_total_becomes_nothing_else"),
        ({"scores": [1, 2, 3]}, "a_result_counts_every_item"),
        ({"ends_on": date(2020, 1, 1)}, "a_result_ends_on_or_after_its_start"),
    ],
)
def test_a_result_that_contradicts_itself_is_refused(wrong, rule):
    result = at_stage(ReviewFactory(scores=4), Stage.ISSUED).result
    agreed = issued().result
    assert agreed.is_complete

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Result.objects.filter(pk=agreed.pk).update(**wrong)
    assert Result.objects.filter(pk=result.pk).exists()
