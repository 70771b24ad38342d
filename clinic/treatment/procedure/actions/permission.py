"""Who may record what was done, and how a wrong entry is taken back."""

from clinic.audit.actions import Refused
from clinic.audit.actor import Actor
from clinic.audit.clock import DatabaseNow
from clinic.candidacy.actions.claims import concerns_themselves
from clinic.people.models import CLINICAL_ROLES, Patient
from clinic.treatment.procedure.models import Complication, Session, ThinnerPlan


def may_record(patient: Patient, by: Actor) -> None:
    if by.role not in CLINICAL_ROLES:
        raise Refused("Only a doctor or a coordinator records what was done.")
    if concerns_themselves(patient, by):
        raise Refused("You cannot record this of yourself or of somebody you act for. Ask a colleague.")


def take_back(row: Session | Complication | ThinnerPlan, because: str, by: Actor) -> None:
    """Strike a row that its caller holds: it stays, with who, when and why."""
    if not because.strip():
        raise Refused("Write why it is taken back.")
    row.struck_at, row.struck_by_id, row.struck_because = DatabaseNow(), by.person_id, because.strip()
    row.save(update_fields=["struck_at", "struck_by", "struck_because"])
