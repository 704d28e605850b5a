"""Two reviewers on two devices work through a consensus meeting at once; nothing shown as saved is ever lost."""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from reviews.models import Review, Stage
from tests.browser.conftest import Visitor
from tests.browser.servers import Server
from tests.factories.accounts import PASSWORD
from tests.reviews.meetings import EQUAL, SPLIT, as_other, meeting_of_two, other_of, stored, url
from tests.reviews.situations import lead_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def review():
    return meeting_of_two(password=PASSWORD)


@pytest.fixture
def idris(browser, browser_context_args, live_server):
    """The second device."""
    context = browser.new_context(**browser_context_args)
    someone = Visitor(context.new_page(), live_server.url)
    yield someone
    context.close()
    assert someone.complaints == []


@pytest.fixture
def both(visitor, idris, review):
    """Menna's page and Idris's, both with the meeting open."""
    for someone, person in ((visitor, lead_of(review)), (idris, other_of(review))):
        someone.sign_in(person)
        someone.open(url(review))
    return visitor.page, idris.page


def row(page, code=SPLIT):
    return page.locator(f"#row-{code}")


def choose(page, score: str, code=SPLIT) -> None:
    row(page, code).get_by_role("radio", name=score).check(force=True)


def reason(page, code=SPLIT):
    return row(page, code).get_by_label("Reason for the agreed score")


def saved(page, code=SPLIT) -> None:
    row(page, code).locator(".when").wait_for()


def test_two_people_work_through_the_whole_meeting_at_once(visitor, idris, both, review):
    menna, other = both
    expect(menna.get_by_role("heading", level=1)).to_have_text("One split to talk about, 24 equal")
    expect(menna.get_by_role("status")).to_contain_text("Idris Okafor is here too")
    visitor.look()

    other.locator(f"#id_{EQUAL}_score_5").focus()
    expect(menna.get_by_role("status")).to_contain_text("Idris Okafor is here too, on item 9")

    choose(menna, "4")
    reason(menna).fill("Counted again together.")
    saved(menna)
    expect(reason(other)).to_have_value("Counted again together.")
    expect(row(other).get_by_role("radio", name="4")).to_be_checked()
    expect(other.locator("#meeting-foot")).to_contain_text("1 of 25 agreed")

    other.get_by_role("button", name="Send to draft: 24 left").click()
    other.get_by_text("13 Disclosure: no agreed score").wait_for()
    assert other.title().startswith("Error:")
    idris.look()
    other.get_by_role("button", name="Agree all 24").click()
    other.get_by_text("Agreed on 24 items.").wait_for()
    expect(menna.locator("#meeting-foot")).to_contain_text("25 of 25 agreed")
    expect(row(menna, EQUAL).get_by_role("radio", name="5")).to_be_checked()

    row(menna).get_by_text("Texts and recommendation").click()
    row(menna).get_by_label("Recommendation").fill("Two fewer people each.")
    row(menna).get_by_label("What to do next, in one sentence").fill("Share out the caseloads.")
    row(menna).get_by_label("Place").select_option("1")
    expect(menna.locator("#save-state .saved")).to_be_visible()
    row(menna).get_by_text("What the next point takes: 5:").wait_for()
    visitor.look()

    menna.get_by_role("button", name="Send to draft", exact=True).click()
    menna.wait_for_url(re.compile("/draft/"))
    assert Review.objects.get(pk=review.pk).stage == Stage.DRAFT
    assert (stored(review).recommendation, stored(review).priority) == ("Two fewer people each.", 1)
    other.get_by_text("This meeting is closed").wait_for()
    idris.look()


def test_both_type_in_one_field_and_neither_text_is_lost(visitor, both, review):
    menna, other = both
    reason(menna).focus()
    reason(other).fill("Idris wrote this.")
    saved(other)
    row(menna).get_by_text("Idris Okafor changed this item at").wait_for()
    assert reason(menna).input_value() == ""

    reason(menna).fill("Menna wrote this.")
    told = row(menna).get_by_role("alert")
    expect(told).to_contain_text("Idris wrote this.")
    expect(reason(menna)).to_have_value("Menna wrote this.")
    assert stored(review).reason == "Idris wrote this."
    visitor.look()

    told.get_by_role("button", name="Use mine").click()
    saved(menna)
    expect(told).to_have_count(0)
    expect(reason(menna)).to_have_value("Menna wrote this.")
    reason(other).blur()
    expect(reason(other)).to_have_value("Menna wrote this.")


def test_theirs_can_be_taken_and_what_else_one_typed_stays(both, review):
    menna, other = both
    reason(menna).focus()
    reason(other).fill("Idris wrote this.")
    saved(other)
    reason(menna).fill("Menna wrote this.")
    row(menna).get_by_role("button", name="Use theirs").click()

    expect(reason(menna)).to_have_value("Idris wrote this.")
    choose(menna, "4")
    saved(menna)
    reason(other).blur()
    expect(row(other).get_by_role("radio", name="4")).to_be_checked()
    assert (stored(review).score, stored(review).reason) == (4, "Idris wrote this.")


