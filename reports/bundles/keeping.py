"""How long bundles are kept, and which of them nobody works on."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from reports.models import Bundle

logger = logging.getLogger(__name__)

DAYS_KEPT = 7
KEPT_FOR = timedelta(days=DAYS_KEPT)
# A worker says every 10 seconds that it lives.
SIGN_OF_A_WORKER = timedelta(seconds=45)
# A job of these states is in the queue or at work.
ALIVE = ("todo", "doing")


def delete_expired() -> None:
    for bundle in Bundle.objects.expired().values_list("pk", flat=True):
        with transaction.atomic():
            if locked := Bundle.objects.select_for_update(of=("self",)).filter(pk=bundle).first():
                delete(locked)


def delete(locked: Bundle) -> None:
    """The row goes first, and the file once that is certain: a file that no row names is had by nobody."""
    storage, name = locked.file.storage, locked.file.name
    logger.info("bundle deleted: %s of person %s", locked.pk, locked.asked_by_id)
    locked.delete()
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def without_a_job() -> list[int]:
    """Bundles to be made that no job is about."""
    jobs = ProcrastinateJob.objects.filter(task_name="make_bundle", status__in=ALIVE)
    with_job = jobs.annotate(about=F("args__bundle")).values_list("about", flat=True)
    return list(Bundle.objects.open().exclude(pk__in=list(with_job)).values_list("pk", flat=True))


def is_a_worker_there() -> bool:
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=timezone.now() - SIGN_OF_A_WORKER).exists()
