"""Withdrawing an edition: said once with a reason, the edition itself as it was."""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.permissions import Role
from reports.editions import latest_edition
from reviews.actions.correcting import ReasonMissing
from reviews.actions.refusals import NotNow
from reviews.actions.withdrawing import withdraw_edition
from reviews.models import Edition, ReviewEvent, Withdrawal
from tests.reports.steps import begun, correct, issue, withdraw
from tests.reviews.situations import fresh, in_draft, joined

pytestmark = pytest.mark.django_db

PDF = b"%PDF-withdrawn"


def stamp(withdrawal):
    return '{"withdrawn": true}', PDF


@pytest.fixture
def edition() -> Edition:
    return issue(in_draft(4).pk)


def test_a_withdrawal_is_kept_beside_the_edition_which_stays_as_it_was(edition):
    before = Edition.objects.values().get()

    withdrawal = withdraw(edition, stamp=stamp)

    assert Edition.objects.values().get() == before
    assert (bytes(withdrawal.pdf), withdrawal.by) == (PDF, edition.issued_by)
    assert withdrawal.pdf_sha256 != edition.pdf_sha256
    event = edition.review.timeline.get(step=ReviewEvent.Step.WITHDRAWN)
    assert event.note == "1.0: It was of another site."


def test_an_edition_is_withdrawn_once_with_a_reason_by_the_lead(edition):
    reviewer = joined(edition.review, Role.REVIEWER)
    with pytest.raises(NotNow):
        withdraw_edition(edition=edition, reason="Why.", stamp=stamp, by=reviewer)
    with pytest.raises(ReasonMissing):
        withdraw(edition, reason=" ", stamp=stamp)
    withdraw(edition, stamp=stamp)
    with pytest.raises(NotNow):
        withdraw(edition, stamp=stamp)

    assert Withdrawal.objects.count() == 1


@pytest.mark.parametrize(
    "statement", ["UPDATE reviews_withdrawal SET reason = 'Another.'", "DELETE FROM reviews_withdrawal"]
)
def test_a_withdrawal_stays_as_it_is_for_sql_by_hand_too(edition, statement):
    withdraw(edition, stamp=stamp)

    with (
        pytest.raises(DatabaseError, match=r"Cannot update or delete rows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_report_is_the_newest_edition_that_holds_else_the_newest(edition):
    review = edition.review
    begun(review, score=2)
    later = correct(review.pk)
    assert latest_edition(fresh(review)) == later

    withdraw(later, stamp=stamp)
    assert latest_edition(fresh(review)) == edition

    withdraw(edition, stamp=stamp)
    assert latest_edition(fresh(review)) == later
