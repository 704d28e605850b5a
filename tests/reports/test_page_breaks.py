"""What stays together on a page of the PDF, and what follows on where there is room."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from reports.document import ReplyLine
from reports.pdf import write_pdf
from reports.sample import sample_document
from reports.words import PAPERS
from tests.reports.documents import report, with_influences
from tests.reports.outputs import squeezed


def with_more_steps(number: int):
    """The steps decide where the last page begins."""
    document = sample_document()
    return replace(document, events=document.events * number)


def with_a_reply():
    document = with_influences(sample_document())
    moment = document.made_at
    reply = ReplyLine(moment, moment.date(), moment, "Ada Marsh", "On the whole fair.", "Thank you.", ())
    return replace(document, replies=(reply,))


def pages(document, paper: str) -> list[str]:
    """From the second on: the first names every part."""
    found = PdfReader(io.BytesIO(write_pdf(document, paper=paper))).pages
    return [squeezed(one.extract_text()) for one in found][1:]


def page_with(text: str, found: list[str]) -> str:
    return next(one for one in found if squeezed(text) in one)


@pytest.mark.parametrize("paper", PAPERS)
def test_parts_keep_their_heading_with_what_follows_and_short_items_are_whole(paper):
    document = with_a_reply()

    found = pages(document, paper)

    for item in document.items:
        last = item.recommendation or item.rationale or item.title
        assert squeezed(last) in page_with(f"{item.number} {item.title}", found[1:]), item.title
    assert squeezed("On the whole fair.") in page_with("The service’s reply", found)
    plan = page_with("Action plan", found)
    assert all(squeezed(one.action) in plan for one in document.priorities)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_barriers_follow_the_last_item_where_there_is_room(paper):
    document = with_influences(report(5, team=(), events=()))

    found = page_with("5 Barriers, facilitators and adaptations", pages(document, paper))

    assert squeezed(document.items[-1].title) in found


@pytest.mark.parametrize("number", [2, 4, 5])
def test_what_is_said_of_the_document_stays_with_the_last_steps(number):
    document = with_more_steps(number)

    last = pages(document, "A4")[-1]

    for said in ("What", document.events[-1].by, "This document", "SHA-256", "say the same."):
        assert squeezed(said) in last, said
