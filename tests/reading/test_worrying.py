"""A worry goes to the doctor of one case, stands until it is answered, and the answer comes back."""

import re
import uuid
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic.audit.actions import Refused
from clinic.audit.models import Event
from clinic.people.models import Role
from clinic.post.models import Message
from clinic.record.actions import move_case
from clinic.record.models import Stage
from education.reading import actions
from education.reading.models import Worry, WorryAnswer, WorryTranslation
from tests import factories
from tests.reading.conftest import client_of
from tests.reading.test_reading import carer_of

WORRIED = reverse("reading:worry")


def said(case, words: str = "the needle 🦴", **fields: object) -> dict[str, object]:
    return {"sent_as": uuid.uuid4(), "case": case.reference, "words": words, **fields}


def case_page(case) -> str:
    return reverse("candidacy:case", args=[case.reference])


def a_worry(case, words: str = "Will it hurt?", language: str = "en") -> Worry:
    by = factories.actor(case.patient.user)
    sent = {"words": words, "language": language, "sent_as": uuid.uuid4()}
    return actions.send_worry(case=case, version=None, by=by, **sent)


def test_worry_from_a_page_is_kept_with_its_version_and_alarms_nobody(case, patient, hurt):
    answer = patient.post(reverse("reading:worry", args=[hurt.pk]), said(case), follow=True)
    assert "Your doctor will read it." in answer.content.decode()
    worry = Worry.objects.get()
    assert (worry.case, worry.revision_id, worry.words) == (case, hurt.live_revision_id, "the needle 🦴")
    assert not case.alerts.exists()
    assert Event.objects.filter(verb="worry.sent", patient_ids=[case.patient_id]).exists()


def test_worry_stands_on_the_case_and_in_the_lists_until_it_is_answered(case, doctor):
    worry = a_worry(case, "Does <b>it</b> hurt?")
    queue, waiting = reverse("candidacy:queue"), reverse("reading:worries")
    assert "Does &lt;b&gt;it&lt;/b&gt; hurt?" in doctor.get(case_page(case)).content.decode()
    assert "worried</span>" in doctor.get(queue).content.decode()
    assert case.reference in doctor.get(waiting).content.decode()
    doctor.post(reverse("reading:answer_worry", args=[worry.pk]), {"words": "A little.", "language": "en"})
    assert "worried</span>" not in doctor.get(queue).content.decode()
    assert "Nobody waits for an answer" in doctor.get(waiting).content.decode()


def test_the_answer_comes_to_the_patient_and_the_mail_says_nothing_clinical(case, patient, doctor):
    worry = a_worry(case, "Me da miedo la aguja.", "es")
    doctor.post(reverse("reading:answer_worry", args=[worry.pk]), {"words": "No se mueve.", "language": "es"})
    status = patient.get(reverse("intake:status", args=[case.reference])).content.decode()
    assert "No se mueve." in status
    mail = Message.objects.get(kind="news")
    assert "aguja" not in mail.body
    assert "mueve" not in mail.body


def test_talked_about_at_the_visit_is_an_answer_once(case, patient, doctor):
    worry = a_worry(case)
    for _click in range(2):
        doctor.post(reverse("reading:leave_for_visit", args=[worry.pk]))
    assert WorryAnswer.objects.get().kind == "at_visit"
    assert Message.objects.filter(kind="news").count() == 1
    assert "We talk about it at your visit." in patient.get(f"/cases/{case.reference}/").content.decode()


def test_the_same_answer_again_is_one_and_another_is_a_second(case, doctor):
    worry = a_worry(case)
    for words in ("A little.", "A little.", "It passes."):
        doctor.post(reverse("reading:answer_worry", args=[worry.pk]), {"words": words, "language": "en"})
    assert [each.words for each in WorryAnswer.objects.all()] == ["A little.", "It passes."]


def test_an_answer_without_words_is_refused(case, doctor):
    worry = a_worry(case)
    answer = doctor.post(reverse("reading:answer_worry", args=[worry.pk]), {"words": " "}, follow=True)
    assert "Write an answer" in answer.content.decode()
    assert not WorryAnswer.objects.exists()


def test_a_doctor_does_not_answer_a_worry_of_their_own(case):
    worry = a_worry(case)
    doctor = carer_of(case.patient, role=Role.DOCTOR)
    with pytest.raises(Refused):
        actions.answer_worry(worry=worry, words="Fine.", language="en", by=factories.actor(doctor))


