"""An administrator new to it makes a profile for prison leavers, publishes it, and a new review uses it."""

import pytest
from playwright.sync_api import expect

from accounts.permissions import Role
from programs.models import Setting, Site
from reviews.models import Review
from scales.models import SettingProfile
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.programs import MembershipFactory, SiteFactory
from tests.factories.scales import scale_version

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people():
    scale_version()
    site = SiteFactory(name="Harbour Gate Team")
    lead = UserFactory(name="Menna Prys", password=PASSWORD)
    MembershipFactory(program=site.program, user=lead, role=Role.PROGRAM_LEAD.value)
    return {
        "site": site,
        "lead": lead,
        "scales": UserFactory(name="Perpetua Vane", password=PASSWORD, is_scale_admin=True),
        "people": UserFactory(name="Marlow Teague", password=PASSWORD, is_user_admin=True, is_staff=True),
    }


def save(page) -> None:
    page.locator(".save-bar").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()


def sign_out(visitor) -> None:
    visitor.page.context.clear_cookies()


def test_a_profile_for_prison_leavers_is_made_published_and_used(visitor, people):
    page = visitor.page
    visitor.sign_in(people["scales"])

    # Begun: only the name of the setting is typed.
    visitor.open("/scales/")
    page.get_by_role("link", name="New setting profile", exact=True).click()
    visitor.look()
    page.get_by_role("button", name="Begin the draft").click()
    expect(page.get_by_role("heading", name="There is something to mend")).to_be_visible()
    visitor.look()
    page.get_by_label("Name of the new setting").fill("Prison leavers")
    page.get_by_label("As a sentence names it").fill("work with prison leavers")
    page.get_by_role("button", name="Begin the draft").click()
    expect(page.get_by_role("heading", name="What is next")).to_be_visible()
    visitor.look()

    # Degrees and losses, with their source written on the same page; the total follows.
    total = page.locator("#attainable")
    expect(total).to_contain_text("125 of 125")
    page.get_by_label("A new source", exact=True).fill("Talks with four prison teams, spring 2026.")
    page.get_by_label("Degree, item 1", exact=True).select_option("Partly changed")
    page.get_by_label("Costs at least, item 1", exact=True).fill("1")
    page.get_by_label("Costs at most, item 1", exact=True).fill("2")
    expect(total).to_contain_text("123 to 124 of 125")
    page.get_by_label("Degree, item 4", exact=True).select_option("Limited by design")
    page.get_by_label("Why, in a sentence, item 4", exact=True).fill("There is no health team at the gate.")
    save(page)
    expect(total).to_contain_text("123 to 124 of 125")
    visitor.look()

    # One item: what reviewers are told is shown as it is typed.
    page.get_by_role("link", name="Caseload size", exact=True).click()
    reminder = page.get_by_role("group", name="What to look for", exact=True)
    reminder.get_by_role("button", name="Add a statement").click()
    text = page.get_by_label("What to look for, row 1", exact=True)
    expect(text).to_be_focused()
    text.fill("Ask how many people leave each month.")
    preview = page.get_by_role("complementary", name="As reviewers will see it")
    expect(preview).to_contain_text("In work with prison leavers this item is known to cost 1–2 points.")
    expect(preview).to_contain_text("Ask how many people leave each month. (talks-with-four-prison)")
    visitor.look()
    save(page)
    for name in ("Sources", "For the whole scale", "About this profile"):
        page.get_by_role("link", name=name, exact=True).click()
        visitor.look()

    # Published.
    page.get_by_role("link", name="Check and publish", exact=True).click()
    page.get_by_label("Note").fill("First profile for prison leavers.")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("heading", name="Prison leavers", level=1)).to_be_visible()
    profile = SettingProfile.objects.get(code="prison-leavers")
    assert profile.status == "published"

    # The site is given its setting by whoever keeps people and places.
    sign_out(visitor)
    visitor.sign_in(people["people"])
    visitor.open(f"/admin/programs/site/{people['site'].pk}/change/")
    page.get_by_label("Setting:").select_option("Prison leavers")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert Site.objects.get().setting == Setting.objects.get(code="prison-leavers")

    # The lead plans a review: the profile is chosen already.
    sign_out(visitor)
    visitor.sign_in(people["lead"])
    visitor.open(f"/reviews/new/?site={people['site'].pk}")
    expect(page.get_by_label("Scale version and setting profile").locator("option:checked")).to_have_text(
        "Prison leavers"
    )
    page.get_by_label("First day of the visit").fill("2026-12-01")
    page.get_by_label("Last day of the visit").fill("2026-12-02")
    page.get_by_role("button", name="Plan this review").click()
    expect(page.get_by_text("The review is planned.")).to_be_visible()
    review = Review.objects.get()
    assert review.profile == profile

    # And reviewers meet what was written.
    visitor.open(f"/reviews/{review.pk}/ratings/caseload-size/")
    expect(page.get_by_text("this item is known to cost 1–2 points.")).to_be_visible()
    expect(page.get_by_text("Ask how many people leave each month.")).to_be_visible()
    assert len(visitor.looked) == 8
