"""Recording a session: what the record then says, what is refused, and what is taken back."""

import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from clinic.audit import clock
from clinic.audit.actions import Refused
from clinic.candidacy.casefile import CaseFile
from clinic.people.models import Role
from clinic.record import actions as on_record
from clinic.record.models import Case, Injection, SaidBy, Score
from clinic.treatment.pathway.models import Pathway
from clinic.treatment.procedure import actions, planned
from clinic.treatment.procedure.models import Session, WentWrong
from tests.authorization.scenes import TODAY, decided
from tests.candidacy.scenes import a_doctor, a_known_case
from tests.factories import a_user, actor
from tests.procedure.scenes import recorded, said


@pytest.fixture
def pathway(doctor) -> Pathway:
    return Pathway.objects.get(decision=decided(doctor))


def record(pathway, doctor, **changed) -> Session:
    words = said(pathway, doctor, **changed)
    return actions.record_session(pathway=pathway, said=words, nonce=uuid.uuid4(), by=actor(doctor))


def document(case: Case) -> dict:
    return CaseFile.of(case).weighed.document


def test_the_engine_sees_a_session_as_it_sees_a_file(pathway, doctor):
    record(pathway, doctor, levels=["L4-5"])
    assert document(pathway.case)["injections"] == [
        {
            "on": "2026-06-01",
            "region": "lumbar",
            "approach": "transforaminal",
            "level_count": 1,
            "side": "left",
            "drug": "dexamethasone",
            "dose_mg": 10,
            "before": [
                {"scale": "NRS", "value": 7, "on": "2026-05-20"},
                {"scale": "RMDQ", "value": 15, "on": "2026-05-20"},
            ],
        }
    ]


def test_the_way_to_it_ends(pathway, doctor):
    record(pathway, doctor)
    pathway.refresh_from_db()
    assert pathway.ended_because == Pathway.Ended.DONE


def test_the_pain_of_the_day_is_no_fact_and_the_usual_pain_is_the_baseline(pathway, doctor):
    session = record(pathway, doctor, pain_before=9, pain_after=1, usual_pain=6)
    assert (session.pain_before, session.pain_after) == (9, 1)
    before = document(pathway.case)["injections"][0]["before"]
    assert {"scale": "NRS", "value": 6, "on": "2026-06-01"} in before
    assert [each["value"] for each in before if each["scale"] == "NRS"] == [6]


def test_the_baseline_is_the_latest_score_of_the_same_question(doctor):
    case = a_known_case(plan_name="Part B")
    for value, period, day in [(5, "average", 25), (9, "now", 30), (3, "worst", 30)]:
        by = actor(case.patient.user)
        on = date(2026, 5, day)
        on_record.score(case=case, scale="NRS", value=value, on=on, period=period, said_by=SaidBy.PATIENT, by=by)
    session = recorded(doctor, decided(doctor, case))
    pain = Score.objects.get(injection_key=session.key, scale="NRS")
    assert (pain.value, pain.on, pain.moment, pain.said_by) == (5, date(2026, 5, 25), "before", SaidBy.PATIENT)


