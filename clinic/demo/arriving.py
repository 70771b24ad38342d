"""How the people of the stories come to the clinic: entered, invited, by themselves, or through a carer."""

import re
from typing import Any

from clinic.people.actions import accepting, invitations, patients, signing_in
from clinic.people.models import Patient, User
from clinic.post.models import Message

from .shape import Accepted, Added, CameAlone, CarerAccepted, CarerInvited, Invited
from .stage import Plays, Stage, Untrue, acting

CODE = re.compile(rf"\b\d{{{signing_in.CODE_DIGITS}}}\b")


def _added(scene: Added, stage: Stage) -> None:
    person = stage.story.person
    known: dict[str, Any] = {
        name: getattr(person, name)
        for name in ("given_name", "family_name", "sex", "phone", "language", "payer", "plan_name", "member_id")
    }
    email = person.email if scene.with_email else ""
    stage.patient = patients.add_patient(
        by=stage.worker(scene.by), birth_date=person.born, email=email, home_location=stage.location, **known
    )


def _invited(scene: Invited, stage: Stage) -> None:
    stage.invitation = invitations.invite_patient(patient=stage.patient, by=stage.worker(scene.by))


def _accepted(_scene: Accepted, stage: Stage) -> None:
    stage.patient = _accept(stage, _signed_in(stage, stage.story.person.email))


def _came_alone(scene: CameAlone, stage: Stage) -> None:
    user = _signed_in(stage, scene.email)
    by = acting(user, stage.ip)
    stage.patient = accepting.start_as_new_patient(user=user, location=stage.location, by=by)


def _carer_invited(scene: CarerInvited, stage: Stage) -> None:
    stage.invitation = invitations.invite_carer(
        patient=stage.patient,
        email=scene.email,
        name=scene.name,
        relation=scene.relation,
        by=stage.worker(scene.by),
    )


def _carer_accepted(scene: CarerAccepted, stage: Stage) -> None:
    stage.carer = _signed_in(stage, scene.email)
    stage.patient = _accept(stage, stage.carer)


def _accept(stage: Stage, user: User) -> Patient:
    """Open the invitation by the secret of the mail's link, and give the birth date."""
    secret = stage.invitation[1] if stage.invitation else ""
    link = invitations.find_invitation(secret)
    if link is None:
        raise Untrue(f"{stage.story.person.name}: the invitation does not open")
    by = acting(user, stage.ip)
    accepted = accepting.accept_invitation(link=link, user=user, birth_date=stage.story.person.born, by=by)
    return Patient.objects.select_related("user").get(pk=accepted.pk)


def _signed_in(stage: Stage, email: str) -> User:
    """Ask for a code, read it in the mail, and give it."""
    by = stage.stranger()
    asked = signing_in.ask_for_code(email=email, language=stage.story.person.language, by=by)
    mail = Message.objects.filter(to=email, kind="sign_in_code").latest("pk")
    code = CODE.search(mail.body)
    if code is None:
        raise Untrue(f"{stage.story.person.name}: the mail has no code")
    return signing_in.enter_code(asked=asked, code=code[0], by=by)


PLAYS: Plays = {
    Added: _added,
    Invited: _invited,
    Accepted: _accepted,
    CameAlone: _came_alone,
    CarerInvited: _carer_invited,
    CarerAccepted: _carer_accepted,
}
