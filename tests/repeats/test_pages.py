"""Another injection as the doctor reads it: on the case page, by every set, and before the next plan."""

import uuid
from datetime import date

import pytest

from clinic.audit.models import Event
from clinic.people.models import Role
from clinic.policies.actions.plans import map_plan
from clinic.record import actions as on_record
from clinic.repeats.actions import give_reason
from tests.candidacy.scenes import a_known_case
from tests.criteria.documents import session
from tests.factories import a_user, actor

LASTING = session("2026-05-25", relief_lasting=True)
RUNS_ON = "This course of injections runs on"


@pytest.fixture(autouse=True)
def test_plan(doctor):
    map_plan(payer="Test Plan", plan_name="", key="evicore-cmm-200", by=actor(a_user(Role.ADMINISTRATOR)))


def a_repeat(*given, **said):
    return a_known_case({"injections": list(given)} | said, payer="Test Plan")


def text(desk, path):
    return " ".join(desk.get(path).content.decode().split())


def test_case_says_the_first_day_and_what_holds_it_back(desk):
    shown = text(desk, f"/case/{a_repeat(LASTING).reference}/")
    assert "Low back (lumbar): <strong>8 June 2026</strong>" in shown
    assert "Held back by: effect of the last injection, time since the last injection" in shown
    assert "would be met, if nothing else changes" in shown
    assert RUNS_ON not in shown


def test_case_without_an_injection_says_nothing_of_another(desk):
    assert "Another injection" not in text(desk, f"/case/{a_repeat().reference}/")


def test_case_without_a_set_leads_to_what_each_asks(desk):
    case = a_known_case({"injections": [LASTING]}, payer="Nobody Knows")
    shown = text(desk, f"/case/{case.reference}/")
    assert "No set is named for this patient, and no decision rests on one. See what each asks." in shown
    assert f"/case/{case.reference}/again/" in shown


def test_case_shows_no_day_while_an_urgent_sign_stands(desk, doctor):
    case = a_repeat(LASTING)
    on_record.raise_alert(case=case, kind="urgent", signs=["saddle_numbness"], by=actor(doctor))
    assert "8 June 2026" not in text(desk, f"/case/{case.reference}/")
    assert "No criteria are shown while an urgent sign stands" in text(desk, f"/case/{case.reference}/again/")


def test_case_shows_why_a_day_was_planned_earlier(desk, doctor):
    case = a_repeat(LASTING)
    given = {"day": date(2026, 6, 4), "reason": "The leg gives way again.", "nonce": uuid.uuid4()}
    give_reason(case=case, by=actor(doctor), **given)
    shown = text(desk, f"/case/{case.reference}/")
    assert "<strong>4 June 2026</strong>, before 8 June 2026: “The leg gives way again.”" in shown


def test_again_shows_every_set_and_every_region(desk):
    case = a_repeat(LASTING, session("2026-01-10", region="cervical"))
    shown = text(desk, f"/case/{case.reference}/again/")
    for words in ("Low back (lumbar)", "Neck (cervical)", "Medicare", "(theirs)", "8 June 2026"):
        assert words in shown
    assert Event.objects.filter(verb="case.repeats_opened").get().patient_ids == [case.patient_id]


def test_again_without_an_injection_says_so(desk):
    assert "No epidural injection is on record" in text(desk, f"/case/{a_repeat().reference}/again/")


@pytest.mark.parametrize("page", ["", "again/", "chart/plan/", "decide/"])
def test_a_course_that_runs_on_is_shown_before_the_next_plan(desk, page):
    case = a_repeat(*(session(day) for day in ("2025-03-10", "2025-12-01", "2026-03-01")))
    shown = text(desk, f"/case/{case.reference}/{page}")
    assert RUNS_ON in shown
    assert "The course has run since 10 March 2025" in shown
