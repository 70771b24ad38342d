"""Verbs of taking a referral on: its words go over into the record as the referrer's, and the patient is invited."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import now
from clinic.intake.actions.filling_in import begin
from clinic.people.actions.invitations import invite_patient
from clinic.people.models import Patient
from clinic.post.actions import send_template
from clinic.record import actions as record_actions
from clinic.record.models import BloodThinner, Case, Injection, Listed, SaidBy, Stage, Study, Therapy
from clinic.record.uploads import CheckedUpload
from referrals.incoming.carried import carried
from referrals.incoming.models import Request
from referrals.loop.actions.links import make_link
from referrals.loop.actions.steps import Said, held, of_patient, step
from referrals.loop.lifecycle import State
from referrals.loop.models import Referral

from .catching_up import catch_up_one

MODELS: dict[str, type[Listed]] = {
    "Therapy": Therapy,
    "Injection": Injection,
    "Study": Study,
    "BloodThinner": BloodThinner,
}
UNMATCHED = "Say first whom it is about, and with which case it goes on."
DOUBLE_CLICK = timedelta(seconds=10)
TAKEN_ON = frozenset({State.ACCEPTED, State.INVITED, State.IN_REVIEW, State.DECIDED})


@transaction.atomic
def accept(*, referral: Referral, by: Actor, seen: str = "") -> Referral:
    """Take it on: all at once, the referrer's words in the record, the step, and the patient's invitation.

    Who cannot be invited by mail stays accepted, for somebody to call. Twice is once.

    Raises:
        Refused: nobody matched it, a red flag waits to be spoken about, or it is not open to be accepted.
    """
    standing = held(referral)
    if seen and standing.state in TAKEN_ON and seen not in TAKEN_ON:
        return standing
    patient, case = standing.patient, standing.case
    if patient is None or case is None:
        raise Refused(UNMATCHED)
    standing = step(referral=standing, to=State.ACCEPTED, by=by, seen=seen)
    make_link(referral=standing, by=by)  # the answer letter carries it
    _carry_over(standing, case, by)
    if case.stage != Stage.INTAKE:
        return catch_up_one(standing)
    begin(case=case, language=patient.language, by=by)
    return _mailed(standing, by) if may_be_mailed(patient) else standing


def may_be_mailed(patient: Patient) -> bool:
    """Whether the patient can be invited by mail: whoever opens an invitation is asked for the birth date."""
    return bool(patient.user and patient.user.email) or bool(patient.email and patient.birth_date)


@transaction.atomic
def invite(*, referral: Referral, by: Actor, how: str = "mail", seen: str = "") -> Referral:
    """Invite the patient, by mail or in another way; once more, where they did not come.

    Raises:
        Refused: no mail can go to this patient, or the referral is not at this step.
    """
    standing = held(referral)
    if standing.state not in (State.ACCEPTED, State.INVITED) or standing.patient is None:
        raise Refused(f"This referral is “{standing.state_words}”, so nobody is invited now.")
    if seen and _was_just_invited(standing):
        return standing
    if how != "mail":
        return step(referral=standing, to=State.INVITED, by=by, said=Said(how=how), seen=seen)
    if not may_be_mailed(standing.patient):
        raise Refused("Add the e-mail address and the birth date to the register first, or call the patient.")
    return _mailed(standing, by, seen)


def _was_just_invited(standing: Referral) -> bool:
    """Whether this is the second click of a double one: nobody gets two mails for it."""
    return standing.state == State.INVITED and standing.state_since > now() - DOUBLE_CLICK


def _mailed(standing: Referral, by: Actor, seen: str = "") -> Referral:
    """The mail says nothing of health: a link to begin, or to those who sign in already that questions wait."""
    patient = standing.patient
    assert patient
    said = Said(how="mail")
    standing = step(referral=standing, to=State.INVITED, by=by, said=said, seen=seen)
    if patient.user and patient.user.email:
        context = {"link": f"{settings.PUBLIC_ADDRESS}/"}
        to, language = patient.user.email, patient.language
        send_template(kind="questions_wait", to=to, language=language, context=context, by=by, user=patient.user)
    else:
        invite_patient(patient=patient, by=by)
    return standing


def _carry_over(referral: Referral, case: Case, by: Actor) -> None:
    request = referral.request
    found = carried(request.values)
    record_actions.state_all(case=case, values=found.statements, said_by=SaidBy.REFERRER, by=by)
    for row in found.rows:
        key, model = key_of(request, row.place), MODELS[row.model]
        record_actions.put(model=model, case=case, key=key, said_by=SaidBy.REFERRER, by=by, **row.fields)
    for scale, value, on in found.scores:
        record_actions.score(case=case, scale=scale, value=value, on=on, said_by=SaidBy.REFERRER, by=by)
    file_attachments(referral=referral, case=case, by=by)
    detail = {"statements": len(found.statements), "rows": len(found.rows), "scores": len(found.scores)}
    record(by=by, verb="referral.carried_over", patients=of_patient(referral), of=referral, detail=detail)


def key_of(request: Request, place: str) -> uuid.UUID:
    """The key of the row that a line of the request becomes: the same again, however often it is carried over."""
    return uuid.uuid5(request.nonce, place)


def file_what_came_later(*, referral: Referral, by: Actor) -> None:
    """Once it was taken on, a file that comes belongs to the case as those before it do."""
    if referral.case and referral.state in TAKEN_ON:
        file_attachments(referral=referral, case=referral.case, by=by)


def file_attachments(*, referral: Referral, case: Case, by: Actor) -> None:
    """What came with the referral becomes documents of the case; the same file again is the same document."""
    for each in referral.attachments.all():
        upload = CheckedUpload(each.name, each.content_type, each.size, each.sha256, each.path)
        record_actions.file_document(case=case, upload=upload, said_by=SaidBy.REFERRER, by=by)
