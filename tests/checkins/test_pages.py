"""The page behind the link, the patient's own page, and what staff and administrators see."""

import re
import uuid

import pytest
from django.core import mail
from django.test import Client

from clinic.audit import clock
from clinic.audit.models import Event
from clinic.people.limits import LIMITS
from clinic.people.models import Access, Patient, Role
from clinic.record import actions as on_record
from clinic.record.models import SaidBy, Stage
from clinic.treatment.checkins.actions.asking import ask_due, remind_due
from clinic.treatment.checkins.models import Answer, Mail, Plan, Stop
from clinic.treatment.checkins.plan import DEFAULT
from tests.factories import a_patient, a_user, actor
from tests.post.worker import run_once

from .scenes import a_check_in, a_coordinator, a_decided_case, a_session, after, answered

pytestmark = pytest.mark.django_db
SHORT = {"pain": "3", "relief": "70", "signs": "none"}
PEG = {"peg_pain": "2", "peg_enjoyment": "3", "peg_activity": "2"}


@pytest.fixture
def session(db):
    return a_session()


@pytest.fixture
def third_day(session):
    with clock.at(after(3)):
        yield session


@pytest.fixture
def two_weeks(session):
    with clock.at(after(14)):
        yield session


def link() -> str:
    """Let what is due out; the path in the mail to the patient."""
    ask_due()
    run_once()
    return re.search(r"/check-in/[\w-]+/", mail.outbox[-1].body).group()


def sends(client: Client, path: str, **said: object):
    return client.post(path, {"nonce": str(uuid.uuid4()), **said})


def test_say_three_taps_on_a_short_day(third_day, client):
    path = link()
    page = client.get(path).content.decode()
    assert page.count("<legend>") == 3
    assert sends(client, path, **SHORT).url == "/check-in/thanks/"
    kept = Answer.objects.get()
    assert (kept.pain, kept.relief, kept.no_signs, kept.how, kept.answered_by) == (3, 70, True, "link", None)


def test_say_is_open_to_many_phones_behind_one_address_and_not_to_guesses(third_day, client, monkeypatch):
    path = link()
    monkeypatch.setitem(LIMITS, "link_opened_from_ip", (2, 900))
    guesses = [client.get("/check-in/guessed/").status_code for _ in range(3)]
    assert guesses == [404, 404, 429]
    assert client.get(path).status_code == 200
    assert sends(client, path, **SHORT | {"signs": "fever_or_chills"}).status_code == 302
    monkeypatch.setitem(LIMITS, "check_in_opened", (2, 900))
    assert client.get(path).status_code == 429


def test_say_shows_no_name_and_nothing_of_the_record(third_day, client):
    path = link()
    patient = third_day.case.patient
    answered(third_day, "d3", pain=9)
    page = client.get(path).content.decode()
    for telling in (patient.given_name, patient.family_name, third_day.case.reference, "dexamethasone", "Rowan"):
        assert telling not in page
    assert "checked" not in page


def test_say_asks_on_a_long_day_what_the_baseline_has(two_weeks, client):
    path = link()
    assert "peg_pain" not in client.get(path).content.decode()
    before = {"injection_key": two_weeks.key, "moment": "before", "said_by": SaidBy.PATIENT}
    by = actor(two_weeks.performed_by)
    on_record.score(case=two_weeks.case, scale="PEG", value=7, on=two_weeks.on, by=by, **before)
    page = client.get(path).content.decode()
    assert "peg_pain" in page
    assert "rmdq" not in page
    assert sends(client, path, **SHORT, **PEG, better_or_less_medicine="yes").status_code == 302
    kept = Answer.objects.get()
    assert (kept.scores["PEG"]["value"], kept.better_or_less_medicine) == ("2.333", True)


def test_say_in_spanish_asks_our_own_questions_of_the_day():
    with clock.at(after(14)):
        a_session(a_decided_case(language="es"))
        path, client = link(), Client()
        page = client.get(path).content.decode()
        assert 'lang="es"' in page
        assert "do_sleep" in page
        daily = dict.fromkeys(("do_sleep", "do_sit", "do_stand", "do_walk", "do_dress", "do_house"), "hard")
        assert sends(client, path, **SHORT, **daily, better_or_less_medicine="dk").status_code == 302
        assert Answer.objects.get().daily["do_walk"] == "hard"
        client.cookies["django_language"] = "en"
        assert 'lang="en"' in Client().get(path, headers={"cookie": "django_language=en"}).content.decode()


def test_say_keeps_what_was_typed_where_something_is_missing(third_day, client):
    page = sends(client, link(), pain="4", relief="20", over="on", until="31 February")
    assert page.status_code == 422
    text = page.content.decode()
    assert re.search(r'name="pain" value="4"[^>]*checked', text)
    assert 'value="31 February"' in text
    assert not Answer.objects.exists()