def test_the_same_form_sent_twice_is_one_session(pathway, doctor):
    words, nonce = said(pathway, doctor), uuid.uuid4()
    both = [actions.record_session(pathway=pathway, said=words, nonce=nonce, by=actor(doctor)) for _ in range(2)]
    assert both[0] == both[1]
    assert Session.objects.count() == Injection.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"on": TODAY + timedelta(days=1)}, "has not come yet"),
        ({"on": date(1974, 3, 8)}, "before the patient was born"),
        ({"on": date(2026, 5, 31)}, "before 1 June 2026, the day on which the decision was signed"),
        ({"dose_mg": Decimal(8000)}, "8000 mg of dexamethasone is more than 200 mg of methylprednisolone"),
        ({"drug": "methylprednisolone", "dose_mg": Decimal(201)}, "a whole year"),
        ({"drug": "something new", "dose_mg": Decimal(1000)}, "1000 mg cannot be the dose of one session"),
        ({"dose_mg": Decimal(0)}, "Write the dose"),
        ({"levels": []}, "at least one level"),
        (
            {"outside_reason": " "},
            "outside the signed plan: no checklist of that day that says it may go on. Write why",
        ),
        ({"side": "right", "dose_mg": Decimal(12), "outside_reason": ""}, "signed plan: side, dose, no checklist"),
        ({"sedation": "moderate"}, "why there was sedation"),
        ({"rehab_from": date(2026, 6, 9), "rehab_until": date(2026, 6, 8)}, "cannot end before it begins"),
        ({"complications": [WentWrong("other", TODAY)]}, "Write what went wrong"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(pathway, doctor, changed, sentence):
    with pytest.raises(Refused, match=sentence):
        record(pathway, doctor, **changed)
    assert not Session.objects.exists()
    assert not Injection.objects.exists()


def test_as_much_as_is_recommended_for_a_year_is_not_refused(pathway, doctor):
    assert record(pathway, doctor, drug="Depo-Medrol", dose_mg=Decimal(200)).outside_plan[:2] == ["drug", "dose_mg"]


def test_what_differs_from_the_signed_plan_is_found_and_kept_with_its_reason(pathway, doctor):
    session = record(pathway, doctor, levels=["L4-5", "L5-S1"], contrast=False, outside_reason="Test reason.")
    assert session.outside_plan == ["level_count", "contrast", "check"]
    assert session.outside_reason == "Test reason."


@pytest.mark.parametrize(
    ("plan", "given", "names"),
    [
        ({}, {}, []),
        ({"drug": "Decadron", "dose_mg": 10.0}, {}, []),
        ({"drug": "betamethasone"}, {}, ["drug"]),
        ({"contrast": False}, {}, ["contrast"]),
        ({"contrast": None}, {}, []),
    ],
)
def test_what_the_plan_leaves_open_does_not_differ(plan, given, names):
    as_given = dict.fromkeys(planned.COMPARED) | {"drug": "Dexamethasone", "dose_mg": 10, "contrast": True} | given
    assert planned.differences(plan, as_given) == names


def test_only_a_doctor_performs_and_only_clinicians_record(pathway, doctor):
    coordinator, administrator = a_user(Role.COORDINATOR), a_user(Role.ADMINISTRATOR)
    words = said(pathway, doctor)
    wrong = replace(words, performed_by=coordinator)
    with pytest.raises(Refused, match="performed by a doctor"):
        actions.record_session(pathway=pathway, said=wrong, nonce=uuid.uuid4(), by=actor(doctor))
    with pytest.raises(Refused, match="Only a doctor or a coordinator"):
        actions.record_session(pathway=pathway, said=words, nonce=uuid.uuid4(), by=actor(administrator))
    session = actions.record_session(pathway=pathway, said=words, nonce=uuid.uuid4(), by=actor(coordinator))
    assert (session.performed_by, session.recorded_by) == (doctor, coordinator)


def test_nobody_records_a_session_of_their_own(doctor):
    case = a_known_case(plan_name="Part B")
    pathway = Pathway.objects.get(decision=decided(a_doctor("Dr. Test Larch"), case))
    case.patient.user = doctor
    case.patient.save()
    with pytest.raises(Refused, match="of yourself"):
        record(pathway, doctor)


def test_a_way_that_has_ended_leads_to_no_second_session(pathway, doctor):
    record(pathway, doctor)
    with pytest.raises(Refused, match="has ended"):
        record(pathway, doctor)


def test_a_session_of_the_same_region_and_day_is_recorded_once(pathway, doctor):
    record(pathway, doctor)
    again = Pathway.objects.get(decision=decided(doctor, pathway.case, reason="Test reason."))
    with pytest.raises(Refused, match="recorded already"):
        record(again, doctor)


def test_a_session_taken_back_leaves_the_record_and_the_candidate_in_the_list(pathway, doctor):
    session = record(pathway, doctor, usual_pain=6)
    actions.strike_session(session=session, because="Test: the wrong patient.", by=actor(doctor))
    session.refresh_from_db()
    assert (session.struck_by, session.struck_because) == (doctor, "Test: the wrong patient.")
    assert document(pathway.case)["injections"] == []
    assert not Score.objects.current().filter(injection_key=session.key).exists()
    assert Pathway.objects.open().filter(pk=pathway.pk).exists()
    assert record(pathway, doctor).key != session.key


def test_a_session_is_taken_back_once_and_with_a_reason(pathway, doctor):
    session = record(pathway, doctor)
    with pytest.raises(Refused, match="Write why"):
        actions.strike_session(session=session, because=" ", by=actor(doctor))
    actions.strike_session(session=session, because="Test.", by=actor(doctor))
    with pytest.raises(Refused, match="already"):
        actions.strike_session(session=session, because="Test.", by=actor(doctor))


def test_where_a_later_decision_stands_its_own_way_is_the_open_one(pathway, doctor):
    session = record(pathway, doctor)
    later = decided(doctor, pathway.case, reason="Test reason.")
    actions.strike_session(session=session, because="Test.", by=actor(doctor))
    assert Pathway.objects.open().get(case=pathway.case).decision == later


def test_complications_stand_on_the_day_on_which_they_were_seen(pathway, doctor):
    session = record(pathway, doctor, complications=[WentWrong("vasovagal", TODAY)])
    add = {"session": session, "by": actor(doctor)}
    with pytest.raises(Refused, match="not after today"):
        actions.add_complication(kind="headache", on=date(2026, 6, 2), nonce=uuid.uuid4(), **add)
    with clock.at(datetime(2026, 6, 3, 15, tzinfo=UTC)):
        nonce = uuid.uuid4()
        later = actions.add_complication(kind="headache", on=date(2026, 6, 2), nonce=nonce, **add)
        assert actions.add_complication(kind="headache", on=date(2026, 6, 2), nonce=nonce, **add) == later
        with pytest.raises(Refused, match="recorded already"):
            actions.add_complication(kind="headache", on=date(2026, 6, 2), nonce=uuid.uuid4(), **add)
        actions.strike_complication(complication=later, because="Test.", by=actor(doctor))
    assert [each.kind for each in session.complications.filter(struck_at=None)] == ["vasovagal"]


def test_a_session_before_the_next_eligible_day_needs_a_reason(pathway, doctor):
    record(pathway, doctor)
    with clock.at(datetime(2026, 6, 4, 15, tzinfo=UTC)):
        again = Pathway.objects.get(decision=decided(doctor, pathway.case, reason="Test reason."))
        with pytest.raises(Refused, match="a day before the next eligible one"):
            record(again, doctor, on=date(2026, 6, 4), outside_reason="")
        early = record(again, doctor, on=date(2026, 6, 4), outside_reason="Test: the first needle missed.")
    assert early.outside_plan == ["check", "early"]
