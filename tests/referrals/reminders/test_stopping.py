"""Who wants no reminders gets none, and opening a link stops nothing."""

import re

import pytest
from django.core import mail
from django.test import Client

from clinic.audit import clock
from clinic.people.actions.patients import merge_patient
from clinic.people.models import Access
from referrals.loop.models import Referral
from referrals.reminders.actions.sending import send_due
from referrals.reminders.actions.stopping import stop
from referrals.reminders.models import Reminder, Stop
from tests.factories import a_clinic, a_patient, a_user, actor
from tests.post.worker import run_once
from tests.referrals.scenes import a_coordinator

from .scenes import after, asked, invited

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clinic():
    a_clinic()


def reminded(referral: Referral) -> str:
    """Let the reminder of three days out; the path by which its reader stops them."""
    with clock.at(after(3)):
        send_due()
    run_once()
    return re.search(r"/reminders/[\w-]+/", mail.outbox[-1].body).group()


def later() -> int:
    with clock.at(after(7)):
        return send_due()


def test_stop_is_opened_without_stopping_anything(client):
    path = reminded(invited())
    for _ in range(3):
        assert client.get(path).status_code == 200
    assert not Stop.objects.exists()
    assert later() == 1


def test_stop_by_its_reader_and_allow_again(client):
    path = reminded(invited())
    for _ in range(2):
        assert client.post(path).url == path
    assert "Reminders are stopped" in client.get(path).content.decode()
    assert Stop.objects.get().stopped_by is None
    assert later() == 0
    client.post(f"{path}allow/")
    assert later() == 1


def test_stop_by_one_click_of_a_mail_program_needs_no_cookie():
    reminded(invited())
    headers = mail.outbox[-1].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>")
    program = Client(enforce_csrf_checks=True)
    answer = program.post(re.search(r"/reminders/.*", address).group(), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert Stop.objects.standing().count() == 1


def test_allow_asks_for_the_token_of_the_page():
    path = reminded(invited())
    assert Client(enforce_csrf_checks=True).post(f"{path}allow/").status_code == 403


def test_stop_of_a_referrer_is_about_their_referral_alone(client):
    referral, other = asked(), asked()
    reminded(referral)
    first = Reminder.objects.order_by("pk").first()
    path = re.search(r"/reminders/[\w-]+/", mail.outbox[0].body).group()
    client.post(path)
    assert Stop.objects.get().referral == first.referral
    assert not Stop.objects.of(other if first.referral == referral else referral).exists()


@pytest.mark.parametrize("verb", ["get", "post"])
def test_stop_of_a_guessed_secret_is_not_found_and_says_whom_to_call(client, verb):
    for path in ("/reminders/guessed/", "/reminders/" + "x" * 500 + "/"):
        answer = getattr(client, verb)(path)
        assert answer.status_code == 404
        assert "555 0100" in answer.content.decode()
    assert client.post("/reminders/guessed/allow/").status_code == 404


def test_stop_tells_nothing_and_is_kept_nowhere(client):
    referral = invited()
    path = reminded(referral)
    answer = client.get(path)
    assert (answer["Referrer-Policy"], "no-store" in answer["Cache-Control"]) == ("strict-origin", True)
    text = answer.content.decode()
    assert referral.printed_code not in text
    assert referral.patient.family_name not in text
    assert "Detener los recordatorios" in client.get(path, headers={"accept-language": "es"}).content.decode()


def test_stop_for_and_allow_for_a_patient_are_said_by_staff_with_a_reason(client):
    referral = invited()
    client.force_login(a_user("coordinator"))
    address = f"/referrals/{referral.code}/reminders/patient"
    assert client.get(f"{address}/stop/").status_code == 200
    assert client.post(f"{address}/stop/", {"reason": " "}).status_code == 422
    assert client.post(f"{address}/stop/", {"reason": "Asked on the phone"}).status_code == 302
    assert later() == 0
    assert client.post(f"{address}/allow/", {"reason": "Wants them again"}).status_code == 302
    stopped = Stop.objects.get()
    assert (stopped.reason, stopped.ended_because) == ("Asked on the phone", "Wants them again")
    assert client.get(f"/referrals/{referral.code}/reminders/nobody/stop/").status_code == 404


def test_stop_mine_and_allow_mine_are_for_oneself_and_ones_carer(client):
    referral = invited()
    patient, carer, stranger = referral.patient, a_user(), a_user()
    patient.user = a_user()
    patient.save()
    Access.objects.create(patient=patient, user=carer, relation="Daughter", granted_by=a_coordinator())
    address = f"/my-page/{patient.reference}/reminders"
    client.force_login(stranger)
    assert client.post(f"{address}/stop/").status_code == 404
    client.force_login(carer)
    assert client.post(f"{address}/stop/").status_code == 302
    assert "We do not send reminders by e-mail" in client.get("/my-page/").content.decode()
    client.force_login(patient.user)
    assert client.post(f"{address}/allow/").status_code == 302
    assert not Stop.objects.standing().exists()


def test_a_stop_goes_over_with_an_entry_that_is_merged():
    referral, by = invited(), actor(a_coordinator())
    gone, kept = referral.patient, a_patient(email="kept@example.org")
    stop(reader=gone, by=by)
    merge_patient(patient=gone, into=kept, by=by)
    assert Stop.objects.standing().of(kept).exists()
    with clock.at(after(3)):
        assert send_due() == 0
