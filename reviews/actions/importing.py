"""Bring in past reviews from old score sheets: upload, say what its columns hold, bring in, take back."""

import logging
from collections.abc import Sequence
from datetime import date

import pghistory
from django.db import transaction
from django.utils import timezone

from accounts.permissions import Permission
from programs.models import Program, Site
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.importing.columns import Heads
from reviews.importing.preview import Answers, Preview, PreviewRow, preview_of
from reviews.models import PastImport, Result
from scales.models import ScaleVersion

logger = logging.getLogger(__name__)


class RowsHaveProblems(Exception):
    """Some rows cannot be brought in, and nobody said to leave them out."""


class NothingToBringIn(Exception):
    """No row can be brought in."""


@transaction.atomic
def start_import(*, version: ScaleVersion, file_name: str, heads: Heads, by) -> PastImport:
    """Keep what was read from a file until it is brought in. Raises `NotNow`."""
    _check_may_import(by)
    past_import = PastImport.objects.create(by=by, version=version, file_name=file_name, **_read_from(heads))
    logger.info("past reviews uploaded: import %s lines %s", past_import.pk, len(heads.lines))
    return past_import


@transaction.atomic
def replace_file(*, past_import: PastImport, file_name: str, heads: Heads, by) -> PastImport:
    """Put a mended file in the place of the one before; what was said of it stays where its columns are the same.

    Raises `NotNow`.
    """
    past_import = _locked(past_import, by)
    kept = past_import.mapping if past_import.heads == list(heads.heads) else None
    for name, value in _read_from(heads).items():
        setattr(past_import, name, value)
    past_import.file_name = file_name
    past_import.mapping = kept or past_import.mapping
    return _saved(past_import, by)


@transaction.atomic
def save_columns(*, past_import: PastImport, mapping: Sequence[str], by, based_on: int) -> PastImport:
    """Raises `NotNow`, `ChangedMeanwhile`."""
    past_import = _locked(past_import, by, based_on)
    past_import.mapping = list(mapping)
    return _saved(past_import, by)


@transaction.atomic
def save_answers(*, past_import: PastImport, answers: Answers, by, based_on: int) -> PastImport:
    """Raises `NotNow`, `ChangedMeanwhile`."""
    past_import = _locked(past_import, by, based_on)
    past_import.answers = answers.as_json()
    return _saved(past_import, by)


@transaction.atomic
def discard_import(*, past_import: PastImport, by) -> None:
    """Forget a file that was never brought in. Raises `NotNow`."""
    past_import = _locked(past_import, by)
    logger.info("past reviews discarded: import %s", past_import.pk)
    with pghistory.context(user=by.pk):
        past_import.delete()


@transaction.atomic
def apply_import(
    *, past_import: PastImport, by, based_on: int, leave_out: bool, today: date, usual_day_first: bool = True
) -> PastImport:
    """Bring in every row that holds, all or nothing; a second time it changes nothing.

    `leave_out`: leave out the rows with a problem. `based_on`: revision that the person looked at.
    Raises `NotNow`, `ChangedMeanwhile`, `RowsHaveProblems`, `NothingToBringIn`.
    """
    past_import = PastImport.objects.select_for_update(of=("self",)).of(by).get(pk=past_import.pk)
    if past_import.is_applied:
        return past_import
    _check_may_import(by)
    _check_revision(past_import, based_on)
    # Whoever brings in a review of the same site meanwhile comes after this: then it is there already.
    list(
        Site.objects.where_holding(by, Permission.IMPORT_REVIEWS).select_for_update(of=("self",), no_key=True)
    )
    found = preview_of(past_import, by, today=today, usual_day_first=usual_day_first)
    _check_rows(found, leave_out)
    Result.objects.bulk_create(_result(row, past_import) for row in found.good)
    past_import.applied_at, past_import.left_out = timezone.now(), len(found.bad)
    logger.info("past reviews brought in: import %s results %s", past_import.pk, len(found.good))
    return _saved(past_import, by)


@transaction.atomic
def take_back_import(*, past_import: PastImport, by) -> int:
    """Let none of its results stand any more, in programs where the person may still import; how many there were."""
    past_import = PastImport.objects.select_for_update(of=("self",)).of(by).get(pk=past_import.pk)
    count = _take_back(past_import.results, by)
    if past_import.is_applied and past_import.taken_back_at is None:
        past_import.taken_back_at = timezone.now()
        _saved(past_import, by)
    logger.info("past reviews taken back: import %s results %s", past_import.pk, count)
    return count


@transaction.atomic
def take_back_result(*, result: Result, by) -> bool:
    """Let one past review not stand any more; False where it had not stood. Its row and its history stay."""
    count = _take_back(Result.objects.filter(pk=result.pk), by)
    logger.info("past review taken back: result %s", result.pk)
    return bool(count)


def _take_back(results, by) -> int:
    programs = Program.objects.where_holding(by, Permission.IMPORT_REVIEWS)
    with pghistory.context(user=by.pk):
        return results.imported().standing().filter(site__program__in=programs).update(stands=False)


def _result(row: PreviewRow, past_import: PastImport) -> Result:
    read, figures = row.read, row.figures
    return Result(
        site=row.site,
        kind=read.kind,
        starts_on=read.starts_on,
        ends_on=read.ends_on,
        independence=read.label,
        version=past_import.version,
        profile=row.profile,
        spreads=[None] * len(figures["scores"]),
        imported_from=past_import,
        source_line=read.line,
        reviewers=read.texts.get("reviewers", ""),
        source_note=read.texts.get("note", ""),
        **figures,
    )


def _read_from(heads: Heads) -> dict[str, object]:
    return {
        "heads": list(heads.heads),
        "mapping": list(heads.mapping),
        "lines": [[line.number, list(line.cells)] for line in heads.lines],
    }


def _check_rows(found: Preview, leave_out: bool) -> None:
    if not found.good:
        raise NothingToBringIn
    if found.bad and not leave_out:
        raise RowsHaveProblems


def _check_may_import(by) -> None:
    if not Program.objects.where_holding(by, Permission.IMPORT_REVIEWS).exists():
        raise NotNow


def _check_revision(past_import: PastImport, based_on: int) -> None:
    if past_import.revision != based_on:
        raise ChangedMeanwhile


def _locked(past_import: PastImport, by, based_on: int | None = None) -> PastImport:
    _check_may_import(by)
    past_import = PastImport.objects.select_for_update(of=("self",)).of(by).get(pk=past_import.pk)
    if past_import.is_applied:
        raise NotNow
    if based_on is not None:
        _check_revision(past_import, based_on)
    return past_import


def _saved(past_import: PastImport, by) -> PastImport:
    past_import.revision += 1
    with pghistory.context(user=by.pk):
        past_import.save()
    return past_import
