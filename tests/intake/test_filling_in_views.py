"""The pages of the questionnaire as a browser without JavaScript meets them."""

import uuid
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from clinic.audit.clock import at
from clinic.intake.actions import starting
from clinic.intake.models import Intake
from clinic.intake.questions import STEPS
from clinic.intake.questions.shape import Page
from clinic.people.models import Patient, Role, User
from clinic.record.actions import release_alert
from clinic.record.models import Alert, Case, Stage, Therapy
from tests.factories import a_clinic, a_location, a_patient, a_user, actor
from tests.intake.walking import CALM, NAPROXEN, WHO, WHOLE, Walker

pytestmark = pytest.mark.django_db


@pytest.fixture
def walker(client):
    a_clinic()
    user = a_user()
    client.force_login(user)
    return Walker(client, starting.start(patient=a_patient(user), language="en", by=actor(user)))


def said(walker):
    case = Case.objects.get(pk=walker.intake.case_id)
    return {row.fact: row.value for row in case.statements.current()}


OPEN_AT_FIRST = [
    (section, step)
    for section, step in STEPS
    if isinstance(step, Page) and any(question.asked_if is None for question in step.questions)
]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("section", "step"), OPEN_AT_FIRST, ids=lambda each: getattr(each, "slug", ""))
def test_page_opens(walker, section, step, language):
    User.objects.update(language=language)
    response = walker.open(f"{section.key}/{step.slug}")
    assert response.status_code == 200
    assert f'lang="{language}"' in response.content.decode()


def test_page_that_is_not_asked_leads_to_what_is(walker):
    assert walker.open("scans/since").url == walker.url("who/person")
    assert walker.open("tried/therapies").url == walker.url("who/person")


def test_page_in_spanish_asks_our_own_questions_and_no_translated_instrument(walker):
    User.objects.update(language="es")
    assert walker.open("pain/peg").status_code == 302
    assert walker.open("pain/daily").status_code == 200


def test_page_with_mistakes_says_so_and_loses_nothing(walker):
    values = {"onset_how": "day", "onset_day": "31 February 2026", "worsened": "yes", "exacerbated_on_how": "year"}
    response = walker.send("pain/began", {**values, "exacerbated_on_year": "0206"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "That day is not in the calendar." in page
    assert "That year is too long ago." in page
    assert "31 February 2026" in page
    assert "31 February 2026" in walker.open("pain/began").content.decode()
    assert said(walker) == {}


def test_page_refuses_an_end_before_its_beginning(walker):
    walker.sent("tried/anything", {"any_therapy": "yes"})
    response = walker.send(f"tried/therapies/{uuid.uuid4()}", NAPROXEN | {"to_day": "1 March 2026"})
    assert "This date is before the start." in response.content.decode()
    assert not Therapy.objects.exists()


def test_page_refuses_a_birth_date_in_the_future(walker):
    response = walker.send("about/name", {"given_name": "Test", "family_name": "Alder", "birth_date": "1 May 2199"})
    assert "This date is in the future." in response.content.decode()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x" * 100_000, "Please shorten this to 4000 characters. It has 100000 now."),
        ("ab\x00cd", "One character in your text cannot be kept."),
    ],
)
def test_page_answers_text_that_cannot_be_kept(walker, text, message):
    response = walker.send("hopes/hope", {"hope": text})
    assert response.status_code == 422
    assert message in response.content.decode()
    assert text.replace("\x00", "") in response.content.decode()
    assert walker.intake.drafts.get().content == {"hope": [text.replace("\x00", "")]}


@pytest.mark.parametrize("text", ["🙂🦴", "Я хочу гулять", "أريد المشي", "<script>alert(1)</script>", "' OR 1=1; --"])
def test_page_keeps_any_script_as_it_was_written(walker, text):
    walker.sent("hopes/hope", {"hope": text})
    assert walker.intake.answers.get(question="hope").value == text
    assert escape(text) in walker.open("hopes/hope").content.decode()


def test_page_in_danger_is_not_sent_back_for_the_rest(walker):
    response = walker.send("safety/now", {"fever_or_chills": "yes"})
    assert response.url == walker.url("stopped")
    assert Alert.objects.get().signs == ["fever_or_chills"]
    assert walker.open("pain/where").url == walker.url("stopped")
    assert walker.send("pain/where", {"areas": "neck"}, revision=0).url == walker.url("stopped")
    assert walker.intake.drafts.filter(page="pain/where").exists()


