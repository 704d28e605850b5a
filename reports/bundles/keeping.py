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
    for bundle in Bundle.objects.expired():
        delete(bundle)


def delete(bundle: Bundle) -> None:
    """The row goes first: a file without one is had by nobody, and the next of that name is written over it."""
    with transaction.atomic():
        bundle.delete()
        if bundle.file:
            transaction.on_commit(lambda: bundle.file.storage.delete(bundle.file.name))
    logger.info("bundle deleted: of person %s", bundle.asked_by_id)


def without_a_job() -> list[int]:
    """Bundles to be made that no job is about."""
    jobs = ProcrastinateJob.objects.filter(task_name="make_bundle", status__in=ALIVE)
    with_job = jobs.annotate(about=F("args__bundle")).values_list("about", flat=True)
    return list(Bundle.objects.open().exclude(pk__in=list(with_job)).values_list("pk", flat=True))


def is_a_worker_there() -> bool:
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=timezone.now() - SIGN_OF_A_WORKER).exists()
