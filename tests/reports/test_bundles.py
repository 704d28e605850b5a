"""How a bundle is made: each report once, whatever comes between, and only what may be read."""

import hashlib
import io
import zipfile
from datetime import timedelta

import pgtrigger
import pytest
from django.utils import timezone

from reports.bundles import making
from reports.bundles.asking import (
    MOST_AT_A_TIME,
    NothingChosen,
    TooManyAsked,
    delete_bundle,
    stop_bundle,
)
from reports.bundles.keeping import delete_expired, without_a_job
from reports.models import Bundle, BundledReport
from reports.writers.formats import FORMATS
from reviews.actions.refusals import NotNow
from reviews.models import Edition
from tests.factories.accounts import UserFactory
from tests.factories.programs import ProgramFactory
from tests.reports.bundles import (
    asked,
    content,
    go_on,
    issue,
    manager_of,
    manager_with,
    moments,
    rate_again,
    read,
    reports_of,
)

pytestmark = pytest.mark.django_db

State, Reason = BundledReport.State, BundledReport.Reason


@pytest.fixture(autouse=True)
def _files_of_this_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def members(bundle: Bundle) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content(bundle))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_zip_holds_the_stored_pdfs_and_nothing_else():
    program = ProgramFactory()
    editions = reports_of(program, 3)

    bundle = go_on(asked(manager_of(program)))

    assert list(members(bundle).values()) == [bytes(edition.pdf) for edition in editions]
    assert next(iter(members(bundle))) == "fidelity-review-site-00-2026-01-05-edition-1.0.pdf"
    assert (bundle.state, bundle.settled, bundle.included) == (Bundle.State.DONE, 3, 3)
    assert bundle.file_sha256 == hashlib.sha256(content(bundle)).hexdigest()
    assert bundle.file_size == len(content(bundle))


def test_the_excel_files_go_with_the_pdfs_where_they_are_asked_for():
    program = ProgramFactory()
    (edition,) = reports_of(program, 1)

    bundle = go_on(asked(manager_of(program), with_workbooks=True))

    pdf, workbook = members(bundle).items()
    assert pdf[1] == bytes(edition.pdf)
    assert workbook[0] == pdf[0].replace(".pdf", ".xlsx")
    assert zipfile.is_zipfile(io.BytesIO(workbook[1]))
    assert bundle.reports.get().workbook is None


@pytest.mark.parametrize("form", Bundle.Form)
def test_a_bundle_that_was_cut_off_goes_on_and_gives_the_same_file(form):
    by = manager_with(2)
    whole = go_on(asked(by, form))
    again = asked(by, form)
    Bundle.objects.filter(pk=again.pk).update(asked_at=whole.asked_at)

    with pytest.raises(making.Interrupted):
        go_on(again, reports=1)
    before = moments(again)
    assert read(again).settled == 1
    again = go_on(again)

    assert {place: moments(again)[place] for place in before} == before
    assert content(again) == content(whole)


def test_a_file_left_half_written_is_written_over(monkeypatch, tmp_path):
    by = manager_with(2)
    bundle, real = asked(by), making.timezone.now

    def dies(*args, **kwargs):
        if list(tmp_path.rglob("*.zip")):
            raise KeyboardInterrupt
        return real()

    monkeypatch.setattr(making.timezone, "now", dies)
    with pytest.raises(KeyboardInterrupt):
        go_on(bundle)
    (left,) = tmp_path.rglob("*.zip")
    left.write_bytes(b"half")
    monkeypatch.undo()
    bundle = go_on(bundle)

    assert len(members(bundle)) == 2
    assert list(tmp_path.rglob("*.zip")) == [left]


def test_a_report_whose_right_is_lost_before_it_is_made_is_left_out():
    one, other = ProgramFactory(), ProgramFactory()
    reports_of(one, 1)
    lost = reports_of(other, 1)[0]
    by = manager_of(one, other)
    bundle = asked(by)

    by.memberships.filter(program=other).delete()
    bundle = go_on(bundle)

    assert len(members(bundle)) == 1
    report = bundle.reports.get(edition=lost)
    assert (report.state, report.reason) == (State.LEFT_OUT, Reason.NOT_ALLOWED)


def test_a_report_of_a_site_that_one_begins_to_rate_while_the_file_is_written_is_left_out(monkeypatch):
    program = ProgramFactory()
    first, second = reports_of(program, 2)
    by = manager_of(program)
    bundle, real = asked(by), making.write

    def write(*args):
        real(*args)
        if not by.team_places.exists():
            rate_again(by, first.review)

    monkeypatch.setattr(making, "write", write)
    bundle = go_on(bundle)

    assert list(members(bundle).values()) == [bytes(second.pdf)]
    assert bundle.reports.get(edition=first).state == State.LEFT_OUT


