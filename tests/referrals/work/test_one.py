"""The page of one referral, its steps, and the verbs beside it, in every state that there is."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from clinic.audit.clock import today
from clinic.audit.models import Event
from clinic.directory.models import Kind
from clinic.people.models import Role
from referrals.loop.lifecycle import Direction, State
from referrals.loop.models import Referral
from referrals.work.asks import open_steps
from tests.factories import a_user
from tests.referrals.scenes import a_coordinator, an_incoming, an_outgoing, walk

pytestmark = pytest.mark.django_db
S = State
WAYS_OUT = [
    (),
    (S.SENT,),
    (S.SENT, S.RECEIVED),
    (S.SENT, S.NEEDS_INFORMATION),
    (S.SENT, S.ACCEPTED),
    (S.SENT, S.REFUSED),
    (S.SENT, S.HANDED_BACK),
    (S.SENT, S.BOOKED),
    (S.SENT, S.BOOKED, S.NOT_ATTENDED),
    (S.SENT, S.ATTENDED),
    (S.SENT, S.ATTENDED, S.DISCHARGED),
    (S.SENT, S.REPORT_RECEIVED),
    (S.SENT, S.REPORT_RECEIVED, S.READ),
    (S.SENT, S.REPORT_RECEIVED, S.READ, S.PATIENT_TOLD),
    (S.SENT, S.REPORT_RECEIVED, S.READ, S.PATIENT_TOLD, S.CLOSED),
    (S.CANCELLED,),
]
SOON = (today("America/New_York") + timedelta(days=10)).isoformat()
ANSWERS = {"reason": "As they said", "why": "transport", "booked_on": SOON, "on": "", "how": "phone"}


@pytest.fixture
def desk(client):
    client.force_login(a_coordinator())
    return client


def picture() -> bytes:
    made = BytesIO()
    Image.new("RGB", (20, 20), "white").save(made, "PNG")
    return made.getvalue()


def at(referral: Referral, to: str) -> str:
    return f"/referrals/{referral.code}/{to}/"


@pytest.mark.parametrize("states", WAYS_OUT)
def test_referral_says_what_is_next_and_offers_the_open_steps_alone(desk, states):
    referral = walk(an_outgoing(), *states)
    page = desk.get(f"/referrals/{referral.printed_code.lower()}/").content.decode()
    assert referral.state_words in page
    offered = {str(to) for to, _ in open_steps(referral.direction, referral.state)}
    assert offered <= {str(to) for to in referral.may_become}
    for state in State:
        assert (f'href="{at(referral, state)}"' in page) == (str(state) in offered)


@pytest.mark.parametrize("states", WAYS_OUT)
def test_step_is_taken_with_what_it_asks_and_refused_without(desk, states):
    for to in open_steps(Direction.OUTGOING, states[-1] if states else S.DRAFT):
        referral = walk(an_outgoing(), *states)
        answer = desk.post(at(referral, to[0]), {"seen": referral.state})
        assert answer.status_code == (422 if to[1].required else 302)
        if to[1].required:
            said = {name: ANSWERS[name] for name in to[1].fields if name in ANSWERS}
            assert desk.post(at(referral, to[0]), {"seen": referral.state, **said}).status_code == 302
        referral.refresh_from_db()
        assert referral.state == to[0]


def test_step_that_is_not_open_leads_back(desk):
    referral = an_outgoing()
    for to in ("read", "sent", "nonsense"):
        assert desk.get(at(referral, to)).url == f"/referrals/{referral.code}/"
        desk.post(at(referral, to), {"seen": "draft"})
    referral.refresh_from_db()
    assert referral.state == S.DRAFT


def test_step_says_of_no_report_that_it_was_read_that_came_while_another_was(desk):
    referral = walk(an_outgoing(), S.SENT, S.ATTENDED, S.REPORT_RECEIVED)
    shown = desk.get(at(referral, S.READ)).context["form"].initial
    walk(referral, S.REPORT_RECEIVED)
    answer = desk.post(at(referral, S.READ), {"seen": shown["seen"], "latest": shown["latest"]})
    assert (answer.status_code, "Something came since" in answer.content.decode()) == (422, True)
    again = desk.get(at(referral, S.READ)).context["form"].initial
    assert desk.post(at(referral, S.READ), {"seen": again["seen"], "latest": again["latest"]}).status_code == 302


def test_step_tells_who_was_overtaken_and_keeps_what_they_typed(desk):
    referral = walk(an_outgoing(), S.SENT)
    walk(referral, S.BOOKED)
    answer = desk.post(at(referral, S.REFUSED), {"seen": "sent", "reason": "No room until autumn"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "is “Booked” by now" in page
    assert "No room until autumn" in page


def test_step_sent_twice_is_one_step(desk):
    referral = walk(an_outgoing(), S.SENT)
    said = {"seen": "sent", "booked_on": SOON, "how": "phone"}
    assert [desk.post(at(referral, S.BOOKED), said).status_code for _ in range(2)] == [302, 302]
    assert referral.steps.filter(to_state=S.BOOKED).count() == 1


def test_step_files_the_report_with_the_case(desk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    referral = walk(an_outgoing(), S.SENT)
    page = desk.get(at(referral, S.REPORT_RECEIVED)).content.decode()
    assert 'enctype="multipart/form-data"' in page
    desk.post(at(referral, S.REPORT_RECEIVED), {"seen": "sent", "report": SimpleUploadedFile("report.png", picture())})
    step = referral.steps.last()
    assert step.to_state == S.REPORT_RECEIVED
    assert step.document.case == referral.case
    assert step.document.said_by == "record"


def test_step_takes_no_report_that_cannot_be_read(desk, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    referral = walk(an_outgoing(), S.SENT)
    sent = {"seen": "sent", "report": SimpleUploadedFile("report.png", b"not a picture")}
    answer = desk.post(at(referral, S.REPORT_RECEIVED), sent)
    assert answer.status_code == 422
    assert not referral.case.documents.exists()
    referral.refresh_from_db()
    assert referral.state == S.SENT


def test_step_that_closes_early_says_what_is_missing(desk):
    referral = walk(an_outgoing(), S.SENT, S.ATTENDED)
    page = desk.get(at(referral, S.CLOSED)).content.decode()
    assert "No report has come." in page
    assert "The patient has not been told" in page
    told = walk(an_outgoing(), S.SENT, S.REPORT_RECEIVED, S.READ, S.PATIENT_TOLD)
    page = desk.get(at(told, S.CLOSED)).content.decode()
    assert "not closed yet" not in page
    assert 'name="reason"' not in page


def test_referral_with_a_red_flag_is_one_call(desk):
    referral = an_incoming(red_flag=True)
    page = desk.get(at(referral, "call")[: -len("call/")]).content.decode()
    assert "Call the referrer now" in page
    for verb in ("put-off", "assign", "escalate", "urgency", "refused"):
        assert at(referral, verb) not in page
    assert at(referral, S.CANCELLED) in page
    assert desk.get(at(referral, S.REFUSED)).status_code == 302
    answer = desk.post(at(referral, "call"), {"whom": "referrer", "outcome": "reached", "note": "Sent to the hospital"})
    assert answer.status_code == 302
    referral.refresh_from_db()
    assert not referral.must_call


@pytest.mark.parametrize(
    ("verb", "right", "wrong"),
    [
        ("call", {"whom": "practice", "outcome": "left_message"}, {"whom": "practice", "outcome": "asks_later"}),
        ("put-off", {"until": "", "reason": "On leave"}, {"until": "2001-01-01", "reason": "On leave"}),
        ("escalate", {"note": "Nobody answers"}, {"note": "x" * 501}),
        ("urgency", {"urgency": "urgent", "reason": "Weakness"}, {"urgency": "urgent"}),
    ],
)
def test_working_verb_is_carried_out_or_says_what_is_wrong(desk, verb, right, wrong):
    referral = walk(an_outgoing(), S.SENT)
    if verb == "put-off":
        right["until"] = referral.next_on.isoformat()
    assert desk.post(at(referral, verb), wrong).status_code == 422
    assert not referral.work.exists()
    assert desk.post(at(referral, verb), right).status_code == 302
    assert referral.work.count() == 1


def test_assign_hands_it_over(desk):
    referral, other = walk(an_outgoing(), S.SENT), a_user(Role.COORDINATOR)
    assert desk.post(at(referral, "assign"), {"owner": a_user(Role.ADMINISTRATOR).pk}).status_code == 422
    assert desk.post(at(referral, "assign"), {"owner": other.pk, "back": "/referrals/?list=mine"}).status_code == 302
    referral.refresh_from_db()
    assert referral.owner == other


def test_referral_leaves_an_event_and_asks_the_same_number_of_questions(desk, django_assert_max_num_queries):
    referral = walk(an_outgoing(), S.SENT, S.ATTENDED)
    for _ in range(4):
        an_outgoing(case=referral.case, service=Kind.IMAGING)
    walk(referral, S.REPORT_RECEIVED, S.READ, S.ATTENDED, S.REPORT_RECEIVED)
    with django_assert_max_num_queries(28):
        desk.get(f"/referrals/{referral.code}/")
    assert Event.objects.filter(verb="referral.opened", patient_ids__contains=[referral.patient_id]).exists()
