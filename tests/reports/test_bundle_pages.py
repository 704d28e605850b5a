"""The pages for several reports at once: choosing, asking, how far it is, the file; and whose they are."""

import hashlib
import re

import pgtrigger
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.permissions import Role
from reports.bundles.keeping import DAYS_KEPT
from reports.models import Bundle
from reviews.models import Edition
from tests.factories.accounts import UserFactory
from tests.factories.programs import MembershipFactory, ProgramFactory
from tests.reports.bundles import asked, go_on, manager_of, manager_with, rate_again, reports_of
from tests.reviews.pages import HTMX, error_beside, form_on, text_of
from tests.reviews.situations import submitted_by

pytestmark = pytest.mark.django_db

PAGE = "/reports/"
CLOSED = "Reports of a site that you are rating now are closed to you until your own ratings are in."


@pytest.fixture(autouse=True)
def _files_of_this_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def address(name: str, bundle: Bundle) -> str:
    return reverse(f"reports:{name}", args=[bundle.pk])


def signed_in(client, user):
    client.force_login(user)
    return client


def test_what_a_choice_names_is_shown_before_it_is_asked_for(client):
    one, other = ProgramFactory(name="Bayside"), ProgramFactory(name="Fellside")
    reports_of(one, 3)
    reports_of(other, 1)
    signed_in(client, manager_of(one, other))

    page = client.get(PAGE, {"program": one.pk, "visits_from": "2026-01-12"})

    assert page.status_code == 200
    assert "2 reports" in text_of(page)
    assert "Site 01" in text_of(page)
    assert "Site 00" not in text_of(page)
    assert not Bundle.objects.exists()
    fields = form_on(page, "make-form")
    assert (fields["program"], fields["visits_from"]) == (str(one.pk), "2026-01-12")

    answer = client.post(PAGE, fields)

    bundle = Bundle.objects.get()
    assert answer.url == address("bundle", bundle)
    assert (bundle.program, bundle.form, bundle.reports.count()) == (one, Bundle.Form.ZIP, 2)


def test_a_choice_that_names_nothing_says_so_and_cannot_be_asked_for(client):
    signed_in(client, manager_with(1))

    assert "0 reports" in text_of(client.get(PAGE, {"visits_from": "2030-01-01"}))
    answer = client.post(PAGE, {"visits_from": "2030-01-01", "form": "zip"})
    assert answer.status_code == 422
    assert "There is no report among these." in text_of(answer)
    assert not Bundle.objects.exists()


def test_someone_without_any_report_is_told_so(client):
    page = signed_in(client, UserFactory()).get(PAGE)

    assert "no issued report that you may read yet" in text_of(page)
    assert CLOSED not in text_of(page)
    assert client.post(PAGE, {"form": "zip"}).status_code == 422


def test_someone_who_rates_is_told_when_a_report_is_held_back_and_only_then(client):
    program = ProgramFactory()
    first, second = reports_of(program, 2)
    viewer = MembershipFactory(program=program, role=Role.VIEWER.value).user
    newcomer = UserFactory()
    rate_again(newcomer, first.review)

    assert CLOSED not in text_of(signed_in(client, viewer).get(PAGE))
    assert CLOSED not in text_of(signed_in(client, newcomer).get(PAGE)), (
        "no role opens the last report anyway"
    )
    again = rate_again(viewer, first.review)
    page = text_of(signed_in(client, viewer).get(PAGE))
    assert CLOSED in page
    assert "1 report" in page
    later = rate_again(viewer, second.review)
    page = text_of(client.get(PAGE))
    assert CLOSED in page
    assert "no issued report that you may read yet" in page
    for review in (again, later):
        submitted_by(review, viewer)
    assert CLOSED not in text_of(client.get(PAGE))


def test_dates_that_make_no_sense_are_said_beside_their_field_and_stay(client):
    signed_in(client, manager_with(1))

    page = client.get(PAGE, {"visits_from": "2026-05-01", "visits_to": "2026-01-01", "program": "x"})

    assert page.status_code == 422
    assert "before the first day" in error_beside(page, "visits_to")
    assert "There is something to mend" in text_of(page)
    assert b'value="2026-05-01"' in page.content


def test_excel_files_do_not_go_into_a_bound_pdf(client):
    signed_in(client, manager_with(1))

    answer = client.post(PAGE, {"form": "pdf", "with_workbooks": "on"})

    assert answer.status_code == 422
    assert "zip file only" in error_beside(answer, "with_workbooks")


def test_another_persons_bundle_is_out_of_sight(client):
    program = ProgramFactory()
    reports_of(program, 1)
    bundle = go_on(asked(manager_of(program)))
    signed_in(client, manager_of(program))

    for name in ("bundle", "bundle_file"):
        assert client.get(address(name, bundle)).status_code == 404
    for name in ("stop_bundle", "delete_bundle"):
        assert client.post(address(name, bundle)).status_code == 404
        assert client.get(address(name, bundle)).status_code == 405
    assert Bundle.objects.filter(pk=bundle.pk).exists()


