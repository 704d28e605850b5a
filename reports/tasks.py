"""Jobs of the worker, `manage.py procrastinate worker`. The queue is in the product's own database."""

import logging

from django.db import transaction
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued, JobAborted

from reports.bundles.keeping import delete_expired, without_a_job

logger = logging.getLogger(__name__)

ATTEMPTS = 3
SECONDS_BETWEEN = 5
# A worker says every 10 seconds that it lives; one that has not for so long is taken for dead.
SECONDS_WITHOUT_A_SIGN = 30
KEEP_DONE_JOBS_HOURS = 24


@app.task(
    name="make_bundle",
    pass_context=True,
    retry=RetryStrategy(max_attempts=ATTEMPTS, wait=SECONDS_BETWEEN),
)
def make_bundle(context: JobContext, *, bundle: int) -> None:
    """Make a bundle, or go on where an earlier job was cut off."""
    # Tasks are known to every process; what writes PDFs is loaded by the one that makes them.
    from reports.bundles import making

    try:
        making.make(bundle, is_to_end=context.should_abort)
    except making.Interrupted:
        # Back into the queue, for the next worker.
        raise JobAborted from None
    except Exception:
        if context.job.attempts >= ATTEMPTS:
            making.give_up(bundle)
        raise


def ask_for_making(bundle: int) -> None:
    """Put the job into the queue, within the transaction of whoever asks; once, however often it is asked."""
    lock = f"bundle-{bundle}"
    try:
        with transaction.atomic():
            make_bundle.configure(lock=lock, queueing_lock=lock).defer(bundle=bundle)
    except AlreadyEnqueued:
        logger.info("bundle waits already: %s", bundle)


@app.periodic(cron="* * * * *")
@app.task(name="take_up_again", queueing_lock="take_up_again", pass_context=True)
async def take_up_again(context: JobContext, timestamp: int) -> None:
    """Put jobs whose worker was killed back into the queue."""
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=SECONDS_WITHOUT_A_SIGN):
        logger.warning("job of a dead worker taken up again: %s", job.call_string)
        await jobs.retry_job(job)
    await jobs.delete_old_jobs(
        nb_hours=KEEP_DONE_JOBS_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


@app.periodic(cron="* * * * *")
@app.task(name="look_after_bundles", queueing_lock="look_after_bundles")
def look_after_bundles(timestamp: int) -> None:
    """Delete what has been kept long enough, and see that every bundle that is to be made has a job."""
    delete_expired()
    for bundle in without_a_job():
        ask_for_making(bundle)
