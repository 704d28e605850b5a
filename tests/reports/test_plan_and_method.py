"""Parts 3 and 8 of a report: how the review was done, and the action plan that the service goes on with."""

import io
import re
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone
from pypdf import PdfReader

from reports.document import NotesLine
from reports.html import page_body
from reports.pdf import write_pdf
from reports.projection import project
from reports.sample import sample_document
from reviews.models import Source
from tests.factories.reviews import EvidenceNoteFactory
from tests.reports.documents import CODES, report
from tests.reports.reviews import draft
from tests.reviews.situations import fresh, in_draft


def part(document, code: str) -> str:
    """The words of one part of the page."""
    found = page_body(document).partition(f'id="part-{code}"')[2].partition("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def test_the_plan_is_seeded_from_the_priorities_and_says_what_the_service_adds():
    said = part(sample_document(), "plan")

    for priority in sample_document().priorities:
        assert priority.action in said
    assert "by 26 November 2026" in said
    assert "Three or four goals get further than a long list." in said
    assert "Who does it, by when, and how we will know" in said


def test_the_paper_has_room_for_who_when_and_how():
    pages = "".join(one.extract_text() for one in PdfReader(io.BytesIO(write_pdf(sample_document()))).pages)

    assert all(head in pages for head in ("Who", "By when", "How we will know"))
    assert "the service adds these when it writes the plan" not in pages


def test_without_a_priority_there_is_a_sentence_and_no_empty_table():
    markup = page_body(report(4)).partition('id="part-plan"')[2].partition("</section>")[0]

    assert "The reviewers named no priority." in markup
    assert "<table" not in markup


def test_the_method_says_who_when_how_much_and_what_not():
    document = report(
        {CODES[0]: None},
        evidence_notes=(NotesLine("interview", 12), NotesLine("document", 0)),
        not_seen="Night shifts.",
    )

    said = part(document, "method")

    for expected in (
        "Rosa Beaumont , lead reviewer, Northfield Recovery College",
        "14–15 October 2026, on site",
        "Each reviewer scored every item alone",
        "12 interviews · 3 observations · 10 records",
        "Interview: 12 · Document: none",
        "Night shifts.",
        "Item 1 Caseload size. The reason is with it.",
    ):
        assert expected in said


def test_what_nobody_named_or_counted_is_said_so():
    said = part(report(4, interviews=None, observations=None, records=None, raters=1), "method")

    assert "Not counted." in said
    assert "The team named nothing that it could not see." in said
    assert "One reviewer scored every item" in said
    assert "Notes by source" not in said


@pytest.mark.django_db
def test_notes_are_counted_by_source_and_never_told():
    review = in_draft()
    for place in range(2):
        EvidenceNoteFactory(
            review=review, source=Source.INTERVIEW, who_or_what=f"client {place}", text="Secret."
        )
    EvidenceNoteFactory(review=review, source=Source.DATA, withdrawn_at=timezone.now(), text="Secret.")

    document = project(fresh(review), made_at=timezone.now())

    counts = {line.source: line.notes for line in document.evidence_notes}
    assert counts == {"interview": 2, "observation": 0, "record": 0, "document": 0, "data": 0}
    assert "Secret." not in page_body(document)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("purpose", "anchor", "edition", "expected"),
    [
        ("action plan", "after", "", date(2026, 11, 26)),
        ("action plan", "issue", "1.0", date(2026, 12, 21)),
        ("action plan", "issue", "", None),
        ("step", "after", "", None),
    ],
)
def test_the_timetable_says_when_the_plan_is_written(purpose, anchor, edition, expected):
    review = draft(starts_on=date(2026, 10, 14), ends_on=date(2026, 10, 15))
    review.deadlines.create(title="A step", purpose=purpose, anchor=anchor, offset=6, unit="weeks")
    made_at = datetime(2026, 11, 9, 10, 5, tzinfo=UTC)

    assert project(fresh(review), edition=edition, made_at=made_at).action_plan_by == expected
