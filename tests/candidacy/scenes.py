"""Cases for tests: the complete patient of the facts contract, written through the record's own verbs."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from clinic.audit.actor import Actor
from clinic.people.models import Role, User
from clinic.record import actions as on_record
from clinic.record import facts as recorded
from clinic.record.models import BloodThinner, Case, Injection, SaidBy, Stage, Study, Therapy
from tests.factories import a_case, a_clinic, a_patient, a_user, actor

TODAY = datetime(2026, 6, 1, 15, 0, tzinfo=UTC)
COMPLETE: dict[str, Any] = json.loads((Path(__file__).parents[1] / "criteria" / "default_patient.json").read_text())
PASSWORD = "a password for tests"
DOCTORS_OWN = {"exam", "plan"}
NOT_ASKED = {"as_of", "record_final", "patient"}
LISTS = {
    "therapies": (Therapy, recorded.THERAPY, {}),
    "injections": (Injection, recorded.INJECTION, {}),
    "blood_thinners": (BloodThinner, recorded.BLOOD_THINNER, {}),
    "imaging": (Study, recorded.IMAGING, {"electrodiagnostic": False}),
    "electrodiagnostics": (Study, recorded.NERVE_STUDY, {"electrodiagnostic": True}),
}


def a_doctor(name: str = "Dr. Test Rowan") -> User:
    return a_user(Role.DOCTOR, name=name)


def a_known_case(changed: dict[str, Any] | None = None, **patient: Any) -> Case:
    """A case to review whose record says what the contract's complete patient says, with some groups changed."""
    a_clinic()
    person = a_patient(a_user(), **({"payer": "Medicare", "sex": "female"} | patient))
    case = a_case(person)
    write(case, COMPLETE | (changed or {}), actor(person.user))
    on_record.move_case(case=case, to=Stage.REVIEW, by=actor(person.user))
    return case


def write(case: Case, document: dict[str, Any], by: Actor) -> None:
    """Say a facts document to the record: the examination and the plan as the doctor, the rest as the patient."""
    for group, said in document.items():
        if group in NOT_ASKED or said is None:
            continue
        if group == "scores":
            for score in said:
                on_record.score(case=case, said_by=SaidBy.PATIENT, by=by, **(score | {"on": _day(score["on"])}))
        elif isinstance(said, list):
            _write_rows(case, group, said, by)
        else:
            speaker = SaidBy.DOCTOR if group in DOCTORS_OWN else SaidBy.PATIENT
            facts = {f"{group}.{name}": value for name, value in said.items()}
            on_record.state_all(case=case, values=facts, said_by=speaker, by=by)
    where = document.get("complaint") or {}
    on_record.place(case=case, region=where.get("region", ""), side=where.get("side", ""), by=by)


def _write_rows(case: Case, name: str, rows: list[dict[str, Any]], by: Actor) -> None:
    model, columns, fixed = LISTS[name]
    if not rows:
        on_record.state(case=case, fact=name, value=[], said_by=SaidBy.PATIENT, by=by)
    for row in rows:
        fields = {columns[fact]: value for fact, value in row.items() if fact in columns}
        on_record.put(model=model, case=case, key=None, said_by=SaidBy.PATIENT, by=by, **fixed, **fields)


def _day(text: str) -> Any:
    return datetime.fromisoformat(text).date()