def test_the_page_is_not_left_while_a_text_is_undecided(both, review):
    menna, other = both
    reason(menna).focus()
    reason(other).fill("Idris wrote this.")
    saved(other)
    reason(menna).fill("Menna wrote this.")
    row(menna).get_by_role("button", name="Use mine").wait_for()

    menna.get_by_role("button", name="Agree all 24").click()

    expect(row(menna).get_by_role("button", name="Use mine")).to_be_focused()
    expect(reason(menna)).to_have_value("Menna wrote this.")
    assert review.consensus.count() == 1


def test_a_change_in_the_row_one_is_in_is_offered_and_shown_on_request(both, review):
    menna, other = both
    reason(menna).focus()
    choose(other, "3")
    saved(other)

    row(menna).get_by_role("button", name="Show it").click()

    expect(row(menna).get_by_role("radio", name="3")).to_be_checked()


def test_a_save_that_did_not_go_through_is_told_until_it_did(visitor, both, review):
    menna, _ = both
    address = f"**/consensus/{SPLIT}/"
    menna.route(address, lambda route: route.abort())
    reason(menna).fill("Written on a train.")
    warning = menna.get_by_role("alert").filter(has_text="Not saved, items: 1.")
    warning.wait_for()
    visitor.look()
    assert reason(menna).input_value() == "Written on a train."
    menna.unroute(address)
    menna.get_by_role("button", name="Try again now").click()
    saved(menna)
    assert not warning.is_visible()
    assert stored(review).reason == "Written on a train."


def test_an_item_is_agreed_with_the_keyboard_alone(visitor, review):
    visitor.sign_in(lead_of(review))
    visitor.open(url(review))
    page = visitor.page
    page.locator(f"#id_{SPLIT}_score_1").focus()
    for key in ("Space", "ArrowRight", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    page.keyboard.press("Tab")
    page.keyboard.type("Counted again.")
    saved(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(row(page).get_by_label("Evidence")).to_be_visible()
    expect(page.locator("#save-state .saved")).to_be_visible()
    assert (stored(review).score, stored(review).reason) == (4, "Counted again.")


def test_an_item_is_agreed_without_script(browser, live_server, review):
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    someone = Visitor(context.new_page(), live_server.url)
    someone.sign_in(lead_of(review))
    someone.open(url(review))
    page = someone.page
    choose(page, "4")
    reason(page).fill("No script here.")
    as_other(review, rationale="Written meanwhile.")
    row(page).get_by_role("button", name="Save item 1", exact=True).last.click()
    page.get_by_text("Saved.", exact=True).wait_for()
    row_now = stored(review)
    assert (row_now.score, row_now.reason, row_now.rationale) == (4, "No script here.", "Written meanwhile.")
    context.close()


def test_the_way_back_from_the_draft_asks_for_a_reason(visitor, review):
    Review.objects.filter(pk=review.pk).update(stage=Stage.DRAFT)
    visitor.sign_in(lead_of(review))
    visitor.open(f"/reviews/{review.pk}/draft/back/")
    visitor.look()
    visitor.page.get_by_role("button", name="Open consensus again").click()
    visitor.look()
    visitor.page.get_by_label("Why consensus is opened again").fill("A source came in late.")
    visitor.page.get_by_role("button", name="Open consensus again").click()
    visitor.page.get_by_text("Consensus is open again.").wait_for()


def signed_in_cookie(person) -> dict[str, str]:
    client = Client()
    client.force_login(person)
    return {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}


def test_what_was_shown_as_saved_survives_the_end_of_the_server(
    browser, browser_context_args, review, tmp_path
):
    """The server is killed between two saves, as by a power cut; the page goes on once it is back."""
    server = Server(tmp_path)
    server.start()
    context = browser.new_context(**browser_context_args)
    try:
        context.add_cookies([{**signed_in_cookie(lead_of(review)), "url": server.address}])
        page = context.new_page()
        page.goto(f"{server.address}{url(review)}")
        reason(page).fill("Shown as saved.")
        saved(page)

        server.kill()
        shown_as_saved = stored(review).reason
        row(page).get_by_text("Texts and recommendation").click()
        row(page).get_by_label("Evidence").fill("Typed while the server was away.")
        page.get_by_role("alert").filter(has_text="Not saved, items: 1.").wait_for()
        unsaved = stored(review).evidence

        server.start()
        page.get_by_role("button", name="Try again now").click()
        expect(page.locator("#save-failed")).to_be_hidden()
        page.reload()

        assert (shown_as_saved, unsaved) == ("Shown as saved.", "")
        assert reason(page).input_value() == "Shown as saved."
        assert row(page).get_by_label("Evidence").input_value() == "Typed while the server was away."
    finally:
        context.close()
        server.kill()
