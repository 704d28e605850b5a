"""The lead sends a draft to the moderator and to the service; the manager replies; the lead answers and issues."""

import pytest
from playwright.sync_api import expect

from accounts.permissions import Role
from reviews.models import Review, Stage
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.programs import MembershipFactory
from tests.factories.reviews import ReviewFactory, TeamMemberFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people():
    names = {"lead": "Menna Prys", "moderator": "Oona Field", "manager": "Bronagh Keel"}
    return {key: UserFactory(name=name, password=PASSWORD) for key, name in names.items()}


@pytest.fixture
def review(people):
    review = ReviewFactory(setting="primary-care", lead=people["lead"], scores={"disclosure": 2})
    TeamMemberFactory(review=review, role=Role.MODERATOR.value, user=people["moderator"])
    MembershipFactory(program=review.site.program, user=people["manager"], role=Role.PROGRAM_MANAGER.value)
    return review


def change_to(visitor, person) -> None:
    visitor.page.context.clear_cookies()
    visitor.sign_in(person)


def test_a_draft_goes_by_moderator_and_service_to_issue(visitor, browser, review, people, live_server):
    page = visitor.page

    visitor.sign_in(people["lead"])
    visitor.open(f"/reviews/{review.pk}/draft/unresolved/")
    visitor.look()
    page.get_by_role("button", name="Send it to the moderator").click()
    page.get_by_text("The draft is with the moderator.").wait_for()

    change_to(visitor, people["moderator"])
    page.get_by_role("link", name="Moderate the draft").click()
    visitor.look()
    page.get_by_role("button", name="Return it with notes").click()
    page.get_by_text("Say what is to be mended").first.wait_for()
    visitor.look()
    page.get_by_role("button", name="Approve the draft as it stands").click()
    page.get_by_text("The draft is approved.").wait_for()
    visitor.look()

    change_to(visitor, people["lead"])
    visitor.open(f"/reviews/{review.pk}/draft/unresolved/")
    page.get_by_role("link", name="Send it to the service").click()
    page.get_by_text("Bronagh Keel").wait_for()
    visitor.look()
    page.get_by_role("button", name="Send it to the service").click()
    page.get_by_text("The service may reply until").first.wait_for()
    visitor.look()

    change_to(visitor, people["manager"])
    visitor.look()
    page.get_by_role("link", name="Read the draft").click()
    page.get_by_text("DRAFT of").first.wait_for()
    visitor.look()
    page.get_by_role("link", name="Reply to the draft").click()
    page.get_by_text("13 Disclosure: 2").click()
    page.get_by_role("group", name="13 Disclosure").get_by_label("Evidence that you add").fill("The form.")
    expect(page.locator("#save-state")).to_contain_text("Saved")
    visitor.look()
    page.reload()
    group = page.get_by_role("group", name="13 Disclosure")
    expect(group.get_by_label("Evidence that you add")).to_have_value("The form.")
    page.get_by_role("button", name="Send the reply").click()
    page.get_by_text("You send: item 13.").wait_for()
    visitor.look()
    page.get_by_role("button", name="Send it").click()
    page.get_by_text("Your reply is sent.").wait_for()
    visitor.look()

    change_to(visitor, people["lead"])
    visitor.open(f"/reviews/{review.pk}/reply/answers/")
    page.get_by_label("Your answer").fill("We had not seen it.")
    page.get_by_label("New score").select_option(label="3")
    page.get_by_role("button", name="Save the answers").click()
    page.get_by_text("Say why the score changes.").first.wait_for()
    visitor.look()
    page.get_by_label("Why the score changes").fill("The form asks each time.")
    page.get_by_role("button", name="Save the answers").click()
    page.get_by_text("Score 2 → 3").wait_for()
    visitor.look()
    # The new score is another draft than the moderator approved.
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("button", name="Send it to the moderator").click()
    page.get_by_text("The draft is with the moderator.").wait_for()
    change_to(visitor, people["moderator"])
    visitor.open(f"/reviews/{review.pk}/draft/moderation/")
    page.get_by_role("button", name="Approve the draft as it stands").click()
    page.get_by_text("The draft is approved.").wait_for()

    change_to(visitor, people["lead"])
    visitor.open(f"/reviews/{review.pk}/issue/")
    visitor.look()
    page.get_by_label("I have read the draft").check()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Issue the report").click()
    page.get_by_text("Edition 1.0 is issued.").wait_for()
    text = page.get_by_role("main").inner_text()
    assert "The form asks each time." in text
    assert "We had not seen it." in text
    assert Review.objects.get(pk=review.pk).stage == Stage.ISSUED
