"""A patient without e-mail: staff write by phone, the patient goes on at the desk's tablet, a carer signs at home."""

import re

from playwright.sync_api import Page, expect

from .answers import HEALTHY, SCIATICA, Answers
from .conftest import Become, See
from .patient import answer, give, newest_mail, place, press, says, sign
from .unseen import answer_unseen
from .windows import Windows

CARER = "banyan.daughter@example.org"
BANYAN: Answers = {
    **HEALTHY,
    **SCIATICA,
    "who/person": {"filling_in": "patient"},
    "about/name": {},
    "about/sex": {"sex": "female"},
    "about/reach": {"phone": "555 0180", "language": "es", "interpreter": "no"},
    "about/insurance": {"payer": "Medicare"},
    "pain/daily": dict.fromkeys(["do_sleep", "do_sit", "do_stand", "do_walk", "do_dress", "do_house"], "hard"),
    "tried/anything": {"any_therapy": "dk"},
    "health/thinning": {"any_thinner": "dk"},
}
BY_A_CARER = {"filling_in": "somebody", "helper_name": "Test Daughter Banyan", "helper_relation": "daughter"}


def test_three_hands_fill_in_one_record(open_window: Windows, become: Become, see: See) -> None:
    coordinator = become("Test Coordinator Hazel")
    patient = a_patient_without_mail_is_added(coordinator, see)
    case = staff_write_what_they_hear(coordinator, see)

    tablet = open_window(scripts=False)
    the_patient_goes_on_at_the_tablet(tablet, a_code_for_the_tablet(coordinator, patient, see), see)

    a_carer_is_invited(coordinator, patient, see)
    carer = open_window("phone", scripts=False, language="es")
    the_carer_comes(carer, see)
    they_finish_it(carer, case, see)

    the_record_says_who_typed(coordinator, case)


def a_patient_without_mail_is_added(page: Page, see: See) -> str:
    page.goto("/patients/new")
    see(page, "others-add-patient")
    give(page, {"given_name": "Test Patient", "family_name": "Banyan", "birth_date": "1941-07-02"})
    press(page)
    see(page, "others-patient")
    return page.url


def staff_write_what_they_hear(page: Page, see: See) -> str:
    press(page, page.get_by_role("link", name="Open a case and fill in by phone"))
    see(page, "others-start")
    press(page, page.get_by_role("button", name=re.compile("Begin")))
    press(page)
    says(page, "You are writing for Test Patient Banyan")
    here = place(page)
    answer(page, BANYAN, see, "others-by-phone", until="safety/before")
    answer_unseen(page, BANYAN, until="pain/where")
    assert here
    return here.case


def a_code_for_the_tablet(page: Page, patient: str, see: See) -> str:
    page.goto(patient)
    press(page, page.get_by_role("button", name="Code for the tablet"))
    see(page, "others-desk-code")
    return str(page.locator(".big-code").get_attribute("aria-label")).replace(" ", "")


def the_patient_goes_on_at_the_tablet(page: Page, code: str, see: See) -> None:
    page.goto("/desk/")
    see(page, "others-tablet")
    give(page, {"code": code})
    press(page)
    see(page, "others-tablet-home")
    press(page, page.locator('main a[href*="/cases/"]'))
    press(page, page.locator("main a.button--main"))
    press(page)
    answer(page, BANYAN, see, "others-tablet", until="pain/travels")
    answer_unseen(page, BANYAN, until="tried/anything")
    press(page, page.locator('form[action="/sign-out/"] button'))
    expect(page.locator('[name="code"]')).to_be_visible()


def a_carer_is_invited(page: Page, patient: str, see: See) -> None:
    page.goto(patient)
    press(page, page.get_by_role("link", name="Invite a carer"))
    see(page, "others-invite-carer")
    give(page, {"name": "Test Daughter Banyan", "relation": "daughter", "email": CARER})
    press(page)
    says(page, CARER)
    see(page, "others-carer-invited")


def the_carer_comes(page: Page, see: See) -> None:
    invitation = re.search(r"/invitation/\S+", newest_mail(page, CARER))
    assert invitation
    page.goto(invitation.group())
    see(page, "others-invitation")
    press(page)
    code = re.search(r"\b\d{6}\b", newest_mail(page, CARER))
    assert code
    give(page, {"code": code.group()})
    press(page)
    see(page, "others-birth-date")
    give(page, {"birth_date": "1941-07-02"})
    press(page)
    see(page, "others-carer-home")


def they_finish_it(page: Page, case: str, see: See) -> None:
    page.goto(f"/intake/{case}/who/person/")
    give(page, BY_A_CARER)
    see(page, "others-carer-who")
    press(page)
    page.goto(f"/intake/{case}/")
    press(page)
    answer_unseen(page, BANYAN)
    see(page, "others-check")
    says(page, "Test Daughter Banyan")
    sign(page, "Test Daughter Banyan")
    see(page, "others-receipt")


def the_record_says_who_typed(page: Page, case: str) -> None:
    page.goto(f"/case/{case}/")
    says(page, "by Test Daughter Banyan")
    page.locator("summary", has_text="Safety check").click()
    expect(page.locator("details", has_text="Safety check")).to_contain_text("Hazel")
