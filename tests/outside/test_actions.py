"""Asking, sending, receiving, filing and cancelling: what each changes, and what it refuses."""

from datetime import date
from pathlib import Path

import pytest

from clinic.audit.actions import Refused
from clinic.audit.models import Event
from clinic.outside import actions
from clinic.outside.lifecycle import State
from clinic.outside.models import RecordRequest, Step
from clinic.record import actions as on_record
from clinic.record.facts import assemble
from clinic.record.models import Case, Document, Injection, SaidBy, Study, Therapy
from tests.factories import a_case, actor
from tests.outside.scenes import LETTER, a_file, a_request, desk, no_such_key

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def state_of(asked: RecordRequest) -> str:
    return RecordRequest.objects.get(pk=asked.pk).state


def received(**said) -> RecordRequest:
    asked = a_request(**said)
    actions.receive(request=asked, on=DAY, pages=[a_file()], by=desk())
    return asked


def test_ask_writes_a_letter_that_lies_ready():
    asked = a_request()
    assert (asked.state, asked.allowed, asked.with_authorization) == (State.TO_SEND, True, False)
    assert asked.in_words == ["First and last day of care, or that it is still going on", "Number of visits"]
    event = Event.objects.get(verb="record_request.made")
    assert event.patient_ids == [asked.case.patient_id]
    assert "Springfield" not in str(event.detail)


def test_ask_carries_an_authorization_where_nobody_asked_the_patient():
    asked = a_request(may_request_record=None)
    assert (asked.allowed, asked.with_authorization) == (None, True)


def test_ask_carries_an_authorization_for_counselling_always():
    asked = a_request(kind="behavioural_therapy")
    assert (asked.allowed, asked.with_authorization) == (True, True)


def test_a_no_of_the_patient_is_kept():
    with pytest.raises(Refused, match="said that we may not"):
        a_request(may_request_record=False)
    assert not RecordRequest.objects.exists()


def test_a_no_that_is_said_later_stops_the_letter():
    asked = a_request()
    said = {"kind": "physical_therapy", "may_request_record": False}
    by = actor(asked.case.patient.user)
    on_record.put(model=Therapy, case=asked.case, key=asked.key, said_by=SaidBy.PATIENT, by=by, **said)
    with pytest.raises(Refused, match="said that we may not"):
        actions.send(request=asked, how="fax", on=DAY, by=desk())
    assert state_of(asked) == State.TO_SEND


def test_an_entry_is_asked_for_once_at_a_time():
    asked, by = a_request(), desk()
    again = {"case": asked.case, "listed": "therapies", "key": asked.key, "letter": LETTER, "by": by}
    with pytest.raises(Refused, match=asked.printed_code):
        actions.ask(**again)
    actions.cancel(request=asked, reason="They have closed.", on=DAY, by=by)
    assert actions.ask(**again).state == State.TO_SEND


def test_an_entry_of_somebody_else_is_not_asked_for():
    asked = a_request()
    for listed, key in (("therapies", asked.key), ("therapies", no_such_key()), ("imaging", no_such_key())):
        with pytest.raises(Refused, match="not in the patient's record"):
            actions.ask(case=a_case(), listed=listed, key=key, letter=LETTER, by=desk())


def test_send_says_how_and_when_and_may_be_said_again():
    asked, by = a_request(), desk()
    for how, day in (("fax", DAY), ("fax", DAY), ("mail", date(2026, 6, 15))):
        actions.send(request=asked, how=how, on=day, by=by)
    steps = list(asked.steps.values_list("from_state", "to_state", "how", "on", "done_by"))
    assert steps == [
        ("to_send", "sent", "fax", DAY, by.user_id),
        ("sent", "sent", "mail", date(2026, 6, 15), by.user_id),
    ]
    assert Event.objects.filter(verb="record_request.sent").count() == 2


def test_receive_files_the_record_under_its_entry(media):
    asked = received()
    document = Document.objects.get()
    assert (document.therapy_key, document.said_by) == (asked.key, "record")
    assert list(asked.steps.get().documents.all()) == [document]
    assert state_of(asked) == State.RECEIVED


