"""A referral from the public form to "patient told": the practice, the desk, the patient, the doctor, the desk."""

import re
from datetime import date

from playwright.sync_api import Page, expect

from .answers import HEALTHY, SCIATICA, TODAY, Answers, in_english
from .conftest import Become, See
from .doctor import claim, decide
from .patient import give, newest_mail, press, says, sign
from .referrer import receipt, refer
from .unseen import answer_unseen
from .windows import Windows

ANSWERS: Answers = {
    **HEALTHY,
    **SCIATICA,
    "who/person": {"filling_in": "patient"},
    "about/sex": {"sex": "female"},
    "about/pregnancy": {"pregnant": "no"},
    "about/insurance": {"payer": "Medicare"},
    "tried/anything": {"any_therapy": "yes"},
    "tried/therapies": [],
}
# Nobody else of the demo was born on this day or has this number, so that nobody is taken for another.
NAME, MAIL, BORN, PHONE = "Test Patient Tupelo", "tupelo@example.org", date(1961, 3, 14), "555 0191"
REACHED = {"Patient's phone": PHONE, "Patient's e-mail address": MAIL}
LEFT_OPEN = {"prescribed": "prescribed"}  # what the referrer did not say of the therapy
REASON = "I want to examine her before we plan anything."


def test_from_the_public_form_to_patient_told(open_window: Windows, become: Become, see_wide_and_narrow: See) -> None:
    see = see_wide_and_narrow
    practice = open_window()
    refer(practice, **{"Last name": "Tupelo", "Date of birth": f"{BORN:%m/%d/%Y}"}, **REACHED)
    code, follow = receipt(practice)

    desk = become("Test Coordinator Hazel")
    the_desk_takes_it_on(desk, code, see)
    patient = open_window("phone")
    case = the_patient_comes(patient, see)
    they_say_whether_it_is_right(patient, case, see)
    sign(patient, NAME)
    says(patient, "What happens next")

    doctor = become("Dr. Test Larch", "phone")
    claim(doctor, case)
    says(doctor, "referrer")
    see(doctor, "in-case")
    decide(doctor, case, "see_in_clinic", _seen_before, "in", reason=REASON)

    the_desk_answers(desk, code, see)
    practice.goto(follow)
    says(practice, "Answer letter sent")
    the_loop_is_closed(desk, code, see)


def _seen_before(_page: Page, _name: str) -> None:
    """A page that another journey looks at."""


def the_desk_takes_it_on(page: Page, code: str, see: See) -> None:
    page.goto(f"/referrals/{code}/")
    says(page, "Is she a candidate for an injection?", "Match it with a patient")
    see(page, "in-referral")
    press(page, page.get_by_role("link", name="Match it with a patient"))
    see(page, "in-match")
    press(
        page, page.get_by_role("button", name=re.compile(r"^Add Test Practice Clover|^It is this one: Test Practice"))
    )
    press(page, page.get_by_role("button", name=re.compile("^Add Test Patient")))
    press(page, page.get_by_role("link", name="Accept it"))
    says(page, "Physical therapy", "as the referrer's words")
    see(page, "in-accept")
    press(page, page.get_by_role("button", name="Accept, and invite the patient"))
    says(page, "Patient invited")
    see(page, "in-invited")


def the_patient_comes(page: Page, see: See) -> str:
    """By the mail, the code and the birth date, to the first question; returns the case's reference."""
    invitation = newest_mail(page, MAIL)
    assert "injection" not in invitation
    found = re.search(r"/invitation/\S+", invitation)
    assert found
    page.goto(found.group())
    press(page)
    code = re.search(r"\b\d{6}\b", newest_mail(page, MAIL))
    assert code
    give(page, {"code": code.group()})
    press(page)
    give(page, {"birth_date": BORN.isoformat()})
    press(page)
    see(page, "in-my-page")
    page.goto("/")
    press(page, page.locator('main a[href*="/intake/"]'))
    case = re.search(r"/intake/(\w+)/", page.url)
    assert case
    return case.group(1)


def they_say_whether_it_is_right(page: Page, case: str, see: See) -> None:
    answers = {
        **ANSWERS,
        "about/name": {"birth_date": in_english(BORN)},
        "about/reach": {"phone": PHONE, "language": "en", "interpreter": "no"},
    }
    page.goto(f"/intake/{case}/")
    press(page)
    answer_unseen(page, answers, until="pain/region")
    says(page, "Your doctor's office told us this. Is it right?", "Low back", "Left")
    see(page, "in-told-page")
    press(page, page.get_by_role("button", name="Yes, that is right"))
    answer_unseen(page, answers, until="tried/therapies")
    says(page, "Your doctor's office told us this. Is it right?", "Physical therapy")
    see(page, "in-told-row")
    press(page, page.get_by_role("button", name="Yes, that is right"))
    expect(page.locator('[name="from_month_year"]')).to_have_value("2026")
    give(page, LEFT_OPEN)
    press(page)
    answer_unseen(page, answers)


def the_desk_answers(page: Page, code: str, see: See) -> None:
    page.goto(f"/referrals/{code}/")
    says(page, "Decided", "Send the referrer the answer")
    press(page, page.get_by_role("link", name="Answer the referrer"))
    says(page, REASON, "We want to see the patient before we decide.")
    see(page, "in-answer")
    letter = page.context.request.get(page.get_by_role("link", name="The letter").get_attribute("href") or "")
    assert letter.headers["content-type"] == "application/pdf"
    assert letter.body().startswith(b"%PDF")
    press(page, page.get_by_role("button", name="Mark as sent"))
    says(page, "Answer sent")


def the_loop_is_closed(page: Page, code: str, see: See) -> None:
    page.goto(f"/referrals/{code}/closed/")
    give(page, {"told_on": TODAY.isoformat()})
    press(page)
    says(page, "Closed", "The patient was told on")
    see(page, "in-closed")
