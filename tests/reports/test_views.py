import io
import re

import pytest
from django.urls import reverse
from docx import Document
from pypdf import PdfReader

from accounts.permissions import Role
from reports.document import sha256
from reports.editions import compose_edition
from reviews.actions.issuing import issue_review
from reviews.actions.moderating import decide_on_draft, send_to_moderator
from reviews.finishing.state import state_of
from reviews.models import Stage
from tests.factories.accounts import PASSWORD, UserFactory
from tests.reports.reviews import draft, follow_up, issued_report, sign_in_lead
from tests.reviews.pages import text_of
from tests.reviews.situations import at_stage, fresh, in_program, joined, lead_of

pytestmark = pytest.mark.django_db


def address(name: str, review, **numbers) -> str:
    return reverse(f"reports:{name}", kwargs={"pk": review.pk, **numbers})


ONE_0 = {"major": 1, "minor": 0}
DRAFT_PAGES = ["report", "draft_pdf"]
CONFIRMED = {"has_read": "on", "not_asked_because": "A test.", "password": PASSWORD}
ENDINGS = ["docx", "xlsx", "csv", "json"]


def reader(review, role: str):
    people = {
        "lead": lambda: lead_of(review),
        "observer": lambda: joined(review, Role.OBSERVER),
        "moderator": lambda: joined(review, Role.MODERATOR),
        "program manager": lambda: in_program(review, Role.PROGRAM_MANAGER),
        "viewer": lambda: in_program(review, Role.VIEWER),
        "outsider": UserFactory,
    }
    return people[role]()


@pytest.mark.parametrize(
    ("role", "report", "draft_pdf", "issue"),
    [
        ("lead", 200, 200, 200),
        ("moderator", 200, 200, 403),
        ("observer", 403, 403, 403),
        ("program manager", 403, 403, 403),
        ("viewer", 404, 404, 404),
        ("outsider", 404, 404, 404),
    ],
)
def test_who_reads_and_issues_a_draft(client, monkeypatch, role, report, draft_pdf, issue):
    monkeypatch.setattr("reports.views.write_pdf", lambda document, paper: b"%PDF-")
    review = draft()
    client.force_login(reader(review, role))

    statuses = [client.get(address(name, review)).status_code for name in (*DRAFT_PAGES, "issue")]

    assert statuses == [report, draft_pdf, issue]


@pytest.mark.parametrize(
    ("role", "expected"),
    [("lead", 200), ("observer", 200), ("program manager", 200), ("viewer", 200), ("outsider", 404)],
)
def test_who_reads_an_issued_report(client, role, expected):
    review = issued_report()
    client.force_login(reader(review, role))

    pages = [
        address("report", review),
        address("edition", review, **ONE_0),
        address("edition_pdf", review, **ONE_0),
    ]

    assert [client.get(page).status_code for page in pages] == [expected] * 3


@pytest.mark.parametrize(
    ("role", "of_draft", "of_edition"),
    [
        ("lead", 200, 200),
        ("moderator", 200, 200),
        ("observer", 403, 200),
        ("program manager", 403, 200),
        ("viewer", 404, 200),
        ("outsider", 404, 404),
    ],
)
def test_who_has_the_files_of_a_draft_and_of_an_edition(client, role, of_draft, of_edition):
    review = draft()
    person = reader(review, role)
    client.force_login(person)
    drafts = [client.get(address(f"draft_{ending}", review)).status_code for ending in ENDINGS]
    early = [client.get(address(f"edition_{ending}", review, **ONE_0)).status_code for ending in ENDINGS]

    if role == "moderator":
        send_to_moderator(review=fresh(review), by=lead_of(review))
        state = state_of(fresh(review))
        decide_on_draft(review=fresh(review), approve=True, note="", item_notes={}, state=state, by=person)
    issue_review(
        review=review, by=lead_of(review), compose=compose_edition, not_asked_because="Nobody to ask."
    )
    editions = [client.get(address(f"edition_{ending}", review, **ONE_0)).status_code for ending in ENDINGS]

    assert drafts == [of_draft] * 4
    assert not {200, 302} & set(early)
    assert editions == [of_edition] * 4


@pytest.mark.parametrize(
    ("ending", "media_type"),
    [
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("csv", "text/csv; charset=utf-8"),
        ("json", "application/json"),
    ],
)
def test_a_file_is_kept_under_a_telling_name_and_never_in_a_shared_place(client, ending, media_type):
    review = issued_report()
    client.force_login(lead_of(review))

    response = client.get(address(f"edition_{ending}", review, **ONE_0))

    assert response["Content-Type"] == media_type
    assert response["Content-Disposition"].startswith('attachment; filename="fidelity-review-site-')
    assert response["Content-Disposition"].endswith(f'-2026-10-14-edition-1.0.{ending}"')
    assert response["Cache-Control"] == "private, no-store"


def test_the_json_of_an_edition_is_its_frozen_data(client):
    review = issued_report()
    review.site.name = "Renamed since"
    review.site.save()
    client.force_login(lead_of(review))

    response = client.get(address("edition_json", review, **ONE_0))

    assert response.content.decode() == review.editions.get().document
    assert sha256(response.content) == review.editions.get().document_sha256


