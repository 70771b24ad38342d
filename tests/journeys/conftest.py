"""Real pages in a real browser: gunicorn on a clone of the demo clinic, and Debian's chromium.

A journey opens windows with `open_window`, or with `become` one in which somebody of the demo is signed in. On every
page that it passes it calls `see(page, "name")`: no accessibility violation and nothing too wide; of a page that fails,
and with CLINIC_PICTURES=1 of every one, a picture is kept in test-results/. Afterwards no page may have asked a third
party or complained to the console.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests import databases

from .serving import serving
from .windows import SIZES, Windows, judge

# Chromium without a desktop's windows, where it is installed, takes a sixth less processor time.
CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
INSTALL = "journeys need a browser: apt-get install chromium libatomic1"
PICTURES = databases.ROOT / "test-results"
WANTED = os.environ.get("CLINIC_PICTURES") == "1"
# The browser's own surroundings are pages too, each with a process of its own for every window. The last list of
# features wins over Playwright's, so what that one turns off and our pages could notice is turned off here too.
UNUSED = (
    *("SpareRendererForSitePerProcess", "InitialWebUI", "PreloadTopChromeWebUI", "WebUIReloadButton"),
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup"),
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "OptimizationHints", "PaintHolding"),
    *("AimEnabled", "NetworkTimeServiceQuerying", "PreconnectToSearch", "ThirdPartyStoragePartitioning"),
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(UNUSED)}",
    "--js-flags=--max-lazy",  # axe lies ready in every page and is run in some: what is not run is not compiled
]
See = Callable[..., None]
Become = Callable[..., Page]


# From half a minute in a browser down to five seconds; whatever is not named here takes less.
LONGEST = (
    "test_a_year_of_one_patients_course",
    "test_from_a_stranger_to_a_signed_decision",
    "test_every_page_is_accessible_wide_and_narrow[chromium-Dr. Test Larch]",
    "test_every_page_is_accessible_wide_and_narrow[chromium-Test Coordinator Hazel]",
    "test_from_the_public_form_to_patient_told",
    "test_de_la_primera_pagina_a_la_decision",
    "test_three_hands_fill_in_one_record",
    "test_an_urgent_sign_stops_the_intake_until_it_is_released",
    "test_what_was_typed_survives_the_database_going_away",
    "test_from_a_decision_to_the_closed_loop",
    "test_a_fax_comes_to_the_case_that_it_is_about",
    "test_every_page_is_accessible_wide_and_narrow[chromium-Test Administrator Yew]",
    "test_an_uploaded_set_comes_to_the_public_page",
)


HEAD_START = 1200  # tests that another worker has time for while the demo is told; the quickest come first


@pytest.hookimpl(trylast=True)  # pytest itself would bring all who share a browser together again
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the journeys, and lets every worker begin with its fair share of them, the longest first."""
    journeys = [item for item in items if Path(__file__).parent in item.path.parents]
    for journey in journeys:
        journey.add_marker(pytest.mark.journey)
    journeys.sort(key=_rank)
    others = [item for item in items if item.get_closest_marker("journey") is None]
    others.sort(key=_waits)
    items[:] = _shared(journeys, iter(others), len(items), int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def _waits(item: pytest.Item) -> int:
    """What needs no database comes first, while the tables and the demo are made; what needs the demo comes last."""
    if item.path.parent.name == "demo":
        return 2
    asked = {"db", "django_db_setup", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return 1 if asked or item.get_closest_marker("django_db") else 0


def _rank(journey: pytest.Item) -> int:
    return next((rank for rank, name in enumerate(LONGEST) if journey.name.startswith(name)), len(LONGEST))


def _shared(
    journeys: list[pytest.Item], others: Iterator[pytest.Item], total: int, workers: int
) -> Iterator[pytest.Item]:
    """The list of `total` tests as --dist worksteal cuts it: a piece a worker, the last ones longer by one test."""
    for worker in range(workers):
        share = journeys[workers - 1 - worker :: workers]
        # The first worker tells the demo that every journey needs; the others do not wait for it meanwhile.
        head_start = min(HEAD_START if worker else 0, (total + worker) // workers - len(share))
        yield from islice(others, head_start)
        yield from share
        yield from islice(others, (total + worker) // workers - len(share) - head_start)


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
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of this worker's own, with the demo clinic in it."""
    with (
        databases.clone(databases.demonstrated()) as name,
        serving(databases.url(name), tmp_path_factory.mktemp("site"), CLINIC_DEMO="1") as address,
    ):
        yield address


@pytest.fixture(scope="session")
def base_url() -> str:
    """Stands in for pytest-base-url's own: windows name their server themselves."""
    return ""


@pytest.fixture(scope="session")
def judged() -> set[str]:
    """The text in its colours that axe was asked about, kept for the journeys that follow."""
    return set()


@pytest.fixture
def open_window(site: str, new_context, judged: set[str]) -> Iterator[Windows]:
    """Opens windows; afterwards no page may have asked anybody but the site, or complained to the console."""
    windows = Windows(site, new_context, judged)
    yield windows
    assert windows.strangers == set()
    assert windows.complaints == []


@pytest.fixture
def axe(open_window: Windows) -> Callable[..., None]:
    """Asserts that what a page shows has no accessibility violation and needs no scrolling sideways."""
    return partial(judge, open_window)


@pytest.fixture(scope="session")
def look() -> Callable[[Page, str], Path]:
    """Keeps a picture of the whole page as test-results/<name>.png."""

    def keep(page: Page, name: str) -> Path:
        picture = PICTURES / f"{name}.png"
        page.screenshot(path=picture, full_page=True)
        return picture

    return keep


@pytest.fixture
def see(axe: Callable[..., None], look: Callable[[Page, str], Path]) -> See:
    """Looks at a page: it must be accessible, and shows in a picture why not; more goes to `axe`."""

    def looked(page: Page, name: str, **more: bool) -> None:
        if WANTED:
            look(page, name)
        try:
            axe(page, **more)
        except AssertionError:
            look(page, name)
            raise

    return looked


@pytest.fixture
def see_wide_and_narrow(see: See) -> See:
    """Looks at a page as it is at a desk and on a phone, and leaves it as wide as it was."""

    def looked(page: Page, name: str) -> None:
        before = page.viewport_size
        page.set_viewport_size(SIZES["desktop"])
        see(page, f"{name}-desktop")
        page.set_viewport_size(SIZES["phone"])
        see(page, f"{name}-phone", links=False)  # how they stand out of their text does not change with the width
        page.set_viewport_size(before)

    return looked


@pytest.fixture(scope="session")
def badges() -> dict[str, object]:
    """The sign-ins of the demo's people, kept for the journeys that follow."""
    return {}


@pytest.fixture
def become(open_window: Windows, badges: dict[str, object]) -> Become:
    """Opens a window in which one of the demo's people is signed in."""

    def opened(name: str, size: str = "desktop", **more: object) -> Page:
        if name in badges:
            return open_window(size, storage_state=badges[name], **more)
        page = open_window(size, **more)
        page.goto("/sign-in/")
        page.get_by_role("button", name=name, exact=True).click()
        badges[name] = page.context.storage_state()
        return page

    return opened
