"""When the steps of a review are due: days, weeks and months before and after the visit, or after issue."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.visit.timetable import Anchor, Unit, day_after

VISIT = {"starts_on": date(2026, 10, 14), "ends_on": date(2026, 10, 15)}
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("anchor", "offset", "unit", "due"),
    [
        (Anchor.BEFORE_VISIT, 2, Unit.MONTHS, date(2026, 8, 14)),
        (Anchor.BEFORE_VISIT, 3, Unit.WEEKS, date(2026, 9, 23)),
        (Anchor.BEFORE_VISIT, 0, Unit.DAYS, date(2026, 10, 14)),
        (Anchor.AFTER_VISIT, 4, Unit.WEEKS, date(2026, 11, 12)),
        (Anchor.AFTER_VISIT, 5, Unit.MONTHS, date(2027, 3, 15)),
    ],
)
def test_england_counts_before_the_first_and_after_the_last_day_of_the_visit(anchor, offset, unit, due):
    assert day_after(anchor, offset, unit, **VISIT, issued_on=None) == due


def test_a_step_after_issue_has_no_day_until_the_report_is_issued():
    after_issue = {"anchor": Anchor.AFTER_ISSUE, "offset": 2, "unit": Unit.WEEKS, **VISIT}

    assert day_after(**after_issue, issued_on=None) is None
    assert day_after(**after_issue, issued_on=date(2026, 11, 10)) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("ends_on", "months", "due"),
    [
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 1, 15), 12, date(2027, 1, 15)),
    ],
)
def test_a_month_on_takes_the_last_day_of_a_shorter_month(ends_on, months, due):
    found = day_after(
        Anchor.AFTER_VISIT, months, Unit.MONTHS, starts_on=ends_on, ends_on=ends_on, issued_on=None
    )

    assert found == due


@given(DAYS, st.integers(0, 24), st.sampled_from(Unit))
def test_more_of_a_unit_is_never_earlier(day, offset, unit):
    def due(count: int) -> date:
        found = day_after(Anchor.AFTER_VISIT, count, unit, starts_on=day, ends_on=day, issued_on=None)
        assert found is not None
        return found

    assert day <= due(offset) <= due(offset + 1)
