"""A program manager gives a viewer access and shares a report by link with a board that has no account."""

import re

import pytest

from accounts.permissions import Role
from reviews.models import SharedLinkUse
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.programs import MembershipFactory
from tests.reports.reviews import issued_report

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def review():
    return issued_report(setting="primary-care")


@pytest.fixture
def manager(review):
    person = UserFactory(name="Bronagh Keel", password=PASSWORD)
    MembershipFactory(program=review.site.program, user=person, role=Role.PROGRAM_MANAGER.value)
    return person


def test_a_link_is_made_copied_read_without_an_account_and_revoked(visitor, new_context, review, manager):
    page, board = visitor.page, new_context().new_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=visitor.address)
    visitor.sign_in(manager)
    page.get_by_role("link", name="Read the report").click()
    page.get_by_role("link", name="Share", exact=True).click()
    page.get_by_text("None. Nobody without an account can read this report.").wait_for()
    visitor.look()

    page.get_by_role("button", name="Make the link").click()
    page.get_by_text("Say for whom the link is.").first.wait_for()
    visitor.look()
    page.get_by_label("For whom").fill("Board of trustees")
    page.get_by_label("7 days", exact=True).check()
    page.get_by_role("button", name="Make the link").click()
    page.get_by_role("button", name="Copy the link").click()
    page.get_by_text("Copied.", exact=True).wait_for()
    visitor.look()
    address = page.evaluate("navigator.clipboard.readText()")
    assert address == page.get_by_label("Address of the link").input_value()

    reader = type(visitor)(board, visitor.address)
    assert board.goto(address).status == 200
    board.get_by_role("heading", level=1, name=review.site.name).wait_for()
    reader.look()
    with board.expect_download() as download:
        board.get_by_role("link", name="Download PDF").click()
    assert download.value.path().read_bytes() == bytes(review.editions.get().pdf)
    assert board.context.cookies() == []
    navigation = board.get_by_role("navigation")
    assert [one.get_attribute("aria-labelledby") for one in navigation.all()] == ["contents"]

    page.reload()
    assert address not in page.content()
    assert review.shared_links.count() == 1
    page.get_by_role("link", name=re.compile("Revoke.*Board of trustees")).click()
    visitor.look()
    page.get_by_role("button", name="Revoke the link").click()
    page.get_by_text("Links that open nothing any more").wait_for()
    visitor.look()

    assert board.goto(address).status == 404
    board.get_by_text("This link does not open a report any more").wait_for()
    reader.look()
    assert reader.complaints == []
    assert "pdf" in set(SharedLinkUse.objects.values_list("what", flat=True))


def test_a_viewer_is_given_access_and_it_is_taken_back(visitor, review, manager):
    page = visitor.page
    visitor.sign_in(manager)
    page.get_by_role("link", name=f"People of {review.site.program.name}").click()
    visitor.look()
    page.get_by_role("button", name="Give access").click()
    page.get_by_text("Write the person’s name.").first.wait_for()
    visitor.look()
    page.get_by_label("Name").fill("Ada Moss")
    page.get_by_label("E-mail address").fill("ada@example.org")
    page.get_by_role("button", name="Give access").click()
    page.get_by_text("Ada Moss can read the reports from now on.").wait_for()
    visitor.look()
    page.get_by_role("link", name=re.compile("Take access back.*Ada Moss")).click()
    visitor.look()
    page.get_by_role("button", name="Take access back").click()
    page.get_by_text("It ended at once.").wait_for()
    visitor.look()
    assert not review.site.program.memberships.filter(role=Role.VIEWER.value).exists()
