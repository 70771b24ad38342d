"""A year of one patient's course, with "today" moved: the clinic at a desk, the patient on a phone by links alone."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

from tests import databases

from .answers import Given
from .conftest import See
from .doctor import decide
from .patient import give, newest_mail, press, says, sign_in_as
from .serving import serving
from .windows import Windows

WHO, MAIL, LARCH, HAZEL = "Test Patient Cypress", "cypress@example.org", "Dr. Test Larch", "Test Coordinator Hazel"
EVENING, ZONE = time(20), ZoneInfo("America/New_York")
WORK = "from clinic.treatment.checkins.actions.asking import ask_due, remind_due; ask_due(); remind_due()"
SHEET = [str(number) for number in (2, 3, 10, 21)]


@dataclass
class Clinic:
    """The clinic's server on the evening of one day; the database stays when the day is over."""

    address: str
    environment: dict[str, str]
    windows: Windows

    def work(self) -> None:
        """What the worker does each minute."""
        surroundings = {**os.environ, **self.environment, "CLINIC_PUBLIC_ADDRESS": self.address}
        asked = [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", WORK]
        subprocess.run(asked, cwd=databases.ROOT, env=surroundings, check=True)

    def become(self, name: str, size: str = "desktop") -> Page:
        page = self.windows(size, at=self.address)
        sign_in_as(page, name)
        return page

    def follow_the_mail(self) -> Page:
        """The patient's phone, at the address in their newest mail: nobody is signed in on it."""
        self.work()
        phone = self.windows("phone", at=self.address)
        link = re.search(r"https?://\S+/check-in/\S+", newest_mail(phone, MAIL))
        assert link, "no address in the newest mail"
        phone.goto(urlsplit(link.group()).path)
        return phone


On = Callable[[int], "Iterator[Clinic]"]


def days_until(day: int) -> float:
    """How far the clock is moved so that it is evening at the clinic, so many days from today."""
    here = datetime.now(ZONE)
    return (datetime.combine(here.date() + timedelta(day), EVENING, ZONE) - here) / timedelta(days=1)


def test_a_year_of_one_patients_course(open_window: Windows, see_wide_and_narrow: See, tmp_path: Path) -> None:
    see = see_wide_and_narrow
    with databases.clone(databases.demonstrated()) as name:

        @contextmanager
        def day(number: int) -> Iterator[Clinic]:
            state = tmp_path / str(number)
            state.mkdir()
            moved = {"CLINIC_DEMO": "1", "CLINIC_CLOCK_SHIFT_DAYS": f"{days_until(number):.6f}"}
            with serving(databases.url(name), state, **moved) as address:
                of_database = {"DATABASE_URL": databases.url(name), "CLINIC_STATE_DIR": str(state)}
                yield Clinic(address, moved | of_database, open_window)

        with day(0) as clinic:
            case = the_session_is_carried_out(clinic, see)
            answered(clinic, {"pain": "2", "relief": "60", "signs": "none"}, see, "year-evening")
        with day(7) as clinic:
            answered(clinic, {"pain": "3", "relief": "60", "signs": "none"}, see, "year-week")
            the_referral_is_opened_from_the_list(clinic, see)
        with day(14) as clinic:
            scales: Given = {"peg_pain": "2", "peg_enjoyment": "2", "peg_activity": "3", "rmdq": SHEET}
            long: Given = {"pain": "2", "relief": "80", "better_or_less_medicine": "yes", "signs": "none"}
            answered(clinic, long | scales, see, "year-two-weeks")
        with day(62) as clinic:
            gone: Given = {"pain": "7", "relief": "10", "signs": "none"}
            answered(clinic, gone, see, "year-two-months", ticked="that is over now")
            the_doctor_hears_that_the_relief_ended(clinic, case, see)
            another_one_is_too_early(clinic, case, see)
        with day(70) as clinic:
            the_second_session_is_carried_out(clinic, case)
        with day(370) as clinic:
            the_course_runs_on(clinic, case, see)


def answered(clinic: Clinic, given: Given, see: See, story: str, ticked: str = "") -> None:
    """The check-in that is due, by its link, with no account."""
    phone = clinic.follow_the_mail()
    assert WHO not in phone.content()
    see(phone, f"{story}-asked")
    give(phone, given)
    if ticked:
        phone.get_by_label(ticked).check()
    press(phone)
    says(phone, "Your answer is with your doctor")
    see(phone, f"{story}-thanks")


def the_session_is_carried_out(clinic: Clinic, see: See) -> str:
    desk = clinic.become(HAZEL)
    desk.goto("/candidates/")
    says(desk, WHO, "Settle what is held before the session")
    see(desk, "year-candidates")
    press(desk, desk.get_by_role("link", name=WHO))
    found = re.search(r"/case/(\w+)/", desk.url)
    assert found
    case = found.group(1)
    see(desk, "year-way")
    gone_through(desk, case, see)
    doctor = clinic.become(LARCH)
    doctor.goto(f"/case/{case}/session/")
    see(doctor, "year-session")
    give(doctor, {"pain_before": "7", "pain_after": "2", "views_kept": "yes", "rehabilitation": "refer"})
    give(doctor, {"dose_mg": "8000"})
    press(doctor)
    says(doctor, "Look at")
    see(doctor, "year-session-dose")
    give(doctor, {"dose_mg": "10"})
    press(doctor)
    says(doctor, "L3-4", "dexamethasone")
    see(doctor, "year-session-recorded")
    return case


def gone_through(page: Page, case: str, see: See) -> None:
    """The checklist: what the record holds is settled with words, everything else was asked and is clear."""
    page.goto(f"/case/{case}/check/")
    see(page, "year-check")
    for item in page.locator(".check-item").all():
        clear = item.locator('[type="radio"][value="clear"]')
        if clear.count():
            clear.check()
        else:
            item.locator('[type="radio"][value="settled"]').check()
            item.locator('[type="text"]').fill("Stopped as agreed with the cardiologist.")
    page.get_by_label("I asked the patient today").check()
    press(page)


def the_referral_is_opened_from_the_list(clinic: Clinic, see: See) -> None:
    desk = clinic.become(HAZEL)
    desk.goto("/rehabilitation/")
    says(desk, WHO)
    see(desk, "year-rehabilitation")
    press(desk, desk.get_by_role("row").filter(has_text=WHO).get_by_role("button"))
    says(desk, "From the record")
    see(desk, "year-referral")
    desk.goto("/rehabilitation/")
    assert WHO not in desk.locator("main").inner_text()


def the_doctor_hears_that_the_relief_ended(clinic: Clinic, case: str, see: See) -> None:
    doctor = clinic.become(LARCH)
    doctor.goto(f"/case/{case}/")
    says(doctor, "Another injection", "relief")
    see(doctor, "year-case")
    give(doctor, {"finding": "Called: the leg hurts as before, no new weakness."})
    press(doctor, doctor.get_by_role("button", name="Keep and settle"))
    doctor.goto(f"/cases/{case}/relief/")
    says(doctor, "80 %")
    see(doctor, "year-relief")
    patient = clinic.become(WHO, "phone")
    patient.goto(f"/cases/{case}/")
    see(patient, "year-status")


def another_one_is_too_early(clinic: Clinic, case: str, see: See) -> None:
    """The doctor decides again, against the payer's rule; the desk is stopped, and the doctor says why to go on."""
    doctor = clinic.become(LARCH)
    doctor.goto(f"/case/{case}/")
    press(doctor, doctor.get_by_role("button", name="Reopen the chart"))
    reason = "Relief of two months with function regained; declines surgery."
    settled = "Apixaban: agreed with the cardiologist, as the first time."
    decide(doctor, case, "candidate", see, "year", reason=reason, holds_settled=settled)
    desk = clinic.become(HAZEL)
    desk.goto(f"/candidates/?text={case}")
    press(desk, desk.get_by_role("link", name=WHO))
    way = urlsplit(desk.url).path
    in_a_week = (datetime.now(ZONE).date() + timedelta(70)).isoformat()
    give(desk, {"day": in_a_week})
    press(desk, desk.get_by_role("button", name="Book this day"))
    says(desk, "What stands against that day", "Only a doctor may go on before that day")
    see(desk, "year-too-early-desk")
    doctor.goto(way)
    give(doctor, {"day": in_a_week})
    press(doctor, doctor.get_by_role("button", name="Book this day"))
    see(doctor, "year-too-early")
    give(doctor, {"reason": "Two months of relief carried the exercises; surgery is declined."})
    press(doctor, doctor.get_by_role("button", name="Book it with this reason"))
    says(doctor, "surgery is declined")
    see(doctor, "year-booked-early")


def the_second_session_is_carried_out(clinic: Clinic, case: str) -> None:
    doctor = clinic.become(LARCH)
    doctor.goto(f"/case/{case}/session/")
    give(doctor, {"outside_reason": "The checklist was gone through on paper."})
    press(doctor)
    says(doctor, "The checklist was gone through on paper")


def the_course_runs_on(clinic: Clinic, case: str, see: See) -> None:
    doctor = clinic.become(LARCH)
    doctor.goto(f"/case/{case}/")
    says(doctor, "year")
    see(doctor, "year-enough")
