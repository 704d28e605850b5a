"""A real Chromium against the real server; every page visited is looked at by axe at three widths."""

import os
import shutil
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from playwright.sync_api import expect

from tests.factories.accounts import PASSWORD

# What one device shows of another arrives after two rounds of asking, of 3 seconds each.
expect.set_options(timeout=20_000)

WIDTHS = (390, 768, 1280)
WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # What is right is not told: telling it takes longer than finding what is wrong.
    "reporter": "no-passes",
    "resultTypes": ["violations"],
}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": next(filter(None, map(shutil.which, CHROMIUM_NAMES))),
        # A container's shared memory may be too small for a browser, which then closes without a word.
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-dev-shm-usage",
        ],
        # The PDF writer runs without the system's fonts; a browser started after it must not inherit that.
        "env": {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"},
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "en-GB", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture(autouse=True)
def _server_at_rest(transactional_db):
    """A page that is closed sends its last save; emptying the tables under it would lock both."""
    yield
    quiet = 0
    while quiet < 3:
        quiet = 0 if requests_under_way() else quiet + 1
        time.sleep(0.1)


def requests_under_way() -> int:
    """How many of the server's connections are busy."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
        )
        return cursor.fetchone()[0]


class Visitor:
    """Someone at a browser. `look` holds the page on the screen to WCAG 2.2 AA, and to fit its width."""

    def __init__(self, page, address: str):
        self.page, self.address = page, address
        self.looked: list[str] = []
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda line: (
                self.complaints.append(line.text) if "Content Security Policy" in line.text else None
            ),
        )

    def open(self, path: str):
        return self.page.goto(f"{self.address}{path}")

    def sign_in(self, user) -> None:
        self.open("/accounts/login/")
        self.page.get_by_label("Email").fill(user.email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(f"{self.address}/")

    def look(self) -> None:
        path = self.page.url.removeprefix(self.address)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            found = Axe().run(self.page, options=WCAG).response["violations"]
            told = [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]
            assert not told, f"{path} at {width} px: {told}"
            overflow = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert overflow <= 0, f"{path} at {width} px is {overflow} px too wide"
        self.page.set_viewport_size({"width": 1280, "height": 900})
        self.looked.append(path)


@pytest.fixture
def visitor(page, live_server):
    someone = Visitor(page, live_server.url)
    yield someone
    assert someone.complaints == []
