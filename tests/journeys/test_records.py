"""From a missing fact to one on record: a coordinator writes, the reply finds its case, and the patient reads of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page

from .conftest import Become, See
from .patient import give, press, says

PRACTICE = "Test Back Center, Springfield"
LAST_VISIT = f"{datetime.now(UTC) - timedelta(days=40):%-d %B %Y}"


def test_a_record_comes_from_another_practice(become: Become, see: See, tmp_path: Path) -> None:
    office = become("Test Coordinator Hazel")
    code = a_letter_is_written(office, see)
    it_is_sent(office)
    the_reply_finds_its_case(office, code, see, tmp_path)
    it_stands_on_record(office, see)
    the_patient_reads_of_it(become("Test Patient Oak", "phone"), see)


def a_letter_is_written(page: Page, see: See) -> str:
    page.goto("/queue/?tab=asked")
    press(page, page.get_by_role("link", name="Test Patient Oak").first)
    says(page, "What is missing, and who can supply it", PRACTICE)
    press(page, page.locator("#missing li", has_text=PRACTICE).get_by_role("link", name="Ask for the record"))
    give(page, {"fax": "555 0173", "pieces": ["dates", "visits"]})
    see(page, "records-ask")
    press(page)
    code = page.locator("h1 .num").inner_text()
    press(page, page.get_by_role("link", name="The letter"))
    says(page, code, PRACTICE, "First and last day of care")
    assert page.pdf(format="Letter").count(b"/Type /Page\n") == 1
    see(page, "records-letter")
    return code


def it_is_sent(page: Page) -> None:
    press(page, page.get_by_role("link", name="Back to the request"))
    press(page, page.get_by_role("button", name="Mark as sent"))
    says(page, "by fax")


def the_reply_finds_its_case(page: Page, code: str, see: See, folder: Path) -> None:
    page.goto("/records/")
    page.get_by_label("Code on the reply").fill(code.lower())
    press(page, page.get_by_role("button", name="Find"))
    page.screenshot(path=folder / "discharge.png")
    page.locator("[type=file]").set_input_files(folder / "discharge.png")
    press(page, page.get_by_role("button", name="File it with the case"))
    says(page, "discharge.png")
    see(page, "records-request")


def it_stands_on_record(page: Page, see: See) -> None:
    press(page, page.get_by_role("link", name="Read it, and say what it says"))
    give(page, {"to": LAST_VISIT, "sessions": "14"})
    see(page, "records-read")
    press(page)
    says(page, "On record now", "on record")
    see(page, "records-case")


def the_patient_reads_of_it(page: Page, see: See) -> None:
    page.goto("/")
    press(page, page.locator('main a[href^="/cases/"]'))
    says(page, "Records that we asked for", PRACTICE, "It is part of your record here now")
    see(page, "records-status")
