"""A lead reviewer plans a visit, scores all items, submits, finishes and issues the report."""

import re

import pytest

from accounts.permissions import Role
from reviews.models import Review, Stage
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.programs import MembershipFactory, OrganizationFactory, SettingFactory, SiteFactory
from tests.factories.reviews import ReviewFactory, rate_all, ratings_of
from tests.factories.scales import setting_profile

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lead():
    return UserFactory(name="Menna Prys", password=PASSWORD)


@pytest.fixture
def review(lead):
    return ReviewFactory(setting="primary-care", lead=lead)


def item_page(review, code: str) -> str:
    return f"/reviews/{review.pk}/ratings/{code}/"


def saved(page) -> None:
    page.locator("#save-state .saved").wait_for()


def test_a_visit_is_planned_scored_and_submitted(visitor, lead):
    site = SiteFactory(name="Harbour Street", setting=SettingFactory(code="primary-care"))
    MembershipFactory(program=site.program, user=lead, role=Role.PROGRAM_LEAD.value)
    OrganizationFactory(name="Independent Reviewers")
    setting_profile("primary-care")
    page = visitor.page
    visitor.open("/")
    visitor.look()
    visitor.sign_in(lead)
    visitor.look()

    page.get_by_role("link", name="Plan a review").click()
    visitor.look()
    page.get_by_label("Site*", exact=True).select_option(label="Harbour Street")
    page.get_by_label("First day of the visit").fill("2026-10-14")
    page.get_by_label("Last day of the visit").fill("2026-10-13")
    page.get_by_label("Scale version and setting profile").select_option(label="Primary care")
    person = page.get_by_role("group", name="Person 1")
    person.get_by_label("Employed by").select_option(label="Independent Reviewers")
    person.get_by_label("Worked with this site").select_option(label="No")
    page.get_by_role("button", name="Plan this review").click()
    page.get_by_text("The visit cannot end before it starts").first.wait_for()
    assert page.title().startswith("Error:")
    visitor.look()
    page.get_by_label("Last day of the visit").fill("2026-10-15")
    page.get_by_role("button", name="Plan this review").click()
    page.get_by_text("The review is planned.").wait_for()
    visitor.look()

    page.get_by_role("link", name="Start rating").click()
    review = Review.objects.get(site=site)
    spec = review.version.to_spec()
    for item in spec.items:
        page.wait_for_url(re.compile(rf"/ratings/{item.code}/$"))
        page.get_by_role("heading", name=item.title, exact=True).wait_for()
        page.keyboard.press("4")
        page.get_by_label("Why this score").fill(f"Seen for item {item.number}.")
        saved(page)
        if item.number in (1, 12):
            visitor.look()
        last = item == spec.items[-1]
        page.get_by_role("button", name="See what is missing" if last else "Next: item").click()

    page.get_by_role("heading", name="Ready to submit").wait_for()
    visitor.look()
    page.get_by_role("button", name="Submit my ratings").click()
    page.get_by_text("Your ratings are submitted").first.wait_for()
    visitor.look()
    ratings = ratings_of(review, lead)
    assert {rating.score for rating in ratings.values()} == {4}
    assert ratings["assertive-outreach"].rationale == "Seen for item 25."
    assert Review.objects.get(pk=review.pk).stage == Stage.DRAFT


def test_facts_suggest_a_score_while_they_are_typed(visitor, lead, review):
    visitor.sign_in(lead)
    page = visitor.page
    visitor.open(item_page(review, "caseload-size"))
    page.get_by_text("The facts").click()
    page.get_by_label("Active clients on all caseloads").fill("41")
    page.get_by_label("Full-time-equivalent specialists").fill("2.1")
    page.get_by_text("41 / 2.1 = 19.5").wait_for()
    page.get_by_text("Suggests 5").wait_for()
    visitor.look()
    page.get_by_label("Full-time-equivalent specialists").fill("2.0")
    page.get_by_text("Falls between the printed anchors 4 and 5: you decide").wait_for()


