"""Sections and items on a slow line: what is typed and clicked while an answer is under way is never lost."""

import pytest
from playwright.sync_api import expect

from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.scales import draft_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def admin():
    return UserFactory(name="Perpetua Vane", password=PASSWORD, is_scale_admin=True)


@pytest.fixture
def draft(admin):
    return draft_of(by=admin)


@pytest.fixture
def outline(visitor, admin, draft):
    visitor.sign_in(admin)
    visitor.open(f"/drafts/versions/{draft.pk}/outline/")
    return visitor.page


class SlowLine:
    """Holds what the page sends until the test lets it go, one at a time."""

    def __init__(self, page):
        self.page, self.held = page, []
        page.route("**/outline/", self.hold)

    def hold(self, route):
        self.held.append(route) if route.request.method == "POST" else route.continue_()

    def let_go(self):
        """Wait for the next thing sent, and answer it."""
        while not self.held:
            self.page.wait_for_timeout(20)
        with self.page.expect_response("**/outline/"):
            self.held.pop(0).continue_()


def test_what_is_typed_and_clicked_meanwhile_stays(outline, draft):
    line = SlowLine(outline)
    outline.get_by_text("Rename, move or remove: Caseload size").click()
    outline.locator("[name=items-0-remove]").check()
    outline.get_by_label("Title of the section").first.fill("People")
    outline.get_by_label("Place of Vocational generalists in its section").fill("1")
    outline.get_by_role("button", name="Add an item to Staffing").click()

    for _step in range(3):
        line.let_go()

    expect(outline.locator("[name=items-25-title]")).to_be_visible()
    expect(outline.get_by_label("Title of the section").first).to_have_value("People")
    expect(outline.locator("[name=items-0-remove]")).to_be_checked()
    outline.locator("[name=items-25-title]").fill("Supervision")
    outline.unroute("**/outline/")
    outline.get_by_role("button", name="Save").last.click()
    outline.get_by_text("1 item is removed from the draft: Caseload size.").wait_for()
    first = draft.to_spec().sections[0]
    assert first.title == "People"
    assert [item.title for item in first.items] == [
        "Vocational generalists",
        "Employment services staff",
        "Supervision",
    ]


def test_saving_waits_for_every_step_before_it(outline, draft):
    line = SlowLine(outline)
    outline.get_by_role("button", name="Move Caseload size down").click()
    outline.get_by_role("button", name="Move Caseload size down").click()
    outline.get_by_role("button", name="Save").last.click()

    for _step in range(3):
        line.let_go()

    outline.get_by_text("Saved.").wait_for()
    assert [item.code for item in draft.to_spec().items][:3] == [
        "employment-staff",
        "vocational-generalists",
        "caseload-size",
    ]


def test_typing_goes_on_where_it_was(outline):
    line = SlowLine(outline)
    outline.get_by_role("button", name="Move Caseload size down").click()
    title = outline.get_by_label("Title of the section").first
    title.click()
    outline.keyboard.press("End")
    outline.keyboard.type(" and")

    line.let_go()
    outline.get_by_text("Caseload size is item 2 now.").wait_for(state="attached")
    outline.keyboard.type(" more")

    expect(title).to_have_value("Staffing and more")


def test_without_a_line_the_page_says_so_and_keeps_what_is_typed(outline):
    outline.route("**/outline/", lambda route: route.abort())
    outline.get_by_label("Title of the section").first.fill("People")
    outline.get_by_role("button", name="Add a section").click()

    expect(outline.get_by_text("This did not reach the server.")).to_be_visible()
    expect(outline.get_by_label("Title of the section").first).to_have_value("People")
