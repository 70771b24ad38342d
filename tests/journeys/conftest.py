"""Real pages in a real browser: gunicorn on a clone of the demo clinic, and Debian's chromium.

A journey asks for `site` (the server's address), for a window from `open_window`, and on every page
that it passes it calls `axe(page)`; `look(page, "name")` keeps a picture in test-results/.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Request

from tests import databases
from tools.run import static

CHROMIUM = "/usr/bin/chromium"
INSTALL = "journeys need a browser: apt-get install chromium libatomic1"
PICTURES = databases.ROOT / "test-results"
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session", autouse=True)
def _browser_is_here() -> None:
    if shutil.which(CHROMIUM):
        return
    if os.environ.get("CI") == "true":
        pytest.fail(INSTALL)
    pytest.skip(INSTALL)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {"executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[str]:
    """The address of a server of this worker's own, with the demo clinic in it."""
    state = tmp_path_factory.mktemp("site")
    with databases.clone(databases.demonstrated()) as name, socket.create_server(("127.0.0.1", 0)) as door:
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        environment = _surroundings(name, address, state)
        static.gather()
        (state / "static").symlink_to(static.GATHERED)
        with (state / "server.log").open("wb") as log:
            server = subprocess.Popen(
                _gunicorn(door.fileno()),
                cwd=databases.ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                pass_fds=[door.fileno()],
            )
        try:
            _wait_until_ready(address, server, state / "server.log")
            yield address
        finally:
            server.terminate()
            server.wait(timeout=20)


@pytest.fixture(scope="session")
def base_url(site: str) -> str:
    """What a path such as "/intake/" is looked up under, in every window."""
    return site


def _surroundings(database: str, address: str, state: Path) -> dict[str, str]:
    return {
        **os.environ,
        "CLINIC_DEMO": "1",
        "CLINIC_PUBLIC_ADDRESS": address,
        "CLINIC_STATE_DIR": str(state),
        "DATABASE_URL": databases.url(database),
    }


def _gunicorn(door: int) -> list[str]:
    size = ["--workers", "1", "--threads", "8"]
    return [sys.executable, "-m", "gunicorn", "clinic.wsgi", "--bind", f"fd://{door}", *size]


def _wait_until_ready(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/health/ready", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"the server did not come up:\n{log.read_text()[-2000:]}")


@dataclass
class Windows:
    """Opens windows on the site, and writes down which of them have no scripts and who else was asked."""

    site: str
    new_context: Callable[..., BrowserContext]
    silent: set[Page] = field(default_factory=set)
    strangers: set[str] = field(default_factory=set)

    def __call__(self, size: str = "desktop", *, scripts: bool = True, language: str = "en", **more: object) -> Page:
        """A window: size "desktop" or "phone", with scripts or none, in "en" or "es"; more goes to the browser."""
        context = self.new_context(
            viewport=SIZES[size],
            has_touch=size == "phone",
            java_script_enabled=scripts,
            locale={"en": "en-US", "es": "es-US"}[language],
            timezone_id="America/New_York",
            **more,
        )
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("request", self._notice)
        if not scripts:
            self.silent.add(page)
        return page

    def _notice(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:", "about:")):
            self.strangers.add(request.url)


@pytest.fixture
def open_window(site: str, new_context) -> Iterator[Windows]:
    """Opens windows; afterwards no page may have asked anybody but the site."""
    windows = Windows(site, new_context)
    yield windows
    assert windows.strangers == set()


@pytest.fixture
def axe(open_window: Windows) -> Callable[[Page], None]:
    """Asserts that what a page shows has no accessibility violation."""

    def judge(page: Page) -> None:
        # Without scripts axe would wait for ever: the same words are shown again in a window that has them.
        window = _shown_again(page, open_window) if page in open_window.silent else page
        found = Axe().run(window)
        assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
        if window is not page:
            window.context.close()

    return judge


@pytest.fixture
def look() -> Callable[[Page, str], Path]:
    """Keeps a picture of the whole page as test-results/<name>.png."""

    def keep(page: Page, name: str) -> Path:
        picture = PICTURES / f"{name}.png"
        page.screenshot(path=picture, full_page=True)
        return picture

    return keep


def _shown_again(page: Page, open_window: Windows) -> Page:
    """Show a page's present words, as somebody without scripts sees them, in a window where axe can work."""
    size = next(name for name, viewport in SIZES.items() if viewport == page.viewport_size)
    shown = page.content().replace("<noscript>", "<div>").replace("</noscript>", "</div>")
    again = open_window(size)
    again.route("**/*.js", lambda route: route.abort())
    again.route(page.url, lambda route: route.fulfill(body=shown, content_type="text/html; charset=utf-8"))
    again.goto(page.url)
    return again
