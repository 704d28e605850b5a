"""The scoring page in a browser on a long scale, and on one with scores of two figures."""

import pytest
from playwright.sync_api import expect

from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.reviews import ReviewFactory, ratings_of
from tests.scales.other_definitions import counting, of_35

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lead():
    return UserFactory(name="Menna Prys", password=PASSWORD)


def item_page(review, code: str) -> str:
    return f"/reviews/{review.pk}/ratings/{code}/"


def chosen(page) -> str:
    return page.locator('input[name="score"]:checked').get_attribute("value")


def test_a_score_of_two_figures_is_typed_as_it_is_written(visitor, lead, tmp_path):
    review = ReviewFactory(profile=counting(0, 12).load(tmp_path), lead=lead)
    page = visitor.page
    page.clock.install()
    visitor.sign_in(lead)
    visitor.open(item_page(review, "w-team-member"))

    page.keyboard.press("1")
    page.keyboard.press("2")
    assert chosen(page) == "12"
    page.clock.fast_forward(2_000)
    page.keyboard.press("1")
    assert chosen(page) == "1"
    page.clock.fast_forward(2_000)
    page.keyboard.press("0")
    assert chosen(page) == "0"

    page.clock.resume()
    expect(page.locator("#item-list .here b")).to_have_text("0")
    assert ratings_of(review, lead)["w-team-member"].score == 0
    visitor.look()


def test_the_item_on_the_page_is_in_sight_in_a_list_of_35(visitor, lead, tmp_path):
    review = ReviewFactory(profile=of_35().load(tmp_path), lead=lead)
    visitor.sign_in(lead)
    visitor.open(item_page(review, of_35().scale.items[-1].code))

    here = visitor.page.locator("#item-list .here").bounding_box()
    foot = visitor.page.locator(".foot").bounding_box()

    assert here["y"] + here["height"] <= foot["y"]
    assert visitor.page.evaluate("window.scrollY") == 0
    visitor.look()
