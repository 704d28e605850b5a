"""The Word document: headings, captioned tables with heads, language, paper, and texts of every kind."""

import io
from itertools import pairwise

import pytest
from docx import Document
from docx.oxml.ns import qn

from reports.assembly import Rated
from reports.sample import sample_document
from reports.writers.word import write_word
from tests.reports.documents import CODES, report
from tests.reports.outputs import word_text


def opened(document, paper=""):
    return Document(io.BytesIO(write_word(document, paper).data))


@pytest.fixture(scope="module")
def sample():
    return opened(sample_document())


def headings(document) -> list[tuple[int, str]]:
    return [
        (int(one.style.name[-1]), one.text)
        for one in document.paragraphs
        if one.style.name.startswith("Heading")
    ]


def test_parts_sections_and_items_are_headings_one_below_the_other(sample):
    found = headings(sample)
    levels = [level for level, _text in found]

    assert [text for level, text in found if level == 1] == [
        "What is strong",
        "What to do next",
        "2\u2002Where the gaps are",
        "3\u2002How the review was done",
        "4\u2002Item by item",
        "5\u2002Barriers, facilitators and adaptations",
        "6\u2002Agreement before consensus",
        "7\u2002The service’s reply",
        "8\u2002Action plan",
        "9\u2002Score sheet",
        "10\u2002How this report came about",
    ]
    assert all(below - above <= 1 for above, below in pairwise(levels))
    items = [item.title for item in sample_document().items]
    titles = [text.partition("  ")[2] for _level, text in found]
    assert [title for title in titles if title in items] == items
    assert [one.style.name for one in sample.paragraphs].count("Title") == 1


def test_every_table_has_a_numbered_caption_above_it_and_a_head_that_stands_on_every_page(sample):
    body = list(sample.element.body)
    tables = [place for place, one in enumerate(body) if one.tag == qn("w:tbl")]

    assert len(tables) == 5
    for number, place in enumerate(tables, 1):
        caption = body[place - 1]
        assert caption.pPr.pStyle.val == "Caption"
        assert "".join(caption.xpath(".//w:t/text()")).startswith(f"Table {number}: ")
        assert "SEQ Table" in caption.find(qn("w:fldSimple")).get(qn("w:instr"))
        first, *others = body[place].tr_lst
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:tblHeader")) is None for row in others)
        assert body[place].tblPr.find(qn("w:tblCaption")) is not None


@pytest.mark.parametrize(
    ("wording", "asked", "language", "width"),
    [("uk", "", "en-GB", 210.0), ("us", "", "en-US", 215.9), ("us", "A4", "en-US", 210.0)],
)
def test_language_and_paper_follow_the_wording_and_the_wish(wording, asked, language, width):
    document = opened(sample_document(wording=wording), asked)
    defaults = document.styles.element.xpath("w:docDefaults//w:lang")

    assert [one.get(qn("w:val")) for one in defaults] == [language]
    assert document.core_properties.language == language
    assert round(document.sections[0].page_width.mm, 1) == width


def test_the_file_says_what_it_is_and_who_wrote_it(sample):
    properties = sample.core_properties

    assert properties.title == "Fidelity review: Harbour Street Health Centre, 14–15 October 2026"
    assert properties.author == "Rosa Beaumont, Idris Okonjo"
    assert properties.comments == ""
    assert properties.modified.replace(tzinfo=None).isoformat() == "2026-11-09T10:05:00"
    assert "edition 1.0" in sample.sections[0].footer.paragraphs[0].text


def test_a_draft_says_so_above_every_page(sample):
    draft = opened(report(3, edition="", issued_by=""))

    assert (
        draft.sections[0].header.paragraphs[0].text.startswith("DRAFT · Draft, not issued · 9 November 2026")
    )
    assert sample.sections[0].header.paragraphs[0].text == ""


def test_characters_that_xml_cannot_hold_are_written_visibly():
    text = "bell\x07, page\x0cbreak, unit\x1f, last\uffff"

    found = word_text(opened(report(3, site=text, ratings={CODES[0]: Rated(score=3, evidence=text)})))

    assert found.count("bell[U+0007], page\nbreak, unit[U+001F], last[U+FFFF]") >= 2


def test_a_very_long_text_loses_no_word():
    text = "\n\n".join(" ".join(f"word{part}-{number}" for number in range(500)) for part in range(10))

    found = word_text(opened(report(3, ratings={CODES[0]: Rated(score=3, rationale=text)})))

    assert set(text.split()) <= set(found.split())


def test_a_name_or_text_from_right_to_left_is_set_so():
    arabic = "محمد أحمد علي"
    document = opened(report(3, site=arabic, ratings={CODES[0]: Rated(score=3, evidence=arabic)}))

    found = [one for one in document.paragraphs if one.text == arabic]

    assert found
    assert all(one._p.pPr.find(qn("w:bidi")) is not None and one.runs[-1].font.rtl for one in found)


def test_the_same_report_gives_the_same_bytes():
    assert write_word(sample_document()).data == write_word(sample_document()).data
