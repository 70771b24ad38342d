"""A case whose answers were signed, as far as what follows needs it: one treatment, and no urgent sign."""

import uuid

from clinic.audit.clock import DatabaseNow
from clinic.intake.actions import filling_in
from clinic.intake.actions.filling_in import Typed
from clinic.intake.models import Intake
from clinic.intake.questions import sheet
from clinic.intake.questions.asked import Reply
from clinic.people.models import Patient
from clinic.record.actions import move_case
from clinic.record.models import Case, Stage
from tests import factories

THERAPY = uuid.UUID(int=7)


def a_signed_case(patient: Patient | None = None) -> Case:
    patient = patient or factories.a_patient(factories.a_user())
    case, by = factories.a_case(patient), factories.actor(patient.user)
    intake = filling_in.begin(case=case, language="en", by=by)
    said = [("safety", None, Reply("saddle_numbness", "Lost feeling?", "no", "No"))]
    said += [("health", None, Reply("any_thinner", "A blood thinner?", "no", "No"))]
    said += [("tried", None, Reply("any_therapy", "Tried anything?", "yes", "Yes"))]
    said += [
        ("therapies", THERAPY, Reply("kind", "What was it?", "physical_therapy", "Physical therapy")),
        ("therapies", THERAPY, Reply("from", "When did you start?", "2026-03-02", "2 March 2026")),
    ]
    for number, (section, row, reply) in enumerate(said):
        typed = Typed(f"{section}/{number}", {}, 0)
        filling_in.keep(intake=intake, typed=typed, replies=[reply], language="en", by=by, section=section, row=row)
    seal(intake, "Test Patient Alder", by.user_id)
    move_case(case=case, to=Stage.REVIEW, by=by)
    return case


def seal(intake: Intake, name: str, user_id: int | None) -> None:
    """Seal an intake that is far from whole, which the action itself would refuse."""
    intake.refresh_from_db()
    shown = filling_in.sheet_of(intake, "en")
    intake.sealed, intake.sealed_hash, intake.signature = shown, sheet.fingerprint(shown), name
    intake.sealed_at, intake.sealed_by_id = DatabaseNow(), user_id
    intake.save()
