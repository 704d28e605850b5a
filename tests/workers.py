"""Workers of the queue: one in this process, until nothing is left to do; one in a process of its own, to be killed."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

from django.conf import settings
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from tests.browser.servers import environment_of

TABLES = "procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers"


def work_off_the_queue() -> None:
    """As `manage.py procrastinate worker --one-shot` does."""
    # Its threads would keep their connections for as long as this process lives.
    with (
        patch.dict(connection.settings_dict, CONN_MAX_AGE=0),
        app.replace_connector(app.connector.get_worker_connector()) as with_connector,
    ):
        with_connector.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


def as_each_minute(task) -> None:
    """Put a periodic task into the queue; a worker that was there may have done so."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        task.defer(timestamp=0)


def empty_the_queue() -> None:
    """Its tables are not Django's to empty after a test."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {TABLES} CASCADE")


def without_a_sign_for_a_minute() -> None:
    """What the database knows of workers, a minute later."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'"
        )


def somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] > 0


class Worker:
    """`manage.py procrastinate worker` on the database of the tests. `folder`: where files go."""

    def __init__(self, folder: Path):
        self.log = folder / "worker.log"
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "procrastinate", "worker"],
                cwd=settings.BASE_DIR,
                env=environment_of(folder),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """At once and without a word to it, as a power cut does."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
