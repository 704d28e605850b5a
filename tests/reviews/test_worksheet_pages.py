"""Worksheets in the browser: rows saved as they are typed or all at once, what is wrong, and what a colleague did."""

import pytest

from accounts.permissions import Role
from reviews.forms.worksheets import ROWS_ON_A_PAGE
from reviews.models import Stage
from tests.factories.reviews import ReviewFactory
from tests.reviews.pages import HTMX, read, text_at, text_of
from tests.reviews.sheets import (
    SPECIALISTS,
    cells,
    fields_of,
    jobs,
    keep,
    keys,
    one_row,
    row_of,
    sheet_url,
)
from tests.reviews.situations import at_stage, joined, lead_of

pytestmark = pytest.mark.django_db

AK, BD, CE = SPECIALISTS


@pytest.fixture
def review(client):
    review = ReviewFactory()
    client.force_login(lead_of(review))
    return review


def typed(key: str, **values) -> dict:
    return {f"{key}-{column}": value for column, value in values.items()}


def test_rows_are_typed_and_saved_all_at_once(client, review):
    page = client.get(sheet_url(review, "specialists"))
    fields = fields_of(page)
    first, second, _spare = keys(fields)

    answer = client.post(
        sheet_url(review, "specialists"),
        fields
        | typed(first, name="AK", fte="1.0", caseload="20")
        | typed(second, name="BD", fte="0,6", caseload=" 12 "),
    )

    assert (answer.status_code, answer.url) == (302, sheet_url(review, "specialists"))
    assert cells(review, "specialists") == [AK, BD]
    assert "2 rows saved." in text_of(client.get(answer.url))


def test_a_row_is_saved_on_its_own_as_it_is_typed(client, review):
    keep(review, "specialists", AK, BD)
    url = sheet_url(review, "specialists")
    fields = fields_of(client.get(url))
    key = keys(fields)[0]

    answer = client.post(url, one_row(fields | typed(key, name="CE", fte="0.5", caseload="9"), key), **HTMX)

    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
    assert "Saved" in text_of(answer)
    assert "41 people / 2.1 full-time specialists = 19.5" in text_at(answer, "comes-to")
    assert cells(review, "specialists") == [AK, BD, CE]


def test_a_row_goes_on_from_the_answer_of_its_last_save(client, review):
    url = sheet_url(review, "specialists")
    fields = fields_of(client.get(url))
    key = keys(fields)[0]
    sent = one_row(fields | typed(key, name="AK"), key)
    sent |= read(client.post(url, sent, **HTMX)).loose

    answer = client.post(url, sent | {"rows": [key]} | typed(key, fte="1"), **HTMX)

    assert answer.status_code == 200
    assert cells(review, "specialists") == [{"name": "AK", "fte": "1"}]


@pytest.mark.parametrize(
    ("people", "fte", "sum_", "verdict"),
    [
        ((20, 12, 9), "0.5", "41 people / 2.1 full-time specialists = 19.5", "Suggests 5"),
        ((20, 12, 10), "0.5", "42 people / 2.1 full-time specialists = 20", "Suggests 5"),
        ((20, 12, 10), "0.45", "42 people / 2.05 full-time specialists = 20.49", "anchors 4 and 5"),
    ],
)
def test_the_caseload_is_counted_from_the_specialists(client, review, people, fte, sum_, verdict):
    rows = [row | {"caseload": str(number)} for row, number in zip(SPECIALISTS, people, strict=True)]
    keep(review, "specialists", *rows[:2], rows[2] | {"fte": fte})

    said = text_at(client.get(sheet_url(review, "specialists")), "comes-to")

    assert sum_ in said
    assert verdict in said


@pytest.mark.parametrize(
    ("number", "titles", "held", "said"),
    [
        (20, 17, {}, "17 different job titles among 20 job starts = 85 % Suggests 5"),
        (20, 16, {}, "16 different job titles among 20 job starts = 80 % Suggests 4"),
        (
            9,
            9,
            {"still_held": "yes", "competitive": "yes"},
            "9 jobs held now, all competitive = 100 % Suggests 1",
        ),
    ],
)
def test_job_starts_feed_their_three_items(client, review, number, titles, held, said):
    keep(review, "jobs", *jobs(number, titles, **held))

    assert said in text_at(client.get(sheet_url(review, "jobs")), "comes-to")


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    ("sheet", "values", "column", "problem"),
    [
        ("specialists", {"name": "", "fte": "1"}, "name", "This cell is needed."),
        ("specialists", {"name": "AK", "fte": "three"}, "fte", "Write a number"),
        ("specialists", {"name": "AK", "fte": "2.5"}, "fte", "at most 2"),
        ("specialists", {"name": "AK", "caseload": "1.5"}, "caseload", "Write a whole number."),
        ("specialists", {"name": "AK", "phases": "a z"}, "phases", "letters of the phases"),
        (
            "jobs",
            {"title": "Cook", "employer": "Inn", "started_on": "31/02/2026"},
            "started_on",
            "Write a date",
        ),
        (
            "records",
            {"record": "1", "contacts": "2", "fitting": "3"},
            "fitting",
            "more than what it is a part of",
        ),
        (
            "first-contacts",
            {"record": "1", "joined_on": "2026-05-02", "first_contact_on": "2026-05-01"},
            "first_contact_on",
            "before the first",
        ),
    ],
)
def test_a_wrong_cell_is_told_beside_it_and_stays_as_typed(
    client, review, sheet, values, column, problem, htmx
):
    url = sheet_url(review, sheet)
    fields = fields_of(client.get(url))
    key = keys(fields)[0]
    sent = fields | typed(key, **values)

    answer = client.post(url, one_row(sent, key) if htmx else sent, **(HTMX if htmx else {}))

    assert answer.status_code == 422
    assert problem in text_at(answer, f"error_{key}-{column}")
    assert cells(review, sheet) == []
    if not htmx:
        assert "Error:" in text_of(answer)
        assert fields_of(answer)[f"{key}-{column}"] == values[column]


