"""Signed decisions that payers answer."""

import uuid
from datetime import date
from typing import Any

from clinic.authorization import actions
from clinic.authorization.models import Said, Step
from clinic.candidacy.actions import chart
from clinic.candidacy.actions.decisions import sign
from clinic.candidacy.casefile import CaseFile
from clinic.candidacy.models import Decision, Outcome, Words
from clinic.people.models import User
from clinic.record.models import Case
from tests.candidacy.scenes import PASSWORD, a_known_case
from tests.factories import actor

TODAY = date(2026, 6, 1)
REFUSED = {"clauses": ["conservative-care"], "reason": "Care is not documented."}


def decided(doctor: User, case: Case | None = None, **changed: Any) -> Decision:
    """The complete patient of the facts contract, decided: a candidate, by Medicare's criteria."""
    case = case or a_known_case(plan_name="Part B")
    chart.close(case=case, by=actor(doctor))
    file = CaseFile.of(Case.objects.get(pk=case.pk))
    said = {
        "nonce": uuid.uuid4(),
        "outcome": Outcome.CANDIDATE,
        "policy": "medicare-lcd",
        "shown": file.seal,
        "patient_message": "Test message.",
        "patient_language": "en",
        "supersedes": file.decision.pk if file.decision else None,
    }
    return sign(case=file.case, words=Words(**(said | changed)), secret=PASSWORD, by=actor(doctor))


def step(decision: Decision, by: User, kind: str, **changed: Any) -> Step:
    """The next step, on the day of the decision."""
    said = {"nonce": uuid.uuid4(), "on": TODAY, "payer": "Medicare", "plan_name": "Part B"}
    said |= REFUSED if kind == "refused" else {}
    return actions.add_step(decision=decision, said=Said(kind=kind, **(said | changed)), by=actor(by))


def walked(decision: Decision, by: User, *kinds: str) -> Step:
    """Several steps, one after the other; the last of them."""
    return [step(decision, by, kind) for kind in kinds][-1]
