"""What people typed is text in every output, never markup, a character that breaks a file, or a way to hide words."""

import io
import re
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from reports.assembly import Rated
from reports.document import EventLine, ReportDocument, TeamLine
from reports.html import page_body, pdf_source
from reports.pdf import Source, write_pdf
from reports.sample import sample_document
from reports.typeface import SHAPELESS
from reports.writers.excel import write_excel
from reports.writers.texts import NOT_IN_XML
from reports.writers.word import write_word
from tests.reports.documents import CODES, report
from tests.reports.outputs import Outputs, squeezed
from tests.reports.test_pdf import failures

MARKUP = (
    "</style></svg></p>]]> <script>alert(1)</script> <img src=x onerror=alert(1)> {{ report }} {% now %} &lt;"
)
CONTROL = "bell\x07, nul\x00, escape\x1b[31m, unit\x1f, end"
# Letters between marks of direction: no reader sees them in another order than they were typed in, in a PDF.
DIRECTION = "left\u202eright\u2066mixed\u2069\u200f\u061c end"
OTHER = "not a character \uffff \ufffe, a line\u2028separator, a tag \U000e0041"
FIELDS = ("evidence", "rationale", "recommendation", "departure_reason")
# Elements and attributes of one's own that a page of a report may have.
OF_THE_PAGE = re.compile(r"script|iframe|object|embed|link|base|form|meta|style|img")


def hostile(text: str) -> ReportDocument:
    """The text wherever people type one."""
    short = text[:200]
    ratings = {
        CODES[0]: Rated(
            score=3,
            suggested=4,
            strength=short,
            action=short,
            priority=1,
            target=4,
            **dict.fromkeys(FIELDS, text),
        ),
        CODES[1]: Rated(not_rated=True, unrated_note=text),
    }
    moment = sample_document().made_at
    names = dict.fromkeys(("site", "place", "program", "organization", "issued_by", "summary"), short)
    return report(
        4,
        ratings=ratings,
        team=(TeamLine(short, "lead reviewer", short, scored=True),),
        events=(EventLine(moment, short, "planned", text),),
        **names,
    )


class Elements(HTMLParser):
    def __init__(self, markup: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes |= {name for name, _value in attrs}


def test_it_is_read_back_as_it_was_typed_from_every_output():
    text = f"{MARKUP} {CONTROL} {DIRECTION} {OTHER}"

    said = Outputs(hostile(text)).texts()

    shown = NOT_IN_XML.sub(lambda one: f"[U+{ord(one[0]):04X}]", text)
    for name in ("page", "Word", "Excel"):
        assert squeezed(shown) in squeezed(said[name]), name
    assert squeezed(SHAPELESS.sub("", shown)) in squeezed(SHAPELESS.sub("", said["PDF"]))


def test_a_line_end_in_any_text_leaves_the_document_whole():
    """Names have none; sources and permissions of a scale may."""
    data = write_pdf(hostile("first line\nsecond line\r\nthird line"))

    assert failures(data) == []


def test_it_adds_no_element_and_no_attribute_to_the_page():
    plain, typed = Elements(page_body(hostile("plain"))), Elements(page_body(hostile(MARKUP)))

    assert typed.names == plain.names
    assert typed.attributes == plain.attributes
    assert not [name for name in typed.names if OF_THE_PAGE.fullmatch(name)]
    assert not [name for name in typed.attributes if name.startswith("on")]


@pytest.mark.parametrize("write", [write_word, write_excel])
def test_every_part_of_a_package_is_well_formed(write):
    document = hostile(MARKUP + CONTROL + OTHER)

    with zipfile.ZipFile(io.BytesIO(write(document).data)) as package:
        parts = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
        for name in parts:
            ElementTree.fromstring(package.read(name))

    assert len(parts) > 5


def test_a_word_of_10_000_letters_is_whole_and_a_long_name_stays_on_the_paper():
    """The foot of a page ends a name that is too long; page 1 has it whole."""
    word = "abcdefghij" * 1000
    names = {"site": "W" * 200, "program": "M" * 200}
    document = report(3, ratings={CODES[0]: Rated(score=3, evidence=word)}, **names)

    said = Outputs(document).texts()

    assert all(word in squeezed(text) for name, text in said.items() if name not in ("PDF", "CSV", "JSON"))
    # The foot of each page stands between the lines.
    assert said["PDF"].replace("\n", "").count("abcdefghij") >= 950
    assert all(name in squeezed(said["PDF"]) for name in names.values())


def test_a_text_written_from_right_to_left_is_set_so_in_print_and_its_label_is_not():
    arabic = "(محمد) زار 25 مكان عمل. IPS!"
    document = report(3, ratings={CODES[0]: Rated(score=3, evidence=arabic, rationale=f"See {arabic}")})
    source = pdf_source(document, frozen_as="", families=["Kurinto"])

    root = Source(source).etree_element

    directions = {
        "".join(element.itertext()).partition(" ")[0]: element.get("dir")
        for element in root.iter("p")
        if arabic in "".join(element.itertext())
    }
    assert directions == {"Evidence": "rtl", "Why": "ltr"}
    assert root.find(".//*[@dir='auto']") is None
