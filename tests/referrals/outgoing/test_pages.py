"""The pages of a referral out: the staff's, the paper, and the practice's private one with those who attack it."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader, PdfWriter

from clinic.audit.clock import now, today
from clinic.audit.models import Event
from clinic.people.models import Role
from clinic.record.models import Document
from referrals.loop.actions.links import LASTS, revoke_link
from referrals.loop.lifecycle import BY_PRACTICE, NEXT, Direction, State
from referrals.loop.models import Referral, Step
from tests.candidacy.scenes import a_known_case
from tests.factories import a_user, actor
from tests.referrals.scenes import LATER, a_coordinator, a_practice, an_incoming, walk

from .scenes import a_draft, a_sent, a_signed, the_address

pytestmark = pytest.mark.django_db
S = State


def staff(role: str = Role.COORDINATOR) -> Client:
    client = Client()
    client.force_login(a_user(role))
    return client


def page(path: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def tell(address: str, to: str, seen: str, **words: object):
    return Client().post(f"{address}{to}/", {"seen": seen, **words})


def a_pdf(password: str = "") -> SimpleUploadedFile:
    writer = PdfWriter()
    writer.add_blank_page(612, 792)
    if password:
        writer.encrypt(password)
    written = BytesIO()
    writer.write(written)
    return SimpleUploadedFile("report.pdf", written.getvalue(), "application/pdf")


def test_start_warns_of_an_open_one_before_anything_is_typed():
    case = a_known_case()
    first, client = a_draft(case=case).referral, staff()
    shown = page(f"/case/{case.reference}/refer/", client)
    assert first.printed_code in shown
    assert "Physical therapy (one is open already)" in shown
    said = {"service": "physical_therapy", "urgency": "soon", "seen": ""}
    assert client.post(f"/case/{case.reference}/refer/", said).status_code == 422
    answer = client.post(f"/case/{case.reference}/refer/", said | {"seen": str(first.pk)})
    assert answer.status_code == 302
    assert Referral.objects.outgoing().count() == 2


def test_draft_keeps_what_was_typed_when_it_is_refused_or_overtaken():
    order = a_draft(question="First")
    path, client = f"/referrals/{order.referral.code}/draft/", staff()
    assert "From the record" in page(path, client)
    wrong = client.post(path, {"edition": 2, "question": "Typed", "start_from": "2020-01-01"})
    assert wrong.status_code == 422
    assert "Typed" in wrong.content.decode()
    overtaken = client.post(path, {"edition": 1, "question": "Typed"})
    assert overtaken.status_code == 422
    assert "Somebody saved this letter" in overtaken.content.decode()
    assert client.post(path, {"edition": 2, "question": "Typed"}).status_code == 302


def test_what_is_saved_unchanged_still_is_from_the_record():
    order = a_draft()
    typed = {name: value for name, value in order.said.items() if value and name != "scores"}
    lines = {name: value.replace("\n", "\r\n") if isinstance(value, str) else value for name, value in typed.items()}
    answer = staff().post(f"/referrals/{order.referral.code}/draft/", lines | {"edition": 1})
    assert answer.status_code == 302
    order.refresh_from_db()
    assert order.edition == 1


def test_choose_offers_the_patients_language_first_and_names_one_of_another_kind():
    order = a_draft(case=a_known_case(language="es"))
    spoken, other = a_practice(name="Test Zinnia", languages=["es"]), a_practice(name="Test Aster", languages=["en"])
    a_practice(name="Test Imaging", kind="imaging")
    path, client = f"/referrals/{order.referral.code}/practice/", staff()
    shown = page(path, client)
    assert shown.index(spoken.name) < shown.index(other.name)
    assert "Test Imaging" not in shown
    assert "not listed for this service" in page(f"{path}?q=imaging", client)
    assert client.post(path, {"practice": spoken.pk}).status_code == 302
    assert client.post(path, {"practice": 10**15}).status_code == 404
    assert Referral.objects.get(pk=order.referral_id).practice == spoken


def test_sign_opens_to_doctors_alone():
    order = a_draft(question="Strength")
    path = f"/referrals/{order.referral.code}/sign/"
    assert staff().post(path, {"edition": 2}).status_code == 404
    assert staff(Role.DOCTOR).post(path, {"edition": 2}).status_code == 302
    order.refresh_from_db()
    assert order.signed_at


def test_send_begins_with_how_the_practice_likes_to_receive_and_goes_by_the_state_it_showed():
    order, client = a_signed(), staff()
    client.post(f"/referrals/{order.referral.code}/practice/", {"practice": a_practice(receives_by="portal").pk})
    path = f"/referrals/{order.referral.code}/send/"
    assert '<option value="portal" selected>' in page(path, client)
    day = today(order.referral.location.time_zone)
    assert client.post(path, {"how": "portal", "on": day + timedelta(days=1), "seen": "draft"}).status_code == 422
    assert client.post(path, {"how": "portal", "on": day, "seen": "accepted"}).status_code == 422
    assert client.post(path, {"how": "portal", "on": day, "seen": "draft"}).status_code == 302
    assert Referral.objects.get(pk=order.referral_id).state == S.SENT


def test_letter_and_fax_are_kept_by_no_cache_and_leave_an_event():
    referral, client = a_sent(), staff()
    for path, pages in (("letter", 1), ("fax", 2)):
        answer = client.get(f"/referrals/{referral.code}/{path}/")
        assert answer["Content-Type"] == "application/pdf"
        assert "no-store" in answer["Cache-Control"]
        assert len(PdfReader(BytesIO(answer.content)).pages) == pages
    assert Event.objects.filter(verb="order.printed", patient_ids=[referral.patient_id]).count() == 2
    text = PdfReader(BytesIO(client.get(f"/referrals/{referral.code}/letter/").content)).pages[0].extract_text()
    assert referral.printed_code in text


def test_fax_is_made_for_nobody_without_a_number():
    order = a_signed()
    assert staff().get(f"/referrals/{order.referral.code}/fax/").status_code == 302


@pytest.mark.parametrize("path", ["draft", "practice", "send", "letter", "fax"])
def test_no_patient_and_no_stranger_reads_a_letter(path):
    referral = a_sent()
    patient = Client()
    patient.force_login(referral.patient.user)
    assert patient.get(f"/referrals/{referral.code}/{path}/").status_code == 404
    assert Client().get(f"/referrals/{referral.code}/{path}/").status_code == 302


def test_practice_says_nothing_of_the_patient_but_initials_and_year():
    referral = a_sent()
    shown = page(the_address(referral))
    patient = referral.patient
    assert referral.printed_code in shown
    assert str(patient.birth_date.year) in shown
    for secret in (patient.family_name, patient.phone, patient.reference, referral.case.reference, "herniation"):
        assert secret not in shown


@pytest.mark.parametrize("state", [state for state in NEXT[Direction.OUTGOING] if state != S.DRAFT])
def test_practice_offers_exactly_what_may_be_said_next(state):
    ways = {
        S.SENT: [],
        S.DISCHARGED: [S.ATTENDED, S.DISCHARGED],
        S.NOT_ATTENDED: [S.BOOKED, S.NOT_ATTENDED],
        S.READ: [S.REPORT_RECEIVED, S.READ],
        S.PATIENT_TOLD: [S.REPORT_RECEIVED, S.READ, S.PATIENT_TOLD],
        S.CLOSED: [S.REPORT_RECEIVED, S.READ, S.PATIENT_TOLD, S.CLOSED],
    }
    referral = walk(a_sent(), *ways.get(state, [state]))
    shown = page(the_address(referral))
    offered = {to for to in State if f"/{to}/" in shown.split('id="main"')[1]}
    assert offered == NEXT[Direction.OUTGOING][state] & BY_PRACTICE


def test_a_practice_books_sees_and_reports_in_a_few_taps():
    referral = a_sent()
    address = the_address(referral)
    assert tell(address, "booked", "sent", booked_on=today("UTC") + timedelta(days=9)).status_code == 302
    assert tell(address, "attended", "booked").status_code == 302
    assert tell(address, "discharged", "attended").status_code == 302
    assert tell(address, "report_received", "discharged", report=a_pdf()).status_code == 302
    referral.refresh_from_db()
    step = referral.steps.last()
    assert (referral.state, step.done_by, step.document.said_by) == (S.REPORT_RECEIVED, None, "record")
    assert step.link is not None


def test_say_needs_what_belongs_to_it():
    address = the_address(a_sent())
    assert tell(address, "booked", "sent").status_code == 422
    assert tell(address, "booked", "sent", booked_on="2020-01-01").status_code == 422
    assert tell(address, "booked", "sent", booked_on=LATER).status_code == 422
    assert tell(address, "refused", "sent", what="other").status_code == 422
    assert tell(address, "refused", "sent", what="nonsense").status_code == 422
    assert tell(address, "report_received", "sent").status_code == 422
    assert tell(address, "refused", "sent", what="full", line="Until May").status_code == 302
    assert Step.objects.get(to_state=S.REFUSED).reason == "No room in the time that is asked for: Until May"


def test_the_reason_is_kept_in_the_clinics_language_whatever_the_page_speaks():
    address = the_address(a_sent())
    client = Client(headers={"accept-language": "es"})
    client.post(f"{address}needs_information/", {"seen": "sent", "what": "imaging", "line": ""})
    assert Step.objects.get(to_state=S.NEEDS_INFORMATION).reason == "Images, or the report of a study"


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("report.pdf", b"GIF89a", "application/pdf"),
        SimpleUploadedFile("report.pdf", b"", "application/pdf"),
        SimpleUploadedFile("report.pdf", b"%PDF-1.7 and nothing more", "application/pdf"),
        a_pdf(password="secret"),
    ],
    ids=["no_pdf", "empty", "damaged", "encrypted"],
)
def test_a_report_that_cannot_be_read_is_refused_and_nothing_is_kept(file):
    file.seek(0)
    referral = a_sent()
    assert tell(the_address(referral), "report_received", "sent", report=file).status_code == 422
    assert not Document.objects.filter(case=referral.case).exists()
    assert Referral.objects.get(pk=referral.pk).state == S.SENT


def test_a_link_used_twice_is_one_step_and_used_late_says_how_it_is():
    referral = a_sent()
    address = the_address(referral)
    for _ in range(2):
        assert tell(address, "accepted", "sent").status_code == 302
    assert referral.steps.filter(to_state=S.ACCEPTED).count() == 1
    late = tell(address, "received", "sent")
    assert late.status_code == 422
    assert "Something has changed" in late.content.decode()


def test_opening_a_link_changes_nothing_and_leaves_an_event_without_the_secret():
    referral = a_sent()
    address = the_address(referral)
    steps = referral.steps.count()
    for _ in range(3):
        page(address)
    assert referral.steps.count() == steps
    event = Event.objects.filter(verb="referral.link_opened").last()
    assert address.split("/")[2] not in f"{event.door} {event.detail}"
    assert Client().get(f"{address}accepted/").status_code == 405


def test_an_old_a_taken_back_a_guessed_and_anothers_link_all_answer_alike():
    referral = a_sent()
    address = the_address(referral)
    secret = address.split("/")[2]
    guessed = Client().get(f"/practice/{secret[:-1]}x/")
    anothers = Client().get(the_address(an_incoming()))
    with time_machine.travel(now() + LASTS + timedelta(hours=1)):
        old = Client().get(address)
    revoke_link(referral=referral, by=actor(a_coordinator()))
    taken_back, acted = Client().get(address), tell(address, "accepted", "sent")
    answers = [guessed, anothers, old, taken_back, acted]
    assert {answer.status_code for answer in answers} == {404}
    assert {"does not work any more" in answer.content.decode() for answer in answers} == {True}
    assert Referral.objects.get(pk=referral.pk).state == S.SENT


def test_the_address_leaks_to_nobody():
    answer = Client().get(the_address(a_sent()))
    assert answer["Referrer-Policy"] == "strict-origin"
    assert "no-store" in answer["Cache-Control"]


def test_a_forged_post_is_turned_away_and_the_pages_own_is_not():
    address = the_address(a_sent())
    client = Client(enforce_csrf_checks=True)
    assert client.post(f"{address}accepted/", {"seen": "sent"}).status_code == 403
    client.get(address)
    token = client.cookies["csrftoken"].value
    said = {"seen": "sent", "csrfmiddlewaretoken": token}
    assert client.post(f"{address}accepted/", said, headers={"origin": "http://testserver"}).status_code == 302


def test_knocking_too_often_is_slowed_down():
    for _ in range(60):
        Client().get("/practice/guess/")
    assert Client().get("/practice/guess/").status_code == 429


def test_link_and_revoke_make_it_anew():
    referral, client = a_sent(), staff()
    first = the_address(referral)
    client.post(f"/referrals/{referral.code}/link/revoke/")
    assert Client().get(first).status_code == 404
    client.post(f"/referrals/{referral.code}/link/")
    assert the_address(referral) != first
    assert page(the_address(referral))


def test_the_patient_reads_where_they_were_sent_and_never_a_draft():
    referral = a_sent(phone="555 0177")
    draft = a_draft("imaging", case=referral.case).referral
    client = Client()
    client.force_login(referral.patient.user)
    shown = page(f"/cases/{referral.case.reference}/", client)
    assert referral.practice.name in shown
    assert "555 0177" in shown
    assert "Imaging" not in shown
    assert draft.printed_code not in shown
    walk(referral, S.CANCELLED)
    assert "You do not need to go there any more" in page(f"/cases/{referral.case.reference}/", client)


def test_the_case_names_its_referrals():
    referral = a_sent()
    shown = page(f"/case/{referral.case.reference}/", staff())
    assert referral.printed_code in shown
    assert referral.practice.name in shown
