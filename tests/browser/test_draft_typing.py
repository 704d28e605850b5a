"""Page 1 of a draft saves while it is typed, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.reviews import ReviewFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_typed_is_there_after_a_reload_without_a_button(visitor, live_server):
    review = ReviewFactory(lead=UserFactory(name="Menna Prys", password=PASSWORD), scores=4)
    page = visitor.page
    visitor.sign_in(review.members.get().user)
    visitor.open(f"/reviews/{review.pk}/draft/")

    page.get_by_label("Summary").fill("A good start.")
    page.get_by_label("What was not seen").fill("The clinical team meeting.")
    expect(page.locator("#save-state")).to_contain_text("Saved")
    strength = page.get_by_role("group", name="Strength 1")
    strength.get_by_label("What is strong").fill("Quick.")
    expect(page.locator("#save-state")).to_contain_text("is not kept yet")
    visitor.look()
    strength.get_by_label("Item").select_option(index=1)
    expect(page.locator("#save-state")).not_to_contain_text("is not kept yet")

    page.reload()
    expect(page.get_by_label("Summary")).to_have_value("A good start.")
    expect(page.get_by_label("What was not seen")).to_have_value("The clinical team meeting.")
    expect(strength.get_by_label("What is strong")).to_have_value("Quick.")
