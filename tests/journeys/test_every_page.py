"""Every page there is, wide and narrow, as somebody of the demo sees it: accessible, and with a picture."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.house.doors import DOORS

from .conftest import Become, See
from .tour import COORDINATOR, IN_THE_STORIES, NO_PAGES, STRANGER, TABS, TOUR, WITH_A_PASSKEY, Stop
from .windows import SIZES, Windows

LISTS = (*(f"/queue/?tab={tab}" for tab in TABS), "/unfinished/", "/unfinished/?show=invited", "/patients/")
NAMED = re.compile(r'href="/(case|patients)/(\w+)/"[^>]*>Test Patient (\w+)<')


def test_every_door_is_a_stop_or_no_page() -> None:
    visited = {stop.view for stops in TOUR.values() for stop in stops} - {"not_found"}
    assert visited | IN_THE_STORIES | WITH_A_PASSKEY | NO_PAGES == set(DOORS)


def references(page: Page) -> dict[str, str]:
    """The references of the demo's people and cases by name, from the clinic's own lists."""
    found = {}
    for path in LISTS:
        for kind, reference, name in NAMED.findall(page.context.request.get(path).text()):
            found[name if kind == "case" else f"{name}.patient"] = reference
    unfinished = page.context.request.get("/unfinished/").text()
    for name, reference in re.findall(r'Test Patient (\w+)</a>\s*<span class="soft num">(\w+)<', unfinished):
        found[name] = reference
    return found


@pytest.fixture(scope="session")
def kept() -> dict[str, str]:
    """The references that were found, for the tours that follow."""
    return {}


@pytest.fixture
def named(become: Become, kept: dict[str, str]) -> dict[str, str]:
    if not kept:
        kept.update(references(become(COORDINATOR)))
    return kept


def visit(page: Page, stop: Stop, named: dict[str, str]) -> None:
    path = re.sub(r"\{([\w.]+)\}", lambda match: named[match[1]], stop.path)
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == stop.status, f"{path}: {answer.status}"
    for link in stop.links:
        # A link in a mail carries the address that the demo was told with.
        answer = page.goto(
            urlsplit(str(page.locator(link).first.get_attribute("href")))._replace(scheme="", netloc="").geturl()
        )
        assert answer is not None
        assert answer.ok, f"{link} on {path}: {answer.status}"


@pytest.mark.parametrize("who", TOUR, ids=[name or "a stranger" for name in TOUR])
def test_every_page_is_accessible_wide_and_narrow(
    open_window: Windows, become: Become, see: See, named: dict[str, str], who: str
) -> None:
    page = become(who) if who != STRANGER else open_window()
    for number, stop in enumerate(TOUR[who]):
        visit(page, stop, named)
        name = f"tour-{who.split()[-1] if who else 'Stranger'}-{number:02}-{stop.view.replace(':', '-')}"
        for size in stop.sizes:
            page.set_viewport_size(SIZES[size])
            # How links stand out of their text does not change with the width.
            see(page, f"{name}-{size}", links=size == stop.sizes[0])