def test_a_stored_pdf_that_is_not_the_issued_one_is_left_out_and_said():
    program = ProgramFactory()
    spoiled, good = reports_of(program, 2)
    with pgtrigger.ignore("reviews.Edition:an_edition_is_written_once"):
        Edition.objects.filter(pk=spoiled.pk).update(pdf=b"%PDF-1.7 not it")

    bundle = go_on(asked(manager_of(program)))

    assert list(members(bundle).values()) == [bytes(good.pdf)]
    assert bundle.reports.get(edition=spoiled).reason == Reason.ALTERED


def test_the_edition_of_the_moment_of_asking_is_in_the_file():
    program = ProgramFactory()
    (first,) = reports_of(program, 1)
    bundle = asked(manager_of(program))

    issue(first.review, minor=1)

    assert list(members(go_on(bundle)).values()) == [bytes(first.pdf)]


def test_a_bundle_of_which_nothing_is_left_is_stopped_and_says_so():
    by = manager_with(1)
    bundle = asked(by)
    by.memberships.all().delete()

    bundle = go_on(bundle)

    assert (bundle.state, bundle.error) == (Bundle.State.STOPPED, Bundle.Trouble.NOTHING_LEFT)
    assert not bundle.file


def test_a_stopped_bundle_is_made_no_further():
    by = manager_with(3)
    bundle = asked(by)
    with pytest.raises(making.Interrupted):
        go_on(bundle, reports=1)

    stop_bundle(bundle=bundle, by=by)
    bundle = go_on(bundle)

    assert (bundle.state, bundle.settled, bundle.error) == (Bundle.State.STOPPED, 1, "")
    with pytest.raises(NotNow):
        stop_bundle(bundle=bundle, by=by)


def test_nothing_is_made_where_nothing_is_chosen():
    with pytest.raises(NothingChosen):
        asked(UserFactory())

    assert not Bundle.objects.exists()


def test_the_same_asked_twice_is_made_once_and_only_so_many_at_a_time():
    program = ProgramFactory()
    days = [edition.review.starts_on for edition in reports_of(program, MOST_AT_A_TIME + 1)]
    by = manager_of(program)

    assert asked(by, visits_from=days[0]) == asked(by, visits_from=days[0])
    for day in days[1:MOST_AT_A_TIME]:
        asked(by, visits_from=day)
    with pytest.raises(TooManyAsked):
        asked(by, visits_from=days[-1])
    assert Bundle.objects.count() == MOST_AT_A_TIME


def test_a_bundle_that_no_job_is_about_is_found():
    by = manager_with(1)
    asked(by)
    assert without_a_job() == []

    waiting = Bundle.objects.create(
        asked_by=by, form=Bundle.Form.ZIP, language="en-us", expires_at=timezone.now()
    )

    assert without_a_job() == [waiting.pk]


def test_a_file_is_deleted_when_its_days_are_over(tmp_path, django_capture_on_commit_callbacks):
    by = manager_with(1)
    old, young = go_on(asked(by)), go_on(asked(by))
    Bundle.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(seconds=1))

    with django_capture_on_commit_callbacks(execute=True):
        delete_expired()

    assert list(Bundle.objects.all()) == [young]
    assert [path.name for path in tmp_path.rglob("*.zip")] == [f"{young.pk}.zip"]
    assert Edition.objects.count() == 1


def test_ones_own_file_is_deleted_before_its_time_but_not_while_it_is_made(
    tmp_path, django_capture_on_commit_callbacks
):
    by = manager_with(1)
    bundle = asked(by)
    with pytest.raises(NotNow):
        delete_bundle(bundle=bundle, by=by)
    bundle = go_on(bundle)

    with django_capture_on_commit_callbacks(execute=True):
        delete_bundle(bundle=bundle, by=by)

    assert not Bundle.objects.exists()
    assert not list(tmp_path.rglob("*.zip"))


def test_files_are_for_the_account_of_the_server_alone(tmp_path):
    bundle = go_on(asked(manager_with(1)))

    file = tmp_path / bundle.file.name
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_workbook_comes_from_the_frozen_data():
    by = manager_with(1)
    (report,) = go_on(asked(by, with_workbooks=True)).reports.select_related("edition")

    document = making.read_edition(report.edition)

    assert FORMATS["xlsx"].write(document, "").data in members(Bundle.objects.get()).values()
