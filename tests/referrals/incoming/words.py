"""What a made-up practice says at the door, for tests: as its form cleans it, and as a browser posts it."""

import uuid
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from referrals.incoming.said import SIGNS
from referrals.incoming.shape import NO
from tests.record.test_uploads import PDF

SAID: dict[str, Any] = {
    "practice_name": "Test Practice Clover",
    "practitioner_name": "Dr. Test Clover",
    "sender_phone": "555 0142",
    "given_name": "Test Patient",
    "family_name": "Juniper",
    "birth_date": date(1970, 3, 14),
    "question": "Is she a candidate for an injection?",
    "urgency": "routine",
    "urgency_reason": "Stable for months",
    "region": "lumbar",
    "side": "left",
    "tried": "yes",
    "therapies": [{"kind": "physical_therapy", "from": "2026-05", "to": "2026-07", "outcome": "no_help"}],
    **{f"sign_{key}": NO for key in SIGNS},
}


def posted(**changed: Any) -> dict[str, Any]:
    """The same through the public form; a None takes a field away."""
    words = {name: value for name, value in SAID.items() if name != "therapies"} | {
        "birth_date": "3/14/1970",
        "nonce": str(uuid.uuid4()),
        "therapies-0-kind": "physical_therapy",
        "therapies-0-from": "May 2026",
        "therapies-0-to": "July 2026",
        "therapies-0-outcome": "no_help",
    }
    return {name: value for name, value in (words | changed).items() if value is not None}


def a_file(content: bytes = PDF, name: str = "report.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
