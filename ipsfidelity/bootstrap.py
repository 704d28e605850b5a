"""What the Makefile needs of a bare machine before anything of ours is installed: standard library only.

    python3 ipsfidelity/bootstrap.py venv       a Python environment with pip in .venv
    python3 ipsfidelity/bootstrap.py pdf        the system libraries that WeasyPrint loads
    python3 ipsfidelity/bootstrap.py browser    Chromium, for the browser tests

What is missing is installed with apt-get, as root or through sudo; where that cannot be, one sentence says what to do.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

OLDEST_PYTHON = (3, 11)
VENV = Path(__file__).resolve().parent.parent / ".venv"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Package of Debian and Ubuntu: the library in it, without the ending that differs between systems.
PDF_LIBRARIES = {
    "libpango-1.0-0": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "libpangoft2-1.0-0": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    "libharfbuzz-subset0": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
}
# What the program that drives the browser loads; macOS has it built in.
DRIVER_LIBRARIES = {"libatomic1": ("libatomic.so.1", "libSystem.dylib")}


def venv() -> None:
    if sys.version_info < OLDEST_PYTHON:
        sys.exit(
            f"Python {OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]} or later is needed: make PYTHON=/path/to/python3"
        )
    python = VENV / "bin" / "python"
    if (
        python.exists()
        and subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode == 0
    ):
        return
    provide("Python's own tool for environments", missing_venv_packages)
    subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)


def missing_venv_packages() -> list[str]:
    importlib.invalidate_caches()
    return [] if importlib.util.find_spec("ensurepip") else ["python3-venv"]


def missing_pdf_packages() -> list[str]:
    return [package for package, names in PDF_LIBRARIES.items() if not any(map(loads, names))]


def missing_browser_packages() -> list[str]:
    browser = [] if any(map(shutil.which, BROWSERS)) else ["chromium"]
    return browser + [package for package, names in DRIVER_LIBRARIES.items() if not any(map(loads, names))]


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def provide(what: str, missing: Callable[[], list[str]]) -> None:
    """Ends the program with one sentence where `missing()` still names packages after trying to install them."""
    if packages := missing():
        sys.stdout.write(f"Installing {what}: {' '.join(packages)}\n")
        sys.stdout.flush()
        apt_get_install(packages)
    if packages := missing():
        sys.exit(
            f"Missing: {what}. Install these packages, named here as Debian and Ubuntu name them, "
            f"then repeat: {' '.join(packages)}"
        )


def apt_get_install(packages: list[str]) -> None:
    if not shutil.which("apt-get") or (os.geteuid() != 0 and not shutil.which("sudo")):
        return
    ask = [] if sys.stdin.isatty() else ["-n"]
    as_root = [] if os.geteuid() == 0 else ["sudo", *ask]
    apt_get = [
        *as_root,
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "-qq",
        "-o",
        "DPkg::Lock::Timeout=300",
    ]
    install = [*apt_get, "install", "-y", "--no-install-recommends", *packages]
    done = quietly(install)
    if done.returncode:
        # A machine that has never looked, or not for long, knows no packages or asks for versions since gone.
        quietly([*apt_get, "update"])
        done = quietly(install)
    if done.returncode:
        sys.stderr.write(done.stdout)


def quietly(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


TASKS = {
    "venv": venv,
    "pdf": lambda: provide("libraries for PDF reports", missing_pdf_packages),
    "browser": lambda: provide("a browser for the tests", missing_browser_packages),
}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in TASKS:
        sys.exit(f"usage: python3 ipsfidelity/bootstrap.py {' | '.join(TASKS)}")
    TASKS[sys.argv[1]]()
