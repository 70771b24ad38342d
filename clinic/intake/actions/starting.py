"""Begins a case with its questionnaire. Twice is once, while the first is not signed."""

from django.db import transaction

from clinic.audit.actor import Actor
from clinic.audit.clock import today
from clinic.intake.models import Intake
from clinic.intake.questions.asked import Answers, minutes_left
from clinic.people.actions.accepting import start_as_new_patient
from clinic.people.models import Location, Patient, User
from clinic.record import actions as record_actions
from clinic.record.models import Stage

from .filling_in import begin


@transaction.atomic
def start(*, patient: Patient, language: str, by: Actor) -> Intake:
    """Go on with the patient's unfinished intake, or open a new case: one complaint is one case."""
    held = Patient.objects.select_for_update().get(pk=patient.pk)
    case = held.cases.filter(stage=Stage.INTAKE).order_by("-pk").first()
    return begin(case=case or record_actions.open_case(patient=held, by=by), language=language, by=by)


@transaction.atomic
def start_anew(*, user: User, location: Location, language: str, by: Actor) -> Intake:
    """Somebody whom the clinic does not know yet begins by themselves."""
    patient = start_as_new_patient(user=user, location=location, by=by)
    return start(patient=patient, language=language, by=by)


def minutes() -> int:
    """About how long the whole takes somebody who has answered nothing yet."""
    return minutes_left(Answers(today=today("UTC")))
