"""The session ends while an administrator types: the page says so, and the words go through once they are back."""

import pytest
from playwright.sync_api import expect

from scales.models import ScaleVersion
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.scales import draft_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_words_typed_after_signing_out_elsewhere_are_kept_and_saved_later(visitor):
    administrator = UserFactory(is_scale_admin=True, password=PASSWORD)
    draft = draft_of(by=administrator)
    visitor.sign_in(administrator)
    visitor.open(f"/drafts/versions/{draft.pk}/items/disclosure/")
    page = visitor.page
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")

    page.get_by_label("Intent").fill("Words that took a while.")
    expect(page.get_by_role("alert").filter(has_text="You are signed out")).to_be_visible()
    assert "Sign in" not in page.title()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").filter(has_text="You are signed out")).to_be_visible()
    expect(page.get_by_label("Intent")).to_have_value("Words that took a while.")

    page.context.add_cookies(cookies)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()

    stored = ScaleVersion.objects.get(pk=draft.pk).to_spec().item("disclosure")
    assert stored.intent == "Words that took a while."


def test_a_draft_that_is_gone_is_told_while_typing(visitor):
    administrator = UserFactory(is_scale_admin=True, password=PASSWORD)
    draft = draft_of(by=administrator)
    visitor.sign_in(administrator)
    visitor.open(f"/drafts/versions/{draft.pk}/items/disclosure/")
    page = visitor.page
    ScaleVersion.objects.get(pk=draft.pk).delete()

    page.get_by_label("Intent").fill("Words that took a while.")
    expect(page.get_by_role("alert").filter(has_text="published or deleted meanwhile")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="This cannot be saved any more")).to_be_visible()
    expect(page.get_by_text("Words that took a while.")).to_be_visible()
