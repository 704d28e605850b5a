"""The web server and the worker of jobs, started and ended together: what `make run` serves with.

    python -m ipsfidelity.serving --bind 127.0.0.1:8000 --end-with-parent

Ctrl-C or a termination ends both. A worker that ends by itself is started again; when the server ends, so does all.
With `--end-with-parent` both end too once the process that started this one is gone, however it went.
"""

import argparse
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

PROGRAMS = Path(sys.executable).parent
SECONDS_TO_LISTEN = 20
SECONDS_TO_END = 8
SECONDS_BEFORE_AGAIN = 2
LOOKS_EVERY = 0.25
# Linux: the signal that a process is sent when its parent dies (prctl, PR_SET_PDEATHSIG).
SET_SIGNAL_OF_PARENTS_DEATH = 1


class Ended(Exception):
    """Somebody asked for the end."""


def web_command(bind: str) -> list[str]:
    options = ["--bind", bind, "--workers", "2", "--threads", "4", "--no-control-socket"]
    return [str(PROGRAMS / "gunicorn"), "ipsfidelity.wsgi", *options]


def worker_command() -> list[str]:
    return [sys.executable, "manage.py", "procrastinate", "worker"]


class Serving:
    """Two processes, `web` and `worker`, by their commands."""

    def __init__(self, web: Sequence[str], worker: Sequence[str], *, parent: int | None = None) -> None:
        self.web_command, self.worker_command, self.parent = list(web), list(worker), parent
        self.running: list[subprocess.Popen[bytes]] = []

    def run(self, bind: str) -> int:
        """Until the server ends; its exit code."""
        for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(one, _raise_ended)
        try:
            web = self._start(self.web_command)
            # The worker's own start must not make the first page wait.
            self._wait_until_listening(web, bind)
            self._keep_working(web)
            return web.returncode
        except Ended:
            return 0
        finally:
            for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(one, signal.SIG_IGN)
            self._end()

    def _keep_working(self, web: "subprocess.Popen[bytes]") -> None:
        worker = self._start(self.worker_command)
        while web.poll() is None:
            if self.parent is not None and os.getppid() != self.parent:
                raise Ended
            if worker.poll() is not None:
                _say(f"The worker ended with {worker.returncode}; it is started again.")
                self.running.remove(worker)
                time.sleep(SECONDS_BEFORE_AGAIN)
                worker = self._start(self.worker_command)
            time.sleep(LOOKS_EVERY)
        _say(f"The server ended with {web.returncode}.")

    def _wait_until_listening(self, web: "subprocess.Popen[bytes]", bind: str) -> None:
        host, _colon, port = bind.rpartition(":")
        deadline = time.monotonic() + SECONDS_TO_LISTEN
        while time.monotonic() < deadline and web.poll() is None:
            with socket.socket() as client:
                client.settimeout(1)
                if client.connect_ex((host.strip("[]") or "127.0.0.1", int(port))) == 0:
                    return
            time.sleep(LOOKS_EVERY)

    def _start(self, command: list[str]) -> "subprocess.Popen[bytes]":
        # In a group of its own: Ctrl-C reaches this process, which ends the others in order.
        process = subprocess.Popen(command, start_new_session=True, preexec_fn=_end_when_the_parent_dies)
        self.running.append(process)
        return process

    def _end(self) -> None:
        for process in self.running:
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + SECONDS_TO_END
        for process in self.running:
            try:
                process.wait(max(0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _raise_ended(number: int, frame: FrameType | None) -> None:
    raise Ended


def _end_when_the_parent_dies() -> None:
    """Where the system knows how (Linux): a parent that is killed can end nobody itself."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_SIGNAL_OF_PARENTS_DEATH, signal.SIGTERM)


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bind", default="127.0.0.1:8000")
    parser.add_argument("--end-with-parent", action="store_true")
    options = parser.parse_args(arguments)
    parent = os.getppid() if options.end_with_parent else None
    return Serving(web_command(options.bind), worker_command(), parent=parent).run(options.bind)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