def test_say_the_end_of_a_relief_is_heard_only_below_half(third_day, client):
    path = link()
    sends(client, path, pain="4", relief="20", over="on", until="June 4, 2026", signs="none")
    assert Answer.objects.current().get().relief_until == "2026-06-04"
    sends(client, path, pain="1", relief="80", over="on", until="June 4, 2026", signs="none")
    assert Answer.objects.current().get().relief_until == ""


def test_say_an_end_before_the_injection_is_refused_beside_the_question(third_day, client):
    page = sends(client, link(), pain="4", relief="20", over="on", until="May 4, 2026", signs="none")
    assert page.status_code == 422
    assert "before the injection" in page.content.decode()


def test_say_a_bad_sign_needs_nothing_else_and_says_what_to_do(third_day, client):
    path = link()
    answer = sends(client, path, signs="bladder_or_bowel_change")
    assert answer.url == "/check-in/thanks/?help=now"
    page = client.get(answer.url).content.decode()
    assert 'href="tel:911"' in page
    assert third_day.case.alerts.get().signs == ["bladder_or_bowel_change"]


def test_say_twice_by_a_double_click_is_once_and_later_is_anew(third_day, client):
    path, nonce = link(), str(uuid.uuid4())
    for _ in range(2):
        client.post(path, {"nonce": nonce, **SHORT})
    assert Answer.objects.count() == 1
    assert "This was answered on" in client.get(path).content.decode()
    sends(client, path, **(SHORT | {"relief": "worse"}))
    assert list(Answer.objects.values_list("relief", flat=True)) == [70, -1]
    assert Answer.objects.current().get().relief == -1


def test_say_by_the_link_of_the_reminder_as_by_the_first(session, client):
    with clock.at(after(7)):
        first = link()
    with clock.at(after(8)):
        remind_due()
        run_once()
        second = re.search(r"/check-in/[\w-]+/", mail.outbox[-1].body).group()
        assert first != second
        assert [client.get(path).status_code for path in (first, second)] == [200, 200]


@pytest.mark.parametrize("door", ["", "stop/", "allow/"])
def test_closed_for_an_unknown_link(db, client, door):
    a_session()
    path = f"/check-in/nobody-has-this/{door}"
    assert (client.post(path) if door == "allow/" else client.get(path)).status_code == 404


def test_closed_kindly_when_it_is_too_late_and_a_sign_is_still_heard(session, client):
    with clock.at(after(7)):
        path = link()
    with clock.at(after(22)):
        page = client.get(path)
        assert page.status_code == 410
        assert "You do not need to answer it any more" in page.content.decode()
        late = sends(client, path, signs="fever_or_chills")
        assert late.status_code == 410
        assert 'href="tel:911"' in late.content.decode()
        assert session.case.alerts.get().signs == ["fever_or_chills"]
        assert not Answer.objects.exists()


def test_closed_kindly_after_withdrawal(third_day, client):
    path = link()
    on_record.move_case(case=third_day.case, to=Stage.WITHDRAWN, by=actor(third_day.performed_by))
    assert client.get(path).status_code == 410
    assert sends(client, path, **SHORT).status_code == 410


