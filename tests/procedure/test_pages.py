"""A session on the pages: the list of the day, the checklist, the form from the plan, the session, what is printed."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic.audit.models import Event
from clinic.candidacy.models import Decision
from clinic.people.models import Role
from clinic.treatment.pathway.models import Pathway
from clinic.treatment.procedure.models import Check, Complication, Session, ThinnerPlan
from tests.authorization.scenes import TODAY, decided
from tests.candidacy.scenes import a_known_case
from tests.factories import a_patient, a_user
from tests.procedure.scenes import recorded
from tests.procedure.test_before import agree, go_through, with_thinner


@pytest.fixture
def decision(doctor) -> Decision:
    return decided(doctor)


@pytest.fixture
def session(decision, doctor) -> Session:
    return recorded(doctor, decision)


def address(of: Decision, page: str) -> str:
    return f"/case/{of.case.reference}/{page}/"


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def typed(decision: Decision, doctor, **changed: Any) -> dict[str, Any]:
    """What the form begins with, sent as it stands: the ordinary session."""
    as_shown = {
        "nonce": str(uuid.uuid4()),
        "on": TODAY.isoformat(),
        "performed_by": doctor.pk,
        "location": decision.case.location_id,
        "region": "lumbar",
        "levels": "L4-5",
        "side": "left",
        "approach": "transforaminal",
        "guidance": "fluoroscopy",
        "contrast": "yes",
        "drug": "dexamethasone",
        "dose_mg": "10",
        "sedation": "none",
        "rehabilitation": "refer",
    }
    return as_shown | changed


def test_record_session_begins_with_the_signed_plan_and_needs_nothing_more(desk, decision, doctor):
    go_through(Pathway.objects.get(), doctor)
    page = desk.get(address(decision, "session"))
    begun = page.context["form"]
    shown = {name: begun[name].value() for name in typed(decision, doctor) if name != "nonce"}
    assert shown == {name: value for name, value in typed(decision, doctor).items() if name != "nonce"} | {
        "on": TODAY,
        "performed_by": doctor.pk,
    }
    assert "Why it is outside" not in page.content.decode()
    answer = desk.post(address(decision, "session"), typed(decision, doctor))
    session = Session.objects.get()
    assert answer.headers["Location"] == f"/case/{decision.case.reference}/session/{session.pk}/"
    assert session.outside_plan == []
    assert {"procedure.opened", "procedure.recorded"} <= set(Event.objects.values_list("verb", flat=True))


def test_record_session_sent_twice_is_one_session_and_no_fault(desk, decision, doctor):
    said = typed(decision, doctor, outside_reason="Test reason.")
    first, again = (desk.post(address(decision, "session"), said) for _ in range(2))
    assert first.headers["Location"] == again.headers["Location"]
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"on": (TODAY + timedelta(days=1)).isoformat()}, "That day has not come yet"),
        ({"on": "1974-03-08"}, "before the patient was born"),
        ({"dose_mg": "8000"}, "8000 mg of dexamethasone is more than 200 mg"),
        ({"dose_mg": "NaN"}, "Enter a number"),
        ({"dose_mg": "-10"}, "Write the dose in mg"),
        ({"levels": "between the shoulders"}, "“BETWEEN” is no level"),
        ({"levels": " , "}, "is no level"),
        ({"pain_before": "11"}, "less than or equal to 10"),
        ({"sedation": "deep"}, "Write why there was sedation"),
        ({"complication": "other"}, "Write what happened"),
        ({"drug": "dexamethasone\x00"}, "Null characters"),
        ({"outside_reason": ""}, "outside the signed plan: no checklist"),
        ({"side": "right", "outside_reason": ""}, "outside the signed plan: side, no checklist"),
    ],
)
def test_record_session_loses_nothing_of_what_was_wrong(desk, decision, doctor, wrong, sentence):
    said = typed(decision, doctor, outside_reason="Test reason.", note="Test note that stays.") | wrong
    answer = desk.post(address(decision, "session"), said)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert sentence in shown
    assert "Test note that stays." in shown
    assert not Session.objects.exists()


def test_record_session_asks_for_a_baseline_only_where_none_is_on_record(desk, doctor):
    scored = decided(doctor)
    assert "Average pain of the last seven days" not in text(desk, address(scored, "session"))
    bare = a_known_case({"scores": []}, plan_name="Part B")
    unscored = decided(doctor, bare, reason="Test reason.")
    assert "Average pain of the last seven days" in text(desk, address(unscored, "session"))
    desk.post(address(unscored, "session"), typed(unscored, doctor, usual_pain="6", outside_reason="Test."))
    shown = text(desk, address(unscored, f"session/{Session.objects.get().pk}"))
    assert "<strong>NRS 6</strong>" in shown


def test_levels_are_read_as_people_write_them(desk, decision, doctor):
    desk.post(address(decision, "session"), typed(decision, doctor, levels="l4/5; L5-S1, l4-5", outside_reason="Test."))
    assert Session.objects.get().levels == ["L4-5", "L5-S1"]


def test_session_shows_what_was_done_and_what_rules_see(desk, session):
    shown = text(desk, address(session, f"session/{session.pk}"))
    for words in ("Low back, L4-5", "dexamethasone, 10 mg", "injection of 1 June 2026", "<strong>NRS 7</strong>"):
        assert words in shown
    assert "Outside the signed plan: no checklist of that day" in shown


def test_a_case_asks_no_other_practice_for_the_record_of_our_own_session(desk, session):
    shown = text(desk, f"/case/{session.case.reference}/")
    assert address(session, f"session/{session.pk}") in shown
    assert str(session.key) not in shown


def test_add_complication_and_strike_complication(desk, session):
    here = address(session, f"session/{session.pk}")
    said = {"nonce": str(uuid.uuid4()), "kind": "headache", "on": TODAY.isoformat(), "words": "Test: on standing."}
    assert [desk.post(f"{here}problem/", said).status_code for _ in range(2)] == [302, 302]
    wrong = Complication.objects.get()
    assert "Test: on standing." in text(desk, here)
    assert "Headache after dural puncture" in text(desk, f"{here}problem/{wrong.pk}/take-back/")
    assert desk.post(f"{here}problem/{wrong.pk}/take-back/", {"because": ""}).status_code == 422
    desk.post(f"{here}problem/{wrong.pk}/take-back/", {"because": "Test: not hers."})
    assert "Test: not hers." in text(desk, here)


def test_strike_session_keeps_it_with_its_reason(desk, session):
    here = address(session, f"session/{session.pk}")
    assert "no rule counts it any more" in text(desk, f"{here}take-back/")
    desk.post(f"{here}take-back/", {"because": "Test: the wrong patient."})
    assert "Test: the wrong patient." in text(desk, here)
    assert "Record the session" in text(desk, f"/case/{session.case.reference}/")


def test_check_asks_what_nobody_has_said_and_keeps_the_answers(desk, doctor):
    pathway, thinner = with_thinner(doctor)
    here = address(pathway.decision, "check")
    assert "no day is agreed" in text(desk, here)
    answers = dict.fromkeys(("signs", "infection", "allergies", "glucose", "pregnancy", "bleeding"), "clear")
    said = {"nonce": str(uuid.uuid4()), "asked_today": "on", "fitness": "clear", **answers}
    assert desk.post(here, said).status_code == 422
    settled = {f"thinner-{thinner.key}": "settled"}
    assert "Write how it is settled" in desk.post(here, said | settled).content.decode()
    settled[f"thinner-{thinner.key}-words"] = "Test: the cardiologist called."
    assert desk.post(here, said | settled).headers["Location"] == address(pathway.decision, "session")
    assert Check.objects.get().may_go_on


def test_check_that_stops_leads_back_to_the_case(desk, decision):
    keys = ("blood_thinners", "signs", "infection", "allergies", "glucose", "pregnancy", "bleeding", "fitness")
    said = dict.fromkeys(keys, "clear") | {"nonce": str(uuid.uuid4()), "asked_today": "on"}
    said |= {"infection": "stop", "infection-words": "Test: a cough."}
    assert desk.post(address(decision, "check"), said).headers["Location"] == f"/case/{decision.case.reference}/"
    assert not Check.objects.get().may_go_on
    assert "says: stop" in text(desk, address(decision, "session"))


def test_plan_thinner_proposes_no_day_and_strike_thinner_plan_takes_it_back(desk, doctor):
    pathway, thinner = with_thinner(doctor)
    here = address(pathway.decision, f"blood-thinner/{thinner.key}")
    form = desk.get(here).context["form"]
    assert [form[name].value() for name in ("last_dose_on", "first_dose_on", "agreed_on")] == [None, None, None]
    said = {
        "nonce": str(uuid.uuid4()),
        "goes_on": "stops",
        "agreed_with": "Dr. Test Bramble",
        "agreed_on": "2026-06-01",
    }
    assert "Write the day of the last dose" in desk.post(here, said).content.decode()
    assert desk.post(here, said | {"last_dose_on": "2026-06-02"}).status_code == 302
    plan = ThinnerPlan.objects.get()
    assert "last dose 2 June 2026" in text(desk, f"/case/{pathway.case.reference}/")
    taken_back = address(pathway.decision, f"blood-thinner/{plan.pk}/take-back")
    assert "Dr. Test Bramble" in text(desk, taken_back)
    desk.post(taken_back, {"because": "Test: another day."})
    assert not ThinnerPlan.objects.current().exists()


@pytest.mark.parametrize(("language", "words"), [("en", "Take apixaban for the last time"), ("es", "Tome apixaban")])
def test_thinner_days_are_read_and_printed_in_the_patient_s_language(doctor, language, words):
    pathway, thinner = with_thinner(doctor, language=language)
    agree(pathway, thinner, doctor)
    patient = Client()
    patient.force_login(pathway.case.patient.user)
    here = f"/cases/{pathway.case.reference}/"
    assert words in text(patient, f"{here}blood-thinner/")
    printed = patient.get(f"{here}blood-thinner.pdf")
    assert printed.headers["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in printed.content
    assert "Take apixaban for the last time on Tuesday, 2 June 2026." in text(patient, here)


def test_thinner_days_are_nobody_else_s_and_not_there_where_none_are_agreed(doctor, desk):
    pathway, thinner = with_thinner(doctor)
    pages = [f"/cases/{pathway.case.reference}/{page}" for page in ("blood-thinner/", "blood-thinner.pdf")]
    assert [desk.get(page).status_code for page in pages] == [404, 404]
    agree(pathway, thinner, doctor)
    stranger = Client()
    stranger.force_login(a_patient(a_user()).user)
    assert [stranger.get(page).status_code for page in pages] == [404, 404]
    assert [desk.get(page).status_code for page in pages] == [200, 200]


def test_a_session_of_another_case_is_not_found_under_this_one(desk, session, doctor):
    other = decided(doctor)
    assert desk.get(address(other, f"session/{session.pk}")).status_code == 404
    assert desk.get(address(other, "blood-thinner/9999/take-back")).status_code == 404
    assert desk.get(address(other, f"blood-thinner/{uuid.uuid4()}")).status_code == 404
    assert desk.get(address(session, "check")).status_code == 404  # its way has ended


def test_booked_lists_today_and_what_nobody_recorded_in_the_same_queries(desk, doctor):
    def book(**days: Any) -> None:
        Pathway.objects.filter(decision=decided(doctor)).update(**days)

    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            desk.get("/sessions/")
        return len(context)

    book(booked_on=TODAY)
    queries()  # what is kept between requests is asked once
    few = queries()
    book(booked_on=TODAY - timedelta(days=3))
    book(booked_on=TODAY + timedelta(days=1))
    rows = desk.get("/sessions/").context["page"].rows
    assert [way.booked_on for way in rows] == [TODAY - timedelta(days=3), TODAY]
    assert queries() == few
    assert "not recorded" in text(desk, "/sessions/")
    assert desk.get("/sessions/?location=0").status_code == 200


def test_booked_shows_the_coordinator_what_the_checklist_said(doctor):
    decision = decided(doctor)
    Pathway.objects.update(booked_on=TODAY)
    go_through(Pathway.objects.get(), doctor)
    coordinator = Client()
    coordinator.force_login(a_user(Role.COORDINATOR))
    shown = text(coordinator, "/sessions/")
    assert "gone through" in shown
    assert address(decision, "session") in shown
