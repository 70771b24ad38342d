"""After the signature: receipt, status, additions, changes and worries."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.audit.actions import Refused
from clinic.audit.models import Event
from clinic.intake.actions import following
from clinic.intake.actions.following import Change, Said
from clinic.intake.actions.starting import start
from clinic.intake.models import Answer, Intake
from clinic.intake.questions.asked import Reply
from clinic.intake.reading import standings
from clinic.post.models import Message
from clinic.record.actions import move_case
from clinic.record.models import BloodThinner, Case, Stage, Statement, Therapy
from tests import factories
from tests.intake.signed import THERAPY, a_signed_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    factories.a_clinic()
    return a_signed_case()


@pytest.fixture
def doctor():
    return factories.a_user("doctor")


@pytest.fixture
def patient(case: Case, client: Client) -> Client:
    client.force_login(case.patient.user)
    return client


def ask(case: Case, doctor, *questions: str, note: str = "") -> Intake:
    return following.ask(case=case, questions=questions, note=note, by=factories.actor(doctor))


def page(name: str, case: Case, *more: object) -> str:
    return reverse(f"intake:{name}", args=[case.reference, *more])


# Asking for more


def test_ask_moves_the_case_and_mails_without_clinical_content(case, doctor):
    addition = ask(case, doctor, "diabetes", "no_such_question", note="Please look at your blood sugar.")
    case.refresh_from_db()
    mail = Message.objects.get(kind="asked_for_more")
    assert (case.stage, addition.asks) == (Stage.ASKED, ["diabetes"])
    assert mail.to == case.patient.user.email
    assert "sugar" not in mail.subject + mail.body
    assert "diabetes" not in mail.body


def test_ask_needs_a_question(case, doctor):
    with pytest.raises(Refused):
        ask(case, doctor, "no_such_question")


def test_asking_anew_closes_what_was_never_answered(case, doctor):
    first, second = ask(case, doctor, "diabetes"), ask(case, doctor, "glaucoma")
    first.refresh_from_db()
    assert first.sealed == following.CLOSED_UNANSWERED
    assert second.sealed_at is None


def test_answer_shows_exactly_what_was_asked(case, doctor, patient):
    ask(case, doctor, "glaucoma", "therapies[].to", note="How are you?")
    body = patient.get(page("answer", case)).content.decode()
    assert "Glaucoma" in body
    assert "When did it end?" in body
    assert "Something that you tried 1: Physical therapy</h2>" in body
    assert "<li>When did you start? <strong>2 March 2026</strong></li>" in body
    assert "How are you?" in body
    assert "Heart failure" not in body
    assert "What did it do?" not in body


def test_answer_asks_of_one_entry_where_one_was_named(case, doctor, patient):
    other = uuid.UUID(int=9)
    full, by = Intake.objects.get(case=case, kind="full"), factories.actor(case.patient.user)
    said = Reply("kind", "What was it?", "massage", "Massage")
    following._keep(full, case, [Said("therapies", said, other)], "en", by)
    ask(case, doctor, f"therapies[{other}].to", "therapies[nonsense].to")
    body = patient.get(page("answer", case)).content.decode()
    assert "Something that you tried 2: Massage</h2>" in body
    assert "Physical therapy" not in body
    assert body.count("When did it end?") == 1


def test_answer_is_new_rows_beside_the_seal_and_brings_the_case_back(case, doctor, patient):
    before = Intake.objects.get(case=case, kind="full").sealed
    ask(case, doctor, "diabetes", "therapies[].to")
    posted = {
        "later-diabetes": "yes",
        "later-diabetes_controlled": "dk",
        f"therapies-{THERAPY}-to_how": "day",
        f"therapies-{THERAPY}-to_day": "4 May 2026",
    }
    answered = patient.post(page("answer", case), posted)
    sent = Intake.objects.get(case=case, kind="addition")
    case.refresh_from_db()
    assert answered.url == page("receipt", case, sent.pk)
    assert case.stage == Stage.REVIEW
    assert Intake.objects.get(case=case, kind="full").sealed == before
    assert Statement.objects.current().get(case=case, fact="conditions.diabetes").value is True
    therapy = Therapy.objects.current().get(key=THERAPY)
    assert (therapy.from_date, therapy.to_date, therapy.kind) == ("2026-03-02", "2026-05-04", "physical_therapy")


def test_answer_sent_twice_gives_the_same_receipt(case, doctor, patient):
    ask(case, doctor, "glaucoma")
    first, second = (patient.post(page("answer", case), {"later-glaucoma": "no"}) for _time in range(2))
    assert first.url == second.url
    assert Answer.objects.filter(question="glaucoma").count() == 1


def test_answer_says_what_is_wrong_and_keeps_what_was_typed(case, doctor, patient):
    ask(case, doctor, "therapies[].to", note="More?")
    posted = {
        f"therapies-{THERAPY}-to_how": "day",
        f"therapies-{THERAPY}-to_day": "1 March 2026",
        "later-answer_to_note": "It was <short>",
    }
    refused = patient.post(page("answer", case), posted)
    body = refused.content.decode()
    assert refused.status_code == 422
    assert "before the start" in body
    assert "1 March 2026" in body
    assert "It was &lt;short&gt;" in body


def test_a_list_that_is_asked_for_grows_by_a_button_and_may_stay_empty(case, doctor, patient):
    ask(case, doctor, "therapies")
    grown = patient.post(page("answer", case), {"entries": "2", "more": "1", "therapies-2-kind": "massage"})
    assert grown.status_code == 200
    assert grown.content.decode().count('name="therapies-') > 2
    posted = {"entries": "2", "therapies-2-kind": "massage", "therapies-2-outcome": "no_help"}
    posted |= {"therapies-2-from_how": "dk", "therapies-2-to_how": "dk", "therapies-2-prescribed": "dk"}
    assert patient.post(page("answer", case), posted).status_code == 302
    assert {row.kind for row in Therapy.objects.current()} == {"physical_therapy", "massage"}


def test_an_urgent_sign_in_an_addition_stops(case, doctor, patient):
    ask(case, doctor, "fever_or_chills")
    answered = patient.post(page("answer", case), {"later-fever_or_chills": "yes"})
    case.refresh_from_db()
    assert answered.url == page("stopped", case)
    assert case.urgent_since
    assert case.stage == Stage.ASKED


# Something changed


def change(case: Case, **posted: object) -> dict[str, object]:
    return {"sent_as": str(uuid.uuid4()), **posted}


def test_changed_is_a_new_row_and_an_alert(case, patient):
    posted = change(case, what=["blood_thinner", "infection"], as_written="Eliquis 5 mg", last_taken="today")
    first, second = (patient.post(page("changed", case), posted) for _time in range(2))
    case.refresh_from_db()
    assert first.url == second.url
    assert BloodThinner.objects.current().get().name == "apixaban"
    assert Statement.objects.current().get(fact="conditions.infection").value is True
    assert case.alerts.get().signs == ["blood_thinner", "infection"]
    assert case.changed_since
    assert Message.objects.filter(kind="change_alert").exists() is False  # nobody to mail in this clinic


def test_changed_with_an_urgent_sign_stops_even_where_it_was_released_before(case, patient, doctor):
    posted = change(case, what=["sign"], signs=["progressive_weakness"])
    answered = patient.post(page("changed", case), posted)
    case.refresh_from_db()
    assert answered.url == page("stopped", case)
    assert case.urgent_since
    assert case.alerts.get().kind == "urgent"


def test_changed_brings_a_decided_case_back(case, patient, doctor):
    move_case(case=case, to=Stage.DECIDED, by=factories.actor(doctor))
    patient.post(page("changed", case), change(case, what=["other"], words="A new medicine"))
    case.refresh_from_db()
    assert case.stage == Stage.REVIEW


def test_changed_asks_for_what_a_ticked_box_needs(case, patient):
    refused = patient.post(page("changed", case), change(case, what=["blood_thinner", "other"], words="typed"))
    assert refused.status_code == 422
    assert "tell us a little more" in refused.content.decode()
    assert "typed" in refused.content.decode()
    assert not Intake.objects.filter(kind="change").exists()


def test_a_case_that_was_never_sent_has_nothing_that_changed(patient):
    case = factories.a_case(Case.objects.get().patient)
    assert patient.get(page("changed", case)).status_code == 302
    said = [Said("later", Reply("changed_words", "?", "x", "x"))]
    words = {"said": said, "change": Change(), "sent_as": uuid.uuid4(), "language": "en"}
    with pytest.raises(Refused):
        following.report_change(case=case, by=factories.actor(case.patient.user), **words)


# Receipt and status


def test_receipt_shows_the_seal_as_it_is(case, patient):
    body = patient.get(page("receipt", case)).content.decode()
    assert "Signed by Test Patient Alder" in body
    assert "2 March 2026" in body
    assert case.reference in body


def test_receipt_of_a_stranger_is_not_found(case, client):
    client.force_login(factories.a_user())
    for name in ("receipt", "status", "changed", "answer"):
        assert client.get(page(name, case)).status_code == 404


@pytest.mark.parametrize(
    ("stage", "line"),
    [
        (Stage.REVIEW, "waiting for a doctor"),
        (Stage.DECIDED, "The doctor has decided"),
        (Stage.WITHDRAWN, "This case is closed"),
    ],
)
def test_status_says_where_the_case_is(case, patient, stage, line):
    move_case(case=case, to=stage, by=factories.actor(case.patient.user))
    assert line in patient.get(page("status", case)).content.decode()


def test_status_leads_to_the_questions_that_wait(case, patient, doctor):
    ask(case, doctor, "glaucoma")
    assert page("answer", case) in patient.get(page("status", case)).content.decode()


def test_every_page_leaves_an_event(case, patient):
    for name in ("status", "receipt", "changed"):
        patient.get(page(name, case))
    verbs = Event.objects.filter(patient_ids__contains=[case.patient_id]).values_list("verb", flat=True)
    assert {"case.status_read", "intake.receipt_read", "intake.change_opened"} <= set(verbs)


@pytest.mark.parametrize(("name", "budget"), [("status", 16), ("receipt", 14), ("changed", 15), ("records", 14)])
def test_pages_keep_their_query_budget_however_much_was_sent(case, patient, name, budget):
    for _time in range(5):
        patient.post(page("changed", case), change(case, what=["other"], words="the needle"))
    patient.get(page(name, case))
    with CaptureQueriesContext(connection) as asked:
        assert patient.get(page(name, case)).status_code == 200
    assert len(asked) <= budget


def test_status_says_begun_only_after_the_first_answer():
    patient = factories.a_patient(user=factories.a_user("patient"))
    case = start(patient=patient, language="en", by=factories.actor(patient.user)).case
    assert standings([case])[case.pk].key == "not_begun"
    Answer.objects.create(
        intake=case.intakes.get(), section="who", question="filling_in", value="patient", given_as="self"
    )
    assert standings([case])[case.pk].key == "begun"