def test_stop_is_opened_without_stopping_and_stops_by_one_press_or_one_click(third_day, client):
    path = link()
    for _ in range(2):
        assert client.get(f"{path}stop/").status_code == 200
    assert not Stop.objects.exists()
    program = Client(enforce_csrf_checks=True)
    assert program.post(f"{path}stop/", {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert client.post(f"{path}stop/").url == f"{path}stop/"
    assert Stop.objects.standing().get().patient == third_day.case.patient
    assert "We ask no more" in client.get(path).content.decode()


def test_allow_asks_again(third_day, client):
    path = link()
    client.post(f"{path}stop/")
    assert client.post(f"{path}allow/").url == f"{path}stop/"
    assert not Stop.objects.standing().exists()
    assert client.get(path).status_code == 200


def test_mail_names_its_one_click_address(third_day):
    path = link()
    headers = mail.outbox[-1].extra_headers
    assert headers["List-Unsubscribe"].strip("<>").endswith(f"{path}stop/")
    assert Mail.objects.get().secret_hash not in mail.outbox[-1].body


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_mine_is_answered_by_the_patient_and_by_who_acts_for_them(third_day):
    check_in, patient = a_check_in(third_day, "d3"), third_day.case.patient
    carer = a_user()
    Access.objects.create(patient=patient, user=carer, relation="daughter", granted_by=patient.user)
    for user in (patient.user, carer):
        client = signed_in(user)
        path = f"/my-page/check-ins/{check_in.pk}/"
        assert path in client.get(f"/cases/{third_day.case.reference}/").content.decode() or user is carer
        assert client.get(path).status_code == 200
        assert sends(client, path, **SHORT).url == "/check-in/thanks/"
    assert [each.how for each in Answer.objects.all()] == ["page", "page"]
    assert Answer.objects.current().get().answered_by == carer


def test_mine_of_somebody_else_is_not_found(third_day):
    check_in = a_check_in(third_day, "d3")
    for stranger in (a_patient(a_user()).user, a_coordinator()):
        assert signed_in(stranger).get(f"/my-page/check-ins/{check_in.pk}/").status_code == 404


def test_mine_that_is_over_leads_back(session):
    check_in = a_check_in(session, "d3")
    with clock.at(after(30)):
        client, path = signed_in(session.case.patient.user), f"/my-page/check-ins/{check_in.pk}/"
        assert client.get(path).status_code == 302
        assert sends(client, path, signs="severe_headache").url == "/check-in/thanks/?help=now"
        assert session.case.alerts.exists()


def test_stop_mine_and_allow_mine(third_day):
    patient = third_day.case.patient
    client = signed_in(patient.user)
    client.post(f"/my-page/{patient.reference}/check-ins/stop/")
    assert Stop.objects.standing().get().stopped_by == patient.user
    client.post(f"/my-page/{patient.reference}/check-ins/allow/")
    assert not Stop.objects.standing().exists()


def test_to_call_call_and_tried(session):
    with clock.at(after(14)):
        Patient.objects.filter(pk=session.case.patient_id).update(user=None, email="")
        ask_due()
        client, check_in = signed_in(a_coordinator()), session.check_ins.get()
        page = client.get("/check-ins/").content.decode()
        assert str(session.case.patient) in page
        path = f"/check-ins/{check_in.pk}/"
        assert client.post(f"{path}tried/", {"outcome": "no_answer"}).url == "/check-ins/"
        assert "Nobody answered" in client.get("/check-ins/").content.decode()
        said = {**SHORT, "better_or_less_medicine": "no", "words": "Walks to the shop again"}
        assert sends(client, f"{path}call/", **said).status_code == 302
        assert (Answer.objects.get().how, Answer.objects.get().answered_by) == ("call", a_coordinator())
        answers = client.get(f"/case/{session.case.reference}/check-ins/").content.decode()
        assert "Walks to the shop again" in answers
        assert "On a call, typed by staff" in answers
        assert str(session.case.patient) not in client.get("/check-ins/").content.decode().split("<main")[1]


def test_tried_without_an_outcome_is_asked_for(third_day):
    check_in = a_check_in(third_day, "d3")
    assert signed_in(a_coordinator()).post(f"/check-ins/{check_in.pk}/tried/", {}).status_code == 422


def test_call_after_it_is_over_says_so(session):
    check_in = a_check_in(session, "d3")
    with clock.at(after(30)):
        client = signed_in(a_coordinator())
        assert "takes no answer any more" in client.get(f"/check-ins/{check_in.pk}/call/").content.decode()
        assert sends(client, f"/check-ins/{check_in.pk}/call/", **SHORT).status_code == 422


def test_strike_needs_a_reason_and_stays_to_be_read(third_day):
    kept = answered(third_day, "d3", pain=3, relief=70)
    client, path = signed_in(third_day.performed_by), f"/check-ins/answers/{kept.pk}/strike/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"because": ""}).status_code == 422
    assert client.post(path, {"because": "Meant another session"}).status_code == 302
    page = client.get(f"/case/{third_day.case.reference}/check-ins/").content.decode()
    assert "Meant another session" in page
    assert client.get(path).status_code == 404


def test_answers_stop_for_and_allow_for(third_day):
    client, path = signed_in(a_coordinator()), f"/case/{third_day.case.reference}/check-ins/"
    client.post(f"{path}stop/")
    assert "wants no check-ins" in client.get(path).content.decode()
    client.post(f"{path}allow/")
    assert not Stop.objects.standing().exists()
    assert Event.objects.filter(verb="check_ins.read", patient_ids=[third_day.case.patient_id]).exists()


def rows(moments) -> dict[str, str]:
    data = {"form-TOTAL_FORMS": "15", "form-INITIAL_FORMS": "10", "seen": ""}
    for number in range(15):
        unit = "months" if number < len(moments) and moments[number].months else "days"
        value = (moments[number].months or moments[number].days) if number < len(moments) else ""
        data |= {f"form-{number}-number": str(value), f"form-{number}-unit": unit}
        if number < len(moments) and moments[number].long:
            data[f"form-{number}-long"] = "on"
    return data


def test_plan_is_set_by_an_administrator_and_not_over_a_colleague_s(db):
    client = signed_in(a_user(Role.ADMINISTRATOR))
    assert client.get("/check-ins/plan/").content.decode().count("<fieldset") == 15
    assert client.post("/check-ins/plan/", rows(DEFAULT[:5])).status_code == 302
    assert [row["days"] for row in Plan.objects.get().moments] == [0, 1, 3, 7, 14]
    assert client.post("/check-ins/plan/", rows(DEFAULT)).status_code == 422  # seen is the first plan, not this one
    seen = {"seen": str(Plan.objects.get().pk)}
    assert client.post("/check-ins/plan/", rows(()) | seen).status_code == 422
    assert client.post("/check-ins/plan/", rows(DEFAULT) | seen).status_code == 302
