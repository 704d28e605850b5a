"""The pages from a link to choose a password to the way on: our own words, one message, no dead end."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from accounts.passwords import path_to_choose_password
from tests.factories.accounts import PASSWORD, UserFactory
from tests.reviews.pages import error_beside, form_on, text_of

pytestmark = pytest.mark.django_db

ASK, SIGN_IN, HOME = "/accounts/password/reset/", "/accounts/login/", "/"
TYPED = {"password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture(autouse=True)
def _no_tries_counted():
    """allauth counts them in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def person():
    return UserFactory(email="ada@example.org")


def source_of(page) -> str:
    return page.content.decode()


def main_of(page) -> str:
    return source_of(page).partition("<main")[2]


def test_a_new_person_chooses_a_password_and_is_led_to_sign_in(client, person):
    page = client.get(path_to_choose_password(person), follow=True)
    address = page.request["PATH_INFO"]
    assert "Choose a password" in text_of(page)
    assert "The same password again" in text_of(page)
    assert "placeholder" not in source_of(page)
    assert "Cancel" not in text_of(page)
    assert list(form_on(page, address)) == ["password1", "password2"]

    done = client.post(address, TYPED, follow=True)

    assert text_of(done).count("Your password is set") == 2, "in the title and once on the page"
    assert "changed" not in text_of(done)
    assert SIGN_IN in main_of(done)
    page = client.post(SIGN_IN, {"login": person.email, "password": PASSWORD}, follow=True)
    assert page.redirect_chain[-1][0] == HOME
    assert "password" not in main_of(page).lower(), "no message of before is left over"


def test_two_different_passwords_are_said_beside_the_field(client, person):
    page = client.get(path_to_choose_password(person), follow=True)

    answer = client.post(page.request["PATH_INFO"], TYPED | {"password2": "another-word-entirely-7"})

    assert "There is something to mend" in text_of(answer)
    assert error_beside(answer, "password2")


def test_a_link_that_was_used_or_is_old_leads_to_another_one(client, person):
    path = path_to_choose_password(person)
    address = client.get(path, follow=True).request["PATH_INFO"]
    client.post(address, TYPED)

    for again in (path, address, reverse("account_reset_password_from_key", args=["1", "old-key"])):
        page = client.get(again, follow=True)
        assert "This link opens nothing any more" in text_of(page)
        assert ASK in main_of(page)
        assert SIGN_IN in main_of(page)
        assert "password1" not in source_of(page)


def test_someone_signed_in_is_led_on_from_an_old_link(client, person):
    client.force_login(person)

    page = client.get(reverse("account_reset_password_from_key", args=["1", "old-key"]))

    assert f"You are signed in as {person.name}." in text_of(page)
    assert f'href="{HOME}"' in main_of(page)
    assert SIGN_IN not in main_of(page)


def test_someone_signed_in_who_chooses_anew_is_led_on(client, person):
    client.force_login(person)
    page = client.get(path_to_choose_password(person), follow=True)

    done = client.post(page.request["PATH_INFO"], TYPED, follow=True)

    assert "_auth_user_id" not in client.session, "another password ends every session"
    assert "Your password is set" in text_of(done)
    assert SIGN_IN in main_of(done)


def test_asking_for_a_link_is_answered_with_what_comes_next(client, person):
    page = client.get(ASK)
    assert "Choose another password" in text_of(page)
    assert SIGN_IN in main_of(page)
    assert "placeholder" not in source_of(page)

    done = client.post(ASK, {"email": person.email}, follow=True)

    assert "Look for the letter" in text_of(done)
    assert ASK in main_of(done)
    assert SIGN_IN in main_of(done)
    assert len(mail.outbox) == 1
    assert "/password/reset/key/" in mail.outbox[0].body


def test_someone_signed_in_may_change_the_password_without_a_link(client, person):
    client.force_login(person)

    page = client.get(ASK)

    assert f"You are signed in as {person.name}." in text_of(page)
    assert reverse("account_change_password") in main_of(page)
    assert SIGN_IN not in main_of(page)


def test_a_changed_password_of_someone_signed_in_is_still_confirmed(client):
    client.force_login(UserFactory(password=PASSWORD))
    typed = {"oldpassword": PASSWORD, "password1": "quiet-harbour-42-x", "password2": "quiet-harbour-42-x"}

    answer = client.post(reverse("account_change_password"), typed, follow=True)

    assert text_of(answer).count("changed") == 1
    assert "placeholder" not in source_of(client.get(reverse("account_change_password")))


def test_who_is_not_invited_is_told_whom_to_ask(client):
    page = client.get(reverse("account_signup"))

    assert "People are invited here." in text_of(page)
    assert SIGN_IN in main_of(page)