def test_page_asks_which_answers_are_right_when_two_devices_differ(walker):
    walker.sent("hopes/hope", {"hope": "Cook"})
    response = walker.send("hopes/hope", {"hope": "Dance"}, revision=0)
    assert response.status_code == 409
    page = response.content.decode()
    assert "Cook" in page
    assert "Dance" in page
    assert walker.send("hopes/hope", {"hope": "Dance"}, revision=response.context["saved"].revision).status_code == 302
    assert walker.intake.answers.filter(question="hope").count() == 2


def test_page_sent_twice_is_kept_once(walker):
    for _ in range(2):
        assert walker.send("hopes/hope", {"hope": "Cook"}, revision=0).status_code == 302
    assert walker.intake.answers.filter(question="hope").count() == 1


def test_page_opened_from_the_check_leads_back_to_it(walker):
    walker.whole()
    response = walker.client.post(
        walker.url("pain/region") + "?check", {"region": "lumbar", "side": "right", "revision": 1}
    )
    assert response.url == walker.url("check")


def test_page_opened_from_the_check_first_asks_what_it_brought_up(walker):
    walker.whole()
    response = walker.client.post(walker.url("tried/anything") + "?check", {"any_therapy": "yes", "revision": 1})
    assert response.url == walker.url("tried/therapies") + "?check"


def test_page_of_somebody_else_is_not_found(walker):
    stranger = Client()
    stranger.force_login(a_user())
    for page in ["", "who/person/", "check/", "stopped/", "tried/therapies/"]:
        assert stranger.get(f"/intake/{walker.intake.case.reference}/{page}").status_code == 404
    assert stranger.post(walker.url("sign")[:-1], {"signature": "x"}).status_code == 404
    assert stranger.post(walker.url("hopes/hope"), {"hope": "x"}).status_code == 404


def test_page_that_staff_fills_in_says_so(walker):
    coordinator = a_user(Role.COORDINATOR)
    desk = Walker(Client(), walker.intake)
    desk.client.force_login(coordinator)
    assert "The record says that staff typed it." in desk.open("pain/region").content.decode()
    desk.sent("pain/region", {"region": "lumbar", "side": "left"})
    assert set(walker.intake.answers.values_list("given_as", flat=True)) == {"staff"}


def test_page_reads_as_many_rows_for_ten_therapies_as_for_one(walker):
    walker.sent("tried/anything", {"any_therapy": "yes"})
    walker.sent(f"tried/therapies/{uuid.uuid4()}", NAPROXEN)
    walker.open("tried/therapies")
    with CaptureQueriesContext(connection) as one:
        walker.open("tried/therapies")
    for _ in range(9):
        walker.sent(f"tried/therapies/{uuid.uuid4()}", NAPROXEN)
    with CaptureQueriesContext(connection) as ten:
        walker.open("tried/therapies")
    assert len(ten) == len(one) <= 20


def test_draft_says_saved_and_comes_back(walker):
    with at(datetime(2026, 11, 22, 15, 42, 30, tzinfo=UTC)):
        saved = walker.save("hopes/hope", {"hope": "Coo"}, 0).json()
        assert "Coo" in walker.open("hopes/hope").content.decode()
    assert (saved["revision"], saved["words"]) == (1, "Saved at 10:42")
    assert not walker.intake.answers.exists()


def test_draft_of_an_older_revision_is_refused_with_both_versions(walker):
    walker.save("hopes/hope", {"hope": "Cook"}, 0)
    refused = walker.save("hopes/hope", {"hope": "Dance"}, 0)
    assert refused.status_code == 409
    assert "Cook" in refused.json()["both"]
    assert "Dance" in refused.json()["both"]
    assert walker.intake.drafts.get().content == {"hope": ["Cook"]}


def test_draft_of_a_row_counts_with_the_rest(walker):
    walker.sent("tried/anything", {"any_therapy": "yes"})
    live = walker.save(f"tried/therapies/{uuid.uuid4()}", NAPROXEN, 0).json()["ledger"]
    assert "7 weeks" in live


def test_draft_after_the_seal_is_refused(walker):
    walker.whole()
    sign(walker)
    assert walker.save("hopes/hope", {"hope": "Dance"}, 1).status_code == 410


