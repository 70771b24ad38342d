"""The course of relief as the patient and the clinic see it, on the screen and on paper."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from clinic.audit import clock
from clinic.audit.models import Event
from clinic.people.models import Role
from clinic.record import actions as on_record
from clinic.record.models import Case, SaidBy, Therapy
from clinic.treatment.course.followed import Course
from clinic.treatment.course.reading import course_of, sessions_of
from tests.checkins.scenes import GIVEN, a_coordinator, a_decided_case, a_session, after, answered
from tests.factories import a_case, a_user, actor

pytestmark = pytest.mark.django_db
PEG = {"PEG": {"peg_pain": 2, "peg_enjoyment": 3, "peg_activity": 4}}


@pytest.fixture
def session(db):
    """A session whose relief is 70 per cent at two weeks and at three months."""
    given = a_session()
    answered(given, "d0", pain=0, relief=90, no_signs=True)
    answered(given, "d14", pain=3, relief=70, no_signs=True, items=PEG)
    answered(given, "m3", by=actor(a_coordinator()), how="call", pain=4, relief=70, no_signs=True)
    with clock.at(after(100)):
        yield given


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def seen_by(user, case: Case, view: str = "relief", **query: str):
    return signed_in(user).get(reverse(f"course:{view}", args=[case.reference]), query)


def course_of_case(case: Case) -> Course:
    return course_of(case, sessions_of(case), "en")


def text_of(pdf: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_relief_shows_the_patient_what_the_injection_did(session):
    page = seen_by(session.case.patient.user, session.case)
    html = page.content.decode()
    assert "half better or more for 92 days so far" in html
    assert "In your own words" in html
    assert "62 % better" in html  # from 8 to 3 on the same scale, beside the patient's own 70
    assert html.count("told on a call") == 1
    assert html.count("<svg") >= 2
    assert Event.objects.filter(verb="course.read", patient_ids=[session.case.patient_id]).exists()


def test_relief_shows_the_doctor_the_same_on_a_staff_page(session):
    html = seen_by(session.performed_by, session.case).content.decode()
    assert "half better or more for 92 days so far" in html
    assert reverse("candidacy:case", args=[session.case.reference]) in html


def test_relief_is_found_however_its_reference_is_typed(session):
    user = session.case.patient.user
    assert signed_in(user).get(reverse("course:relief", args=[session.case.reference.lower()])).status_code == 200


@pytest.mark.parametrize("view", ["relief", "relief_pdf"])
def test_relief_of_somebody_else_is_not_found(session, view):
    assert seen_by(a_user(), session.case, view).status_code == 404
    assert seen_by(a_user(Role.EDITOR), session.case, view).status_code == 404


def test_relief_says_so_where_there_is_nothing_yet(db):
    case = a_case()
    assert "Nothing to show yet" in seen_by(case.patient.user, case).content.decode()
    assert seen_by(case.patient.user, case, "relief_pdf").status_code == 404


def test_the_case_and_the_patient_s_page_show_it_from_the_first_session_on(session):
    case, patient = session.case, session.case.patient
    on_case = signed_in(session.performed_by).get(reverse("candidacy:case", args=[case.reference])).content.decode()
    on_status = signed_in(patient.user).get(reverse("intake:status", args=[case.reference])).content.decode()
    assert "course__lead" in on_case
    assert "course__lead" in on_status
    other = a_decided_case(email="beech@example.org")
    before = signed_in(other.patient.user).get(reverse("intake:status", args=[other.reference]))
    assert "course__lead" not in before.content.decode()


def test_relief_pdf_carries_the_sentence_the_picture_and_every_answer(session):
    answer = seen_by(session.case.patient.user, session.case, "relief_pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = text_of(answer.content)
    for said in ("half better or more for 92 days so far", "In your own words", "2 weeks after", "not compared"):
        assert said in text
    assert PdfReader(BytesIO(answer.content)).trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert Event.objects.filter(verb="course.printed", patient_ids=[session.case.patient_id]).exists()


def test_relief_pdf_is_printed_for_the_patient_in_their_language(session):
    text = text_of(seen_by(session.performed_by, session.case, "relief_pdf", language="es").content)
    assert "espalda baja" in text
    assert "better" not in text


def test_relief_pdf_prints_whatever_somebody_named_a_therapy(session):
    words = {
        "kind": "other",
        "name": "<b>Tai chi</b> & 太極拳 🧘\u202e",
        "from_date": GIVEN.isoformat(),
        "ongoing": True,
    }
    who = actor(session.performed_by)
    on_record.put(model=Therapy, case=session.case, key=None, said_by=SaidBy.PATIENT, by=who, **words)
    answer = seen_by(session.case.patient.user, session.case, "relief_pdf")
    assert answer.status_code == 200
    assert "<b>Tai chi</b> & □" in text_of(answer.content)
    html = seen_by(session.case.patient.user, session.case).content.decode()
    assert "&lt;b&gt;Tai chi&lt;/b&gt; &amp; 太極拳" in html


def test_relief_pdf_of_many_scales_and_therapies_keeps_its_picture_on_one_page(session):
    case, who = session.case, actor(session.performed_by)
    for scale in ("RMDQ", "ODI", "NDI", "QUEBEC", "VAS"):
        on_record.score(case=case, scale=scale, value=9, on=GIVEN, said_by=SaidBy.PATIENT, by=who)
    for number in range(12):
        words = {"kind": "other", "name": f"Test therapy {number}", "from_date": GIVEN.isoformat(), "ongoing": True}
        on_record.put(model=Therapy, case=case, key=None, said_by=SaidBy.PATIENT, by=who, **words)
    answer = seen_by(case.patient.user, case, "relief_pdf")
    first, second, *_rest = PdfReader(BytesIO(answer.content)).pages
    assert "Test therapy 11" in first.extract_text()
    assert "What each injection did" in second.extract_text()


def test_a_session_that_was_struck_is_not_shown(session):
    session.struck_at, session.struck_by, session.struck_because = clock.now(), session.performed_by, "Test"
    session.save(update_fields=["struck_at", "struck_by", "struck_because"])
    assert course_of_case(session.case).sessions == ()


def test_an_answer_said_anew_stands_alone(session):
    answered(session, "m3", pain=6, relief=20, no_signs=True)
    (followed,) = course_of_case(session.case).sessions
    assert [(each.moment, each.said.relief) for each in followed.answers] == [("d0", 90), ("d14", 70), ("m3", 20)]


def test_pain_at_its_worst_is_no_result_of_the_scale(session):
    case, who = session.case, actor(session.performed_by)
    for period, value in (("worst", 10), ("average", 5)):
        on = GIVEN + timedelta(days=50)
        on_record.score(case=case, scale="NRS", value=value, on=on, period=period, said_by=SaidBy.DOCTOR, by=who)
    values = {each.value for each in course_of_case(case).scores if each.on == GIVEN + timedelta(days=50)}
    assert values == {5}


def test_the_course_of_many_answers_takes_as_many_queries_as_that_of_none(session):
    def queries() -> int:
        case = Case.objects.select_related("patient", "location").get(pk=session.case_id)
        with CaptureQueriesContext(connection) as asked:
            course_of_case(case)
        return len(asked)

    few = queries()
    for key in ("d1", "d3", "d7", "m1", "m2"):
        answered(session, key, pain=4, relief=60, no_signs=True)
    assert queries() == few == 5
