"""The first administrator sets up the house, and an administrator of the demo takes somebody in and out again."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect

from tests import databases
from tests.people.codes import app_code

from .conftest import Become, See
from .patient import give, newest_mail, press, says
from .serving import serving
from .windows import Windows

EMAIL, PASSWORD = "spruce@example.org", "four words are enough"
DOCTOR = "hickory@example.org"


class House(NamedTuple):
    """A server as a clinic runs it, and the link that the first administrator was given."""

    address: str
    invitation: str


@pytest.fixture
def house(tmp_path) -> Iterator[House]:
    with databases.clone(databases.migrated()) as name:
        words = ["make_administrator", "--email", EMAIL, "--name", "Test Administrator Spruce"]
        link = re.search(r"/invitation/\S+", databases.manage(name, *words))
        assert link
        with serving(databases.url(name), tmp_path) as address:
            yield House(address, link.group())


def test_the_first_administrator_sets_up_a_second_step(open_window: Windows, house: House, see: See) -> None:
    page = open_window(at=house.address)
    they_choose_a_password(page, house.invitation, see)
    a_second_step_is_demanded(page, see)
    recovery_codes = they_set_up_the_app(page, see)
    they_look_at_what_else_they_could_do(page, see)
    they_name_the_clinic(page, see)

    again = open_window("phone", at=house.address)
    they_sign_in_with(again, recovery_codes[0], see)
    they_lose_the_way(again, see)


def they_choose_a_password(page: Page, invitation: str, see: See) -> None:
    page.goto(invitation)
    see(page, "house-join")
    give(page, {"name": "Test Administrator Spruce", "password": PASSWORD, "password_again": PASSWORD})
    press(page)


def a_second_step_is_demanded(page: Page, see: See) -> None:
    page.goto("/administration/staff")
    says(page, "Set up your second step", "A password alone is not enough")
    see(page, "house-second-step")


def they_set_up_the_app(page: Page, see: See) -> list[str]:
    press(page, page.get_by_role("link", name="Set up the app"))
    see(page, "house-confirm")
    give(page, {"password": PASSWORD})
    press(page)
    see(page, "house-app")
    give(page, {"code": app_code(page.locator("code.key").inner_text())})
    press(page)
    see(page, "house-after-app")
    page.goto("/staff/second-step/codes/")
    says(page, "Your recovery codes")
    see(page, "house-recovery-codes")
    return page.locator(".codes li").all_inner_texts()


def they_look_at_what_else_they_could_do(page: Page, see: See) -> None:
    for there in ("passkeys/", "passkeys/add/", "app/remove/", "codes/new/"):
        page.goto(f"/staff/second-step/{there}")
        see(page, f"house-{there.strip('/').replace('/', '-')}")


def they_name_the_clinic(page: Page, see: See) -> None:
    page.goto("/administration/clinic")
    give(page, {"name": "Test Cypress Spine Clinic", "phone": "555 0190"})
    press(page, page.get_by_role("button", name="Save"))
    expect(page.locator("body")).to_contain_text("Test Cypress Spine Clinic")
    see(page, "house-clinic")
    press(page, page.get_by_role("button", name="Sign out"))


def they_sign_in_with(page: Page, recovery_code: str, see: See) -> None:
    page.goto("/staff/sign-in/")
    see(page, "house-staff-sign-in")
    give(page, {"login": EMAIL, "password": PASSWORD})
    press(page)
    see(page, "house-authenticate")
    give(page, {"code": "000000"})
    press(page)
    see(page, "house-authenticate-wrong")
    give(page, {"code": recovery_code})
    press(page)
    says(page, "Staff")
    see(page, "house-staff")


def they_lose_the_way(page: Page, see: See) -> None:
    page.goto("/staff/second-step/")
    says(page, "9 left")
    see(page, "house-how-you-sign-in")
    page.goto("/staff/second-step/app/remove/")
    says(page, "Confirm that it is you")
    see(page, "house-confirm-again")
    page.goto("/outbox/")
    says(page, "We cannot find that page")


def test_somebody_is_taken_in_and_hands_over(open_window: Windows, become: Become, see: See) -> None:
    administrator = become("Test Administrator Yew")
    they_invite_a_doctor(administrator, see)

    doctor = open_window()
    the_doctor_joins(doctor, newest_mail(administrator, DOCTOR), see)
    case = they_claim_the_first_case(doctor)

    their_sign_in_is_closed(administrator, see)
    doctor.goto("/queue/")
    expect(doctor).to_have_url(re.compile("/sign-in/"))
    the_colleague_has_it(become("Dr. Test Rowan"), case)
    the_log_tells_it(administrator, see)


def they_invite_a_doctor(page: Page, see: See) -> None:
    page.goto("/administration/staff/invite")
    see(page, "staff-invite")
    give(page, {"name": "Dr. Test Hickory", "email": DOCTOR, "role": "doctor"})
    press(page)
    says(page, DOCTOR)
    see(page, "staff-invited")


def the_doctor_joins(page: Page, mail: str, see: See) -> None:
    link = re.search(r"/invitation/\S+", mail)
    assert link
    page.goto(link.group())
    give(page, {"name": "Dr. Test Hickory", "password": PASSWORD, "password_again": PASSWORD})
    press(page)
    see(page, "staff-joined")


def they_claim_the_first_case(page: Page) -> str:
    page.goto("/queue/?tab=review")
    calm = page.locator("tbody tr:not(.row-urgent)")
    free = calm.filter(has=page.get_by_role("button", name=re.compile("^Claim and"))).first
    case = str(free.locator("[data-row-link]").get_attribute("href"))
    press(page, free.get_by_role("button"))
    return case


def their_sign_in_is_closed(page: Page, see: See) -> None:
    page.goto("/administration/staff")
    press(page, page.get_by_role("link", name="Dr. Test Hickory"))
    see(page, "staff-member")
    press(page, page.get_by_role("link", name="Close the sign-in"))
    page.locator('[name="colleague"]').select_option(label="Dr. Test Rowan")
    see(page, "staff-deactivate")
    press(page)
    says(page, "Dr. Test Hickory cannot sign in any more.")
    see(page, "staff-closed")


def the_colleague_has_it(page: Page, case: str) -> None:
    page.goto("/queue/?tab=mine")
    expect(page.locator(f'[data-row-link][href="{case}"]')).to_have_count(1)


def the_log_tells_it(page: Page, see: See) -> None:
    page.get_by_role("link", name="Dr. Test Hickory").click()
    press(page, page.get_by_role("link", name="What they did"))
    says(page, "Dr. Test Hickory")
    see(page, "log-of-one-person")
