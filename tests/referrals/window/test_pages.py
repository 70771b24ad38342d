"""The pages of rehabilitation: the list, one click, why not, the days; the doctor's panel and the patient's plan."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client

from clinic.audit import clock
from clinic.audit.models import Event
from clinic.people.models import Role
from clinic.record.actions import raise_alert
from referrals.loop.lifecycle import State
from referrals.loop.models import Referral
from referrals.window.models import FirstVisitWithin, NoReferral
from tests.checkins.scenes import GIVEN, a_session, after, answered
from tests.factories import a_user, actor
from tests.referrals.scenes import a_coordinator

from .scenes import a_therapy, relieved

pytestmark = pytest.mark.django_db
LIST = "/rehabilitation/"
MOVING = 5  # queries by which the clock is moved


def staff(role: str = Role.COORDINATOR) -> Client:
    client = Client()
    client.force_login(a_user(role))
    return client


def page(path: str, client: Client, days: int = 14) -> str:
    with clock.at(after(days)):
        answer = client.get(path)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def post(path: str, client: Client, **said: str):
    with clock.at(after(14)):
        return client.post(path, said)


def test_to_begin_names_who_is_in_relief_and_leaves_an_event():
    session = relieved(rehab_from=GIVEN + timedelta(days=10))
    shown = page(LIST, staff())
    assert str(session.case.patient) in shown
    assert "70 % better" in shown
    assert "from 12 June 2026" in shown
    assert Event.objects.filter(verb="window.listed", patient_ids=[session.case.patient_id]).exists()
    assert "Nobody here" in page(f"{LIST}?tab=missed", staff())
    assert "days overdue" in page(f"{LIST}?tab=overdue", staff(), 60)


def test_the_rail_counts_what_is_to_begin_and_which_first_visit_is_late():
    relieved()
    a_therapy(relieved().case, 8, State.SENT)
    counted = re.compile(r'href="/rehabilitation/"[^>]*>.*?<span class="count">(\d+)', re.S)
    assert [counted.search(page(LIST, staff(), days))[1] for days in (14, 60)] == ["1", "2"]


def test_to_begin_costs_the_same_for_one_and_for_many(django_assert_max_num_queries):
    relieved()
    client = staff()
    page(LIST, client)
    for _ in range(4):
        a_therapy(relieved().case, 8, State.SENT)
        relieved()
    for tab in ("to_begin", "awaited"):
        with django_assert_max_num_queries(MOVING + 18):
            assert page(f"{LIST}?tab={tab}", client).count("data-row-link") == (5 if tab == "to_begin" else 4)


def test_write_referral_is_one_click_to_the_letter_and_a_second_leads_to_the_same():
    session, client = relieved(rehab_goals=["walking"]), staff(Role.DOCTOR)
    path = f"{LIST}{session.pk}/referral/"
    first, second = post(path, client), post(path, client)
    code = Referral.objects.get().code
    assert first["Location"] == second["Location"] == f"/referrals/{code}/draft/"
    draft = page(first["Location"], client)
    assert "From the injection and its check-ins" in draft
    assert "Rehabilitation while the relief lasts" in draft
    assert Referral.objects.get().urgency == "soon"


def test_write_referral_waits_for_the_doctor_where_an_urgent_sign_stands():
    session, client = relieved(), staff()
    raise_alert(case=session.case, kind="urgent", signs=["fever_or_chills"], by=actor(a_coordinator()))
    assert "A doctor looks at the urgent sign first" in page(LIST, client)
    post(f"{LIST}{session.pk}/referral/", client)
    assert not Referral.objects.exists()


def test_why_not_keeps_what_was_typed_and_take_back_brings_it_back():
    session, client = relieved(), staff()
    path = f"{LIST}{session.pk}/why-not/"
    assert "Goes to physical therapy already" in page(path, client)
    assert post(path, client, because="other").status_code == 422
    assert post(path, client, because="there", words="Since May.")["Location"] == LIST
    assert "Nobody waits for a referral" in page(LIST, client)
    case = f"/case/{session.case.reference}/"
    assert "No referral: goes to physical therapy already, “Since May.”" in " ".join(page(case, client).split())
    assert post(f"{LIST}{session.pk}/take-back/", client)["Location"] == case
    assert not NoReferral.objects.current().exists()
    a_therapy(session.case, 8)
    late = post(path, client, because="cost", words="Typed before")
    assert late.status_code == 422
    assert "Typed before" in late.content.decode()


@pytest.mark.parametrize(("typed", "status"), [("7", 302), ("0", 422), ("91", 422), ("", 422), ("soon", 422)])
def test_days_are_set_by_administrators_within_bounds(typed, status):
    client = staff(Role.ADMINISTRATOR)
    assert "14 is our own convention" in page("/rehabilitation/days/", client)
    assert post("/rehabilitation/days/", client, days=typed).status_code == status
    assert FirstVisitWithin.objects.count() == (status == 302)


@pytest.mark.parametrize("verb", ["referral", "why-not", "take-back"])
def test_an_earlier_session_and_a_stranger_are_not_found(verb):
    session = relieved()
    a_session(session.case, on=GIVEN + timedelta(days=100))
    assert staff().post(f"{LIST}{session.pk}/{verb}/").status_code == 404
    patient = Client()
    patient.force_login(session.case.patient.user)
    assert patient.post(f"{LIST}{session.pk}/{verb}/").status_code in {403, 404}


def test_the_doctor_sees_on_the_case_when_relief_ended_early():
    session = relieved(relief=80, key="d14")
    case = f"/case/{session.case.reference}/"
    assert "The relief ended early" not in page(case, staff(Role.DOCTOR))
    answered(session, "m1", relief=10, over=True)
    shown = page(case, staff(Role.DOCTOR), 40)
    assert "The relief ended early" in shown
    assert "rehabilitation had not begun" in shown


def test_a_case_without_a_session_shows_no_rehabilitation():
    session = relieved()
    session_free = relieved(rehabilitation="none").case
    client = Client()
    client.force_login(session_free.patient.user)
    assert "Your plan after the injection" not in page(f"/cases/{session_free.reference}/", client)
    assert "Rehabilitation after the injection" in page(f"/case/{session.case.reference}/", staff())


def test_the_patient_reads_their_own_plan_and_no_draft_of_it():
    chosen = {"rehab_from": GIVEN + timedelta(days=10), "rehab_goals": ["walking"], "exercises": "Test walk."}
    session = relieved(**chosen)
    client = Client()
    client.force_login(session.case.patient.user)
    path = f"/cases/{session.case.reference}/"
    shown = page(path, client)
    assert "We will ask for it and tell you where" in shown
    assert "start on 12 June 2026 or later" in shown
    assert "Walk farther without a rest" in shown
    assert "Test walk." in shown
    referral = a_therapy(session.case, 8)
    assert str(referral.practice) not in page(path, client)


def test_nobody_is_told_to_move_while_an_urgent_sign_stands():
    session = relieved()
    client = Client()
    client.force_login(session.case.patient.user)
    path = f"/cases/{session.case.reference}/"
    assert "Now is a good time to get moving again" in page(path, client)
    raise_alert(case=session.case, kind="urgent", signs=["fever_or_chills"], by=actor(a_coordinator()))
    assert "Your plan after the injection" not in page(path, client)


@pytest.mark.parametrize(
    ("states", "says"),
    [
        ((State.SENT,), "The first visit has no day yet"),
        ((State.SENT, State.BOOKED), "Your first visit is on 15 June 2026"),
        ((State.SENT, State.ATTENDED), "You have begun physical therapy"),
    ],
)
def test_the_patient_reads_when_the_first_visit_is(states, says):
    session = relieved()
    a_therapy(session.case, 8, *states)
    client = Client()
    client.force_login(session.case.patient.user)
    assert says in page(f"/cases/{session.case.reference}/", client, 9)
