"""A manager reads on the first page what slipped and who is to do what, and on the second all of one site."""

from datetime import date

import pytest

from accounts.permissions import Role
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.programs import SiteFactory
from tests.factories.scales import setting_profile
from tests.reviews.home import NOW, THEN, a_result, in_role
from tests.reviews.situations import issued

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_manager_answers_from_two_pages(visitor, live_server):
    site = SiteFactory(name="Birch")
    a_result(site, 4, THEN)
    review = issued({"caseload-size": 2, **_others(4)}, site=site, starts_on=NOW, ends_on=NOW)
    review.action_plan.goals.create(
        item_id=review.version.item_ids()["caseload-size"],
        place=1,
        score_then=2,
        target=4,
        what="Share the caseload out",
        owner="Ines Farrow",
        due_on=date(2025, 9, 1),
    )
    manager = in_role(Role.PROGRAM_MANAGER, site.program, user=UserFactory(password=PASSWORD))

    visitor.sign_in(manager)
    visitor.look()
    page = visitor.page
    row = page.get_by_role("table", name="Items that slipped at Birch").get_by_role("row").nth(1)
    said = row.inner_text()
    assert "Caseload size" in said
    assert "the service’s: 3 points to the top are open" in said
    assert "Ines Farrow, by 1 September 2025" in said
    assert "overdue by" in said

    page.get_by_role("heading", name="Birch", level=3).get_by_role("link").click()
    visitor.look()
    page.get_by_role("heading", name="Where it stands since 13 May 2025").wait_for()
    page.get_by_role("link", name="Action plan Birch").click()
    page.get_by_role("heading", level=1, name="Action plan").wait_for()


def _others(score: int) -> dict[str, int]:
    codes = setting_profile().version.to_spec().items_by_code
    return {code: score for code in codes if code != "caseload-size"}
