"""Candidates on their way to a session."""

import uuid
from datetime import date
from typing import Any

from clinic.people.models import Role, User
from clinic.record.actions import put
from clinic.record.models import Case, Injection, Region, SaidBy
from clinic.treatment.pathway import actions
from clinic.treatment.pathway.models import Note, Pathway
from tests.authorization.scenes import TODAY, decided, step, walked
from tests.candidacy.scenes import COMPLETE, a_known_case
from tests.factories import a_user, actor

__all__ = ["TODAY", "a_candidate", "a_colleague", "book", "decided", "held", "injected", "step", "walked"]


def a_candidate(doctor: User, *said: str, case: Case | None = None, **changed: Any) -> Pathway:
    """A signed candidate, and what its payer said, one step after the other."""
    decision = decided(doctor, case, **changed)
    for kind in said:
        step(decision, doctor, kind)
    return Pathway.objects.get(decision=decision)


def held(doctor: User, *said: str) -> Pathway:
    """A candidate whose safety screen held two things when the decision was signed."""
    conditions = COMPLETE["conditions"] | {"heart_failure": True, "glaucoma": True}
    case = a_known_case({"conditions": conditions}, plan_name="Part B")
    return a_candidate(doctor, *said, case=case, holds_settled="Seen by a test cardiologist.", reason="Test reason.")


def a_colleague(name: str = "Test Coordinator") -> User:
    return a_user(Role.COORDINATOR, name=name, email="test.coordinator@example.org")


def book(pathway: Pathway, by: User, day: date = date(2026, 6, 15), **more: Any) -> Note:
    return actions.book(pathway=pathway, day=day, time=None, nonce=uuid.uuid4(), by=actor(by), **more)


def injected(case: Case, by: User, on: str) -> None:
    """An injection of the case's region, on the record."""
    fields = {"on": on, "region": Region.LUMBAR, "approach": "transforaminal", "patient_relief_percent": 60}
    put(model=Injection, case=case, key=None, said_by=SaidBy.DOCTOR, by=actor(by), **fields)
