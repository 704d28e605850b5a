"""Issued PDFs, and workbooks where they were asked for, as one zip file: the same reports give the same bytes."""

import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO

from django.utils import timezone

from reports.editions import stored_pdf
from reports.models import BundledReport
from reports.writers.formats import FORMATS

READABLE_BY_ALL = 0o644 << 16


def write_zip(included: Iterable[BundledReport], target: BinaryIO) -> None:
    """One report is in memory at a time. What is in it is compressed already, so it is stored as it is."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for report in included:
            found = BundledReport.objects.select_related("edition__withdrawal").get(pk=report.pk)
            issued_at = timezone.localtime(found.edition.issued_at)
            archive.writestr(_member(f"{found.name}.pdf", issued_at), stored_pdf(found.edition))
            if found.workbook is not None:
                ending = FORMATS["xlsx"].ending
                archive.writestr(_member(f"{found.name}.{ending}", issued_at), bytes(found.workbook))


def _member(name: str, moment: datetime) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, moment.timetuple()[:6])
    member.external_attr = READABLE_BY_ALL
    return member
