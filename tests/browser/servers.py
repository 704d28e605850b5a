"""A server in a process of its own, on the database of the tests, that can be killed and started again."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

SECONDS_TO_START = 30


class Server:
    """`folder`: where it may keep files. It answers at `address`, the same one after each start."""

    def __init__(self, folder: Path):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        command = [sys.executable, "manage.py", "runserver", f"127.0.0.1:{self.port}", "--noreload"]
        with (self.folder / "server.log").open("a") as log:
            self.process = subprocess.Popen(
                [*command, "--skip-checks"],
                cwd=settings.BASE_DIR,
                env=environment_of(self.folder),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise TimeoutError((self.folder / "server.log").read_text())

    def kill(self) -> None:
        """At once and without a word to it, as a power cut does."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


def environment_of(folder: Path) -> dict[str, str]:
    """Of another process that works on the database of the tests and keeps its files in a folder."""
    database = connection.settings_dict
    host, port = quote(database["HOST"], safe=""), database["PORT"]
    user, name = quote(database["USER"]), database["NAME"]
    password = f":{quote(database['PASSWORD'])}" if database["PASSWORD"] else ""
    return {
        **os.environ,
        "DATABASE_URL": f"postgres://{user}{password}@{host}:{port}/{name}",
        "SECRET_KEY": settings.SECRET_KEY,
        "VAR_DIR": str(folder),
        "DEBUG": "true",
        "PYTHONUNBUFFERED": "1",
    }
