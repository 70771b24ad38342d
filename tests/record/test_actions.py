from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from clinic.audit.actions import Refused
from clinic.audit.models import Event
from clinic.people.models import Role
from clinic.post.models import Message
from clinic.record import actions
from clinic.record.models import Alert, Case, Score, Statement, Therapy
from tests.factories import a_case, a_clinic, a_patient, a_user, actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return a_case()


@pytest.fixture
def by(case):
    return actor(case.patient.user)


@pytest.fixture
def doctor():
    return a_user(Role.DOCTOR)


def therapy(case, by, said_by="patient", key=None, **fields):
    return actions.put(model=Therapy, case=case, key=key, said_by=said_by, by=by, **fields)


def test_a_changed_mind_is_a_new_row_and_the_old_one_stays_struck_out(case, by):
    first = actions.state(case=case, fact="complaint.onset", value="2026-03", said_by="patient", by=by)
    second = actions.state(case=case, fact="complaint.onset", value="2026-04", said_by="patient", by=by)
    first.refresh_from_db()
    assert first.value == "2026-03"
    assert first.struck_at is not None
    assert list(Statement.objects.current()) == [second]


def test_the_same_words_again_write_nothing(case, by):
    for _ in range(2):
        actions.state(case=case, fact="complaint.onset", value="2026-03", said_by="patient", by=by)
    assert Statement.objects.count() == 1
    assert Event.objects.filter(verb="record.stated").count() == 1


def test_none_takes_back_what_this_speaker_said_and_nobody_else(case, by, doctor):
    for speaker, who in (("patient", by), ("doctor", actor(doctor))):
        actions.state(case=case, fact="complaint.side", value="left", said_by=speaker, by=who)
    actions.state(case=case, fact="complaint.side", value=None, said_by="patient", by=by)
    assert [row.said_by for row in Statement.objects.current()] == ["doctor"]


def test_a_therapy_said_again_keeps_its_key_and_its_cases(case, by):
    first = therapy(case, by, kind="nsaid", from_date="2026-03")
    second = therapy(case, by, key=first.key, kind="nsaid", from_date="2026-03-02")
    first.refresh_from_db()
    assert first.struck_at
    assert second.key == first.key
    assert list(second.cases.all()) == [case]


def test_patient_and_doctor_both_keep_their_row_of_one_therapy(case, by, doctor):
    said = therapy(case, by, kind="nsaid")
    therapy(case, actor(doctor), "doctor", said.key, kind="nsaid", therapeutic_dose=True)
    assert {row.said_by for row in Therapy.objects.current().filter(key=said.key)} == {"patient", "doctor"}


@pytest.mark.parametrize("nonsense", ["31 February", "2026-13", "206", "2026-03-01/"])
def test_a_date_that_is_not_in_the_contract_s_form_is_refused(case, by, nonsense):
    with pytest.raises(ValidationError, match="from_date"):
        therapy(case, by, kind="nsaid", from_date=nonsense)
    assert not Therapy.objects.exists()


def test_somebody_else_s_therapy_cannot_be_used(case, by):
    other = a_case(a_patient(a_user()))
    theirs = therapy(other, actor(other.patient.user), kind="nsaid")
    with pytest.raises(Refused):
        actions.use_in_case(therapy_key=theirs.key, case=case, by=by)


def test_a_second_score_of_the_day_takes_the_place_of_the_first(case, by):
    for value in (7, 8):
        actions.score(case=case, scale="NRS", value=value, on=date(2026, 5, 20), said_by="patient", by=by)
    assert [row.value for row in Score.objects.current()] == [8]
    assert Score.objects.count() == 2


def test_an_urgent_sign_stands_on_the_case_and_mails_the_clinic_without_clinical_words(case, by):
    clinic = a_clinic()
    clinic.alert_email = "alerts@example.org"
    clinic.save()
    actions.raise_alert(case=case, kind=Alert.Kind.URGENT, signs=["saddle_numbness"], by=by)
    actions.raise_alert(case=case, kind=Alert.Kind.URGENT, signs=["saddle_numbness"], by=by)
    case.refresh_from_db()
    assert case.urgent_since is not None
    mail = Message.objects.get()
    assert mail.urgent
    assert "numb" not in (mail.subject + mail.body).lower()
    assert case.patient.family_name not in mail.subject + mail.body


def test_a_further_sign_makes_an_alert_that_names_all(case, by):
    for sign in ("saddle_numbness", "fever_or_chills"):
        actions.raise_alert(case=case, kind=Alert.Kind.URGENT, signs=[sign], by=by)
    assert Alert.objects.get(released_at=None).signs == ["fever_or_chills", "saddle_numbness"]


def test_a_release_needs_a_finding_and_happens_once(case, by, doctor):
    alert = actions.raise_alert(case=case, kind=Alert.Kind.URGENT, signs=["fever_or_chills"], by=by)
    with pytest.raises(Refused):
        actions.release_alert(alert=alert, finding="  ", by=actor(doctor))
    actions.release_alert(alert=alert, finding="Seen; no fever.", by=actor(doctor))
    with pytest.raises(Refused):
        actions.release_alert(alert=alert, finding="Again", by=actor(doctor))
    case.refresh_from_db()
    assert case.urgent_since is None


def test_a_claimed_case_is_only_taken_over_with_a_reason(case, doctor):
    colleague = a_user(Role.DOCTOR)
    actions.claim(case=case, by=actor(colleague))
    with pytest.raises(Refused):
        actions.claim(case=case, by=actor(doctor))
    with pytest.raises(Refused):
        actions.release_claim(case=case, by=actor(doctor))
    actions.claim(case=case, by=actor(doctor), reason="On leave from today")
    assert Case.objects.get(pk=case.pk).claimed_by == doctor


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE record_statement SET value = '\"2020\"'",
        "DELETE FROM record_statement",
        "TRUNCATE record_statement CASCADE",
        "UPDATE audit_event SET verb = 'nothing'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
    ],
)
def test_the_database_itself_keeps_what_was_said(case, by, attack):
    actions.state(case=case, fact="complaint.onset", value="2026-03", said_by="patient", by=by)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)
    assert Statement.objects.get().value == "2026-03"
