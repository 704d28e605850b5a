"""The steps from a file to past reviews, page by page, as a browser takes them."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from accounts.permissions import Role
from reviews.models import PastImport, Result
from tests.at_once import at_once
from tests.factories.past import past_result
from tests.factories.programs import SiteFactory
from tests.factories.scales import scale_version
from tests.reviews.old_sheets import brought_in, file_of, importer, row, uploaded, version
from tests.reviews.pages import error_beside, form_on, text_of
from tests.reviews.test_page_queries import queries

START = "/past-reviews/"
ANSWERS = "answers"


@pytest.fixture
def site(db):
    return SiteFactory(name="Quayside Surgery")


@pytest.fixture
def lead(site, client):
    user = importer(site)
    client.force_login(user)
    return user


def upload(client, *rows, **more):
    return client.post(START, {"version": version().pk, "upload": file_of(*rows), **more})


def page_of(past_import, step: str = "") -> str:
    return f"{START}{past_import.pk}/{step}"


def test_a_file_goes_from_upload_to_results(client, lead, site):
    answer = upload(client, row(site, Total=75), row("Quay", "2025-03-14"), row(site, "2026-03-14", 7))
    columns = client.get(answer.url)
    answer = client.post(answer.url, form_on(columns, "form-1"))
    check = client.get(answer.url)

    assert "1 row can be brought in" in text_of(check)
    assert "75 of 125" in text_of(check)
    assert "“ Quay ”: none of the sites" in text_of(check)
    assert "a score is a whole number from 1 to 5" in text_of(check)

    kept = client.post(
        answer.url, form_on(check, ANSWERS) | {"site-0": site.pk, "go": "answers"}, follow=True
    )
    assert "2 rows can be brought in" in text_of(kept)

    refused = client.post(answer.url, form_on(kept, ANSWERS) | {"go": "bring-in"})
    assert refused.status_code == 422
    assert "tick the box that leaves them out" in text_of(refused)
    assert not Result.objects.exists()

    go = form_on(refused, ANSWERS) | {"go": "bring-in", "leave_out": "on"}
    done = client.post(answer.url, go, follow=True)
    assert "2 reviews are brought in" in text_of(done)
    assert list(Result.objects.values_list("site", "points")) == [(site.pk, 75), (site.pk, 75)]

    assert client.post(answer.url, go).url == page_of(PastImport.objects.get())
    assert Result.objects.count() == 2


def test_answers_that_were_changed_are_looked_at_before_rows_are_brought_in(client, lead, site):
    past_import = uploaded(lead, row(site, "03/04/2024"))
    check = page_of(past_import, "check/")

    fields = form_on(client.get(check), ANSWERS) | {"dates": "month", "go": "bring-in"}
    answer = client.post(check, fields, follow=True)

    assert "Look at the rows once more" in text_of(answer)
    assert "March 4, 2024" in text_of(answer)
    assert not Result.objects.exists()


@pytest.mark.parametrize(
    ("upload", "told"),
    [
        ({}, "Choose a file."),
        ({"upload": SimpleUploadedFile("a.csv", b"")}, "There is nothing in this file."),
        ({"upload": SimpleUploadedFile("a.csv", b"Site,1")}, "There is nothing in this file."),
        ({"upload": SimpleUploadedFile("a.xlsx", b"PK\x03\x04")}, "This workbook cannot be read."),
        ({"upload": SimpleUploadedFile("a.pdf", b"%PDF\x00")}, "This is neither an Excel workbook"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_beside_its_field(client, lead, upload, told):
    answer = client.post(START, {"version": version().pk, **upload})

    assert answer.status_code == 422
    assert error_beside(answer, "upload").startswith(told)
    assert not PastImport.objects.exists()


def test_columns_that_do_not_do_are_told_and_nothing_chosen_is_lost(client, lead, site):
    past_import = uploaded(lead, row(site))
    page = page_of(past_import, "columns/")
    fields = form_on(client.get(page), "form-1") | {"column-1": "", "column-4": "item:caseload-size"}

    answer = client.post(page, fields)

    assert answer.status_code == 422
    assert "Say which column holds this: First day." in text_of(answer)
    assert "Two columns are said to hold this: 1 Caseload size." in error_beside(answer, "column-4")
    assert form_on(answer, "form-1")["column-4"] == "item:caseload-size"


def test_the_page_of_columns_shows_no_scores(client, lead, site):
    past_import = uploaded(lead, row(site, score=4, Total=100, Sheet="4711", Remark="On paper"))

    page = text_of(client.get(page_of(past_import, "columns/")))

    assert "On paper" in page
    assert "4711" not in page
    assert " 100 " not in page


def test_a_mended_file_takes_the_place_of_the_one_before(client, lead, site):
    past_import = uploaded(lead, row(site, score=9))
    page = page_of(past_import, "file/")
    assert client.post(page).status_code == 422

    answer = client.post(page, {"upload": file_of(row(site), name="mended.csv")}, follow=True)

    assert "1 row can be brought in" in text_of(answer)
    assert "mended.csv" in text_of(answer)


def test_an_upload_is_thrown_away_unless_it_was_brought_in(client, lead, site):
    first, second = uploaded(lead, row(site)), brought_in(uploaded(lead, row(site, "2025-03-14")))

    assert client.post(page_of(first, "discard/")).url == START
    assert client.post(page_of(second, "discard/")).status_code == 403

    assert list(PastImport.objects.all()) == [second]


def test_everything_from_a_file_is_taken_back_after_asking_once_more(client, lead, site):
    past_import = brought_in(uploaded(lead, row(site)))
    page = page_of(past_import, "take-back/")

    assert "1 review that came from this file" in text_of(client.get(page))
    answer = client.post(page, follow=True)

    assert "1 review is taken back." in text_of(answer)
    assert not Result.objects.standing().exists()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_empty_table_names_each_item_once_and_is_understood(client, lead, site, form):
    answer = client.get(f"{START}template/{version().pk}.{form}")
    table = answer.content
    if form == "xlsx":
        workbook = load_workbook(io.BytesIO(table))
        heads = [cell.value for cell in workbook.worksheets[0][1]]
        workbook.worksheets[0].append([None] * len(heads))
        workbook.worksheets[0].cell(2, 1, site.name)
        filled = io.BytesIO()
        workbook.save(filled)
        table = filled.getvalue()
    else:
        table += f"{site.name}\r\n".encode()

    client.post(START, {"version": version().pk, "upload": SimpleUploadedFile("filled", table)})

    past_import = PastImport.objects.get()
    assert "" not in past_import.mapping
    assert len(past_import.mapping) == len(version().to_spec().items) + 10
    assert client.get(f"{START}template/{version().pk}.pdf").status_code == 404


@pytest.mark.parametrize("role", [Role.VIEWER, Role.PROGRAM_LEAD, Role.PROGRAM_REVIEWER])
def test_others_are_not_let_in_and_see_no_link(client, site, role):
    user = importer(site, role)
    client.force_login(user)

    assert client.get(START).status_code == 403
    assert client.post(START).status_code == 403
    assert START not in client.get("/").content.decode()


def test_who_may_bring_in_reviews_comes_there_from_home_and_from_the_site(client, lead, site):
    for page in ("/", f"/sites/{site.pk}/"):
        assert f'href="{START}"' in client.get(page).content.decode()


def test_an_upload_is_out_of_sight_to_everyone_else(client, lead, site):
    past_import = uploaded(lead, row(site))
    client.force_login(importer(site))

    for step in ("", "columns/", "file/", "check/", "take-back/"):
        assert client.get(page_of(past_import, step)).status_code == 404
    for step in ("columns/", "file/", "check/", "discard/", "take-back/"):
        assert client.post(page_of(past_import, step)).status_code == 404
    assert "old.csv" not in text_of(client.get(START))


def test_names_and_notes_of_a_file_are_text_and_no_markup(client, lead, site):
    past_import = uploaded(lead, row("<script>alert(1)</script>", Note="=cmd|' /C calc'!A1"))

    assert "<script>alert" not in client.get(page_of(past_import, "check/")).content.decode()
    assert "<script>alert" not in client.get(page_of(past_import, "columns/")).content.decode()


def test_the_pages_take_the_same_queries_for_one_row_and_for_thirty(client, lead, site):
    few = uploaded(lead, row(site))
    many = uploaded(lead, *(row(site, f"20{year}-03-14") for year in range(10, 25)), *[row("Nowhere")] * 15)

    assert queries(client, page_of(few, "check/")) == queries(client, page_of(many, "check/")) <= 20
    brought_in(few)
    SiteFactory(program=site.program)
    for number in range(3):
        past_result(site, starts_on=f"200{number}-03-14")
    brought_in(many, leave_out=True)
    assert queries(client, page_of(few)) == queries(client, page_of(many)) <= 20


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_the_same_moment_bring_in_a_file_once():
    scale_version()
    site = SiteFactory()
    lead = importer(site)
    same, other = uploaded(lead, row(site)), uploaded(lead, row(site))

    outcomes = at_once(lambda: brought_in(same), lambda: brought_in(same), lambda: brought_in(other))

    assert Result.objects.count() == 1
    assert sum(isinstance(outcome, Exception) for outcome in outcomes) in (1, 2)
