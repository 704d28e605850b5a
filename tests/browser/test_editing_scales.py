"""An administrator drafts the next version of a scale: a copy, an item moved, a band changed, the checks read."""

import pytest
from playwright.sync_api import expect

from scales.models import ScaleVersion, Status
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.scales import draft_of, scale_version, shipped_scale

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def admin():
    return UserFactory(name="Perpetua Vane", password=PASSWORD, is_scale_admin=True)


def numbered(page) -> list[str]:
    """The first titles of the outline, in the order of the page."""
    return page.locator(".outline-line .name a").all_inner_texts()[:4]


def test_a_copy_is_drafted_an_item_moved_a_band_changed_and_the_checks_read(visitor, admin):
    scale_version()
    page = visitor.page
    visitor.sign_in(admin)
    visitor.open("/drafts/versions/new/")
    visitor.look()
    page.get_by_role("link", name="IPS-25, UK wording, 2008").click()
    visitor.look()
    page.get_by_label("Label").fill("2008-us")
    page.get_by_role("button", name="Begin the draft").click()
    page.get_by_text("There is something to mend").wait_for()
    visitor.look()
    page.get_by_label("Label").fill("2026-uk")
    page.get_by_label("Title").fill("IPS-25, UK wording, 2026")
    page.get_by_role("button", name="Begin the draft").click()
    page.get_by_text("Nothing is missing").wait_for()
    visitor.look()
    draft = ScaleVersion.objects.get(status=Status.DRAFT)

    page.get_by_role("link", name="Sections and items").first.click()
    visitor.look()
    down = page.get_by_role("button", name="Move Caseload size down")
    down.focus()
    page.keyboard.press("Enter")
    page.get_by_text("Caseload size is item 2 now.").wait_for(state="attached")
    assert numbered(page)[:2] == ["Employment services staff", "Caseload size"]
    expect(page.get_by_role("button", name="Move Caseload size down")).to_be_focused()
    page.get_by_label("Place of Vocational generalists in its section").fill("1")
    page.keyboard.press("Tab")
    expect(page.locator(".outline-line .name a").first).to_have_text("Vocational generalists")
    visitor.look()
    page.get_by_role("button", name="Save").last.click()
    page.get_by_text("Saved.").wait_for()
    assert [item.code for item in draft.to_spec().items][:3] == [
        "vocational-generalists",
        "employment-staff",
        "caseload-size",
    ]

    page.get_by_role("link", name="Bands", exact=True).click()
    page.get_by_text("Every total from 25 to 125 is in exactly one band.").wait_for()
    visitor.look()
    page.get_by_label("Up to").first.fill("120")
    page.get_by_text("A total from 121 to 125").wait_for()
    visitor.look()
    page.get_by_role("button", name="Add a band").click()
    new = page.get_by_role("group", name="A new band")
    expect(new.get_by_label("From")).to_be_focused()
    page.keyboard.type("121")
    new.get_by_label("Up to").fill("124")
    page.get_by_text("A total of 125").wait_for()
    new.get_by_label("Band").fill("Beyond")
    page.get_by_role("button", name="Save").last.click()
    page.get_by_text("Saved.").wait_for()

    page.get_by_role("link", name="Overview", exact=True).click()
    page.get_by_text("1 thing to mend before this draft can be published.").wait_for()
    visitor.look()
    page.get_by_role("listitem").filter(has_text="A total of 125").get_by_role("link").click()
    page.get_by_role("group", name="Beyond").get_by_label("Up to").fill("125")
    page.get_by_text("Every total from 25 to 125 is in exactly one band.").wait_for()
    page.get_by_role("button", name="Save").last.click()
    page.get_by_text("Saved.").wait_for()
    assert [(band.lowest, band.highest) for band in draft.to_spec().bands][:2] == [(121, 125), (115, 120)]


def test_an_item_is_added_renamed_and_removed_and_the_page_asks_before_it_is_left(visitor, admin):
    draft = draft_of(by=admin)
    page = visitor.page
    visitor.sign_in(admin)
    visitor.open(f"/drafts/versions/{draft.pk}/outline/")
    page.get_by_role("button", name="Add an item to Staffing").click()
    expect(page.locator("[name=items-25-title]")).to_be_focused()
    page.keyboard.type("Supervision of specialists")
    visitor.look()
    page.get_by_text("Rename, move or remove: Caseload size").click()
    page.get_by_label("Remove this item").first.check()
    page.get_by_text("goes when you save, with 5 anchors").wait_for()
    visitor.look()

    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Back to the overview").click()
    expect(page.get_by_role("heading", name="Sections and items")).to_be_visible()
    assert asked == ["beforeunload"]

    page.get_by_role("button", name="Save").last.click()
    page.get_by_text("1 item is removed from the draft: Caseload size.").wait_for()
    visitor.look()
    first = draft.to_spec().sections[0]
    assert [item.code for item in first.items] == [
        "employment-staff",
        "vocational-generalists",
        "supervision-of-specialists",
    ]


def test_the_other_parts_are_changed_and_the_draft_deleted(visitor, admin):
    draft = draft_of(by=admin)
    page = visitor.page
    visitor.sign_in(admin)
    visitor.open(f"/drafts/versions/{draft.pk}/about/")
    visitor.look()
    page.get_by_label("Lowest score of an item").fill("0")
    page.get_by_text("25 items have no anchor yet for one of these scores").wait_for()
    visitor.look()
    page.get_by_label("Lowest score of an item").fill("1")
    page.get_by_text("25 items have no anchor yet").wait_for(state="detached")
    page.get_by_label("Title").fill("")
    page.get_by_role("button", name="Save").last.click()
    page.get_by_text("There is something to mend").wait_for()
    visitor.look()
    page.get_by_label("Title").fill("Another title")
    page.get_by_role("button", name="Save").last.click()
    page.get_by_text("Saved.").wait_for()
    assert draft.to_spec().maximum == shipped_scale().maximum

    for part in ("Kinds of evidence", "Principles"):
        page.get_by_role("link", name=part, exact=True).click()
        visitor.look()
        page.get_by_role("button", name="Add a row").click()
        new = page.get_by_role("group", name="A new row")
        new.get_by_label("Code").fill("NEW")
        new.get_by_label("Title").fill("Something new")
        page.get_by_role("button", name="Save").last.click()
        page.get_by_text("Saved.").wait_for()

    page.get_by_role("link", name="Overview", exact=True).click()
    page.get_by_role("link", name="Delete this draft").click()
    visitor.look()
    page.get_by_role("button", name="Delete the draft").click()
    page.get_by_text("The draft is deleted: Another title.").wait_for()
    assert not ScaleVersion.objects.filter(pk=draft.pk).exists()
