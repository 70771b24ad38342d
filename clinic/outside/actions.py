"""The only code that writes requests for records, and the steps of their way."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import DatabaseNow
from clinic.record import actions as on_record
from clinic.record.models import Case, Document, Listed, SaidBy, Study, Therapy
from clinic.record.uploads import CheckedUpload

from . import wanted
from .lifecycle import WORDS, State, may_follow
from .models import ROWS, RecordRequest, Step

REFUSED = "The patient said that we may not ask them for this record. Speak with the patient first."


@dataclass(frozen=True)
class Letter:
    """What a request says: to whom, about what, and which pieces of the record it asks for."""

    practice: str
    subject: str
    period: str
    pieces: Sequence[str]
    address: str = ""
    fax: str = ""
    phone: str = ""


def rows_of(case: Case, listed: str, key: uuid.UUID) -> list[Listed]:
    """The current rows of the entry that a request is about, whoever said them."""
    owner = {"patient": case.patient_id} if hasattr(ROWS[listed], "patient_id") else {"case": case}
    return list(ROWS[listed].objects.current().filter(key=key, **owner))


@transaction.atomic
def ask(*, case: Case, listed: str, key: uuid.UUID, letter: Letter, by: Actor) -> RecordRequest:
    """Write the letter to a practice. It lies ready; whoever sends it says so with `send`.

    Raises:
        Refused: the patient said no, the entry is not in the record, or a request for it is on its way.
    """
    Case.objects.select_for_update().get(pk=case.pk)
    rows = rows_of(case, listed, key)
    if not rows:
        raise Refused("This entry is not in the patient's record.")
    allowed = wanted.permission(rows)
    if allowed is False:
        raise Refused(REFUSED)
    standing = RecordRequest.objects.open().filter(listed=listed, key=key).first()
    if standing:
        raise Refused(f"This record is asked for already: {standing.printed_code}.")
    kinds = {row.kind for row in rows if isinstance(row, Therapy)}
    request = RecordRequest.objects.create(
        case=case,
        listed=listed,
        key=key,
        practice=letter.practice,
        subject=letter.subject,
        period=letter.period,
        wanted=list(letter.pieces),
        address=letter.address,
        fax=letter.fax,
        phone=letter.phone,
        allowed=allowed,
        with_authorization=allowed is None or bool(kinds & wanted.COUNSELLING),
        made_by_id=by.person_id,
    )
    record(by=by, verb="record_request.made", patients=[case.patient_id], of=request)
    return request


def _held(request: RecordRequest) -> RecordRequest:
    """The request, locked until the transaction ends."""
    return RecordRequest.objects.select_for_update(of=("self",)).select_related("case__patient").get(pk=request.pk)


def _step(held: RecordRequest, to: State, on: date, by: Actor, **words: str) -> Step:
    if not may_follow(held.state, to):
        raise Refused(f"This request is “{WORDS[State(held.state)]}”, so this step is not open to it.")
    step = Step.objects.create(
        request=held, from_state=held.state, to_state=to, on=on, done_by_id=by.person_id, **words
    )
    RecordRequest.objects.filter(pk=held.pk).update(state=to, state_since=DatabaseNow())
    record(by=by, verb=f"record_request.{to}", patients=[held.case.patient_id], of=held, detail={"from": held.state})
    return step


@transaction.atomic
def send(*, request: RecordRequest, how: str, on: date, by: Actor) -> None:
    """The letter went out, or went out once more. The same way on the same day again is the same step."""
    held = _held(request)
    if wanted.permission(rows_of(held.case, held.listed, held.key)) is False:
        raise Refused(REFUSED)
    latest = held.steps.last()
    if latest and (latest.to_state, latest.how, latest.on) == (State.SENT, how, on):
        return
    _step(held, State.SENT, on, by, how=how)


@transaction.atomic
def receive(*, request: RecordRequest, on: date, pages: Sequence["UploadedFile[Any]"], by: Actor) -> list[Document]:
    """The record came: its pages are filed under the entry that it is about, and somebody must read it.

    Raises:
        Refused: a file cannot be taken (then nothing is written), or nothing is awaited any more.
    """
    held = _held(request)
    step = _step(held, State.RECEIVED, on, by)
    filed = on_record.attach(case=held.case, files=pages, said_by=SaidBy.RECORD, by=by, **_place(held))
    step.documents.set(filed)
    return filed


@transaction.atomic
def receive_kept(*, request: RecordRequest, on: date, upload: CheckedUpload, by: Actor) -> Document:
    """The record came as a file that was judged and kept before, such as a fax. Raises Refused as `receive` does."""
    held = _held(request)
    step = _step(held, State.RECEIVED, on, by)
    filed = on_record.file_document(case=held.case, upload=upload, said_by=SaidBy.RECORD, by=by, **_place(held))
    step.documents.add(filed)
    return filed


def _place(request: RecordRequest) -> dict[str, uuid.UUID]:
    """The argument to file a document under; an injection has none, and its note lies with the case."""
    places = {"therapies": "therapy_key", "imaging": "study_key", "electrodiagnostics": "study_key"}
    return {places[request.listed]: request.key} if request.listed in places else {}


@transaction.atomic
def file(*, request: RecordRequest, says: Mapping[str, Any], on: date, by: Actor) -> None:
    """Somebody read the record: what it `says`, in the record's columns, stands as the outside record's word.

    Raises:
        Refused: it says nothing, or the record has not come.
    """
    held = _held(request)
    if not any(value not in (None, "") for value in says.values()):
        raise Refused("Write at least one thing that the record says, or ask for it again.")
    _step(held, State.FILED, on, by)
    model = ROWS[held.listed]
    kind = {"electrodiagnostic": held.listed == "electrodiagnostics"} if model is Study else {}
    on_record.put(model=model, case=held.case, key=held.key, said_by=SaidBy.RECORD, by=by, **says, **kind)


@transaction.atomic
def cancel(*, request: RecordRequest, reason: str, on: date, by: Actor) -> None:
    """Nobody waits for this record any more. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused("Say why this request is cancelled.")
    _step(_held(request), State.CANCELLED, on, by, reason=reason.strip())
