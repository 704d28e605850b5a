"""A program manager asks for all reports in one file, leaves, comes back, and downloads it."""

import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from accounts.permissions import Role
from reports.models import Bundle
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.programs import MembershipFactory, ProgramFactory
from tests.reports.bundles import reports_of
from tests.workers import Worker, empty_the_queue

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def manager():
    one, other = ProgramFactory(name="Bayside"), ProgramFactory(name="Fellside")
    reports_of(one, 2)
    reports_of(other, 1)
    user = UserFactory(name="Bronagh Keel", password=PASSWORD)
    for program in (one, other):
        MembershipFactory(program=program, user=user, role=Role.PROGRAM_MANAGER.value)
    return user


@pytest.fixture
def worker(tmp_path, settings):
    """Starts one that keeps its files where the server of the test looks for them."""
    settings.MEDIA_ROOT = tmp_path / "files"
    started: list[Worker] = []
    yield lambda: started.append(Worker(tmp_path))
    for one in started:
        one.kill()
    empty_the_queue()


def test_several_reports_are_asked_for_left_returned_to_and_downloaded(visitor, manager, worker):
    page = visitor.page
    visitor.sign_in(manager)
    page.get_by_role("link", name="Several reports at once").click()
    visitor.look()
    page.get_by_label("Visits from").fill("2030-01-01")
    page.get_by_label("Visits until").fill("2029-01-01")
    page.get_by_role("button", name="Show these reports").click()
    page.get_by_role("link", name=re.compile("before the first day")).wait_for()
    visitor.look()
    page.get_by_label("Visits until").fill("")
    page.get_by_role("button", name="Show these reports").click()
    page.get_by_text("0 reports").wait_for()
    page.get_by_role("link", name="2026", exact=True).click()
    page.get_by_text("3 reports", exact=True).click()
    visitor.look()
    page.get_by_label("One PDF with all reports bound together").check()
    page.get_by_role("button", name="Make the file with 3 reports").click()
    page.get_by_text("0 of 3 reports").wait_for()
    visitor.look()

    visitor.open("/")
    worker()
    page.get_by_role("link", name="Several reports at once").click()
    page.get_by_role("row", name=re.compile("bound PDF")).get_by_role("link").click()
    ready = page.get_by_role("link", name="Download the file")
    expect(ready).to_be_visible(timeout=60_000)
    visitor.look()
    with page.expect_download() as download:
        ready.click()
    bundle = Bundle.objects.get()
    data = Path(download.value.path()).read_bytes()
    assert hashlib.sha256(data).hexdigest() == bundle.file_sha256
    assert download.value.suggested_filename.endswith(".pdf")

    page.get_by_role("button", name="Delete the file now").click()
    page.get_by_text("The file is deleted.").wait_for()
    visitor.look()
    assert not list(Path(bundle.file.storage.location).rglob("*.pdf"))
