"""An administrator writes an item: it is shown as it is typed, tried with facts, and saved when it is right."""

import pytest
from playwright.sync_api import expect

from scales.models import ScaleVersion
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.scales import draft_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def administrator():
    return UserFactory(is_scale_admin=True, password=PASSWORD)


@pytest.fixture
def draft(administrator) -> ScaleVersion:
    return draft_of(by=administrator)


def open_item(visitor, draft: ScaleVersion, code: str):
    visitor.open(f"/drafts/versions/{draft.pk}/items/{code}/")
    seen = visitor.page.get_by_role("region", name="As the reviewer will see it")
    expect(seen.get_by_role("heading", name="Try it")).to_be_visible()
    return visitor.page, seen


def item_of(draft: ScaleVersion, code: str):
    return ScaleVersion.objects.get(pk=draft.pk).to_spec().item(code)


def test_an_administrator_moves_a_bound_and_sees_what_it_does(visitor, administrator, draft):
    visitor.sign_in(administrator)
    page, seen = open_item(visitor, draft, "caseload-size")
    visitor.look()

    seen.get_by_label("Active clients on all caseloads").fill("40")
    seen.get_by_label("Full-time-equivalent specialists").fill("2")
    expect(seen.get_by_text("40 / 2 = 20")).to_be_visible()
    expect(seen.get_by_text("Suggests 5")).to_be_visible()
    expect(seen.locator('[data-suggests="5"]')).to_be_visible()

    bound = page.get_by_role("group", name="Anchor 5").get_by_label("Highest number", exact=True)
    bound.fill("18")
    expect(seen.get_by_text("Falls between the printed anchors 4 and 5")).to_be_visible()
    expect(bound).to_be_focused()
    page.get_by_role("group", name="Anchor 4").get_by_label("Lowest number", exact=True).fill("18.01")
    expect(seen.get_by_text("Suggests 4")).to_be_visible()

    # The name of a number changes the field of the fact, which keeps what was typed.
    page.get_by_label("What the first number counts").fill("People, all caseloads")
    expect(seen.get_by_label("People, all caseloads")).to_have_value("40")
    expect(seen.get_by_text("Suggests 4")).to_be_visible()

    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    item = item_of(draft, "caseload-size")
    assert (item.part_label, str(item.anchor(4).lower.normalize())) == ("People, all caseloads", "18.01")


def test_an_administrator_adds_a_component_and_ticks_it_at_once(visitor, administrator, draft):
    visitor.sign_in(administrator)
    page, seen = open_item(visitor, draft, "vocational-generalists")
    seen.get_by_label("Specialists take", exact=False).first.check()
    expect(seen.get_by_text("1 of 6 in place")).to_be_visible()

    page.get_by_role("button", name="Add a component").click()
    row = page.get_by_role("group", name="Component 7")
    words = row.get_by_label("What is to be in place")
    expect(words).to_be_focused()
    words.fill("Specialists keep in touch after the job ends.")
    seen.get_by_label("Specialists keep in touch after the job ends.", exact=True).check()
    expect(seen.get_by_text("2 of 7 in place")).to_be_visible()

    row.get_by_role("button", name="Move row 7 up").click()
    moved = page.get_by_role("group", name="Component 6").get_by_label("What is to be in place")
    expect(moved).to_have_value("Specialists keep in touch after the job ends.")
    expect(seen.get_by_text("2 of 7 in place")).to_be_visible()
    visitor.look()

    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    codes = [component.code for component in item_of(draft, "vocational-generalists").components]
    assert codes == ["a", "b", "c", "d", "e", "specialists-keep-in-touch-after-the-job", "f"]


def test_a_mistake_is_told_as_it_is_typed_and_when_it_is_sent(visitor, administrator, draft):
    visitor.sign_in(administrator)
    page, _seen = open_item(visitor, draft, "caseload-size")

    page.get_by_role("group", name="Anchor 4").get_by_label("Highest number", exact=True).fill("2")
    told = page.get_by_role("link", name="Anchor 4, Highest number: This is under the lowest number, 21.")
    expect(told).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="There is something to mend")).to_be_visible()
    visitor.look()
    assert item_of(draft, "caseload-size").anchor(4).upper == 25


def test_without_script_an_item_is_tried_and_changed_all_the_same(
    browser, browser_context_args, live_server, administrator, draft
):
    context = browser.new_context(**{**browser_context_args, "java_script_enabled": False})
    page = context.new_page()
    page.goto(f"{live_server.url}/accounts/login/?next=/drafts/versions/{draft.pk}/items/caseload-size/")
    page.get_by_label("Email").fill(administrator.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Title", exact=True).fill("Few people each")
    page.get_by_role("button", name="Show how it looks, and try it").click()
    page.get_by_label("Active clients on all caseloads").fill("40")
    page.get_by_label("Full-time-equivalent specialists").fill("2")
    page.get_by_role("button", name="Work out the suggestion").click()
    expect(page.get_by_text("Suggests 5")).to_be_visible()
    page.get_by_role("button", name="Back to the item").click()
    expect(page.get_by_label("Title", exact=True)).to_have_value("Few people each")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    context.close()
    assert item_of(draft, "caseload-size").title == "Few people each"