def test_a_departure_from_the_suggestion_asks_for_its_reason(visitor, lead, review):
    visitor.sign_in(lead)
    page = visitor.page
    visitor.open(item_page(review, "caseload-size"))
    page.get_by_text("The facts").click()
    page.get_by_label("Active clients on all caseloads").fill("30")
    page.get_by_label("Full-time-equivalent specialists").fill("2")
    page.get_by_text("Suggests 5").wait_for()
    reason = page.get_by_label("If you depart from the suggestion: why")
    assert not reason.is_visible()
    page.get_by_label("21 to 25 active clients").check(force=True)
    reason.fill("Two of them carry twenty-five.")
    saved(page)
    page.get_by_role("navigation", name="Items", exact=True).get_by_role(
        "link", name="1 Caseload size 4"
    ).wait_for()
    visitor.look()


def test_a_failed_save_warns_until_it_went_through_and_keeps_what_was_typed(visitor, lead, review):
    visitor.sign_in(lead)
    page = visitor.page
    visitor.open(item_page(review, "disclosure"))
    page.route(
        "**/ratings/disclosure/",
        lambda route: route.abort() if route.request.method == "POST" else route.continue_(),
    )
    page.get_by_label("Why this score").fill("Written on a train.")
    warning = page.get_by_role("alert").filter(has_text="Not saved.")
    warning.wait_for()
    visitor.look()
    assert page.get_by_label("Why this score").input_value() == "Written on a train."
    page.unroute("**/ratings/disclosure/")
    page.get_by_role("button", name="Try again now").click()
    saved(page)
    assert not warning.is_visible()
    assert ratings_of(review, lead)["disclosure"].rationale == "Written on a train."


def test_two_windows_on_one_item_keep_both_texts(visitor, lead, review, context, live_server):
    visitor.sign_in(lead)
    first, second = visitor.page, context.new_page()
    visitor.open(item_page(review, "disclosure"))
    second.goto(first.url)
    first.get_by_label("Why this score").fill("From the first window.")
    saved(first)
    second.get_by_label("Why this score").fill("From the second window.")
    second.get_by_text("Both texts are kept.").wait_for()
    told = second.get_by_role("region", name="The two texts")
    assert "From the first window." in told.inner_text()
    assert "From the second window." in told.inner_text()
    second.get_by_role("button", name="Use the one kept aside").click()
    second.get_by_text("Settled.").wait_for()
    assert ratings_of(review, lead)["disclosure"].rationale == "From the second window."


def test_a_click_on_the_way_out_loses_nothing(visitor, lead, review):
    visitor.sign_in(lead)
    page = visitor.page
    visitor.open(item_page(review, "disclosure"))
    page.get_by_label("Why this score").fill("Typed just before leaving.")
    page.get_by_role("navigation", name="Items", exact=True).get_by_role("link", name="Rapid").click()
    page.wait_for_url(re.compile("rapid-search"))
    assert ratings_of(review, lead)["disclosure"].rationale == "Typed just before leaving."


def test_keys_can_be_turned_off(visitor, lead, review):
    visitor.sign_in(lead)
    page = visitor.page
    visitor.open(item_page(review, "disclosure"))
    page.get_by_role("button", name="Keys for score").click()
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("4")
    assert page.locator("input[name=score]:checked").count() == 0
    page.get_by_role("button", name="Keys for score").click()
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("4")
    assert page.locator("input[name=score]:checked").get_attribute("value") == "4"


def test_the_form_works_without_script(browser, live_server, lead, review):
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("Email").fill(lead.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{live_server.url}{item_page(review, 'caseload-size')}")
    page.get_by_label("21 to 25 active clients").check(force=True)
    page.get_by_label("Why this score").fill("No script here.")
    page.get_by_role("button", name="Next: item 2").click()
    page.wait_for_url(re.compile("employment-staff"))
    rating = ratings_of(review, lead)["caseload-size"]
    assert (rating.score, rating.rationale) == (4, "No script here.")
    context.close()


def test_what_is_missing_is_listed_and_leads_to_the_item(visitor, lead, review):
    rate_all(Review.objects.with_details().get(pk=review.pk), lead, {"disclosure": None})
    ratings = ratings_of(review, lead)
    ratings["disclosure"].unrated_note = ""
    ratings["disclosure"].save()
    visitor.sign_in(lead)
    page = visitor.page
    visitor.open(f"/reviews/{review.pk}/submit/")
    page.get_by_text("not rated, but no reason").wait_for()
    visitor.look()
    page.get_by_role("link", name="13 Disclosure").click()
    page.get_by_role("heading", name="Disclosure").wait_for()
    visitor.look()
