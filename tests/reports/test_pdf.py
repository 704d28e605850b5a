import io
import subprocess
import sys
import threading
import unicodedata
from dataclasses import replace
from hashlib import sha256

import page
import pytest
from pypdf import PdfReader

from reports import pdf
from reports.assembly import Rated
from reports.pdf import OwnFiles, ResourceRefused, to_pdf, write_pdf
from reports.sample import sample_document
from reports.tagging import own_part
from reports.typeface import SOURCE_SANS
from tests.reports.documents import CODES, LONG_TEXT, report, with_influences

MANY_WORDS = " ".join(f"word{number}" for number in range(5000))
TYPED = {
    "welsh": "Ŵyl ŷd a'r tŷ, Ŷ wŷr",
    "french": "À l’hôpital : « œuvre », garçon, 1 000 €",
    "chinese": "王小明、陳大文",
    "japanese": "さくら カタカナ",
    "korean": "이수진",
    "markup": "<b>bold</b> & &amp; <script>alert('x')</script> \"quoted\"",
    "others": "Ελληνικά, Київ, Việt, Żółć",
    "emoji": "well done \U0001f600 indeed",
    "decomposed": "e\u0301te\u0301, x\u0302 and q\u0323, then x and q alone",
    "ligatures": "office, fluffy, affix",
}


def text_of(data: bytes) -> str:
    return "\n".join(one.extract_text() for one in PdfReader(io.BytesIO(data)).pages)


def squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def failures(data: bytes) -> list[str]:
    found = page.validate_pdf_bytes(data, profile="ua1")
    return [f"{failure.rule_id}: {failure.message}" for failure in found.failures]


@pytest.fixture(scope="module")
def sample() -> bytes:
    return write_pdf(sample_document())


@pytest.fixture(scope="module")
def typed_back() -> str:
    """Text of a report in which each of TYPED is the evidence of an item."""
    ratings = {code: Rated(score=3, evidence=text) for code, text in zip(CODES, TYPED.values(), strict=False)}
    return squeezed(text_of(write_pdf(report(3, ratings=ratings))))


@pytest.mark.parametrize("name", TYPED)
def test_what_was_typed_can_be_copied_out_again(typed_back, name):
    expected = TYPED[name].replace("\U0001f600", "[U+1F600]")

    assert squeezed(expected) in typed_back


def test_every_letter_of_an_arabic_name_is_there():
    name = "محمد أحمد علي"

    found = text_of(write_pdf(report(3, ratings={"disclosure": Rated(score=3, evidence=name)})))

    assert set(name) <= set(unicodedata.normalize("NFKC", found))


def test_a_very_long_text_runs_on_over_pages_and_loses_no_word():
    document = report(3, ratings={"disclosure": Rated(score=3, rationale=MANY_WORDS)})

    data = write_pdf(document)

    assert set(MANY_WORDS.split()) <= set(text_of(data).split())
    assert failures(data) == []


@pytest.mark.parametrize("wording", ["uk", "us"])
@pytest.mark.parametrize(
    "document",
    [
        pytest.param(lambda wording: sample_document(wording=wording), id="whole"),
        pytest.param(lambda wording: with_influences(sample_document(wording=wording)), id="with barriers"),
        pytest.param(
            lambda wording: report(5, wording=wording, team=(), events=(), edition=""), id="shortest"
        ),
        pytest.param(
            lambda wording: report(
                dict.fromkeys(CODES[:3]),
                wording=wording,
                before=dict.fromkeys(CODES, 3),
                summary=LONG_TEXT * 20,
                ratings={
                    code: Rated(
                        score=3, evidence=LONG_TEXT * 10, rationale=LONG_TEXT, recommendation=LONG_TEXT
                    )
                    for code in CODES[4:]
                },
            ),
            id="longest",
        ),
    ],
)
def test_a_report_conforms_to_pdf_ua(document, wording):
    assert failures(write_pdf(document(wording))) == []


@pytest.mark.parametrize(("wording", "width", "height"), [("uk", 595, 842), ("us", 612, 792)])
def test_paper_follows_the_wording(wording, width, height):
    box = PdfReader(io.BytesIO(write_pdf(sample_document(wording=wording)))).pages[0].mediabox

    assert (round(float(box.width)), round(float(box.height))) == (width, height)