def test_the_page_asks_how_far_it_is_until_the_file_is_there(client):
    by = manager_with(3)
    bundle = asked(by)
    page = address("bundle", bundle)
    signed_in(client, by)

    whole, part = client.get(page), client.get(page, **HTMX)
    assert b"hx-trigger" in whole.content
    assert "0 of 3 reports" in text_of(whole)
    assert "the worker of this installation is not running" in text_of(part)
    assert part.status_code == 200
    assert b"<html" not in part.content
    assert client.get(address("bundle_file", bundle)).status_code == 404

    go_on(bundle)
    last = client.get(page, **HTMX)
    assert last.status_code == 286
    assert "The file is ready." in text_of(last)
    assert b"hx-trigger" not in client.get(page).content
    assert "ready, 3 reports" in text_of(client.get(PAGE))
    assert f"kept for {DAYS_KEPT} days" in text_of(client.get(PAGE))


def test_the_file_comes_from_storage_as_it_was_made(client):
    by = manager_with(2)
    bundle = go_on(asked(by))
    signed_in(client, by)

    answer = client.get(address("bundle_file", bundle))

    data = b"".join(answer.streaming_content)
    assert hashlib.sha256(data).hexdigest() == bundle.file_sha256
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Length"] == str(bundle.file_size)
    assert answer["Cache-Control"] == "private, no-store"
    name = r'attachment; filename="fidelity-reports-\d{4}-\d\d-\d\d\.zip"'
    assert re.fullmatch(name, answer["Content-Disposition"])


def test_a_file_is_closed_while_one_rates_a_site_in_it_and_opens_again(client):
    program = ProgramFactory()
    edition = reports_of(program, 2)[0]
    by = MembershipFactory(program=program, role=Role.VIEWER.value).user
    bundle = go_on(asked(by))
    signed_in(client, by)

    again = rate_again(by, edition.review)

    page = client.get(address("bundle", bundle))
    assert client.get(address("bundle_file", bundle)).status_code == 403
    assert "This file is closed to you now" in text_of(page)
    assert "Site 00" in text_of(page)
    assert address("bundle_file", bundle) not in page.content.decode()

    submitted_by(again, by)
    answer = client.get(address("bundle_file", bundle))
    assert answer.status_code == 200
    answer.close()


def test_what_was_left_out_is_named_with_its_reason(client):
    program = ProgramFactory()
    spoiled = reports_of(program, 2)[0]
    by = manager_of(program)
    with pgtrigger.ignore("reviews.Edition:an_edition_is_written_once"):
        Edition.objects.filter(pk=spoiled.pk).update(pdf=b"%PDF-1.7 not it")
    bundle = go_on(asked(by))

    page = signed_in(client, by).get(address("bundle", bundle))

    assert "Left out" in text_of(page)
    assert "Site 00, January 5, 2026: The stored PDF is not the one that was issued." in text_of(page)


def test_a_bundle_is_stopped_and_taken_off_the_list(client):
    by = manager_with(1)
    bundle = asked(by)
    signed_in(client, by)

    stopped = client.post(address("stop_bundle", bundle), follow=True)
    assert "You stopped it." in text_of(stopped)
    assert "It had ended already." in text_of(client.post(address("stop_bundle", bundle), follow=True))

    gone = client.post(address("delete_bundle", bundle), follow=True)
    assert "The file is deleted." in text_of(gone)
    assert not Bundle.objects.exists()


def test_your_files_are_listed_the_newest_first(client):
    user = manager_with(1)
    signed_in(client, user)
    asked_for = [asked(user, form) for form in (Bundle.Form.ZIP, Bundle.Form.BOUND)]

    shown = client.get(PAGE).content.decode()

    first, last = (shown.index(address("bundle", one)) for one in asked_for)
    assert last < first


def test_one_that_is_being_made_is_not_deleted(client):
    by = manager_with(1)
    bundle = asked(by)

    answer = signed_in(client, by).post(address("delete_bundle", bundle), follow=True)

    assert "Stop it first." in text_of(answer)
    assert Bundle.objects.exists()


def test_a_year_is_one_click_and_british_words_are_british(client):
    user = manager_with(1)
    signed_in(client, user)
    MembershipFactory(program=reports_of(ProgramFactory(), 1)[0].review.site.program, user=user)

    page = client.get(PAGE, headers={"accept-language": "en-gb"})

    assert "?visits_from=2026-01-01&amp;visits_to=2026-12-31" in page.content.decode()
    assert "All your programmes" in text_of(page)


def test_the_pages_take_the_same_queries_for_3_and_30_reports(client):
    def queries(number: int) -> list[int]:
        by = manager_with(number)
        bundle = asked(by)
        signed_in(client, by)
        counted = []
        for page in (PAGE, address("bundle", bundle)):
            client.get(page)
            with CaptureQueriesContext(connection) as captured:
                client.get(page)
            counted.append(len(captured))
        with CaptureQueriesContext(connection) as captured:
            asked(by, Bundle.Form.BOUND)
        return [*counted, len(captured)]

    assert queries(3) == queries(30)
