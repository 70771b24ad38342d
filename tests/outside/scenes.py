"""A therapy that a practice gave, and a request for its record."""

import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from clinic.audit.actor import Actor
from clinic.outside import actions
from clinic.outside.models import RecordRequest
from clinic.people.models import Role
from clinic.record import actions as on_record
from clinic.record.models import Case, SaidBy, Therapy
from tests.factories import a_case, a_clinic, a_user, actor
from tests.record.test_uploads import PDF

LETTER = actions.Letter(
    practice="Test Physical Therapy, Springfield",
    subject="Physical therapy",
    period="March 2026",
    pieces=["dates", "visits"],
    fax="555 0171",
)


def desk() -> Actor:
    """A coordinator at work."""
    return actor(a_user(Role.COORDINATOR))


def a_therapy(case: Case, **said: Any) -> Therapy:
    """Physical therapy as the patient told of it: they may be asked, and nobody knows when it ended."""
    told = {
        "kind": "physical_therapy",
        "provider": "Test Physical Therapy, Springfield",
        "from_date": "2026-03",
        "sessions": 12,
        "outcome": "not_enough_help",
        "may_request_record": True,
    }
    return on_record.put(
        model=Therapy, case=case, key=None, said_by=SaidBy.PATIENT, by=actor(case.patient.user), **(told | said)
    )


def a_request(case: Case | None = None, **said: Any) -> RecordRequest:
    a_clinic()
    case = case or a_case()
    therapy = a_therapy(case, **said)
    return actions.ask(case=case, listed="therapies", key=therapy.key, letter=LETTER, by=desk())


def a_file(name: str = "discharge summary.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def no_such_key() -> uuid.UUID:
    return uuid.uuid4()
