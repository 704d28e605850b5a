"""The team counts at a visit: worksheets typed, pasted, and shared between two people."""

import re

import pytest

from accounts.permissions import Role
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.reviews import ReviewFactory, TeamMemberFactory
from tests.reviews.sheets import SPECIALISTS, cells, keep

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lead():
    return UserFactory(name="Menna Prys", password=PASSWORD)


@pytest.fixture
def review(lead):
    return ReviewFactory(lead=lead)


def sheet(review, name: str = "specialists/") -> str:
    return f"/reviews/{review.pk}/facts/{name}"


def row(page, number: int):
    return page.get_by_role("row", name=re.compile(rf"^Row {number}\b"))


def type_specialist(page, number: int, specialist: dict) -> None:
    line = row(page, number)
    line.get_by_label("Initials").fill(specialist["name"])
    line.get_by_label("Full-time equivalent").fill(specialist["fte"])
    line.get_by_label("People on the caseload").fill(specialist["caseload"])


def saved(page, number: int) -> None:
    row(page, number).locator(".saved").wait_for()


def test_specialists_are_typed_once_and_feed_their_items(visitor, lead, review):
    visitor.sign_in(lead)
    page = visitor.page
    visitor.open(sheet(review, ""))
    visitor.look()
    page.get_by_role("link", name="Employment specialists").click()
    visitor.look()
    for number, specialist in enumerate((*SPECIALISTS, {"name": "DF", "fte": "0", "caseload": "0"}), 1):
        type_specialist(page, number, specialist)
        saved(page, number)
    page.get_by_text("41 people / 2.1 full-time specialists = 19.5").wait_for()
    assert [one["name"] for one in cells(review, "specialists")] == ["AK", "BD", "CE", "DF"]
    row(page, 4).get_by_text("Remove").first.click()
    page.get_by_role("button", name="Yes, remove row 4").click()
    page.get_by_text("The row is removed.").wait_for()
    assert cells(review, "specialists") == list(map(dict, SPECIALISTS))
    visitor.look()
    page.get_by_role("link", name="1 Caseload size").click()
    page.get_by_text("Suggests 5").wait_for()
    visitor.look()


def test_a_wrong_cell_is_marked_and_the_row_is_saved_once_it_is_mended(visitor, lead, review):
    visitor.sign_in(lead)
    page = visitor.page
    visitor.open(sheet(review))
    row(page, 1).get_by_label("Initials").fill("AK")
    row(page, 1).get_by_label("Full-time equivalent").fill("three")
    page.get_by_text("Write a number, such as 2.1.").wait_for()
    assert row(page, 1).get_by_label("Full-time equivalent").get_attribute("aria-invalid") == "true"
    visitor.look()
    row(page, 1).get_by_label("Full-time equivalent").fill("0.6")
    saved(page, 1)
    assert page.get_by_text("Write a number, such as 2.1.").count() == 0
    assert cells(review, "specialists") == [{"name": "AK", "fte": "0.6"}]


def test_a_failed_save_warns_until_it_went_through_and_adds_the_row_once(visitor, lead, review):
    visitor.sign_in(lead)
    page = visitor.page
    visitor.open(sheet(review))

    def lose_the_answer(route):
        route.fetch()
        route.abort()

    page.route("**/facts/specialists/", lose_the_answer, times=1)
    row(page, 1).get_by_label("Initials").fill("AK")
    warning = page.get_by_role("alert").filter(has_text="Not saved.")
    warning.wait_for()
    assert row(page, 1).get_by_label("Initials").input_value() == "AK"
    row(page, 1).get_by_label("Full-time equivalent").fill("0.6")
    saved(page, 1)
    warning.wait_for(state="hidden")
    assert cells(review, "specialists") == [{"name": "AK", "fte": "0.6"}]


def test_a_click_on_the_way_out_loses_nothing(visitor, lead, review):
    visitor.sign_in(lead)
    page = visitor.page
    visitor.open(sheet(review))
    row(page, 1).get_by_label("Initials").fill("AK")
    page.get_by_role("link", name="Facts of the visit").click()
    page.get_by_role("heading", name="Facts of the visit").wait_for()
    assert cells(review, "specialists") == [{"name": "AK"}]