def test_page_1_and_the_score_sheet_are_one_page_each(sample):
    pages = [one.extract_text() for one in PdfReader(io.BytesIO(sample)).pages]

    assert "Where the gaps are" in pages[1]
    assert "Item by item" in pages[2]
    sheet = next(number for number, text in enumerate(pages) if "Criterion" in text)
    assert "How this report came about" in pages[sheet + 1]


def test_the_file_has_title_language_and_bookmarks(sample):
    reader = PdfReader(io.BytesIO(sample))

    assert reader.metadata.title == "Fidelity review: Harbour Street Health Centre, 14–15 October 2026"
    assert reader.root_object["/Lang"] == "en-GB"
    assert reader.outline


def test_every_page_says_what_it_is_a_page_of(sample):
    pages = PdfReader(io.BytesIO(sample)).pages

    for number, one in enumerate(pages, 1):
        text = squeezed(one.extract_text())
        assert squeezed("Harbour Street Health Centre · fidelity review · edition 1.0") in text
        assert f"Page{number}of{len(pages)}" in text


def test_a_draft_says_so_on_every_page():
    data = write_pdf(replace(sample_document(), edition="", issued_by=""))

    assert all("DRAFT" in one.extract_text() for one in PdfReader(io.BytesIO(data)).pages)


def test_header_cells_say_what_they_head(sample):
    reader = PdfReader(io.BytesIO(sample))
    cells = [reader.get_object(number) for number in range(1, len(reader.xref_objStm) + 1)]
    headers = [one for one in cells if isinstance(one, dict) and one.get("/S") == "/TH"]

    assert headers
    assert all(header["/A"]["/Scope"] in ("/Row", "/Column") for header in headers)


def test_the_same_document_gives_the_same_bytes(sample):
    write_pdf(report(3, summary="王小明"))

    assert write_pdf(sample_document()) == sample


def test_another_process_writes_the_same_bytes(sample):
    program = (
        "import django, hashlib; django.setup();"
        "from reports.pdf import write_pdf; from reports.sample import sample_document;"
        "print(hashlib.sha256(write_pdf(sample_document())).hexdigest())"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == sha256(sample).hexdigest()


def test_threads_may_write_at_the_same_time(sample):
    written: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: written.append(write_pdf(sample_document()))) for _thread in range(3)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert written == [sample] * 3


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/image.png",
        "https://example.org/image.png",
        "file:///etc/passwd",
        "static:/../manage.py",
        "static:/%2e%2e/manage.py",
        "fonts:/../../../../etc/passwd",
        "ftp://example.org/image.png",
    ],
)
def test_the_renderer_reaches_nothing_but_its_own_files(address):
    markup = f'<html lang="en"><body><img src="{address}" alt="x"/></body></html>'

    with pytest.raises(ResourceRefused):
        to_pdf(markup, (SOURCE_SANS,))


def test_own_files_are_read():
    assert b"@page" in OwnFiles().fetch(pdf.REPORT_STYLE[0]).read()


@pytest.mark.parametrize(
    ("text", "own_letters", "is_mark", "expected"),
    [
        ("x", ("x",), False, "x"),
        ("", ("x",), False, "x"),
        ("x\u0302", ("\u0302",), True, "\u0302"),
        ("x\u0302", (), True, "\u0302"),
        ("fi", ("\ufb01",), False, "fi"),
        ("", (), False, "\u200b"),
    ],
)
def test_each_glyph_says_its_own_part_of_a_cluster(text, own_letters, is_mark, expected):
    assert own_part(text, own_letters, is_mark=is_mark) == expected


@pytest.mark.parametrize("wording", ["uk", "us"])
@pytest.mark.parametrize("score", [1, 3, 5, None])
def test_the_score_sheet_is_one_page_whatever_the_scores(wording, score):
    document = report(dict.fromkeys(CODES, score), wording=wording)

    pages = [one.extract_text() for one in PdfReader(io.BytesIO(write_pdf(document))).pages]

    assert sum("Criterion" in text for text in pages) == 1
