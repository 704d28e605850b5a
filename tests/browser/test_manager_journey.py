"""The lead finishes and issues the report; the program manager reads it and opens the PDF."""

import pytest

from accounts.permissions import Role
from reviews.models import Review
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.programs import MembershipFactory
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lead():
    return UserFactory(name="Menna Prys", password=PASSWORD)


@pytest.fixture
def review(lead):
    scores = {"disclosure": 2, "rapid-search": 3, "agency-focus": None}
    return ReviewFactory(setting="primary-care", lead=lead, scores=scores)


@pytest.fixture
def manager(review):
    person = UserFactory(name="Bronagh Keel", password=PASSWORD)
    MembershipFactory(program=review.site.program, user=person, role=Role.PROGRAM_MANAGER.value)
    return person


def finish_and_issue(visitor, review) -> None:
    page = visitor.page
    page.get_by_role("link", name="Finish the report").click()
    visitor.look()
    page.get_by_label("Summary").fill("A settled team that knows its employers.")
    page.get_by_label("Interviews").fill("12")
    strength = page.get_by_role("group", name="Strength 1", exact=True)
    strength.get_by_label("Item").select_option(label="1 Caseload size: 5")
    strength.get_by_label("What is strong").fill("Small caseloads leave time for each person.")
    step = page.get_by_role("group", name="Next step 1", exact=True)
    step.get_by_label("Item").select_option(label="13 Disclosure: 2")
    step.get_by_label("What to do next").fill("Talk disclosure through before every application.")
    step.get_by_label("Target score").select_option(label="1")
    page.get_by_role("button", name="Save and read the draft").click()
    page.get_by_text("The score is 2 already: choose a higher target or none.").first.wait_for()
    visitor.look()
    step.get_by_label("Target score").select_option(label="4")
    page.get_by_role("button", name="Save and read the draft").click()
    page.get_by_text("not issued yet").wait_for()
    visitor.look()
    page.get_by_role("navigation", name="This report").get_by_role("link", name="Before it goes out").click()
    visitor.look()
    page.get_by_role("link", name="Issue it without asking the service").click()
    visitor.look()
    page.get_by_label("Why the service is not asked").fill("The board meets tomorrow.")
    page.get_by_label("I have read the draft").check()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Issue the report").click()
    page.get_by_text("Edition 1.0 is issued.").wait_for()
    visitor.look()


def test_the_report_is_finished_issued_read_and_opened_as_pdf(
    visitor, browser, review, lead, manager, live_server
):
    visitor.sign_in(lead)
    finish_and_issue(visitor, review)

    page = visitor.page
    visitor.page.context.clear_cookies()
    visitor.sign_in(manager)
    visitor.look()
    page.get_by_role("link", name="Read the report").click()
    page.get_by_role("heading", level=1, name=review.site.name).wait_for()
    visitor.look()
    text = page.get_by_role("main").inner_text()
    assert "Talk disclosure through before every application." in text
    assert "115 so far, can become 116 to 120" in text

    page.goto(f"{live_server.url}/reviews/{review.pk}/")
    visitor.look()
    address = page.get_by_role("link", name="Open the PDF").get_attribute("href")
    answer = page.request.get(f"{live_server.url}{address}")
    assert answer.headers["content-type"] == "application/pdf"
    stored = Review.objects.get(pk=review.pk).editions.get()
    assert answer.body() == bytes(stored.pdf)


def test_the_definitions_are_open_to_read(visitor, review, manager):
    visitor.sign_in(manager)
    visitor.page.goto(f"{visitor.address}/scales/")
    visitor.look()
    visitor.page.get_by_role("link", name="IPS-25, UK wording, 2008", exact=True).click()
    visitor.page.get_by_text("Caseload size").first.click()
    visitor.look()
    visitor.open("/scales/ips-25/2008-uk/profiles/primary-care/")
    visitor.page.get_by_text("Attainable here: 98 to 107 of 125.").wait_for()
    visitor.look()


def test_pages_around_a_review_are_clean(visitor, review, manager, lead):
    visitor.sign_in(manager)
    for path in (
        "/reviews/",
        f"/sites/{review.site_id}/",
        f"/reviews/{review.pk}/",
        "/accounts/password/change/",
    ):
        visitor.open(path)
        visitor.look()
    assert visitor.open("/reviews/999999/").status == 404
    visitor.look()
    assert visitor.open(f"/reviews/{review.pk}/draft/").status == 403
    visitor.look()
    visitor.page.context.clear_cookies()
    visitor.open("/accounts/password/reset/")
    visitor.look()