@pytest.mark.parametrize(
    ("asked", "width"), [("?paper=letter", 215.9), ("?paper=a4", 210), ("?paper=napkin", 210), ("", 210)]
)
def test_a_file_comes_on_the_paper_that_is_asked_for(client, asked, width):
    review = draft()
    client.force_login(lead_of(review))

    response = client.get(address("draft_docx", review) + asked)

    page = Document(io.BytesIO(response.content)).sections[0]
    assert round(page.page_width.mm, 1) == width


def test_a_draft_pdf_comes_on_the_paper_that_is_asked_for(client):
    review = draft()
    client.force_login(lead_of(review))

    response = client.get(address("draft_pdf", review) + "?download&paper=letter")

    assert round(float(PdfReader(io.BytesIO(response.content)).pages[0].mediabox.width)) == 612


def test_the_page_leads_to_every_file_that_there_is(client):
    review = draft()
    client.force_login(lead_of(review))

    page = client.get(address("report", review)).content.decode()
    addresses = re.findall(r'href="([^"]+/draft\.[^"]+)"', page)
    statuses = {one: client.get(one.replace("&amp;", "&")).status_code for one in addresses}

    assert len(statuses) == 1 + 4 + 3
    assert set(statuses.values()) == {200}


@pytest.mark.parametrize("stage", [Stage.RATING, Stage.CONSENSUS])
def test_there_is_no_draft_before_its_stage(client, stage):
    review = at_stage(draft(), stage)
    client.force_login(lead_of(review))

    assert [client.get(address(name, review)).status_code for name in DRAFT_PAGES] == [403, 403]


def test_the_draft_page_shows_what_stands_now(client):
    review = draft(setting="primary-care")
    client.force_login(lead_of(review))

    text = text_of(client.get(address("report", review)))

    assert "DRAFT" in text
    assert "100 of 125" in text
    assert "Caseloads are small" in text


def test_the_page_of_an_issued_report_shows_its_frozen_data(client):
    review = issued_report()
    review.site.name = "Renamed since"
    review.site.save()
    client.force_login(lead_of(review))

    text = text_of(client.get(address("report", review)))

    assert review.editions.get().document_sha256 in text
    assert text.count("Renamed since") < text.count("Site")


def test_the_stored_pdf_comes_as_it_is_with_a_telling_name(client):
    review = issued_report()
    client.force_login(lead_of(review))

    response = client.get(address("edition_pdf", review, **ONE_0))

    assert response.content == bytes(review.editions.get().pdf)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith('inline; filename="fidelity-review-site-')
    assert response["Content-Disposition"].endswith('-2026-10-14-edition-1.0.pdf"')


def test_a_pdf_is_kept_as_a_file_on_request(client):
    review = issued_report()
    client.force_login(lead_of(review))

    response = client.get(address("edition_pdf", review, **ONE_0) + "?download")

    assert response["Content-Disposition"].startswith("attachment;")


def test_a_browser_that_has_the_pdf_is_told_so(client):
    review = issued_report()
    client.force_login(lead_of(review))
    first = client.get(address("edition_pdf", review, **ONE_0))

    again = client.get(address("edition_pdf", review, **ONE_0), headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert review.editions.get().pdf_sha256 in first["ETag"]


def test_an_edition_that_does_not_exist_is_not_found(client):
    review = issued_report()
    client.force_login(lead_of(review))

    assert client.get(address("edition", review, major=1, minor=7)).status_code == 404


def test_the_lead_issues_the_report(client):
    review = draft()
    sign_in_lead(client, review)

    response = client.post(address("issue", review), CONFIRMED)

    assert response.url == address("report", review)
    review = fresh(review)
    assert review.stage == Stage.ISSUED
    assert bytes(review.editions.get().pdf).startswith(b"%PDF-")


def test_issuing_asks_for_the_confirmation(client):
    review = draft()
    client.force_login(lead_of(review))

    response = client.post(address("issue", review), {})

    assert response.status_code == 422
    assert "Error:" in text_of(response)
    assert "Read the draft first" in text_of(response)
    assert fresh(review).stage == Stage.DRAFT


def test_what_is_missing_stands_in_the_place_of_the_button(client):
    review = draft()
    review.consensus.filter(item__number=3).update(score=None)
    client.force_login(lead_of(review))

    response = client.get(address("issue", review))

    assert "has no agreed score" in text_of(response)
    assert "has_read" not in response.content.decode()


def test_an_incomplete_report_is_not_issued(client):
    review = draft()
    review.consensus.filter(item__number=3).update(score=None)
    sign_in_lead(client, review)

    response = client.post(address("issue", review), CONFIRMED)

    assert response.status_code == 422
    assert fresh(review).stage == Stage.DRAFT


def test_reading_takes_the_same_queries_with_and_without_history(client, django_assert_max_num_queries):
    review = follow_up()
    client.force_login(lead_of(review))
    client.get(address("report", review))

    with django_assert_max_num_queries(20):
        client.get(address("report", review))
