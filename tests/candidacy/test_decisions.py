"""Signing: who may, on what, once, and for good."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from clinic.audit.actions import Refused
from clinic.audit.models import Event
from clinic.candidacy.actions import chart, claims, decisions
from clinic.candidacy.actions.decisions import Changed, sign
from clinic.candidacy.casefile import CaseFile
from clinic.candidacy.models import Assessment, Decision, Outcome, Words
from clinic.people.models import Access
from clinic.policies.actions.plans import map_plan
from clinic.post.models import Message
from clinic.record import actions as on_record
from clinic.record.models import Case, Stage
from tests.candidacy.scenes import PASSWORD, a_doctor, a_known_case
from tests.factories import a_user, actor


def words(case: Case, **changed: object) -> Words:
    """A decision as the page would hand it over: everything that it showed, as it stands now."""
    file = CaseFile.of(case)
    said = {
        "nonce": uuid.uuid4(),
        "outcome": Outcome.CANDIDATE,
        "policy": "",
        "shown": file.seal,
        "patient_message": "Test message.",
        "patient_language": "en",
        "supersedes": file.decision.pk if file.decision else None,
    }
    return Words(**(said | changed))


def closed(case: Case, doctor) -> Case:
    chart.close(case=case, by=actor(doctor))
    return Case.objects.get(pk=case.pk)


def signed(case: Case, doctor, **changed: object) -> Decision:
    return sign(case=case, words=words(case, **changed), secret=PASSWORD, by=actor(doctor))


def test_a_decision_keeps_the_assessment_as_it_stood(doctor):
    case = closed(a_known_case(), doctor)
    decision = signed(case, doctor)
    kept = decision.assessment
    assert kept.seal == CaseFile.of(case).seal
    assert kept.facts["complaint"]["root"] == "L5"
    assert {each["policy"] for each in kept.determinations} >= {"medicare-lcd", "credence-mp-303"}
    medicare = next(each for each in kept.determinations if each["policy"] == "medicare-lcd")
    assert len(medicare["sha256"]) == 64
    clause = next(each for each in medicare["clauses"] if each["key"] == "conservative-care")
    assert clause["sentence"]["en"].startswith("Pain for 91 days")
    assert clause["because"][0]["values"]
    assert decision.policy.startswith("medicare-lcd@")
    assert decision.seal_holds
    case.refresh_from_db()
    assert case.stage == Stage.DECIDED
    assert case.claimed_by is None
    assert Event.objects.filter(verb="decision.signed", object_id=str(decision.pk)).exists()


def test_spanish_sentences_are_kept_for_a_patient_who_reads_spanish(doctor):
    case = closed(a_known_case(language="es"), doctor)
    clause = signed(case, doctor).assessment.determinations[0]["clauses"][0]
    assert set(clause["sentence"]) == {"en", "es"}


def test_a_later_change_of_the_record_changes_nothing_that_was_signed(doctor):
    case = closed(a_known_case(), doctor)
    decision = signed(case, doctor)
    before = decision.assessment.content
    on_record.state(case=case, fact="complaint.root", value="S1", said_by="doctor", by=actor(doctor))
    stored = Decision.objects.get(pk=decision.pk)
    assert stored.assessment.content == before
    assert stored.seal_holds


def test_the_database_refuses_to_rewrite_what_was_signed(doctor):
    decision = signed(closed(a_known_case(), doctor), doctor)
    for rows, change in ((Decision.objects, {"reason": "other"}), (Assessment.objects, {"facts": {}})):
        with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
            rows.filter(pk__gt=0).update(**change)
    assert decision.seal_holds


def test_the_seal_shows_what_was_tampered_with(doctor):
    decision = signed(closed(a_known_case(), doctor), doctor)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE candidacy_assessment DISABLE TRIGGER USER")
        cursor.execute("UPDATE candidacy_assessment SET facts = jsonb_set(facts, '{complaint,root}', '\"L4\"')")
        cursor.execute("ALTER TABLE candidacy_assessment ENABLE TRIGGER USER")
    assert not Decision.objects.get(pk=decision.pk).seal_holds


def test_the_same_form_sent_twice_is_one_decision(doctor):
    case = closed(a_known_case(), doctor)
    said = words(case)
    first = sign(case=case, words=said, secret=PASSWORD, by=actor(doctor))
    again = sign(case=case, words=said, secret=PASSWORD, by=actor(doctor))
    assert first == again
    assert Decision.objects.count() == 1


def test_a_double_click_is_one_decision_for_both(doctor, monkeypatch):
    case, first = closed(a_known_case(), doctor), []
    really = decisions._sign

    def overtaken(**said):
        first.append(really(**said))
        raise decisions.Changed("stored by the other one meanwhile")

    monkeypatch.setattr(decisions, "_sign", overtaken)
    assert [signed(case, doctor)] == first


def test_the_second_of_two_doctors_is_told(doctor):
    case = closed(a_known_case(), doctor)
    second, theirs = a_doctor("Dr. Test Hazel"), words(case, outcome=Outcome.SEE_IN_CLINIC)
    signed(case, doctor)
    with pytest.raises(Refused, match="Test Rowan has decided this case while you were writing"):
        sign(case=case, words=theirs, secret=PASSWORD, by=actor(second))
    assert Decision.objects.count() == 1


def test_two_first_decisions_of_one_case_cannot_be_stored(doctor):
    decision = signed(closed(a_known_case(), doctor), doctor)
    other = Assessment.objects.create(
        case=decision.case,
        as_of=decision.assessment.as_of,
        facts={},
        sources={},
        safety={},
        determinations=[],
        engine_version="1",
        seal="x",
        made_by=doctor,
    )
    decision.pk, decision.nonce, decision.assessment = None, uuid.uuid4(), other
    with pytest.raises(IntegrityError), transaction.atomic():
        decision.save(force_insert=True)


def test_a_changed_mind_supersedes(doctor):
    case = closed(a_known_case(), doctor)
    first = signed(case, doctor)
    second = signed(case, doctor, outcome=Outcome.SEE_IN_CLINIC)
    assert second.supersedes == first
    assert Decision.objects.for_patient(case) == second
    assert list(Decision.objects.standing()) == [second]


def test_what_changed_since_it_was_shown_is_not_signed(doctor):
    case = closed(a_known_case(), doctor)
    said = words(case)
    on_record.state(case=case, fact="complaint.root", value="S1", said_by="patient", by=actor(case.patient.user))
    on_record.state(case=case, fact="exam.root_signs", value=False, said_by="doctor", by=actor(doctor))
    with pytest.raises(Changed):
        sign(case=case, words=said, secret=PASSWORD, by=actor(doctor))
    assert not Decision.objects.exists()


def test_a_plan_that_goes_by_another_set_meanwhile_is_not_signed(doctor):
    case = closed(a_known_case(), doctor)
    said = words(case)
    map_plan(payer=case.patient.payer, plan_name="", key="cam-136", by=actor(a_user("administrator")))
    with pytest.raises(Changed):
        sign(case=case, words=said, secret=PASSWORD, by=actor(doctor))


def test_a_wrong_secret_signs_nothing(doctor):
    case = closed(a_known_case(), doctor)
    with pytest.raises(Refused, match="not right"):
        sign(case=case, words=words(case), secret="wrong", by=actor(doctor))
    assert not Decision.objects.exists()
    assert not Assessment.objects.exists()


def test_an_open_chart_is_not_signed(doctor):
    with pytest.raises(Refused, match="Close the chart"):
        signed(a_known_case(), doctor)


@pytest.mark.parametrize(
    ("outcome", "changed"),
    [(Outcome.CANDIDATE, {"therapies": []}), (Outcome.NOT_A_CANDIDATE, {})],
)
def test_against_the_criteria_needs_a_reason(doctor, outcome, changed):
    case = closed(a_known_case(changed), doctor)
    with pytest.raises(Refused, match="against the criteria"):
        signed(case, doctor, outcome=outcome)
    decision = signed(case, doctor, outcome=outcome, reason="Test reason.")
    assert decision.against_criteria


def test_a_hold_is_settled_with_words_before_candidate(doctor):
    case = closed(a_known_case({"blood_thinners": [{"name": "apixaban", "class": "anticoagulant"}]}), doctor)
    with pytest.raises(Refused, match="safety screen holds"):
        signed(case, doctor)
    decision = signed(case, doctor, holds_settled="Cardiology agreed on the phone.")
    assert decision.holds_settled == "Cardiology agreed on the phone."
    assert decision.assessment.safety["holds"]


def test_an_urgent_sign_leaves_one_outcome(doctor):
    case = a_known_case()
    by = actor(case.patient.user)
    on_record.state(case=case, fact="red_flags.saddle_numbness", value=True, said_by="patient", by=by)
    on_record.raise_alert(case=case, kind="urgent", signs=["saddle_numbness"], by=by)
    with pytest.raises(Refused, match="urgent sign stands"):
        signed(case, doctor, outcome=Outcome.SEE_IN_CLINIC)
    with pytest.raises(Refused, match="where and why"):
        signed(case, doctor, outcome=Outcome.SENT_ELSEWHERE)
    decision = signed(case, doctor, outcome=Outcome.SENT_ELSEWHERE, reason="Emergency department, on foot.")
    assert decision.assessment.determinations == []
    case.refresh_from_db()
    assert case.urgent_since is None
    assert "Emergency department" in case.alerts.get(kind="urgent").finding


def test_nobody_decides_on_themselves_or_for_whom_they_act(doctor):
    case = closed(a_known_case(), doctor)
    Access.objects.create(patient=case.patient, user=doctor, relation="sister", granted_by=doctor)
    with pytest.raises(Refused, match="on yourself"):
        signed(case, doctor)


def test_a_colleagues_case_is_not_decided(doctor):
    case = closed(a_known_case(), doctor)
    other = a_doctor("Dr. Test Hazel")
    with pytest.raises(Refused, match="Test Rowan has this case"):
        signed(case, other)
    claims.take_over(case=case, reason="Covering this week", by=actor(other))
    assert signed(case, other).signed_by == other


def test_the_mail_to_the_patient_says_nothing_clinical(doctor):
    case = closed(a_known_case(), doctor)
    signed(case, doctor, patient_message="A word of the message: stenosis.")
    mail = Message.objects.get(kind="news")
    assert mail.to == case.patient.user.email
    for word in ("stenosis", "candidate", "Alder", "injection", "spine pain"):
        assert word not in mail.body.lower()
        assert word not in mail.subject.lower()