def test_a_session_that_has_ended_is_not_taken_for_a_save(visitor, lead, review, context):
    visitor.sign_in(lead)
    page = visitor.page
    visitor.open(sheet(review))
    context.clear_cookies(name="sessionid")
    row(page, 1).get_by_label("Initials").fill("AK")
    page.get_by_role("alert").filter(has_text="Not saved.").wait_for()
    assert cells(review, "specialists") == []


def test_two_people_at_one_row_see_both_and_choose(visitor, lead, review, browser, live_server):
    (kept,) = keep(review, "specialists", SPECIALISTS[0])
    colleague = TeamMemberFactory(
        review=review, role=Role.REVIEWER.value, user=UserFactory(name="Idris Okafor", password=PASSWORD)
    ).user
    visitor.sign_in(lead)
    page = visitor.page
    visitor.open(sheet(review))
    context = browser.new_context(locale="en-GB")
    other = context.new_page()
    other.goto(f"{live_server.url}/accounts/login/")
    other.get_by_label("Email").fill(colleague.email)
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Sign in").click()
    other.wait_for_url(f"{live_server.url}/")
    other.goto(f"{live_server.url}{sheet(review)}")
    row(other, 1).get_by_label("Full-time equivalent").fill("0.8")
    saved(other, 1)
    context.close()
    row(page, 1).get_by_label("Full-time equivalent").fill("0.9")
    page.get_by_text("Idris Okafor saved something else").wait_for()
    visitor.look()
    page.get_by_role("button", name="Save mine instead").click()
    page.get_by_text("1 row saved.").wait_for()
    kept.refresh_from_db()
    assert kept.cells["fte"] == "0.9"


def test_a_table_is_pasted_mended_and_loaded(visitor, lead, review):
    visitor.sign_in(lead)
    page = visitor.page
    visitor.open(sheet(review, "jobs/"))
    page.get_by_role("link", name="Paste or upload a table").click()
    visitor.look()
    page.get_by_label("The table").fill("Job title\tEmployer\tHeld now\nCook\tHarbour Inn\tmaybe\n")
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_role("heading", name="1 row needs mending").wait_for()
    assert page.title().startswith("Error:")
    visitor.look()
    page.get_by_label("The table").fill("Job title\tEmployer\tHeld now\nCook\tHarbour Inn\tyes\n")
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_role("button", name="Load 1 row").wait_for()
    visitor.look()
    page.get_by_role("button", name="Load 1 row").click()
    page.get_by_text("1 row loaded.").wait_for()
    visitor.look()
    assert cells(review, "jobs") == [{"title": "Cook", "employer": "Harbour Inn", "still_held": "yes"}]


def test_components_are_ticked_with_a_note(visitor, lead, review):
    visitor.sign_in(lead)
    page = visitor.page
    visitor.open(sheet(review, "components/"))
    part = page.get_by_role("region", name="5 Frequent team contact")
    part.get_by_label("Specialists attend the clinical team meeting", exact=False).first.check()
    part.get_by_label("Note on: Specialists attend").fill("Seen on Tuesday.")
    part.get_by_text("1 of 5 in place").wait_for()
    part.get_by_text("Saved").wait_for()
    visitor.look()


def test_own_points_suggest_while_they_are_typed(visitor, lead, review):
    keep(review, "specialists", *SPECIALISTS)
    visitor.sign_in(lead)
    page = visitor.page
    visitor.open(f"/reviews/{review.pk}/ratings/employer-contact-quality/")
    for number in (1, 2, 3):
        page.get_by_label("Your points, 1 to 5").nth(number - 1).fill("4")
    page.get_by_text("Suggests 4").wait_for()
    visitor.look()


def test_a_worksheet_works_without_script(browser, live_server, lead, review):
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("Email").fill(lead.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{live_server.url}{sheet(review)}")
    for number, specialist in enumerate(SPECIALISTS, 1):
        type_specialist(page, number, specialist)
    page.get_by_role("button", name="Save all").last.click()
    page.get_by_text("3 rows saved.").wait_for()
    page.get_by_text("41 people / 2.1 full-time specialists = 19.5").wait_for()
    context.close()
    assert cells(review, "specialists") == list(map(dict, SPECIALISTS))
