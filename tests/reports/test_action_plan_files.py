"""Goals as files: everything of the plan is in each, text that a spreadsheet would compute stays text."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from reports.action_plan_files import COLUMNS, plan_file
from reports.on_paper.action_plan import plan_on_paper, plan_pdf
from reports.writers.csv_file import GUARD
from reviews.actions.action_plans import add_progress, close_goal
from reviews.models import Goal
from tests.reviews.plans_after import goal_in, goals_of, issued_with_plan, manager_of

pytestmark = pytest.mark.django_db

FORMULA = "=1+1"


@pytest.fixture
def review():
    review = issued_with_plan()
    by, first = manager_of(review), goals_of(review)[0]
    goal = goal_in(
        review, by, what=FORMULA, owner="@ada", due_on=date(2027, 3, 31), measure="-5 of 10 \x01 records"
    )
    add_progress(goal=goal, text="+ one more", by=by)
    close_goal(goal=first, status=Goal.Status.REACHED, closed_on=date(2026, 5, 3), by=by)
    return review


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def cells_of(data: bytes) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(data)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]


def test_the_csv_file_has_every_goal_and_guards_what_looks_like_a_formula(review):
    rows = rows_of(plan_file(review.action_plan, "csv").data)

    assert [row["place"] for row in rows] == ["1", "2", "3", "4"]
    assert (rows[0]["score_then"], rows[0]["target"], rows[0]["status"], rows[0]["closed_on"]) == (
        "3",
        "5",
        "reached",
        "2026-05-03",
    )
    assert (rows[3]["what"], rows[3]["owner"]) == (f"{GUARD}{FORMULA}", f"{GUARD}@ada")
    assert rows[3]["due_on"] == "2027-03-31"
    assert "+ one more" in rows[3]["notes"]
    assert tuple(rows[0]) == COLUMNS


def test_the_workbook_has_the_same_with_numbers_as_numbers_and_formulas_as_text(review):
    file = plan_file(review.action_plan, "xlsx")
    cells = cells_of(file.data)
    sheet = load_workbook(io.BytesIO(file.data)).active
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == FORMULA)

    assert file.name.startswith("action-plan-")
    assert len(cells) == 4
    assert cells[0][6:8] == [3, 5]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert "[U+0001]" in cells[3][11]


def test_files_are_had_from_the_pages_and_hold_what_those_show(client, review):
    client.force_login(manager_of(review))

    plan = client.get(f"/reviews/{review.pk}/action-plan.csv")
    open_ones, closed = client.get("/actions.csv"), client.get("/actions.csv?show=closed")
    pdf = client.get(f"/reviews/{review.pk}/action-plan.pdf")

    assert "attachment" in plan["Content-Disposition"]
    assert [len(rows_of(one.content)) for one in (plan, open_ones, closed)] == [4, 3, 1]
    assert len(cells_of(client.get("/actions.xlsx").content)) == 3
    said = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.content)).pages)
    for text in (FORMULA, "@ada", "31 March 2027", "+ one more", "reached 3 May 2026", "3 → 5"):
        assert text in said


def test_a_report_without_a_plan_has_no_file(client):
    review = issued_with_plan()
    client.force_login(manager_of(review))
    review.action_plan.delete()

    for ending in ("csv", "xlsx", "pdf"):
        assert client.get(f"/reviews/{review.pk}/action-plan.{ending}").status_code == 404


def test_the_pdf_asks_nothing_more_of_a_goal_that_is_closed(review):
    by = manager_of(review)
    waiting = "nobody yet"

    def count() -> int:
        data = plan_pdf(plan_on_paper(review.action_plan))
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).count(waiting)

    assert count() == 2
    second = goals_of(review)[1]
    close_goal(goal=second, status=Goal.Status.SET_ASIDE, closed_on=date(2026, 11, 3), reason="Sold.", by=by)
    assert count() == 1
