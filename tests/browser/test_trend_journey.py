"""A manager finds from the site what slipped and whose it is, by keyboard, wide and narrow, and takes the file."""

from datetime import date

import pytest

from accounts.permissions import Role
from reviews.models import Kind
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.programs import MembershipFactory, QuarterlyOutcomeFactory
from tests.reports.trends import past_result, two_reviews

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_slipped_is_found_from_the_site(visitor):
    newest = two_reviews(setting="primary-care")
    past_result(newest.site, date(2022, 5, 4), 2)
    past_result(newest.site, date(2026, 6, 4), 5, kind=Kind.SELF, independence="self-assessment")
    QuarterlyOutcomeFactory(site=newest.site, year=2026, quarter=1)
    manager = UserFactory(password=PASSWORD)
    MembershipFactory(program=newest.site.program, user=manager, role=Role.PROGRAM_MANAGER.value)
    page = visitor.page
    visitor.sign_in(manager)
    page.goto(f"{visitor.address}/sites/{newest.site_id}/")
    visitor.look()

    page.get_by_role("link", name="Trend of this site").click()
    page.get_by_text("1 down since October 2025.").wait_for()
    page.get_by_text("One item slipped: Caseload size (5 → 3).").wait_for()
    summary = page.get_by_text("Items as a table")
    summary.focus()
    page.keyboard.press("Enter")
    page.get_by_role("table", name="Score of each item at each review").wait_for()
    visitor.look()

    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").last.click()
    assert download.value.suggested_filename.startswith("trend-")
