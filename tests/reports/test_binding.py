"""One PDF of several: tagged, with bookmarks, page labels and links that lead where they should."""

import io

import page
import pytest
from pypdf import PdfReader

from reports.bundles.binding import Source, bind
from reports.models import Bundle
from reports.words import in_language
from tests.factories.programs import ProgramFactory
from tests.reports.bundles import a_pdf, asked, content, go_on, manager_of, reports_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_of_this_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def failures(data: bytes) -> list[str]:
    return [f"{one.rule_id}: {one.message}" for one in page.validate_pdf_bytes(data, profile="ua1").failures]


def pages_of(data: bytes) -> int:
    return len(PdfReader(io.BytesIO(data)).pages)


@pytest.fixture
def bound() -> bytes:
    """A report in British English and one in American English, of two programs."""
    one, other = ProgramFactory(name="Alder"), ProgramFactory(name="Birch")
    reports_of(one, 1, wording="uk")
    reports_of(other, 1, wording="us")
    return content(go_on(asked(manager_of(one, other), Bundle.Form.BOUND)))


def test_a_bound_pdf_is_whole_tagged_and_leads_everywhere(bound):
    reader = PdfReader(io.BytesIO(bound))
    root = reader.root_object
    british, american = pages_of(a_pdf("uk")), pages_of(a_pdf("us"))

    assert failures(bound) == []
    assert reader.metadata.title.startswith("Fidelity reports: Put together for ")
    assert root["/Lang"] == "en-US"
    assert [one.get_object()["/Lang"] for one in root["/StructTreeRoot"]["/K"]] == ["en-US", "en-GB", "en-US"]

    # Every page of every report, in order, with the text that it has by itself.
    assert len(reader.pages) == 1 + british + american
    alone = PdfReader(io.BytesIO(a_pdf("us"))).pages
    for number in (0, american - 1):
        assert reader.pages[1 + british + number].extract_text() == alone[number].extract_text()
    assert reader.page_labels[:3] == ["i", "1-1", "1-2"]
    assert reader.page_labels[-1] == f"2-{american}"

    # Bookmarks: the contents, then each report with its own bookmarks under it.
    front, first, under_first, second, under_second = reader.outline
    starts = [0, 1, 1 + british]
    assert [reader.get_destination_page_number(one) for one in (front, first, second)] == starts
    assert first.title == "Harbour Street Health Centre, October 14–15, 2026"
    assert len(under_first) == len(PdfReader(io.BytesIO(a_pdf("uk"))).outline[1])
    assert reader.get_destination_page_number(under_second[0]) >= 1 + british

    # The contents page names each report and leads to it.
    text = reader.pages[0].extract_text()
    assert all(word in text for word in ("Fidelity reports", str(2 + british), "92 of 125"))
    links = [one.get_object()["/Dest"][0] for one in reader.pages[0]["/Annots"]]
    assert [reader.get_page_number(link.get_object()) for link in links] == [1, 1 + british]


@pytest.mark.parametrize(
    ("asked_in", "languages", "language", "width"),
    [
        ("en-us", ["uk", "us", "uk"], "en-GB", 595),
        ("en-gb", ["us"], "en-US", 612),
        ("en-gb", ["us", "uk"], "en-GB", 595),
    ],
)
def test_the_contents_are_in_the_language_and_on_the_paper_of_most_reports(
    asked_in, languages, language, width
):
    programs = ProgramFactory.create_batch(len(languages))
    for program, wording in zip(programs, languages, strict=True):
        reports_of(program, 1, wording=wording)
    with in_language(asked_in):
        bundle = asked(manager_of(*programs), Bundle.Form.BOUND)

    reader = PdfReader(io.BytesIO(content(go_on(bundle))))

    assert reader.root_object["/Lang"] == language
    assert round(float(reader.pages[0].mediabox.width)) == width
    visit = "14–15 October 2026" if language == "en-GB" else "October 14–15, 2026"
    assert visit in " ".join(reader.pages[0].extract_text().split())


def test_names_that_two_sources_share_stay_apart():
    target = io.BytesIO()
    bind([Source("First", "", lambda: a_pdf("uk")), Source("Second", "2-", lambda: a_pdf("uk"))], target)

    reader = PdfReader(target)
    names = [name for one in structure(reader.root_object["/StructTreeRoot"]) if (name := one.get("/ID"))]
    keys = [int(one["/StructParents"]) for one in reader.pages]
    assert names
    assert len(names) == len(set(names))
    assert len(keys) == len(set(keys))
    assert failures(target.getvalue()) == []


def structure(element):
    """Every element of a structure tree."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        if isinstance(kid, dict) and "/S" in kid:
            yield kid
            yield from structure(kid)


def test_the_same_sources_give_the_same_bytes():
    sources = [Source("First", "", lambda: a_pdf("uk")), Source("Second", "2-", lambda: a_pdf("us"))]
    one, other = io.BytesIO(), io.BytesIO()

    bind(sources, one)
    bind(sources, other)

    assert one.getvalue() == other.getvalue()
