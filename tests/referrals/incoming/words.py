"""What a made-up practice says at the door, for tests: the keys of `said.FIELDS`, as its form cleans them."""

from datetime import date
from typing import Any

from referrals.incoming.said import SIGNS
from referrals.incoming.shape import NO

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
