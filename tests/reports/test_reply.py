"""Part 7 of a report: the service's reply, its answers and new scores; and the mark across a draft."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from pypdf import PdfReader

from reports.document import from_json, to_json
from reports.html import page_body
from reports.pdf import write_pdf
from reports.projection import project
from reviews.actions.answering import Answer, answer_on_item
from reviews.actions.issuing import issue_review
from reviews.models import ItemReply
from tests.reviews.sending import replied, with_service
from tests.reviews.situations import fresh, in_draft, lead_of, trivial_compose

pytestmark = pytest.mark.django_db


def document_of(review, edition="1.0"):
    return project(fresh(review), edition=edition, made_at=timezone.now())


def test_reply_answer_and_new_score_are_printed_with_the_reason():
    review, manager = replied()
    answer = Answer("You are right.", score=5, reason="The form was there.")
    answer_on_item(
        review=review,
        item_code="disclosure",
        answer=answer,
        based_on=ItemReply.objects.get().revision,
        by=lead_of(review),
    )

    document = document_of(review)

    said = page_body(document)
    for words in ("We do ask.", "See our form.", "You are right.", "Score 4 → 5", "The form was there."):
        assert words in said
    assert f"{manager.name} replied for the service" in said
    assert next(item for item in document.items if item.code == "disclosure").score == 5
    assert from_json(to_json(document)) == document


def test_that_nobody_replied_is_printed_with_the_day():
    review, _manager = with_service(days=7)

    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        assert "The service did not reply by" in page_body(document_of(review))


def test_why_the_service_was_not_asked_is_printed():
    review = in_draft()
    issue_review(
        review=review, by=lead_of(review), compose=trivial_compose, not_asked_because="The board meets."
    )

    assert "The service was not asked for a reply, because: The board meets." in page_body(
        document_of(review)
    )


def test_a_report_without_a_reply_has_the_data_it_had_before_there_were_replies():
    data = to_json(document_of(in_draft()))

    assert '"replies"' not in data
    assert '"not_asked_because"' not in data


def test_a_draft_says_so_with_its_day_on_every_page_of_the_pdf():
    review, _manager = with_service()

    pages = PdfReader(io.BytesIO(write_pdf(document_of(review, edition="")))).pages

    assert len(pages) > 3
    assert all("DRAFT of " in page.extract_text() for page in pages)
