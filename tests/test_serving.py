"""What `make run` serves with: the server and the worker begin and end together. Here both are stand-ins."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from ipsfidelity.serving import web_command, worker_command

PROJECT = Path(__file__).resolve().parent.parent
SECONDS = 20

STAND_IN = (
    "import os, sys, time, pathlib; pathlib.Path(sys.argv[1]).write_text(str(os.getpid())); time.sleep(60)"
)
DRIVER = """
import os, sys, ipsfidelity.serving as serving
serving.SECONDS_BEFORE_AGAIN = serving.LOOKS_EVERY = 0.05
serving.SECONDS_TO_LISTEN = 0
folder, parent = sys.argv[1], os.getppid()
command = [sys.executable, "-c", os.environ["STAND_IN"]]
sys.exit(serving.Serving([*command, folder + "/web"], [*command, folder + "/worker"], parent=parent).run(":1"))
"""


def until(found: Callable[[], object], what: str) -> object:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if value := found():
            return value
        time.sleep(0.02)
    raise TimeoutError(what)


class Served:
    """`before`: words of a shell that stands between, so that a parent can be taken away."""

    def __init__(self, folder: Path, before: tuple[str, ...] = ()):
        self.folder = folder
        self.process = subprocess.Popen(
            [*before, sys.executable, "-c", DRIVER, str(folder)],
            cwd=PROJECT,
            env={**os.environ, "STAND_IN": STAND_IN},
            stderr=subprocess.PIPE,
            text=True,
        )
        self.web, self.worker = self.started("web"), self.started("worker")

    def started(self, name: str, after: int = 0) -> int:
        def number() -> int:
            file = self.folder / name
            return int(file.read_text() or 0) if file.exists() else 0

        return int(str(until(lambda: number() if number() != after else 0, f"{name} did not start")))

    def are_gone(self) -> bool:
        return not any(is_alive(one) for one in (self.web, self.worker))


def is_alive(number: int) -> bool:
    try:
        return psutil.Process(number).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
def served(tmp_path) -> Iterator[Served]:
    running = Served(tmp_path)
    yield running
    for number in (running.process.pid, running.web, running.worker):
        if is_alive(number):
            os.kill(number, signal.SIGKILL)
    running.process.wait()
    running.process.stderr.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_both_end_with_a_termination_or_ctrl_c(served, number):
    served.process.send_signal(number)

    assert served.process.wait(SECONDS) == 0
    assert served.are_gone()


def test_a_worker_that_ends_is_started_again_and_that_is_said(served):
    os.kill(served.worker, signal.SIGKILL)

    second = served.started("worker", after=served.worker)

    assert is_alive(second)
    assert is_alive(served.web)
    served.process.terminate()
    assert "The worker ended with -9; it is started again." in served.process.communicate()[1]
    assert not is_alive(second)


def test_the_worker_ends_with_the_server(served):
    os.kill(served.web, signal.SIGTERM)

    assert served.process.wait(SECONDS) != 0
    assert served.are_gone()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems tell nobody that a parent was killed")
def test_nothing_stays_behind_when_all_is_killed_at_once(served):
    served.process.kill()

    assert until(served.are_gone, "somebody stayed behind")


def test_both_end_when_whoever_started_them_is_gone(tmp_path):
    served = Served(tmp_path, before=("sh", "-c", '"$@"; :', "sh"))

    served.process.kill()

    assert until(served.are_gone, "somebody stayed behind")
    served.process.communicate()


def test_the_commands_are_the_products_own():
    assert web_command("127.0.0.1:8000")[1:4] == ["ipsfidelity.wsgi", "--bind", "127.0.0.1:8000"]
    assert worker_command()[1:] == ["manage.py", "procrastinate", "worker"]
    assert Path(web_command("x")[0]).exists()
