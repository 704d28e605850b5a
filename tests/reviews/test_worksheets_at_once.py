"""Two people at one worksheet at the same moment."""

import pytest

from accounts.permissions import Role
from reviews.actions.refusals import ChangedMeanwhile
from reviews.actions.worksheets import RowChange, load_worksheet, save_worksheet, state_of
from tests.at_once import at_once
from tests.factories.reviews import ReviewFactory
from tests.reviews.sheets import SPECIALISTS, cells, keep
from tests.reviews.situations import fresh, joined, lead_of

pytestmark = pytest.mark.django_db(transaction=True)

AK, BD, CE = SPECIALISTS


def saving(review, by, change):
    return lambda: save_worksheet(review=fresh(review), sheet="specialists", rows=[change], by=by)


def test_rows_added_at_once_both_stay():
    review = ReviewFactory()
    colleague = joined(review, Role.REVIEWER)

    at_once(
        saving(review, lead_of(review), RowChange(AK, 0, place=10_001)),
        saving(review, colleague, RowChange(BD, 0, place=10_002)),
    )

    assert cells(review, "specialists") == [AK, BD]


def test_a_new_row_sent_twice_at_once_is_there_once():
    review = ReviewFactory()
    change = RowChange(AK, 0, place=10_001)

    at_once(*[saving(review, lead_of(review), change)] * 3)

    assert cells(review, "specialists") == [AK]


def test_of_two_changes_of_one_row_at_once_one_is_told():
    review = ReviewFactory()
    colleague = joined(review, Role.REVIEWER)
    (row,) = keep(review, "specialists", AK)

    outcomes = at_once(
        saving(review, lead_of(review), RowChange(BD, 1, pk=row.pk)),
        saving(review, colleague, RowChange(CE, 1, pk=row.pk)),
    )

    assert sorted(outcome.is_saved for (outcome,) in outcomes) == [False, True]
    assert review.worksheet_rows.get().revision == 2


def test_a_table_loaded_twice_at_once_is_there_once():
    review = ReviewFactory()
    state = state_of([])

    outcomes = at_once(
        *[
            lambda: load_worksheet(
                review=fresh(review),
                sheet="specialists",
                rows=[AK, BD],
                replace=False,
                based_on=state,
                by=lead_of(review),
            )
        ]
        * 2
    )

    assert sum(isinstance(outcome, ChangedMeanwhile) for outcome in outcomes) == 1
    assert cells(review, "specialists") == [AK, BD]
