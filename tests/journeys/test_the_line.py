"""From a worried stranger to a doctor's signed decision: English, at a desk, with scripts."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from .answers import SEQUOIA
from .conftest import Become, See
from .doctor import claim, complete_the_chart, decide
from .patient import MAIN, answer, begin, give, press, says, sign
from .windows import Windows

NAME, EMAIL = "Test Patient Sequoia", "sequoia@example.org"
# The injection of last year was given elsewhere and nobody has its scores, so the payer's set cannot tell.
AGAINST_THE_CRITERIA = {
    "reason": "The scores around the earlier injection cannot be had; its relief lasted five months.",
    "holds_settled": "Apixaban is held for three days before, agreed with Dr. Test Alder today.",
}


def test_from_a_stranger_to_a_signed_decision(open_window: Windows, become: Become, see: See, tmp_path: Path) -> None:
    patient = open_window()
    case = begin(patient, EMAIL, see, "line")
    they_answer_everything(patient, see)
    they_change_an_answer_and_add_a_record(patient, see, tmp_path)
    they_sign(patient, see)

    doctor = become("Dr. Test Larch")
    a_doctor_takes_the_case(doctor, case, see)
    complete_the_chart(doctor, case, see, "line")
    they_look_at_the_criteria(doctor, case, see)
    decide(doctor, case, "candidate", see, "line", **AGAINST_THE_CRITERIA)
    the_decision_is_signed(doctor, see)

    the_patient_reads_it(patient, case, see)


def they_answer_everything(page: Page, see: See) -> None:
    answer(page, SEQUOIA, see, "line")
    see(page, "line-check")


def they_change_an_answer_and_add_a_record(page: Page, see: See, folder: Path) -> None:
    press(page, page.locator('a[href*="/pain/strength/"]'))
    give(page, {"nrs_now": "7"})
    expect(page.locator("[data-saved-words]")).to_have_text(re.compile(r"Saved at \d\d:\d\d"))
    press(page)
    says(page, "Check your answers")

    press(page, page.locator('a[href*="/tried/therapies/"]'))
    expect(page.locator("[data-ledger]")).to_contain_text("of care so far")
    press(page, page.get_by_role("link", name="Add a photo or PDF of the record"))
    page.screenshot(path=folder / "discharge.png")
    page.locator("[type=file]").set_input_files(folder / "discharge.png")
    press(page)
    says(page, "discharge.png")
    see(page, "line-records")
    press(page, page.get_by_role("link", name="Back"))
    press(page)
    says(page, "What you have tried")
    press(page)
    says(page, "Check your answers")


def they_sign(page: Page, see: See) -> None:
    sign(page, NAME)
    says(page, "What happens next")
    see(page, "line-receipt")
    press(page, page.get_by_role("link", name="Where my case is"))
    see(page, "line-status")


def a_doctor_takes_the_case(page: Page, case: str, see: See) -> None:
    claim(page, case)
    says(page, "I cannot stand long enough to cook.", "Will it hurt?", "discharge.png")
    see(page, "line-case")


def they_look_at_the_criteria(page: Page, case: str, see: See) -> None:
    page.goto(f"/case/{case}/")
    see(page, "line-case-charted")
    press(page, page.get_by_role("link", name="All, side by side"))
    see(page, "line-compare")


def the_decision_is_signed(page: Page, see: See) -> None:
    says(page, "Signed by Dr. Test Larch", "the seal holds", *AGAINST_THE_CRITERIA.values())
    see(page, "line-decision")
    pages = page.pdf(format="Letter").count(b"/Type /Page\n")
    assert pages == 1, f"the printed decision has {pages} pages"
    text = page.context.request.get(page.get_by_role("link", name="As plain text").get_attribute("href") or "")
    assert NAME in text.text()


def the_patient_reads_it(page: Page, case: str, see: See) -> None:
    page.goto(f"/cases/{case}/")
    says(page, "What your doctor says", "is a fair choice for your pain")
    expect(page.locator(MAIN)).to_have_count(0)
    see(page, "line-status-decided")
