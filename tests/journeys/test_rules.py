"""A set on its way: uploaded with a mistake, corrected, signed off by a doctor, counting, and read by everybody."""

from playwright.sync_api import Page, expect

from clinic.criteria import sets

from .conftest import Become, See
from .patient import press, says
from .windows import Windows

SHIPPED = (sets.FOLDER / "cam-136@undated.toml").read_text()
OWN = SHIPPED.replace('version = "undated"', 'version = "2026-our-own"')
MISTAKEN = OWN.replace("weeks = 2", "weeks = 200").replace('unit = "sessions per region"', 'unit = "visits"')
MAIN = ".button--main"


def test_an_uploaded_set_comes_to_the_public_page(become: Become, open_window: Windows, see: See) -> None:
    administrator = become("Test Administrator Yew")
    they_upload_a_mistake_and_correct_it(administrator, see)
    address = administrator.url

    doctor = become("Dr. Test Larch", "phone")
    doctor.goto(address)
    the_doctor_signs_it_off(doctor, see)
    it_counts_from_today(doctor, see)

    stranger = open_window("phone", scripts=False)
    they_find_their_plan(stranger, see)


def they_upload_a_mistake_and_correct_it(page: Page, see: See) -> None:
    page.goto("/rules/upload/")
    page.locator('[name="text"]').fill(MISTAKEN)
    press(page, page.locator(f"main {MAIN}"))
    says(page, "2 lines cannot stand so", "weeks = 200", "a whole number from 1 to 104", 'unit = "visits"')
    see(page, "rules-faults")
    expect(page.locator('[name="text"]')).to_have_value(MISTAKEN)
    page.locator('[name="text"]').fill(OWN)
    press(page, page.locator(f"main {MAIN}"))
    says(page, "is a draft now", "not yet signed off by this clinic", "A doctor has to sign it off")
    see(page, "rules-draft")


def the_doctor_signs_it_off(page: Page, see: See) -> None:
    press(page, page.get_by_role("link", name="Sign it off"))
    page.locator('[name="checked_against"]').fill("CAM 136, made up for this test")
    page.locator('[name="name"]').fill("Dr. Test Larch")
    press(page, page.locator(f"main {MAIN}"))
    says(page, "Not compared yet: Diagnosis and pain pattern")
    see(page, "rules-not-compared")
    for box in page.locator('[name="compared"]').all():
        box.check()
    press(page, page.locator(f"main {MAIN}"))
    says(page, "is signed off", "against CAM 136, made up for this test")


def it_counts_from_today(page: Page, see: See) -> None:
    press(page, page.get_by_role("link", name="Let it count from a day on"))
    says(page, "cam-136@undated ends, which counts now")
    see(page, "rules-begin")
    press(page, page.locator(f"main {MAIN}"))
    says(page, "counts now")
    see(page, "rules-counting")


def they_find_their_plan(page: Page, see: See) -> None:
    page.goto("/plans/")
    page.locator("#payer").fill("blue cross blue shield of SOUTH CAROLINA")
    press(page, page.locator(f"main {MAIN}"))
    says(page, "Version 2026-our-own", "Checked and signed off by Dr. Test Larch", "no promise that your plan will pay")
    see(page, "rules-public")