def test_a_coordinator_reads_and_translates_but_does_not_answer(case):
    worry = a_worry(case, "Me da miedo.", "es")
    coordinator = client_of(factories.a_user(Role.COORDINATOR))
    assert "Me da miedo." in coordinator.get(case_page(case)).content.decode()
    assert coordinator.post(reverse("reading:answer_worry", args=[worry.pk]), {"words": "x"}).status_code == 404
    coordinator.post(reverse("reading:translate_worry", args=[worry.pk]), {"text": "I am afraid."})
    assert WorryTranslation.objects.get().text == "I am afraid."
    assert "I am afraid." in coordinator.get(case_page(case)).content.decode()


def test_a_double_click_sends_once(case, patient):
    sent = said(case)
    for _click in range(2):
        assert patient.post(WORRIED, sent).status_code == 302
    assert Worry.objects.count() == 1


def test_a_form_sent_for_another_case_is_not_taken_for_the_first(case, patient):
    other = factories.a_case(case.patient)
    sent = said(case)
    patient.post(WORRIED, sent)
    assert patient.post(WORRIED, {**sent, "case": other.reference}).status_code == 422


def test_worry_asks_which_pain_where_there_are_several(case, patient):
    assert 'type="radio"' not in patient.get(WORRIED).content.decode()
    other = factories.a_case(case.patient)
    shown = patient.get(WORRIED).content.decode()
    assert shown.count('type="radio"') == 2
    assert patient.post(WORRIED, {**said(case), "case": ""}).status_code == 422
    patient.post(WORRIED, said(other))
    assert Worry.objects.get().case == other


def test_a_case_of_somebody_else_is_not_found(case, patient):
    other = factories.a_case()
    assert patient.post(WORRIED, said(other)).status_code == 404
    assert patient.get(f"{WORRIED}?case={other.reference}").status_code == 404
    assert not Worry.objects.exists()


def test_a_carer_writes_for_the_patient(case, doctor):
    carer = carer_of(case.patient)
    client_of(carer).post(WORRIED, said(case))
    assert Worry.objects.get().written_for == "daughter"
    assert "(daughter)" in doctor.get(case_page(case)).content.decode()


@pytest.mark.parametrize("words", ["", "x" * 10_000])
def test_nothing_and_too_much_are_refused_and_stay_on_the_page(case, patient, words):
    answer = patient.post(WORRIED, said(case, words))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Worry.objects.exists()


def test_a_page_taken_back_while_it_is_read_is_no_hindrance(case, patient, hurt):
    address = reverse("reading:worry", args=[hurt.pk])
    revision = hurt.live_revision_id
    hurt.unpublish()
    assert patient.get(address).status_code == 200
    patient.post(address, said(case, revision=revision))
    assert Worry.objects.get().revision_id == revision
    assert patient.get(f"{WORRIED}999999/").status_code == 404


def test_a_closed_case_takes_no_worry_and_shows_no_form(case, patient):
    move_case(case=case, to=Stage.WITHDRAWN, by=factories.actor(case.patient.user))
    assert patient.post(WORRIED, said(case)).status_code == 404
    assert WORRIED not in patient.get(f"/cases/{case.reference}/").content.decode()


def test_who_has_no_case_yet_is_told_how_to_begin():
    client = client_of(factories.a_user())
    assert "We do not know your pain yet" in client.get(WORRIED).content.decode()
    assert client.post(WORRIED, {"words": "the needle"}).status_code in (200, 422)


def test_a_stranger_signs_in_first_and_what_was_typed_comes_back(case, hurt):
    """The session ended while the patient wrote: the form is sent, kept, and shown again after the sign-in."""
    client = client_of(case.patient.user)
    address = reverse("reading:worry", args=[hurt.pk])
    typed = said(case, "What if I move?")
    client.logout()
    away = client.post(address, typed, headers={"referer": f"http://testserver{address}"})
    assert urlsplit(away["Location"]).path == reverse("people:sign_in")
    assert address in away["Location"].replace("%2F", "/")
    assert "parked" in client.session


def test_worry_says_that_it_is_not_for_emergencies_with_the_number(patient):
    shown = patient.get(WORRIED).content.decode()
    assert "not for emergencies" in shown
    assert re.search(r'href="tel:5550100"', shown)


@pytest.mark.parametrize("name", ["case", "status", "worries"])
def test_pages_take_the_same_queries_however_many_worries_there_are(case, patient, doctor, name):
    client, address = {
        "case": (doctor, case_page(case)),
        "status": (patient, reverse("intake:status", args=[case.reference])),
        "worries": (doctor, reverse("reading:worries")),
    }[name]
    counts = []
    for _round in range(2):
        a_worry(case)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))
        for _more in range(4):
            a_worry(case)
    assert counts[0] == counts[1]


def test_a_session_of_nobody_is_sent_to_sign_in(hurt):
    away = Client().get(reverse("reading:worry", args=[hurt.pk]))
    assert away.status_code == 302
    assert "sign-in" in away["Location"]
