"""Asking the patient for more. An answer is found by asking whether the addition was sent, never pushed up here."""

from collections.abc import Sequence

from django.db import transaction

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import DatabaseNow
from clinic.candidacy.models import InformationRequest
from clinic.intake.actions import following
from clinic.record import actions as on_record
from clinic.record.models import Case, Stage

from .claims import held_for


@transaction.atomic
def ask(*, case: Case, facts: Sequence[str], questions: Sequence[str], note: str, by: Actor) -> InformationRequest:
    """Ask the patient these questions again, with a note; the case leaves the list until they answer."""
    held = held_for(case, by)
    if not questions and not note.strip():
        raise Refused("Choose a question, or write what you would like to know.")
    settle(case=held, by=by)
    if held.information_requests.open().exists():
        raise Refused("The patient has been asked already. Take that back before you ask again.")
    on_record.set_final(case=held, final=False, by=by)
    request = InformationRequest.objects.create(
        case=held, facts=list(facts), questions=list(questions), note=note.strip(), asked_by_id=by.person_id
    )
    following.ask(case=held, questions=list(questions), note=note.strip(), by=by)
    on_record.move_case(case=held, to=Stage.ASKED, by=by)
    detail = {"facts": list(facts), "questions": list(questions)}
    record(by=by, verb="patient.asked", patients=[held.patient_id], of=request, detail=detail)
    return request


@transaction.atomic
def settle(*, case: Case, by: Actor) -> None:
    """End a request that the patient has answered."""
    for request in case.information_requests.open().with_answered():
        if request.came_back:
            _end(request, answered=True, by=by)


@transaction.atomic
def take_back(*, case: Case, by: Actor) -> None:
    """End a request that nobody has answered; the case comes back to the list."""
    held = held_for(case, by)
    request = held.information_requests.open().first()
    if request is None:
        raise Refused("Nothing is asked of the patient at the moment.")
    _end(request, answered=False, by=by)
    if held.stage == Stage.ASKED:
        on_record.move_case(case=held, to=Stage.REVIEW, by=by)


def _end(request: InformationRequest, *, answered: bool, by: Actor) -> None:
    request.ended_at, request.answered = DatabaseNow(), answered
    request.save(update_fields=["ended_at", "answered"])
    record(by=by, verb="patient.asked_ended", patients=[request.case.patient_id], of=request)