def test_rows_beside_a_wrong_one_are_saved(client, review):
    keep(review, "specialists", AK)
    url = sheet_url(review, "specialists")
    fields = fields_of(client.get(url))
    first, second, _ = keys(fields)

    answer = client.post(url, fields | typed(first, name="BD", fte="x") | typed(second, name="CE"))

    assert answer.status_code == 422
    assert "The other rows are saved. These are not yet" in text_of(answer)
    assert cells(review, "specialists") == [AK, {"name": "CE"}]
    assert client.post(url, fields_of(answer) | typed(first, fte="0.6")).status_code == 302
    assert len(cells(review, "specialists")) == 3


def test_rows_that_were_not_sent_stand_on_the_page_all_the_same(client, review):
    keep(review, "specialists", AK, BD)
    url = sheet_url(review, "specialists")
    fields = fields_of(client.get(url))

    answer = client.post(
        url, one_row(fields | typed(row_of(fields, "name", "AK"), fte="x"), fields["rows"][0])
    )

    shown = fields_of(answer)
    assert answer.status_code == 422
    assert [shown[f"{key}-name"] for key in shown["rows"]] == ["AK", "BD", "", "", ""]


def test_a_name_that_another_row_has_is_told(client, review):
    keep(review, "specialists", AK)
    url = sheet_url(review, "specialists")
    fields = fields_of(client.get(url))
    key = keys(fields)[0]

    answer = client.post(url, fields | typed(key, name="ak"))

    assert answer.status_code == 422
    assert "Another row has the same." in text_at(answer, f"error_{key}-name")


def test_an_emptied_row_is_not_kept_and_not_lost(client, review):
    keep(review, "specialists", {"name": "AK"})
    url = sheet_url(review, "specialists")
    fields = fields_of(client.get(url))

    answer = client.post(url, fields | typed(row_of(fields, "name", "AK"), name=""))

    assert answer.status_code == 422
    assert cells(review, "specialists") == [{"name": "AK"}]


def test_saving_nothing_changes_nothing(client, review):
    (row,) = keep(review, "specialists", AK)
    url = sheet_url(review, "specialists")

    answer = client.post(url, fields_of(client.get(url)))

    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.revision == 1


@pytest.mark.parametrize("htmx", [False, True])
def test_a_save_that_brings_no_row_is_never_told_as_saved(client, review, htmx):
    assert client.post(sheet_url(review, "specialists"), **(HTMX if htmx else {})).status_code == 422


def both_open(client, review):
    """The page as the lead opened it, and the row as a colleague has changed it since."""
    (row,) = keep(review, "specialists", AK)
    url = sheet_url(review, "specialists")
    opened = fields_of(client.get(url))
    row.cells, row.revision = AK | {"fte": "0.8"}, 2
    row.updated_by = joined(review, Role.REVIEWER, user__name="Nia Colleague")
    row.save()
    return url, opened, f"row-{row.pk}"


@pytest.mark.parametrize("htmx", [False, True])
def test_a_row_that_a_colleague_changed_is_shown_beside_mine_and_not_overwritten(client, review, htmx):
    url, opened, key = both_open(client, review)
    sent = opened | typed(key, fte="0.9") | typed(keys(opened)[0], name="BD")

    answer = client.post(url, one_row(sent, key) if htmx else sent, **(HTMX if htmx else {}))

    assert answer.status_code == 409
    told = text_at(answer, f"under_{key}")
    assert "Nia Colleague saved something else" in told
    assert "Full-time equivalent 0.8 0.9" in told
    assert cells(review, "specialists")[0]["fte"] == "0.8"
    if not htmx:
        assert fields_of(answer)[f"{key}-fte"] == "0.9"
        assert len(cells(review, "specialists")) == 2


def test_a_colleagues_row_is_no_quarrel_where_i_typed_nothing_in_it(client, review):
    url, opened, _key = both_open(client, review)

    answer = client.post(url, opened | typed(keys(opened)[0], name="BD"))

    assert answer.status_code == 302
    assert [row.get("fte") for row in cells(review, "specialists")] == ["0.8", None]


