"""Jobs of the worker that concern reviews: the weekly letter about goals."""

import logging
from datetime import UTC, datetime

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

logger = logging.getLogger(__name__)

MONDAY_MORNING = "0 6 * * 1"


@app.periodic(cron=MONDAY_MORNING)
@app.task(
    name="send_weekly_letters",
    queueing_lock="send_weekly_letters",
    lock="send_weekly_letters",
    retry=RetryStrategy(max_attempts=5, exponential_wait=60),
)
def send_weekly_letters(timestamp: int) -> None:
    """For the week of the moment that the job was due, so that a late or repeated one writes no second letter."""
    from reviews.reminders.sending import send_letters

    due = timezone.localdate(datetime.fromtimestamp(timestamp, tz=UTC))
    logger.info("weekly letters sent: %s", send_letters(due))
