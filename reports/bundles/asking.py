"""Ask for several reports in one file, stop that, delete it."""

import logging

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from reports.bundles.choosing import Choice, editions, names_of
from reports.bundles.keeping import KEPT_FOR, delete
from reports.models import Bundle, BundledReport
from reports.tasks import ask_for_making
from reviews.actions.refusals import NotNow

logger = logging.getLogger(__name__)

MOST_AT_A_TIME = 5


class NothingChosen(Exception):
    """The choice names no report that the person may read."""


class TooManyAsked(Exception):
    """The person has asked for as many as are made for one person at a time."""


@transaction.atomic
def ask_for_bundle(*, by, choice: Choice, form: Bundle.Form, with_workbooks: bool = False) -> Bundle:
    """Fix which editions it will hold, and put the job into the queue.

    The same asked again while it is being made gives the one that is. Raises `NothingChosen`, `TooManyAsked`.
    """
    get_user_model().objects.select_for_update(of=("self",)).get(pk=by.pk)
    chosen = editions(by, choice)
    if not chosen:
        raise NothingChosen
    asked = {
        "program": choice.program,
        "visits_from": choice.visits_from,
        "visits_to": choice.visits_to,
        "form": form,
        "with_workbooks": with_workbooks and form == Bundle.Form.ZIP,
    }
    being_made = Bundle.objects.of(by).open()
    if same := being_made.filter(**asked).first():
        return same
    if being_made.count() >= MOST_AT_A_TIME:
        raise TooManyAsked
    bundle = Bundle.objects.create(
        asked_by=by, language=get_language(), expires_at=timezone.now() + KEPT_FOR, **asked
    )
    names = names_of(chosen)
    BundledReport.objects.bulk_create(
        BundledReport(bundle=bundle, edition=edition, place=place, name=name)
        for place, (edition, name) in enumerate(zip(chosen, names, strict=True), 1)
    )
    ask_for_making(bundle.pk)
    logger.info("bundle asked for: %s with %s reports by person %s", bundle.pk, len(chosen), by.pk)
    return bundle


@transaction.atomic
def stop_bundle(*, bundle: Bundle, by) -> None:
    """End the making; nothing of it is kept. Raises `NotNow` where it is done or stopped already."""
    locked = Bundle.objects.of(by).select_for_update(of=("self",)).get(pk=bundle.pk)
    if not locked.is_open:
        raise NotNow
    locked.state, locked.finished_at = Bundle.State.STOPPED, timezone.now()
    locked.save(update_fields=["state", "finished_at"])
    locked.reports.update(workbook=None)
    logger.info("bundle stopped: %s by person %s", bundle.pk, by.pk)


@transaction.atomic
def delete_bundle(*, bundle: Bundle, by) -> None:
    """Delete one's own, with its file, before its time. Raises `NotNow` while it is being made."""
    locked = Bundle.objects.of(by).select_for_update(of=("self",)).get(pk=bundle.pk)
    if locked.is_open:
        raise NotNow
    delete(locked)
