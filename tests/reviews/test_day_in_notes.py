"""A last day to reply in the timeline: kept as a date, read in words."""

from datetime import date

import pytest

from reports.presentation import present
from reports.projection import project
from reports.words import in_language
from reviews.actions.replying import send_to_service
from reviews.models import ReviewEvent
from reviews.past.notes import note_in_words
from tests.reviews.pages import text_of
from tests.reviews.situations import fresh, in_draft, lead_of

pytestmark = pytest.mark.django_db

FAR, IN_WORDS = date(2099, 12, 9), "reply until December 9, 2099"
SENT = ReviewEvent.Step.SENT_TO_SERVICE


def sent():
    review = in_draft()
    send_to_service(review=fresh(review), reply_by=FAR, by=lead_of(review))
    return fresh(review)


@pytest.mark.parametrize("place", ["", "history/"])
def test_the_reader_sees_the_day_in_words(client, place):
    review = sent()
    client.force_login(lead_of(review))

    text = text_of(client.get(f"/reviews/{review.pk}/{place}"))

    assert IN_WORDS in text
    assert "2099-12-09" not in text
    assert review.timeline.get(step=SENT).note == "2099-12-09"


@pytest.mark.parametrize(
    ("language", "words"), [("en-US", IN_WORDS), ("en-GB", "reply until 9 December 2099")]
)
def test_the_report_says_the_day_in_its_own_language_and_keeps_the_date(language, words):
    review = sent()
    document = project(review, made_at=review.created_at)

    with in_language(language):
        notes = [step.note for step in present(document).steps if step.note]

    assert words in notes
    assert "2099-12-09" in [event.note for event in document.events]


@pytest.mark.parametrize("note", ["", "soon", "2099-02-31"])
def test_a_note_that_is_no_day_stays(note):
    assert note_in_words(SENT, note) == note


def test_a_day_in_another_steps_note_stays():
    assert note_in_words(ReviewEvent.Step.BACK_TO_DRAFT, "2099-12-09") == "2099-12-09"
