"""An urgent sign stops everything until a doctor has looked: English, on a phone, with scripts."""

from playwright.sync_api import Page, expect

from .answers import HEALTHY, SCIATICA, Answers
from .conftest import Become, See
from .patient import answer, begin, give, newest_mail, place, press, says, sign
from .unseen import answer_unseen
from .windows import Windows

EMAIL = "mangrove@example.org"
MANGROVE: Answers = {
    **HEALTHY,
    **SCIATICA,
    "who/person": {"filling_in": "patient"},
    "about/name": {"given_name": "Test Patient", "family_name": "Mangrove", "birth_date": "1 May 1990"},
    "about/sex": {"sex": "pns"},
    "about/pregnancy": {"pregnant": "no"},
    "about/reach": {"phone": "555 0179", "language": "en", "interpreter": "no"},
    "about/insurance": {"payer": "Cigna"},
    "tried/anything": {"any_therapy": "no"},
}
FINDING = "Full bladder scan empty, perineal sensation intact today."


def test_an_urgent_sign_stops_the_intake_until_it_is_released(open_window: Windows, become: Become, see: See) -> None:
    patient = open_window("phone")
    case = begin(patient, EMAIL, see, "urgent")
    they_are_stopped(patient, case, see)

    the_clinic_is_told(patient, become("Test Coordinator Hazel"), case, see)
    a_doctor_releases_it(become("Dr. Test Rowan"), case, see)

    they_go_on_and_sign(patient, case, see)


def they_are_stopped(page: Page, case: str, see: See) -> None:
    answer(page, MANGROVE, see, "urgent", until="safety/now")
    give(page, {"bladder_or_bowel_change": "yes"})
    press(page)
    says(page, "Please get help today.", "Is it newly hard to pass urine", "Our clinic has been told")
    expect(page.get_by_role("link", name="Call 911")).to_have_attribute("href", "tel:911")
    see(page, "urgent-stopped")
    page.goto(f"/intake/{case}/pain/where/")
    says(page, "Please get help today.")


def the_clinic_is_told(patient: Page, coordinator: Page, case: str, see: See) -> None:
    assert "urgent" in newest_mail(patient, "alerts@example.org")
    coordinator.goto("/queue/?tab=urgent")
    first_ones = coordinator.locator("tbody tr.row-urgent")
    expect(first_ones.filter(has=coordinator.locator(f'[href="/case/{case}/"]'))).to_have_count(1)
    expect(coordinator.locator(".rail")).to_contain_text("Urgent")
    see(coordinator, "urgent-queue")
    coordinator.goto("/unfinished/")
    see(coordinator, "urgent-desk")
    coordinator.goto(f"/case/{case}/")
    says(coordinator, "Urgent sign, waiting for", "Only a doctor can release it.")
    expect(coordinator.get_by_role("button", name="Release the urgent sign")).to_have_count(0)
    see(coordinator, "urgent-case-for-a-coordinator")


def a_doctor_releases_it(page: Page, case: str, see: See) -> None:
    page.goto(f"/case/{case}/")
    says(page, "No criteria are shown while an urgent sign stands.")
    give(page, {"finding": FINDING})
    see(page, "urgent-case")
    press(page, page.get_by_role("button", name="Release the urgent sign"))
    says(page, "Released, with your finding.")
    see(page, "urgent-case-released")


def they_go_on_and_sign(page: Page, case: str, see: See) -> None:
    page.goto(f"/cases/{case}/")
    see(page, "urgent-status-released")
    press(page, page.locator("main a.button--main"))
    press(page)
    assert place(page)
    answer(page, MANGROVE, see, "urgent", until="about/name")
    answer_unseen(page, MANGROVE)
    see(page, "urgent-check")
    sign(page, "Test Patient Mangrove")
    says(page, "What happens next")
