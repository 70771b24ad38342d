"""A scanned fax from the folder to the case: taken in, seen, filed once; and the second person is told."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import databases
from tests.journeys.serving import serving
from tests.referrals.faxes.scenes import a_pdf

from .conftest import Become, See
from .patient import press, says
from .windows import Windows


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_window: Windows, badges: dict[str, object]):
    """A server, a fax folder and a worker's look of this journey's own."""
    badges_before = dict(badges)
    badges.clear()
    with (
        databases.clone(databases.demonstrated()) as name,
        serving(databases.url(name), tmp_path, CLINIC_DEMO="1") as address,
    ):
        monkeypatch.setattr(open_window, "site", address)
        yield lambda: look(name, tmp_path)
    badges.clear()
    badges.update(badges_before)


def look(database: str, state: Path) -> str:
    """What the worker does every minute."""
    surroundings = {**os.environ, "CLINIC_DEMO": "1", "CLINIC_STATE_DIR": str(state)}
    surroundings["DATABASE_URL"] = databases.url(database)
    command = [sys.executable, "manage.py", "take_in_faxes"]
    done = subprocess.run(command, cwd=databases.ROOT, env=surroundings, capture_output=True, text=True, check=True)
    return done.stdout


def test_a_fax_comes_to_the_case_that_it_is_about(clinic, become: Become, see: See, tmp_path: Path) -> None:
    folder = tmp_path / "faxes"
    folder.mkdir()
    (folder / "from the scanner.pdf").write_bytes(a_pdf(2))
    assert clinic().startswith("1 new fax ")
    assert [each.name for each in folder.iterdir()] == ["taken"]
    hazel, larch = become("Test Coordinator Hazel"), become("Dr. Test Larch", "phone")
    its_pages_are_seen(hazel, see)
    the_phone_says_who_has_it_open(larch, see)
    somebody_files_it_unseen(larch, see)
    it_is_filed(hazel, see)
    the_second_is_told(larch, see)


def its_pages_are_seen(page: Page, see: See) -> None:
    page.goto("/faxes/")
    says(page, "from the scanner.pdf", "the oldest first")
    see(page, "faxes-waiting")
    press(page, page.locator("tr", has_text="from the scanner").get_by_role("link", name="Open"))
    expect(page.locator("iframe.fax__sheet")).to_be_visible()
    assert page.request.get(page.locator("iframe").get_attribute("src")).headers["content-type"] == "application/pdf"
    # The browser's own reader of PDFs is no page of ours: axe looks at what stands around it.
    page.locator("iframe").evaluate("frame => frame.remove()")
    see(page, "faxes-fax")


def the_phone_says_who_has_it_open(page: Page, see: See) -> None:
    page.goto("/faxes/")
    press(page, page.locator("tr", has_text="from the scanner").get_by_role("link", name="Open"))
    says(page, "Test Coordinator Hazel opened this", "Open the pages")
    assert not page.locator("iframe.fax__sheet").is_visible()
    see(page, "faxes-fax-phone")


def somebody_files_it_unseen(page: Page, see: See) -> None:
    to_the_case_of(page, "Oak")
    says(page, "You have not opened its pages yet")
    see(page, "faxes-places-phone")
    press(page, page.get_by_role("button", name="Open the pages, then: File as a document").first)
    says(page, "Not filed", "Open its pages before you file it")
    see(page, "faxes-refused-phone")
    assert page.request.get(f"{page.url.split('/document/')[0]}/pdf/").ok
    page.goto(page.url.split("document/")[0])
    to_the_case_of(page, "Oak")


def to_the_case_of(page: Page, name: str) -> None:
    page.get_by_label("Its patient: name").fill(f"Test Patient {name}")
    press(page, page.get_by_role("button", name="Find the patient"))
    press(page, page.locator('a[href^="?patient="]', has_text=name).first)


def it_is_filed(page: Page, see: See) -> None:
    to_the_case_of(page, "Oak")
    press(page, page.get_by_role("button", name="File as a document of this case").first)
    says(page, "Filed with Test Patient Oak")
    page.goto("/faxes/?tab=filed")
    says(page, "from the scanner.pdf", "Test Coordinator Hazel")
    see(page, "faxes-filed")


def the_second_is_told(page: Page, see: See) -> None:
    press(page, page.get_by_role("button", name="File as a document of this case").first)
    says(page, "Test Coordinator Hazel filed this fax with Test Patient Oak")
    see(page, "faxes-second-phone")
