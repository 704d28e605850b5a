"""Anyone asks whether a file was issued here: the answer names its edition, or says that it is not one of ours."""

import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from reports.bundles.keeping import delete
from reports.models import Bundle
from reviews.models import Edition
from tests.reports.bundles import asked, content, go_on, manager_with
from tests.reports.steps import begun, correct, issue, withdraw
from tests.reviews.pages import text_of
from tests.reviews.situations import in_draft

pytestmark = pytest.mark.django_db

CHECK = "/check/"
NOT_OURS = "Not one of ours, or changed since"
NEITHER = "A draft, and several reports bound together, are not known here either."
HOLDS, CORRECTED = "It was issued here, and it holds", "It was issued here, and corrected since"
WITHDRAWN = "It was issued here, and withdrawn since"


def upload(client, data: bytes, name: str = "report.pdf"):
    return client.post(CHECK, {"file": SimpleUploadedFile(name, data)})


@pytest.fixture
def edition() -> Edition:
    """1.0, told apart from others by its site."""
    return issue(in_draft(4).pk)


def test_the_pdf_and_the_data_of_an_edition_are_known_to_a_stranger(client, edition):
    site = edition.review.site.name

    for response, kind in (
        (upload(client, edition.document.encode(), "data.json"), "its data (JSON), unchanged"),
        (
            client.post(CHECK, {"sha256": f" {edition.document_sha256.upper()}\n"}),
            "its data (JSON), unchanged",
        ),
        (upload(client, bytes(edition.pdf)), "its PDF, unchanged"),
    ):
        text = text_of(response)
        assert response.status_code == 200
        assert HOLDS in text
        assert (
            f"Report {site} Visit 14–15 October 2026" in text
            or f"Report {site} Visit October 14–15, 2026" in text
        )
        assert kind in text


def test_a_changed_file_and_one_of_another_kind_are_not_ours(client, edition):
    for data in (bytes(edition.pdf) + b" ", edition.document.encode()[:-1], b"x"):
        text = text_of(upload(client, data))
        assert NOT_OURS in text
        assert edition.review.site.name not in text
        assert "Word, Excel and CSV files are written anew each time" in text


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("report.docx", b"PK\x03\x04"),
        ("renamed", b"PK\x03\x04"),
        ("Scores.XLSX", b"x"),
        ("scores.csv", b"item,score"),
        ("reports.zip", b"PK\x05\x06"),
    ],
)
def test_a_file_that_is_written_anew_each_time_is_not_called_changed(client, name, data):
    text = text_of(upload(client, data, name))

    assert "This kind of file cannot be checked; check the PDF or the JSON." in text
    assert NOT_OURS not in text


@pytest.mark.parametrize("sent", [{"file": b"%PDF-1.7 a draft"}, {"sha256": "0" * 64}])
def test_of_an_unknown_pdf_it_is_told_that_it_may_be_a_draft_or_several_reports(client, sent):
    response = upload(client, sent["file"], "scores.csv") if "file" in sent else client.post(CHECK, sent)

    assert NOT_OURS in text_of(response)
    assert NEITHER in text_of(response)
    assert NEITHER not in text_of(upload(client, b"{}", "data.json"))


@pytest.mark.parametrize("form", list(Bundle.Form))
def test_a_file_of_several_reports_is_known_as_long_as_it_is_kept(client, form, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = content(bundle := go_on(asked(manager_with(2), form)))
    day = date_format(localtime(bundle.finished_at), "DATE_FORMAT")

    text = text_of(upload(client, made, "reports"))

    assert f"It was put together here on {day}, and is unchanged." in text
    assert NOT_OURS not in text
    delete(bundle)
    assert "put together here" not in text_of(upload(client, made, "reports"))


def test_an_edition_that_was_corrected_or_withdrawn_is_told_so(client, edition):
    begun(edition.review, score=2)
    later = correct(edition.review_id)

    old, new = upload(client, bytes(edition.document.encode())), upload(client, bytes(later.pdf))
    assert CORRECTED in text_of(old)
    assert "Edition 1.1, issued" in text_of(old)
    assert HOLDS in text_of(new)

    stamped = withdraw(later, stamp=lambda withdrawal: ("{}", b"%PDF-stamped"))
    for data in (bytes(later.pdf), bytes(stamped.pdf)):
        assert WITHDRAWN in text_of(upload(client, data))
    assert "the copy that is marked" in text_of(upload(client, bytes(stamped.pdf)))
    assert HOLDS in text_of(upload(client, edition.document.encode()))


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Choose a file, or type its SHA-256."),
        ({"sha256": "not-a-number"}, "A SHA-256 has 64 signs"),
        ({"sha256": "g" * 64}, "A SHA-256 has 64 signs"),
    ],
)
def test_what_cannot_be_checked_is_told_beside_its_field(client, sent, told):
    response = client.post(CHECK, sent)

    assert response.status_code == 422
    assert text_of(response).count(told) == 2


def test_an_empty_file_is_told(client):
    assert upload(client, b"").status_code == 422


def test_too_large_a_file_is_refused_before_it_is_read(client, monkeypatch):
    monkeypatch.setattr("reports.check_views.MOST_MEGABYTES", 0)

    response = upload(client, b"x" * 100_000)

    assert response.status_code == 422
    assert "no report is" in text_of(response)


def test_nothing_is_kept_or_told_to_the_log_and_the_answers_cost_the_same(client, edition, caplog):
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as queries:
        upload(client, b"a file of somebody's")

    writes = ("INSERT", "UPDATE", "DELETE")
    assert [query["sql"] for query in queries if query["sql"].startswith(writes)] == []
    assert len(queries) == 2
    assert "somebody" not in caplog.text


def test_who_signs_in_and_who_reads_a_report_find_the_page(client, edition):
    assert f'href="{CHECK}"' in client.get(reverse("account_login")).content.decode()
    client.force_login(edition.issued_by)
    page = client.get(reverse("reports:report", args=[edition.review_id])).content.decode()
    assert f'href="{CHECK}"' in page
    assert edition.pdf_sha256 in page