def test_receive_refuses_a_bad_file_whole(media):
    asked = a_request()
    with pytest.raises(Refused, match="empty"):
        actions.receive(request=asked, on=DAY, pages=[a_file(), a_file("nothing.pdf", b"")], by=desk())
    assert state_of(asked) == State.TO_SEND
    assert not Document.objects.exists()
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_receive_takes_a_paper_without_a_file():
    asked = a_request()
    assert actions.receive(request=asked, on=DAY, pages=[], by=desk()) == []
    assert state_of(asked) == State.RECEIVED


def test_file_puts_the_record_beside_the_patients_word():
    """The record outweighs the patient, the doctor outweighs the record, and all three stay."""
    asked, by = received(), desk()
    actions.file(request=asked, says={"to_date": "2026-05-09", "sessions": 11}, on=DAY, by=by)
    told = weighed(asked.case)
    assert (
        told.document["therapies"][0] | {"to": "2026-05-09", "sessions": 11, "documented": True}
        == (told.document["therapies"][0])
    )
    assert [(each.weighed.said_by, each.other.value) for each in told.disagreements] == [("record", 12)]
    on_record.put(model=Therapy, case=asked.case, key=asked.key, said_by=SaidBy.DOCTOR, by=by, sessions=10)
    heard = [source.said_by for source in weighed(asked.case).sources["therapies[0].sessions"]]
    assert heard == ["patient", "record", "doctor"]
    assert weighed(asked.case).document["therapies"][0]["sessions"] == 10


def test_a_referrer_weighs_between_the_patient_and_the_record():
    asked, by = received(), desk()
    on_record.put(model=Therapy, case=asked.case, key=asked.key, said_by=SaidBy.REFERRER, by=by, sessions=9)
    assert weighed(asked.case).document["therapies"][0]["sessions"] == 9
    actions.file(request=asked, says={"sessions": 11}, on=DAY, by=by)
    assert weighed(asked.case).document["therapies"][0]["sessions"] == 11


def weighed(case: Case):
    return assemble(Case.objects.with_record().get(pk=case.pk), DAY)


def test_file_needs_something_that_was_read():
    asked = received()
    with pytest.raises(Refused, match="at least one thing"):
        actions.file(request=asked, says={"to_date": "", "sessions": None}, on=DAY, by=desk())
    assert state_of(asked) == State.RECEIVED


def test_file_is_refused_before_the_record_has_come():
    asked = a_request()
    with pytest.raises(Refused, match="To send"):
        actions.file(request=asked, says={"sessions": 11}, on=DAY, by=desk())
    assert Therapy.objects.count() == 1


def test_cancel_says_why_and_ends_the_way():
    asked, by = a_request(), desk()
    with pytest.raises(Refused, match="Say why"):
        actions.cancel(request=asked, reason=" ", on=DAY, by=by)
    actions.cancel(request=asked, reason="The patient brought it.", on=DAY, by=by)
    assert Step.objects.get().reason == "The patient brought it."
    for verb, words in ((actions.send, {"how": "fax"}), (actions.receive, {"pages": []})):
        with pytest.raises(Refused, match="Cancelled"):
            verb(request=asked, on=DAY, by=by, **words)


@pytest.mark.parametrize(
    ("model", "listed", "said", "says"),
    [
        (Injection, "injections", {"place": "Test General Hospital"}, {"drug": "dexamethasone", "dose_mg": 10}),
        (Study, "imaging", {"modality": "mri"}, {"finding": "stenosis"}),
        (Study, "electrodiagnostics", {"electrodiagnostic": True}, {"shows_radiculopathy": True}),
    ],
)
def test_injections_and_studies_go_the_same_way(model, listed, said, says):
    case, by = a_case(), desk()
    row = on_record.put(model=model, case=case, key=None, said_by=SaidBy.PATIENT, by=by, **said)
    letter = actions.Letter(practice="Test General Hospital", subject="A record", period="", pieces=["report"])
    asked = actions.ask(case=case, listed=listed, key=row.key, letter=letter, by=by)
    actions.receive(request=asked, on=DAY, pages=[a_file()], by=by)
    actions.file(request=asked, says=says, on=DAY, by=by)
    told = weighed(case).document[listed]
    assert len(told) == 1
    assert told[0].items() >= says.items()
    assert Document.objects.get().study_key == (row.key if model is Study else None)
