"""A table pasted or uploaded into a worksheet: looked at first, then loaded whole or not at all."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.permissions import Role
from tests.factories.reviews import ReviewFactory
from tests.reviews.pages import form_on, text_at, text_of
from tests.reviews.sheets import SPECIALISTS, cells, keep, sheet_url
from tests.reviews.situations import joined, lead_of

pytestmark = pytest.mark.django_db

GOOD = "Initials\tPeople on the caseload\tFull-time equivalent\nAK\t20\t1.0\nBD\t12\t0.6\nCE\t9\t0.5\n"
BAD = "Initials\tPeople on the caseload\tShoe size\nAK\ttwenty\t42\n\t12\t43\nCE\t9\t44\n"


@pytest.fixture
def review(client):
    review = ReviewFactory()
    client.force_login(lead_of(review))
    return review


def url(review) -> str:
    return sheet_url(review, "specialists", "paste/")


def own_form(answer) -> dict:
    """The fields of the form with the table."""
    fields = form_on(answer, "form-1")
    fields.pop("upload", None)
    return fields


def look(client, review, text: str, **more):
    page = client.get(url(review))
    return client.post(url(review), own_form(page) | {"text": text, "go": "preview"} | more)


def load(client, review, looked_at, **more):
    return client.post(url(review), own_form(looked_at) | {"go": "load"} | more)


def a_file(content: bytes, name: str = "table.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/csv")


def test_a_good_table_is_shown_before_anything_is_loaded(client, review):
    answer = look(client, review, GOOD)

    assert answer.status_code == 200
    assert "3 rows were read" in text_of(answer)
    assert "Load 3 rows" in text_of(answer)
    assert cells(review, "specialists") == []


def test_a_good_table_is_loaded(client, review):
    answer = load(client, review, look(client, review, GOOD))

    assert (answer.status_code, answer.url) == (302, sheet_url(review, "specialists"))
    assert cells(review, "specialists") == list(map(dict, SPECIALISTS))
    assert "3 rows loaded." in text_of(client.get(answer.url))


def test_bad_cells_are_marked_with_the_reason_and_nothing_can_be_loaded(client, review):
    answer = look(client, review, BAD)

    assert answer.status_code == 422
    said = text_of(answer)
    assert "2 rows need mending; nothing is loaded" in said
    assert "Write a number" in text_at(answer, "line-2-caseload")
    assert "twenty" in text_at(answer, "line-2-caseload")
    assert "This cell is needed." in text_at(answer, "line-3-name")
    assert "left out: Shoe size." in said
    assert "Load " not in said
    assert own_form(answer)["text"] == BAD


def test_a_bad_table_is_not_loaded_whatever_is_sent(client, review):
    answer = load(client, review, look(client, review, BAD))

    assert answer.status_code == 422
    assert cells(review, "specialists") == []


def test_a_table_is_mended_in_the_box_and_loaded(client, review):
    looked_at = look(client, review, BAD)

    mended = client.post(url(review), own_form(looked_at) | {"text": GOOD, "go": "preview"})

    assert load(client, review, mended).status_code == 302
    assert len(cells(review, "specialists")) == 3


@pytest.mark.parametrize(("how", "left"), [("add", 4), ("replace", 3)])
def test_a_table_is_added_to_what_is_there_or_replaces_it(client, review, how, left):
    keep(review, "specialists", {"name": "ZZ"})
    looked_at = look(client, review, GOOD)
    assert "(1 row goes)" in text_of(looked_at)

    load(client, review, looked_at, how=how)

    assert len(cells(review, "specialists")) == left
    assert ({"name": "ZZ"} in cells(review, "specialists")) is (how == "add")


def test_a_table_is_not_loaded_once_a_colleague_changed_the_worksheet(client, review):
    looked_at = look(client, review, GOOD)
    keep(review, "specialists", {"name": "ZZ"}, by=joined(review, Role.REVIEWER))

    answer = load(client, review, looked_at, how="replace")

    assert answer.status_code == 422
    assert "Someone changed this worksheet since you looked at the table." in text_of(answer)
    assert cells(review, "specialists") == [{"name": "ZZ"}]
    assert load(client, review, answer, how="replace").status_code == 302
    assert len(cells(review, "specialists")) == 3


def test_a_table_that_repeats_a_name_of_the_worksheet_is_told_when_it_is_added(client, review):
    keep(review, "specialists", {"name": "ak"})
    looked_at = look(client, review, GOOD)

    answer = load(client, review, looked_at, how="add")

    assert answer.status_code == 422
    assert "In the worksheet already: AK." in text_of(answer)
    assert cells(review, "specialists") == [{"name": "ak"}]
    assert load(client, review, answer, how="replace").status_code == 302


@pytest.mark.parametrize(
    "content",
    [
        GOOD.encode(),
        b"\xef\xbb\xbf" + GOOD.replace("\t", ";").replace("\n", "\r\n").encode(),
        GOOD.replace("\t", ",").encode("utf-16"),
    ],
)
def test_a_file_is_read_and_stands_in_the_box(client, review, content):
    answer = look(client, review, "", upload=a_file(content))

    assert answer.status_code == 200
    assert "Initials" in own_form(answer)["text"]
    assert load(client, review, answer).status_code == 302
    assert cells(review, "specialists") == list(map(dict, SPECIALISTS))


def test_a_file_as_windows_writes_it_keeps_its_letters(client, review):
    answer = look(client, review, "", upload=a_file("Initials\nÅÖ\n".encode("cp1252")))

    load(client, review, answer)

    assert cells(review, "specialists") == [{"name": "ÅÖ"}]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04rest of a workbook", "This is a workbook."),
        (b"\xd0\xcf\x11\xe0rest", "This is a workbook."),
        (b"\x00\x01\x02\x03", "This file is not a text file."),
        (b"\xff\xfe\x00", "This file is not a text file."),
        (b"\x89PNG\r\n\x1a\n\x00", "This file is not a text file."),
        (b"", "Paste a table, or choose a file."),
        (b"Initials\n" + b"AK,1\n" * 300_000, "This file is too large: at most 1 MB."),
    ],
)
def test_a_file_that_is_no_table_is_told(client, review, content, said):
    answer = look(client, review, "", upload=a_file(content))

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert cells(review, "specialists") == []


@pytest.mark.parametrize("text", ["", "   \n\t\n", "Initials\tFull-time equivalent\n"])
def test_an_empty_table_is_told(client, review, text):
    answer = look(client, review, text)

    assert answer.status_code == 422
    assert "Load " not in text_of(answer)


def test_a_table_of_more_rows_than_a_worksheet_holds_is_told(client, review):
    answer = look(client, review, "Initials\n" + "\n".join(f"S{number}" for number in range(501)))

    assert answer.status_code == 422
    assert "at most 500 rows" in text_of(answer)


def test_a_row_too_many_for_the_worksheet_is_told_when_it_is_loaded(client, review):
    keep(review, "specialists", *[{"name": f"S{number}"} for number in range(498)])

    answer = load(client, review, look(client, review, GOOD))

    assert answer.status_code == 422
    assert "at most 500 rows" in text_of(answer)
    assert review.worksheet_rows.count() == 498


def test_pasted_markup_stays_text(client, review):
    answer = look(client, review, "Initials\n<img src=x onerror=alert(1)>\n</textarea><script>x</script>\n")

    page = answer.content.decode()
    assert "<img src=x" not in page
    assert "<script>x" not in page


@pytest.mark.parametrize(("language", "kept"), [("en-gb", "2026-04-03"), ("en-us", "2026-03-04")])
def test_a_day_is_read_as_the_language_of_the_page_writes_it(client, review, language, kept):
    page = client.post(
        sheet_url(review, "jobs", "paste/"),
        {"text": "title,employer,started_on\nCook,Inn,03/04/2026\n", "how": "add", "go": "preview"},
        HTTP_ACCEPT_LANGUAGE=language,
    )

    client.post(
        sheet_url(review, "jobs", "paste/"),
        own_form(page) | {"go": "load"},
        HTTP_ACCEPT_LANGUAGE=language,
    )

    assert cells(review, "jobs")[0]["started_on"] == kept


@pytest.mark.parametrize("sheet", ["specialists", "teams", "jobs", "first-contacts", "records"])
def test_an_empty_table_with_the_headings_can_be_filled_in_and_loaded(client, review, sheet):
    answer = client.get(sheet_url(review, sheet, "template.csv"))

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer["Content-Disposition"]
    headings = answer.content.decode("utf-8-sig").strip()
    row = {
        "specialists": "AK,1,37,20,98,a-f,20,6,10,weekly",
        "teams": "AK,North,12",
        "jobs": "Cook,Inn,yes,2026-10-14,no",
        "first-contacts": "1,2026-05-01,2026-05-20,",
        "records": "1,4,3,yes,no,,yes,no,Seen",
    }[sheet]
    page = client.post(
        sheet_url(review, sheet, "paste/"), {"text": f"{headings}\n{row}\n", "how": "add", "go": "preview"}
    )
    assert page.status_code == 200, text_of(page)
    client.post(sheet_url(review, sheet, "paste/"), own_form(page) | {"go": "load"})
    assert len(cells(review, sheet)) == 1
