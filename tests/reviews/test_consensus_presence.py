"""Who else has the consensus page open, and what the page is told every few seconds."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from reviews.models import Stage
from tests.reviews.meetings import EQUAL, SPLIT, as_other, fields_of, meeting_of_two, other_of, url
from tests.reviews.pages import HTMX, read, text_of
from tests.reviews.situations import at_stage, lead_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(client):
    review = meeting_of_two()
    client.force_login(lead_of(review))
    return review


def poll(client, review, on="", have="", who=""):
    return client.post(url(review, "here"), {"on": on, "have": have, "who": who}, **HTMX)


@pytest.fixture
def idris(review):
    client = Client()
    client.force_login(other_of(review))
    return client


def test_the_other_device_is_told_who_is_here_and_on_which_item(client, review, idris):
    poll(idris, review, on=EQUAL)

    answer = poll(client, review)

    assert "Idris Okafor is here too, on item 9" in text_of(answer)
    assert "Idris Okafor is here too, on item 9" in text_of(client.get(url(review)))
    assert review.present.count() == 2


def test_whoever_is_silent_for_20_seconds_is_gone(client, review, idris, time_machine):
    time_machine.move_to(datetime(2026, 10, 16, 9, 0, tzinfo=UTC))
    poll(idris, review, on=EQUAL)
    who = f"{other_of(review).pk}:{EQUAL}"
    time_machine.shift(19)
    assert poll(client, review, who=who).status_code == 204
    time_machine.shift(2)

    assert "is here too" not in text_of(poll(client, review, who=who))


def test_nothing_new_is_answered_with_nothing(client, review, idris):
    assert poll(client, review).status_code == 204

    as_other(review, score=4)
    assert poll(client, review).status_code == 200
    assert poll(client, review, have=f"{SPLIT}:1").status_code == 204


def test_only_the_rows_that_changed_come_with_the_total(client, review):
    as_other(review, EQUAL, score=4, reason="Heard otherwise.")
    as_other(review, SPLIT, score=4)

    answer = poll(client, review, have=f"{SPLIT}:1 {EQUAL}:0 nonsense:x :")

    assert fields_of(answer, EQUAL)["score"] == "4"
    assert f"agree-{SPLIT}" not in read(answer).forms
    assert "2 of 25 agreed" in text_of(answer)


def test_an_item_made_up_is_no_place_to_be(client, review, idris):
    poll(idris, review, on="x" * 500)

    assert "Idris Okafor is here too" in text_of(poll(client, review, who="?"))
    assert review.present.get(user=other_of(review)).item_code == ""


def test_the_poll_of_a_meeting_that_closed_is_refused(client, review):
    at_stage(review, Stage.DRAFT)

    assert poll(client, review).status_code == 403
