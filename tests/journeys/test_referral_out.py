"""A referral out, from a decided case to the closed loop: the doctor, the desk, the practice's phone, the patient."""

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from .answers import TODAY
from .conftest import Become, See
from .patient import case_of, give, press, says
from .windows import Windows

QUESTION = "Please strengthen the trunk and the leg, and teach lifting from the hip."
BOOKED = TODAY + timedelta(days=9)


def test_from_a_decision_to_the_closed_loop(
    open_window: Windows, become: Become, see_wide_and_narrow: See, tmp_path: Path
) -> None:
    see = see_wide_and_narrow
    doctor = become("Dr. Test Larch")
    code = a_letter_is_begun(doctor, "Naranjo", see)
    it_is_written(doctor, see)
    it_goes_to_a_practice(doctor, see)
    press(doctor, doctor.get_by_role("button", name="Sign the letter"))
    says(doctor, "Signed electronically on")

    desk = become("Test Coordinator Hazel")
    address, letter = it_is_sent(desk, code, see)

    practice = open_window("phone")
    the_practice_books(practice, address, see)
    patient = become("Test Patient Naranjo", "phone")
    patient.goto(f"/cases/{case_of(patient)}/")
    says(patient, "Su cita es el", "Test Clover Physical Therapy")
    see(patient, "out-status")
    the_practice_reports(practice, letter, tmp_path, see)
    the_loop_is_closed(desk, code, see)
    practice.goto(address)
    says(practice, "This referral is closed")


def a_letter_is_begun(page: Page, name: str, see: See) -> str:
    page.goto("/queue/?tab=decided")
    press(page, page.get_by_role("link", name=f"Test Patient {name}").first)
    press(page, page.locator("#referrals").get_by_role("link", name="Refer", exact=True))
    see(page, "out-start")
    give(page, {"service": "physical_therapy", "urgency": "soon"})
    press(page)
    says(page, "Begun, with what the record says", "From the record")
    see(page, "out-draft")
    found = re.search(r"/referrals/(\w{8})/draft/", page.url)
    assert found
    return found.group(1)


def it_is_written(page: Page, see: See) -> None:
    give(page, {"question": QUESTION, "goals": ["strength", "alignment"], "visits": "12"})
    signs = page.get_by_label("Send the patient back at once if")
    signs.fill("Fever\n" * 7)
    press(page)
    says(page, "At most 6 signs")
    see(page, "out-draft-wrong")
    signs.fill("Fever\nNew weakness")
    press(page, page.get_by_role("button", name="Save and choose the practice"))


def it_goes_to_a_practice(page: Page, see: See) -> None:
    page.get_by_label("Name, town, phone, fax or NPI").press_sequentially("clover")
    found = page.locator("#found li", has_text="Test Clover Physical Therapy")
    expect(found).to_have_count(1)
    see(page, "out-choose")
    press(page, found.get_by_role("button"))
    says(page, "The letter goes to Test Clover Physical Therapy", QUESTION, "not set by the doctor")
    see(page, "out-referral")


def it_is_sent(page: Page, code: str, see: See) -> tuple[str, bytes]:
    """The desk prints and faxes; the practice's private address, and the letter."""
    page.goto(f"/referrals/{code}/")
    for paper, pages in (("letter", 1), ("fax", 2)):
        printed = page.context.request.get(f"/referrals/{code}/{paper}/")
        assert printed.headers["content-type"] == "application/pdf"
        assert len(PdfReader(BytesIO(printed.body())).pages) == pages
    press(page, page.get_by_role("link", name="Mark as sent"))
    see(page, "out-send")
    press(page)
    says(page, "the letter is on its way", "By fax")
    page.get_by_text("The practice's private link").click()
    address = page.locator("[data-copy-text]").input_value()
    letter = page.context.request.get(f"/referrals/{code}/letter/").body()
    return urlsplit(address).path, letter


def the_practice_books(page: Page, address: str, see: See) -> None:
    page.goto(address)
    says(page, "The letter is with you")
    see(page, "out-practice")
    page.locator("summary", has_text="Booked").click()
    give(page, {"booked_on": BOOKED.isoformat()})
    see(page, "out-practice-booking")
    press(page, page.locator("details[open] button"))
    says(page, "Thank you. We have it.", "A visit is booked.")


def the_practice_reports(page: Page, letter: bytes, folder: Path, see: See) -> None:
    press(page, page.get_by_role("button", name="The patient came"))
    press(page, page.get_by_role("button", name="Care has ended"))
    report = folder / "report.pdf"
    for content, words in ((b"no PDF at all", "We cannot read this file"), (letter, "Your report is here")):
        report.write_bytes(content)
        if not page.locator("details[open] [type=file]").count():
            page.locator("summary", has_text="Send your report").click()
        page.locator("[type=file]").set_input_files(report)
        press(page, page.locator("details[open] button"))
        says(page, words)
        see(page, "out-practice-report")


def the_loop_is_closed(page: Page, code: str, see: See) -> None:
    page.goto(f"/referrals/{code}/")
    says(page, "report.pdf", "Test Clover Physical Therapy")
    see(page, "out-came-back")
    for to, words in (("read", "Report read"), ("patient_told", "Patient told"), ("closed", "Closed")):
        page.goto(f"/referrals/{code}/{to}/")
        press(page)
        says(page, words)
    see(page, "out-closed")