def test_rows_lists_changes_and_removes(walker):
    key = uuid.uuid4()
    walker.sent("tried/anything", {"any_therapy": "yes"})
    assert "Nothing is listed yet." in walker.open("tried/therapies").content.decode()
    new = walker.open("tried/therapies/new").url
    assert walker.client.get(new).status_code == 200
    walker.sent(f"tried/therapies/{key}", NAPROXEN)
    page = walker.open("tried/therapies").content.decode()
    assert "2 March 2026" in page
    assert "7 weeks" in page
    remove = walker.url(f"tried/therapies/{key}") + "remove"
    assert walker.client.get(remove).status_code == 200
    assert Therapy.objects.current().exists()
    assert walker.client.post(remove).url == walker.url("tried/therapies")
    assert not Therapy.objects.current().exists()


def test_check_names_what_is_open(walker):
    walker.sent("who/person", WHO)
    check = walker.open("check")
    assert check.context["open"] > 10
    assert "Sign and send" not in check.content.decode()


@pytest.mark.parametrize("revision", ["", "x", "-1", "²", "9" * 5000])
def test_a_revision_that_is_none_writes_over_nothing(walker, revision):
    walker.send("hopes/hope", {"hope": "Walk"})
    assert walker.send("hopes/hope", {"hope": "Dance"}, revision=revision).status_code == 409


def sign(walker, **changed):
    shown = {"signature": "Test Patient Alder", "fingerprint": walker.open("check").context["fingerprint"]}
    return walker.client.post(f"/intake/{walker.intake.case.reference}/sign", shown | changed)


def test_sign_needs_a_name(walker):
    walker.whole()
    for name in ["", "12", "a\x00b"]:
        response = sign(walker, signature=name)
        assert response.status_code == 422
    assert not Intake.objects.get().sealed_at


def test_sign_shows_changed_answers_again(walker):
    walker.whole()
    assert sign(walker, fingerprint="0" * 64).url == walker.url("check")


def test_stopped_says_whom_to_call_and_ends_with_the_release(walker):
    walker.send("safety/now", {**CALM, "major_trauma": "yes"})
    page = walker.open("stopped").content.decode()
    assert "911" in page
    assert "Did this pain begin with a bad accident?" in page
    release_alert(alert=Alert.objects.get(), finding="Seen; the fall was last year.", by=actor(a_user(Role.DOCTOR)))
    assert walker.open("stopped").url == walker.url("")[:-1]
    assert walker.open("pain/where").status_code == 200


def test_start_begins_once(client):
    a_clinic()
    user = a_user()
    client.force_login(user)
    patient = a_patient(user)
    assert client.get("/intake/start/").status_code == 200
    first = client.post(f"/intake/begin/{patient.reference}")
    assert client.post(f"/intake/begin/{patient.reference}").url == first.url
    assert Case.objects.get().patient == patient


def test_start_makes_a_new_patient_of_somebody_new(client):
    a_clinic()
    a_location()
    user = a_user()
    client.force_login(user)
    assert client.get("/intake/start/").status_code == 200
    assert client.post("/intake/begin").status_code == 302
    patient = Patient.objects.get(user=user)
    assert patient.matched_at is None


def test_start_asks_for_the_place_where_there_are_two(client):
    a_clinic()
    a_location()
    second = a_location("Harbor")
    user = a_user()
    client.force_login(user)
    assert client.post("/intake/begin").status_code == 422
    client.post("/intake/begin", {"location": second.pk})
    assert Patient.objects.get(user=user).home_location == second


def test_start_by_staff_is_for_the_patient_that_is_named(client):
    a_clinic()
    client.force_login(a_user(Role.COORDINATOR))
    patient = a_patient()
    assert client.get("/intake/start/").status_code == 404
    assert str(patient) in client.get(f"/intake/start/{patient.reference}/").content.decode()
    client.post(f"/intake/begin/{patient.reference}")
    assert Case.objects.get().patient == patient


def test_whole_walk_ends_in_a_receipt(walker):
    for page, values in WHOLE:
        walker.sent(page, values)
    assert walker.open("check").context["open"] == 0
    sent = sign(walker)
    again = walker.client.post(f"/intake/{walker.intake.case.reference}/sign", {"signature": "x", "fingerprint": "y"})
    assert (sent.status_code, again.status_code, again.url) == (302, 302, sent.url)
    intake = Intake.objects.get(pk=walker.intake.pk)
    assert intake.signature == "Test Patient Alder"
    assert intake.case.stage == Stage.REVIEW
    assert walker.open("pain/where").url == sent.url
