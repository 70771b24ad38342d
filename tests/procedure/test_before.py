"""Before a session: what the checklist says of a record, what is agreed on blood thinners, and who reads it."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from clinic.audit import clock
from clinic.audit.actions import Refused
from clinic.candidacy.casefile import CaseFile
from clinic.people.models import Role
from clinic.post.models import Message
from clinic.record import actions as on_record
from clinic.record.models import BloodThinner, Case
from clinic.treatment.pathway.models import Pathway
from clinic.treatment.procedure import actions, reading
from clinic.treatment.procedure.checklist import Item, State
from clinic.treatment.procedure.models import Agreed, Answered, Check, ThinnerPlan
from clinic.treatment.procedure.told import sentences
from tests.authorization.scenes import TODAY, decided
from tests.candidacy.scenes import COMPLETE, a_known_case
from tests.factories import a_user, actor
from tests.procedure.scenes import recorded

APIXABAN = {"name": "apixaban", "class": "anticoagulant", "last_taken": "2026-05-31"}
CLEAR = Answered("clear")
STOPPED = Agreed(
    goes_on=False,
    agreed_with="Dr. Test Bramble",
    agreed_on=date(2026, 5, 30),
    last_dose_on=date(2026, 6, 2),
    first_dose_on=date(2026, 6, 6),
    words="The evening dose.",
)


def listed(case: Case) -> dict[str, Item]:
    return {item.key.partition("-")[0]: item for item in reading.checks(CaseFile.of(case))}


def with_thinner(doctor, **patient: Any) -> tuple[Pathway, BloodThinner]:
    case = a_known_case({"blood_thinners": [APIXABAN]}, plan_name="Part B", **patient)
    pathway = Pathway.objects.get(decision=decided(doctor, case, holds_settled="Test: agreed by phone."))
    return pathway, BloodThinner.objects.get(case=case)


def agree(pathway, thinner, doctor, agreed=STOPPED, **more: Any) -> ThinnerPlan:
    words = {"thinner_key": thinner.key, "agreed": agreed, "nonce": uuid.uuid4(), "by": actor(doctor)}
    return actions.plan_thinner(case=pathway.case, **(words | more))


def go_through(pathway, doctor, **changed: Answered) -> Check:
    answers = {item.key: CLEAR for item in reading.checks(CaseFile.of(pathway.case))} | changed
    return actions.go_through(pathway=pathway, items=answers, nonce=uuid.uuid4(), by=actor(doctor))


def test_what_was_answered_with_no_is_clear_and_what_nobody_said_is_asked(doctor):
    items = listed(a_known_case())
    assert {key for key, item in items.items() if item.state != State.CLEAR} == {"pregnancy"}
    assert items["pregnancy"].known == "Pregnant, or might be: nobody has said"
    assert items["allergies"].known == "No: contrast, a steroid, a local anaesthetic"
    assert items["blood_thinners"].known == "None is taken"


@pytest.mark.parametrize(
    ("group", "changed", "key", "state", "words"),
    [
        ("allergies", {"contrast": True}, "allergies", State.ATTENTION, "Allergy: contrast: yes (patient, "),
        ("allergies", {"steroid": None}, "allergies", State.ASK, "Allergy: a steroid: nobody has said"),
        ("conditions", {"diabetes": True}, "glucose", State.ATTENTION, "Diabetes is well controlled: nobody has said"),
        ("conditions", {"infection": True}, "infection", State.ATTENTION, "Infection now: yes"),
        ("conditions", {"kidney_disease": None}, "fitness", State.ASK, "Kidney disease: nobody has said"),
        ("red_flags", {"fever_or_chills": None}, "signs", State.ASK, "Fever or chills: nobody has said"),
    ],
)
def test_the_checklist_answers_from_the_record(doctor, group, changed, key, state, words):
    said = {name: value for name, value in (COMPLETE[group] | changed).items() if value is not None}
    item = listed(a_known_case({group: said}))[key]
    assert item.state == state
    assert words in item.known


def test_what_was_reported_since_and_nobody_looked_into_speaks_against_a_session(doctor):
    case = a_known_case()
    on_record.raise_alert(case=case, kind="urgent", signs=["severe_headache"], by=actor(case.patient.user))
    item = listed(case)["signs"]
    assert item.state == State.ATTENTION
    assert item.known.startswith("Reported, and no doctor has looked into it: ")


def test_an_urgent_sign_is_no_item_that_is_settled_at_the_door(doctor):
    pathway, thinner = with_thinner(doctor)
    agree(pathway, thinner, doctor)
    patient = actor(pathway.case.patient.user)
    on_record.raise_alert(case=pathway.case, kind="urgent", signs=["severe_headache"], by=patient)
    with pytest.raises(Refused, match="A doctor looks into it"):
        go_through(pathway, doctor, signs=Answered("settled", "Test: it is better."))
    assert not go_through(pathway, doctor, signs=Answered("stop", "Test: sent to a doctor.")).may_go_on


def test_pregnancy_is_not_asked_of_a_man(doctor):
    assert "pregnancy" not in listed(a_known_case(sex="male"))


def test_a_blood_thinner_nobody_was_asked_about_is_unknown(doctor):
    item = listed(a_known_case({"blood_thinners": None}))["blood_thinners"]
    assert (item.state, item.known) == (State.ASK, "Nobody has said whether one is taken")


def test_a_blood_thinner_speaks_against_a_session_until_its_days_are_agreed(doctor):
    pathway, thinner = with_thinner(doctor)
    assert listed(pathway.case)["thinner"].state == State.ATTENTION
    agree(pathway, thinner, doctor)
    item = listed(pathway.case)["thinner"]
    assert item.state == State.ASK
    assert "Last dose on 2 June 2026, taken again from 6 June 2026 (agreed with Dr. Test Bramble" in item.known


def test_a_checklist_keeps_what_was_known_beside_the_answer(doctor):
    pathway, thinner = with_thinner(doctor)
    agree(pathway, thinner, doctor)
    check = go_through(pathway, doctor, signs=Answered("stop", "Test: new weakness."))
    assert not check.may_go_on
    kept = {row["key"]: row for row in check.items}
    assert kept["signs"]["answer"] == "stop"
    assert kept["signs"]["words"] == "Test: new weakness."
    assert "Dr. Test Bramble" in kept[f"thinner-{thinner.key}"]["known"]
    assert go_through(pathway, doctor).may_go_on


def test_what_speaks_against_a_session_is_never_called_clear(doctor):
    pathway, thinner = with_thinner(doctor)
    with pytest.raises(Refused, match="apixaban: the record speaks against it"):
        go_through(pathway, doctor)
    settled = {f"thinner-{thinner.key}": Answered("settled", "Test: stopped in hospital.")}
    assert go_through(pathway, doctor, **settled).may_go_on


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [(Answered(""), "answer it"), (Answered("maybe"), "answer it"), (Answered("settled", " "), "write how")],
)
def test_every_item_is_answered_with_words_where_it_is_not_clear(doctor, answer, sentence):
    pathway = Pathway.objects.get(decision=decided(doctor))
    with pytest.raises(Refused, match=sentence):
        go_through(pathway, doctor, glucose=answer)
    assert not Check.objects.exists()


def test_a_checklist_of_the_day_lets_a_session_be_recorded_as_planned(doctor):
    decision = decided(doctor)
    go_through(Pathway.objects.get(decision=decision), doctor)
    session = recorded(doctor, decision, outside_reason="")
    assert (session.outside_plan, session.check_before.day) == ([], TODAY)


def test_a_checklist_of_another_day_or_one_that_stops_does_not(doctor):
    decision = decided(doctor)
    pathway = Pathway.objects.get(decision=decision)
    go_through(pathway, doctor)
    go_through(pathway, doctor, signs=Answered("stop", "Test."))
    with pytest.raises(Refused, match="no checklist of that day"):
        recorded(doctor, decision, outside_reason="")
    with clock.at(datetime(2026, 6, 2, 15, tzinfo=UTC)), pytest.raises(Refused, match="no checklist of that day"):
        recorded(doctor, decision, on=date(2026, 6, 2), outside_reason="")


def test_the_patient_hears_of_agreed_days_and_the_mail_says_nothing_of_them(doctor):
    pathway, thinner = with_thinner(doctor)
    before = Message.objects.count()
    agree(pathway, thinner, doctor)
    assert Message.objects.count() == before + 1
    assert "apixaban" not in Message.objects.latest("pk").body


def test_a_new_agreement_takes_the_place_of_the_one_before(doctor):
    pathway, thinner = with_thinner(doctor)
    first, nonce = agree(pathway, thinner, doctor), uuid.uuid4()
    goes_on = Agreed(goes_on=True, agreed_with="Dr. Test Bramble", agreed_on=TODAY)
    second = agree(pathway, thinner, doctor, goes_on, nonce=nonce)
    assert agree(pathway, thinner, doctor, goes_on, nonce=nonce) == second
    first.refresh_from_db()
    assert first.struck_because == "Agreed anew."
    assert list(ThinnerPlan.objects.current()) == [second]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"agreed_with": " "}, "with whom"),
        ({"agreed_on": TODAY + timedelta(days=1)}, "has not come yet"),
        ({"goes_on": True}, "goes on has no last dose"),
        ({"last_dose_on": None, "first_dose_on": None}, "day of the last dose"),
        ({"first_dose_on": date(2026, 6, 1)}, "before its last dose"),
    ],
)
def test_days_that_cannot_be_are_refused(doctor, changed, sentence):
    pathway, thinner = with_thinner(doctor)
    with pytest.raises(Refused, match=sentence):
        agree(pathway, thinner, doctor, Agreed(**(vars(STOPPED) | changed)))
    with pytest.raises(Refused, match="not on record"):
        agree(pathway, thinner, doctor, thinner_key=uuid.uuid4())
    with pytest.raises(Refused, match="Only a doctor or a coordinator"):
        agree(pathway, thinner, a_user(Role.ADMINISTRATOR))
    assert not ThinnerPlan.objects.exists()


def test_the_patient_reads_the_days_until_the_medicine_is_taken_again(doctor):
    pathway, thinner = with_thinner(doctor)
    plan = agree(pathway, thinner, doctor)
    reads = pathway.case.thinner_plans.for_patient
    with clock.at(datetime(2026, 6, 4, 15, tzinfo=UTC)):
        session = recorded(doctor, pathway.decision, on=date(2026, 6, 4))
        assert list(reads()) == [plan]
    with clock.at(datetime(2026, 6, 7, 15, tzinfo=UTC)):
        assert not reads().exists()
        actions.strike_session(session=session, because="Test.", by=actor(doctor))
        assert list(reads()) == [plan]
        actions.strike_thinner_plan(plan=plan, because="Test: another day.", by=actor(doctor))
        assert not reads().exists()


def test_the_patient_s_sentences_say_only_what_was_agreed(doctor):
    pathway, thinner = with_thinner(doctor)
    plan = agree(pathway, thinner, doctor)
    said = sentences(plan)
    assert said[0] == "Take apixaban for the last time on Tuesday, 2 June 2026."
    assert said[1] == "Take it again from Saturday, 6 June 2026."
    plan.first_dose_on = None
    assert sentences(plan)[1].startswith("We will tell you when to take it again.")
    plan.goes_on = True
    assert sentences(plan)[0] == "Keep taking apixaban. Do not stop it for the injection."