def test_mine_is_saved_instead_when_i_say_so(client, review):
    url, opened, key = both_open(client, review)
    told = client.post(url, opened | typed(key, fte="0.9"))

    answer = client.post(url, fields_of(told) | {"go": f"mine:{key}:2"})

    assert answer.status_code == 302
    assert cells(review, "specialists")[0]["fte"] == "0.9"


def test_mine_is_told_again_where_they_changed_it_once_more(client, review):
    url, opened, key = both_open(client, review)
    told = client.post(url, opened | typed(key, fte="0.9"))
    row = review.worksheet_rows.get()
    row.cells, row.revision = AK | {"fte": "0.7"}, 3
    row.save()

    answer = client.post(url, fields_of(told) | {"go": f"mine:{key}:2"})

    assert answer.status_code == 409
    assert cells(review, "specialists")[0]["fte"] == "0.7"


def test_theirs_stays_when_i_say_so(client, review):
    url, opened, key = both_open(client, review)
    told = client.post(url, opened | typed(key, fte="0.9"))

    answer = client.post(url, fields_of(told) | {"go": f"theirs:{key}"})

    assert answer.status_code == 302
    assert fields_of(client.get(url))[f"{key}-fte"] == "0.8"


def test_a_told_row_is_not_overwritten_by_an_ordinary_save(client, review):
    url, opened, key = both_open(client, review)
    told = client.post(url, opened | typed(key, fte="0.9"))

    assert client.post(url, fields_of(told)).status_code == 409
    assert cells(review, "specialists")[0]["fte"] == "0.8"


def test_a_row_that_was_removed_meanwhile_can_be_put_back(client, review):
    url, opened, key = both_open(client, review)
    review.worksheet_rows.all().delete()
    told = client.post(url, opened | typed(key, fte="0.9"))
    assert told.status_code == 409
    assert "someone removed it meanwhile" in text_at(told, f"under_{key}")

    answer = client.post(url, fields_of(told) | {"go": f"back:{key}"})

    assert answer.status_code == 302
    assert cells(review, "specialists") == [AK | {"fte": "0.9"}]


def test_a_row_is_removed_after_a_second_button_that_says_who_changed_it_last(client, review):
    row, _ = keep(review, "specialists", AK, BD)
    url = sheet_url(review, "specialists")
    page = client.get(url)
    assert f"Last changed by {lead_of(review).name}" in text_at(page, f"remove_row-{row.pk}")
    assert "Yes, remove row 1" in text_at(page, f"remove_row-{row.pk}")

    answer = client.post(url, fields_of(page) | {"go": f"remove:row-{row.pk}"})

    assert answer.status_code == 302
    assert cells(review, "specialists") == [BD]


def test_a_row_that_a_colleague_changed_is_not_removed_unseen(client, review):
    url, opened, key = both_open(client, review)

    answer = client.post(url, opened | {"go": f"remove:{key}"})

    assert answer.status_code == 409
    assert "Someone changed the row that you wanted to remove." in text_of(answer)
    assert cells(review, "specialists")[0]["fte"] == "0.8"


def test_what_is_typed_is_text_and_never_markup(client, review):
    keep(review, "jobs", {"title": "<script>alert(1)</script>", "employer": '"><b>'})

    page = client.get(sheet_url(review, "jobs"))

    assert "<script>alert" not in page.content.decode()
    assert fields_of(page)[f"row-{review.worksheet_rows.get().pk}-employer"] == '"><b>'


def test_a_long_worksheet_comes_in_pages(client, review):
    keep(review, "jobs", *jobs(ROWS_ON_A_PAGE + 5, 10))
    url = sheet_url(review, "jobs")

    first, second = fields_of(client.get(url)), fields_of(client.get(f"{url}?page=2"))

    assert (len(keys(first, "row")), len(keys(first))) == (ROWS_ON_A_PAGE, 0)
    assert (len(keys(second, "row")), len(keys(second))) == (5, 3)
    answer = client.post(f"{url}?page=2", second | typed(keys(second)[0], title="Cook", employer="Inn"))
    assert answer.url == f"{url}?page=2"
    assert review.worksheet_rows.count() == ROWS_ON_A_PAGE + 6


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "", "²", "9" * 50])
def test_a_page_that_is_not_there_is_one_that_is(client, review, page):
    assert client.get(f"{sheet_url(review, 'jobs')}?page={page}").status_code == 200


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.ISSUED])
def test_worksheets_are_read_only_once_the_report_is_drafted(client, review, stage):
    keep(review, "specialists", AK)
    at_stage(review, stage)

    page = client.get(sheet_url(review, "specialists"))

    assert "AK" in text_of(page)
    assert fields_of(page) == {"rows": []}
    assert client.post(sheet_url(review, "specialists"), {"rows": "new-1"}).status_code == 403


@pytest.mark.parametrize("sheet", ["nothing", "Specialists", "x"])
def test_a_worksheet_that_is_not_there_is_not_found(client, review, sheet):
    assert client.get(sheet_url(review, sheet)).status_code == 404
