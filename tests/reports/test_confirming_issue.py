"""Issuing asks the lead for the password again: a wrong one is told beside it, and too many have to wait."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from accounts.permissions import Role
from reviews.models import Edition
from tests.factories.accounts import PASSWORD
from tests.reports.reviews import draft, sign_in_lead
from tests.reviews.pages import text_of
from tests.reviews.situations import joined

pytestmark = pytest.mark.django_db

WRONG = "not-the-harbour-lantern"
NOW = datetime(2026, 11, 9, 10, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _no_tries_counted():
    cache.clear()


@pytest.fixture(autouse=True)
def _stand_in_for_the_pdf(monkeypatch):
    monkeypatch.setattr("reports.editions.write_pdf", lambda document: b"%PDF-")


def send(client, review, password=PASSWORD):
    fields = {"has_read": "on", "not_asked_because": "The board meets tomorrow.", "password": password}
    return client.post(reverse("reports:issue", args=[review.pk]), fields)


@pytest.mark.parametrize(
    ("password", "told"), [(WRONG, "This is not your password."), ("", "Type your password.")]
)
def test_a_wrong_password_is_told_beside_its_field_and_nothing_is_issued_or_lost(
    client, caplog, password, told
):
    review = draft()
    sign_in_lead(client, review)

    with caplog.at_level(logging.DEBUG):
        response = send(client, review, password)

    page = response.content.decode()
    assert response.status_code == 422
    assert text_of(response).count(told) == 2
    assert 'autocomplete="current-password"' in page
    assert "The board meets tomorrow." in page
    assert WRONG not in page + caplog.text
    assert not Edition.objects.exists()


def test_the_sixth_wrong_try_in_five_minutes_waits_even_where_it_is_right(client):
    review = draft()
    sign_in_lead(client, review)

    with time_machine.travel(NOW, tick=False):
        tries = [text_of(send(client, review, WRONG)) for _time in range(5)]
        sixth = send(client, review)
    assert all("This is not your password." in one for one in tries)
    assert sixth.status_code == 422
    assert "Wait five minutes" in text_of(sixth)
    assert not Edition.objects.exists()

    with time_machine.travel(NOW + timedelta(minutes=6), tick=False):
        assert send(client, review).status_code == 302
    assert Edition.objects.get().number == "1.0"


def test_a_right_password_clears_the_count_and_another_persons_tries_are_their_own(client):
    first, second = draft(), draft()
    with time_machine.travel(NOW, tick=False):
        sign_in_lead(client, first)
        for _time in range(4):
            send(client, first, WRONG)
        assert send(client, first).status_code == 302
        sign_in_lead(client, second)
        for _time in range(4):
            send(client, second, WRONG)
        assert send(client, second).status_code == 302


def test_the_password_is_that_of_who_is_signed_in_and_not_of_another(client):
    review = draft()
    other = joined(review, Role.REVIEWER)
    other.set_password("another-lantern-of-theirs-7")
    other.save()
    sign_in_lead(client, review)

    assert send(client, review, "another-lantern-of-theirs-7").status_code == 422
