"""The report as HTML, the same for page and PDF."""

from html.parser import HTMLParser
from itertools import pairwise

import pytest

from reports.assembly import Rated
from reports.html import page_body
from reports.sample import sample_document
from tests.reports.documents import report


class Outline(HTMLParser):
    """Heading levels in their order, and ids."""

    def __init__(self, markup: str):
        super().__init__()
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.levels.append(int(tag[1]))
        self.ids += [value for name, value in attrs if name == "id"]


@pytest.mark.parametrize("document", [sample_document(), report(5, team=(), events=())])
def test_headings_are_in_order_under_one_h1(document):
    levels = Outline(page_body(document)).levels

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_no_id_stands_twice():
    ids = Outline(page_body(sample_document())).ids

    assert len(ids) == len(set(ids)) >= 25


def test_there_is_no_inline_style_or_script():
    markup = page_body(sample_document())

    assert " style=" not in markup
    assert "<script" not in markup


def test_what_people_type_is_escaped():
    markup = page_body(report(3, ratings={"disclosure": Rated(score=3, evidence="<script>x</script> & co")}))

    assert "&lt;script&gt;x&lt;/script&gt; &amp; co" in markup
    assert "<script" not in markup


def test_an_unrated_item_says_why():
    markup = page_body(
        report(4, ratings={"disclosure": Rated(not_rated=True, unrated_note="Nobody in work yet.")})
    )

    assert "Nobody in work yet." in markup
    assert "Not rated" in markup


def test_a_departure_from_the_suggestion_is_marked_with_its_reason():
    markup = page_body(
        report(4, ratings={"disclosure": Rated(score=4, suggested=3, departure_reason="Seen otherwise.")})
    )

    assert "The facts suggest 3; the reviewers decided on 4." in markup
    assert "Seen otherwise." in markup


def test_the_next_point_comes_from_the_next_anchor():
    document = report({"caseload-size": 4})

    assert document.items[0].next_anchor.descriptor in page_body(document)
    assert document.items[1].next_anchor is None


def test_a_profile_without_losses_shows_no_attainable_range():
    assert "attainable" in page_body(report(4))
    assert "attainable" not in page_body(report(4, setting="community-forensic"))


def test_every_report_says_program_version_dates_status_and_when_it_was_made():
    markup = page_body(sample_document())

    for expected in (
        "Bayside Employment Links",
        "IPS-25, UK wording, 2008",
        "14–15 October 2026",
        "Edition 1.0, issued by Rosa Beaumont",
        "made 9 November 2026, 10:05",
    ):
        assert expected in markup
