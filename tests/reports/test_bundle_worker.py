"""The worker, really: what it makes from the queue, what becomes of a bundle when it is killed, and two at once."""

import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import JobAborted

from reports import tasks
from reports.bundles import making
from reports.bundles.asking import stop_bundle
from reports.bundles.making import make
from reports.models import Bundle, BundledReport
from tests.at_once import at_once
from tests.factories.programs import ProgramFactory
from tests.reports.bundles import asked, content, go_on, manager_of, manager_with, moments, read, reports_of
from tests.workers import (
    Worker,
    as_each_minute,
    empty_the_queue,
    somebody_waits_for_a_lock,
    without_a_sign_for_a_minute,
    work_off_the_queue,
)

pytestmark = pytest.mark.django_db(transaction=True)

SECONDS = 60


@pytest.fixture(autouse=True)
def _queue_and_files_of_this_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    yield
    empty_the_queue()


def until(found: Callable[[], object], worker: Worker) -> None:
    deadline = time.monotonic() + SECONDS
    while not found():
        if time.monotonic() > deadline:
            raise TimeoutError(worker.log.read_text())
        time.sleep(0.05)


def statuses() -> list[str]:
    jobs = ProcrastinateJob.objects.filter(task_name="make_bundle")
    return list(jobs.order_by("id").values_list("status", flat=True))


def test_the_worker_makes_what_was_asked_for():
    bundle = asked(manager_with(2))

    work_off_the_queue()

    bundle = read(bundle)
    assert (bundle.state, bundle.included) == (Bundle.State.DONE, 2)
    assert statuses() == ["succeeded"]


def test_an_asking_that_is_undone_leaves_no_job():
    by = manager_with(1)

    with transaction.atomic():
        asked(by)
        transaction.set_rollback(True)

    assert not Bundle.objects.exists()
    assert statuses() == []


def test_a_bundle_whose_worker_is_killed_is_finished_by_the_next_with_each_report_once(tmp_path):
    by = manager_with(5)
    whole, bundle = go_on(asked(by)), asked(by)
    worker = Worker(tmp_path)
    try:
        with transaction.atomic():
            # Holds the worker up at the third report.
            bundle.reports.select_for_update().get(place=3)
            until(lambda: read(bundle).settled == 2 and somebody_waits_for_a_lock(), worker)
            before = moments(bundle)
            worker.kill()
    finally:
        worker.kill()
    assert read(bundle).state == Bundle.State.WORKING
    without_a_sign_for_a_minute()

    # What every worker does each minute; it finds the job of the dead one, and that is done next.
    as_each_minute(tasks.take_up_again)
    work_off_the_queue()

    bundle = read(bundle)
    assert (bundle.state, bundle.settled, bundle.included) == (Bundle.State.DONE, 5, 5)
    assert {place: moments(bundle)[place] for place in before} == before
    assert sorted(before) == [1, 2]
    assert content(bundle) == content(whole)
    assert bundle.file_sha256 == whole.file_sha256


def test_a_worker_that_is_asked_to_end_leaves_the_rest_to_the_next():
    bundle = asked(manager_with(3))
    ending = SimpleNamespace(should_abort=lambda: True, job=SimpleNamespace(attempts=0))

    with pytest.raises(JobAborted):
        tasks.make_bundle(ending, bundle=bundle.pk)
    assert read(bundle).settled == 1
    work_off_the_queue()

    assert read(bundle).state == Bundle.State.DONE


def test_a_bundle_whose_job_is_lost_is_given_another():
    bundle = asked(manager_with(1))
    empty_the_queue()

    as_each_minute(tasks.look_after_bundles)
    work_off_the_queue()

    assert read(bundle).state == Bundle.State.DONE


def test_two_workers_at_one_bundle_make_each_report_once(monkeypatch):
    by = manager_with(6)
    bundle, settled, real = asked(by), [], making.settle

    def settle(report: BundledReport, state: BundledReport.State) -> None:
        settled.append(report.place)
        real(report, state)

    monkeypatch.setattr(making, "settle", settle)
    outcomes = at_once(*[lambda: make(bundle.pk, is_to_end=lambda: False)] * 2)

    assert outcomes == [None, None]
    assert sorted(settled) == [1, 2, 3, 4, 5, 6]
    bundle = read(bundle)
    assert (bundle.state, bundle.included) == (Bundle.State.DONE, 6)


def test_a_bundle_that_cannot_be_made_is_tried_again_and_then_given_up(monkeypatch):
    bundle, tried = asked(manager_with(1)), []

    def breaks(*args):
        tried.append(args)
        raise ValueError("no such thing")

    monkeypatch.setattr(making, "write", breaks)
    monkeypatch.setattr(tasks.make_bundle.retry_strategy, "wait", 0)
    work_off_the_queue()

    bundle = read(bundle)
    assert (bundle.state, bundle.error) == (Bundle.State.STOPPED, Bundle.Trouble.BROKEN)
    assert len(tried) == tasks.ATTEMPTS + 1
    assert statuses() == ["failed"]


def test_one_stopped_while_a_worker_is_at_it_gives_no_file(monkeypatch):
    program = ProgramFactory()
    reports_of(program, 2)
    by = manager_of(program)
    bundle, real = asked(by), making.write

    def write(*args):
        real(*args)
        stop_bundle(bundle=bundle, by=by)

    monkeypatch.setattr(making, "write", write)
    work_off_the_queue()

    assert read(bundle).state == Bundle.State.STOPPED
    assert not read(bundle).file
