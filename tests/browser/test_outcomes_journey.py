"""A program manager chooses what counts, pastes a year of quarters, mends one, and sets the funding threshold."""

import pytest

from accounts.permissions import Role
from programs.models import QuarterlyOutcome
from reviews.models import FundingThreshold
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.programs import MembershipFactory, SiteFactory
from tests.factories.scales import setting_profile

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = "Quarter\tPeople on the caseload\tJob starts\tJob starts that count\n2025 Q1\t30\t4\t{}\nQ2 2025\t32\t5\t5\n"


def test_a_year_of_quarters_and_a_threshold(visitor):
    profile = setting_profile()
    site = SiteFactory(name="Harbour Street")
    manager = UserFactory(password=PASSWORD)
    MembershipFactory(program=site.program, user=manager, role=Role.PROGRAM_MANAGER.value)
    page = visitor.page
    visitor.sign_in(manager)
    page.goto(f"{visitor.address}/sites/{site.pk}/")
    page.get_by_role("link", name="Employment outcomes of this site").click()
    visitor.look()

    page.get_by_role("link", name="Choose what counts").click()
    page.get_by_label("Own words", exact=True).check()
    page.get_by_role("button", name="Count these from now on").click()
    page.get_by_text("Write which starts count.").first.wait_for()
    visitor.look()
    page.get_by_label("A paid competitive job kept for 13 weeks").check()
    page.get_by_role("button", name="Count these from now on").click()

    page.get_by_role("link", name="Paste a table").click()
    page.get_by_label("The table").fill(TABLE.format(6))
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_role("link", name="Line 2, Job starts that count").wait_for()
    visitor.look()
    page.get_by_label("The table").fill(TABLE.format(3))
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_role("button", name="Load this table").wait_for()
    visitor.look()
    page.get_by_role("button", name="Load this table").click()
    page.get_by_text("2 quarters are new.").wait_for()
    visitor.look()

    page.get_by_role("link", name="2025 Q2").click()
    page.get_by_label("People in work").fill("12")
    visitor.look()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("2025 Q2 is saved.").wait_for()
    assert [(one.label, one.in_work) for one in QuarterlyOutcome.objects.of_site(site)] == [
        ("2025 Q1", None),
        ("2025 Q2", 12),
    ]

    page.get_by_role("link", name="Harbour Street").click()
    page.get_by_role("link", name="Funding threshold").click()
    page.get_by_role("button", name="Set this threshold").click()
    page.get_by_text("Write the total asked for.").first.wait_for()
    visitor.look()
    page.get_by_label("Total asked for").fill(str(profile.version.to_spec().lowest_total + 1))
    page.get_by_label("Source").fill("Contract 2026, page 4")
    page.get_by_label("Valid from").fill("2026-04-01")
    page.get_by_role("button", name="Set this threshold").click()
    page.get_by_text("No score and no band is changed by it.").wait_for()
    visitor.look()
    page.get_by_role("link", name="Change or end it").click()
    visitor.look()
    assert FundingThreshold.objects.get().source == "Contract 2026, page 4"
