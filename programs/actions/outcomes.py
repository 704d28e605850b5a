"""Enter a site's quarters of employment outcomes, one or a table of them, and choose which job starts count."""

import logging
from collections.abc import Mapping
from dataclasses import asdict, replace

import pghistory
from django.db import transaction
from django.utils import timezone

from accounts.permissions import Permission, is_allowed
from programs.actions.refusals import ChangedMeanwhile, NotAllowed
from programs.models import Program, QuarterlyOutcome, Site, StartDefinition
from programs.outcomes.reading import Counted, Problem, Quarter

logger = logging.getLogger(__name__)


class QuarterThere(ValueError):
    """The quarter is entered already."""


class DoesNotHold(ValueError):
    """The numbers contradict each other. `problems`: by the name of the number."""

    def __init__(self, problems: Mapping[str, Problem]):
        super().__init__(", ".join(problems))
        self.problems = problems


@transaction.atomic
def enter_quarter(*, site: Site, quarter: Quarter, counted: Counted, by) -> QuarterlyOutcome:
    """Keep a quarter that is not there yet. Raises `NotAllowed`, `DoesNotHold` and `QuarterThere`."""
    site, counted = _locked(site.pk, by), _sound(counted)
    if site.quarterly_outcomes.filter(year=quarter.year, quarter=quarter.quarter).exists():
        raise QuarterThere
    return _entered(site, quarter, counted, by)


@transaction.atomic
def change_quarter(*, outcome: QuarterlyOutcome, counted: Counted, based_on: int, by) -> QuarterlyOutcome:
    """Mend a quarter; the same again changes nothing. Raises `NotAllowed`, `DoesNotHold` and `ChangedMeanwhile`."""
    site, counted = _locked(outcome.site_id, by), _sound(counted)
    row = site.quarterly_outcomes.filter(pk=outcome.pk).first()
    if row is None:
        raise ChangedMeanwhile
    if counted_of(row) == counted:
        return row
    if row.revision != based_on:
        raise ChangedMeanwhile
    return _changed(row, counted, by)


@transaction.atomic
def delete_quarter(*, outcome: QuarterlyOutcome, by) -> bool:
    """Take a quarter out; its history keeps it. False where it is gone already. Raises `NotAllowed`."""
    row = _locked(outcome.site_id, by).quarterly_outcomes.filter(pk=outcome.pk).first()
    if row is None:
        return False
    with pghistory.context(user=by.pk):
        row.delete()
    logger.info("quarter deleted: site %s row %s", outcome.site_id, outcome.pk)
    return True


@transaction.atomic
def load_quarters(
    *, site: Site, rows: Mapping[Quarter, Counted], replaces: bool, seen: str, by
) -> tuple[int, int]:
    """Keep a whole table or nothing of it. How many quarters are new, and how many were changed.

    `replaces`: whether a quarter that is there takes the numbers of the table; else it stays as it is. `seen`: the
    state that the table was compared with. Raises `NotAllowed`, `DoesNotHold` and `ChangedMeanwhile`.
    """
    site = _locked(site.pk, by)
    stored = {Quarter(row.year, row.quarter): row for row in site.quarterly_outcomes.all()}
    if state_of(stored.values()) != seen:
        raise ChangedMeanwhile
    entered = changed = 0
    for quarter, counted in rows.items():
        if quarter not in stored:
            _entered(site, quarter, _sound(counted), by)
            entered += 1
        elif replaces and counted_of(stored[quarter]) != (sound := _sound(counted)):
            _changed(stored[quarter], sound, by)
            changed += 1
    logger.info("quarters loaded: site %s, %s new, %s changed", site.pk, entered, changed)
    return entered, changed


@transaction.atomic
def choose_definition(*, program: Program, kind: str, words: str, source: str, by) -> StartDefinition:
    """From now on these starts count; quarters that are there keep what they were counted by. Raises `NotAllowed`."""
    if not is_allowed(by, Permission.ENTER_OUTCOMES, program):
        raise NotAllowed
    Program.objects.select_for_update(of=("self",)).get(pk=program.pk)
    latest = program.start_definitions.first()
    if latest and (latest.kind, latest.words, latest.source) == (kind, words, source):
        return latest
    with pghistory.context(user=by.pk):
        definition, _ = program.start_definitions.update_or_create(
            kind=kind,
            words=words,
            defaults={"source": source, "chosen_at": timezone.now(), "chosen_by": by},
        )
    logger.info("definition of a start chosen: program %s row %s", program.pk, definition.pk)
    return definition


def counted_of(row: QuarterlyOutcome) -> Counted:
    return Counted(
        **{name: getattr(row, name) for name in QuarterlyOutcome.NUMBERS},
        definition=row.definition_id,
        note=row.note,
    )


def state_of(rows) -> str:
    """Tells whether any quarter of a site was entered, changed or deleted since."""
    return ",".join(sorted(f"{row.pk}.{row.revision}" for row in rows))


def _locked(pk: int, by) -> Site:
    """The site, so that two people who enter the same quarter come one after the other. Raises `NotAllowed`."""
    site = Site.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if not is_allowed(by, Permission.ENTER_OUTCOMES, site):
        raise NotAllowed
    return site


def _sound(counted: Counted) -> Counted:
    if problems := counted.problems():
        raise DoesNotHold(problems)
    return counted if counted.starts_by_definition is not None else replace(counted, definition=None)


def _columns(counted: Counted) -> dict:
    values = asdict(counted)
    return values | {"definition_id": values.pop("definition")}


def _entered(site: Site, quarter: Quarter, counted: Counted, by) -> QuarterlyOutcome:
    with pghistory.context(user=by.pk):
        row = site.quarterly_outcomes.create(
            year=quarter.year, quarter=quarter.quarter, by=by, **_columns(counted)
        )
    logger.info("quarter entered: site %s row %s", site.pk, row.pk)
    return row


def _changed(row: QuarterlyOutcome, counted: Counted, by) -> QuarterlyOutcome:
    for name, value in _columns(counted).items():
        setattr(row, name, value)
    row.revision += 1
    row.by = by
    with pghistory.context(user=by.pk):
        row.save()
    logger.info("quarter changed: site %s row %s", row.site_id, row.pk)
    return row
