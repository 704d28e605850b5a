"""The job: settle the reports of a bundle one by one, each in a transaction of its own, then write the file.

A worker that is killed leaves what it settled; the next goes on from there. Two workers at one bundle wait for each
other's lock on it, so that each report is settled once and the first finished file is the one that is kept.
"""

import hashlib
import io
import logging
import tempfile
from collections.abc import Callable
from typing import BinaryIO

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from pypdf import PdfReader

from reports.bundles.binding import bind
from reports.bundles.choosing import closed_in
from reports.bundles.contents import contents_page
from reports.bundles.zip_file import write_zip
from reports.editions import read_edition, stored_pdf, stored_pdf_sha256
from reports.models import Bundle, BundledReport
from reports.writers.formats import FORMATS
from reviews.models import Review

logger = logging.getLogger(__name__)

FOLDER = "bundles"
WORKBOOK = FORMATS["xlsx"]


class Interrupted(Exception):
    """The worker is asked to end. What is settled stays so."""


def make(bundle_id: int, *, is_to_end: Callable[[], bool]) -> None:
    """Make the file of a bundle, or go on making it. Raises `Interrupted` between two reports."""
    begin(bundle_id)
    while settle_next(bundle_id):
        if is_to_end():
            raise Interrupted
    while not finish(bundle_id):
        pass


@transaction.atomic
def begin(bundle_id: int) -> None:
    bundle = Bundle.objects.select_for_update(of=("self",)).filter(pk=bundle_id).first()
    if bundle is not None and bundle.state == Bundle.State.WAITING:
        bundle.state, bundle.started_at = Bundle.State.WORKING, timezone.now()
        bundle.save(update_fields=["state", "started_at"])


def locked_while_working(bundle_id: int) -> Bundle | None:
    """The bundle with whoever asked for it, read anew; None where it is stopped, done or deleted."""
    found = Bundle.objects.select_for_update(of=("self",)).select_related("asked_by")
    return found.filter(pk=bundle_id, state=Bundle.State.WORKING).first()


@transaction.atomic
def settle_next(bundle_id: int) -> bool:
    """Settle one report: in the file, or left out for a reason. False where none is left to settle."""
    bundle = locked_while_working(bundle_id)
    if bundle is None:
        return False
    report = (
        bundle.reports.filter(state=BundledReport.State.WAITING).select_related("edition__withdrawal").first()
    )
    if report is None:
        return False
    edition, data = report.edition, stored_pdf(report.edition)
    if not Review.objects.with_report_for(bundle.asked_by).filter(pk=edition.review_id).exists():
        leave_out(report, BundledReport.Reason.NOT_ALLOWED)
    elif hashlib.sha256(data).hexdigest() != stored_pdf_sha256(edition):
        logger.error("stored PDF differs from its hash: edition %s", edition.pk)
        leave_out(report, BundledReport.Reason.ALTERED)
    else:
        if bundle.form == Bundle.Form.BOUND:
            report.pages = len(PdfReader(io.BytesIO(data)).pages)
        if bundle.with_workbooks:
            report.workbook = WORKBOOK.write(read_edition(edition), "").data
        settle(report, BundledReport.State.DONE)
    return True


def leave_out(report: BundledReport, reason: BundledReport.Reason) -> None:
    report.reason, report.pages, report.workbook = reason, None, None
    settle(report, BundledReport.State.LEFT_OUT)


def settle(report: BundledReport, state: BundledReport.State) -> None:
    report.state, report.made_at = state, timezone.now()
    report.save(update_fields=["state", "reason", "made_at", "pages", "workbook"])


def finish(bundle_id: int) -> bool:
    """Write the file and keep it. False where a report in it may no longer be read: it is left out, try again."""
    bundle = Bundle.objects.filter(pk=bundle_id, state=Bundle.State.WORKING).first()
    if bundle is None or bundle.reports.filter(state=BundledReport.State.WAITING).exists():
        return True
    included = list(bundle.reports.filter(state=BundledReport.State.DONE).defer("workbook"))
    # Nameless, so that nothing of it stays behind when the worker is killed.
    with tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as target:
        if included:
            write(bundle, included, target)
        return keep(bundle_id, included, target)


def write(bundle: Bundle, included: list[BundledReport], target: BinaryIO) -> None:
    if bundle.form == Bundle.Form.BOUND:
        bind(contents_page(bundle, included), target)
    else:
        write_zip(included, target)


@transaction.atomic
def keep(bundle_id: int, included: list[BundledReport], target: BinaryIO) -> bool:
    """Take the written file into storage, under the lock of the bundle: the first that comes is kept."""
    bundle = locked_while_working(bundle_id)
    if bundle is None:
        return True
    closed = closed_in(bundle)
    if lost := [report for report in included if report.pk in closed]:
        for report in lost:
            leave_out(report, BundledReport.Reason.NOT_ALLOWED)
        return False
    if not included:
        end(bundle, Bundle.Trouble.NOTHING_LEFT)
        return True
    target.seek(0)
    bundle.file_sha256 = hashlib.file_digest(target, "sha256").hexdigest()
    bundle.file_size = target.tell()
    # One name for good: what a killed worker left under it is written over.
    name = f"{FOLDER}/{bundle.pk}.{bundle.form}"
    bundle.file.storage.delete(name)
    bundle.file.name = bundle.file.storage.save(name, File(target))
    bundle.state, bundle.finished_at = Bundle.State.DONE, timezone.now()
    bundle.save()
    bundle.reports.update(workbook=None)
    logger.info("bundle made: %s with %s reports", bundle.pk, len(included))
    return True


@transaction.atomic
def give_up(bundle_id: int) -> None:
    """Say that it did not work out; whoever asked can ask again."""
    bundle = Bundle.objects.select_for_update(of=("self",)).open().filter(pk=bundle_id).first()
    if bundle is not None:
        end(bundle, Bundle.Trouble.BROKEN)


def end(bundle: Bundle, trouble: Bundle.Trouble) -> None:
    bundle.state, bundle.error, bundle.finished_at = Bundle.State.STOPPED, trouble, timezone.now()
    bundle.save(update_fields=["state", "error", "finished_at"])
    bundle.reports.update(workbook=None)
    logger.warning("bundle stopped: %s (%s)", bundle.pk, trouble)
