"""Sessions that were carried out as they were decided."""

import uuid
from decimal import Decimal
from typing import Any

from clinic.candidacy.models import Decision
from clinic.people.models import User
from clinic.treatment.pathway.models import Pathway
from clinic.treatment.procedure import actions
from clinic.treatment.procedure.models import Said, Session
from tests.authorization.scenes import TODAY, decided
from tests.factories import actor

NOT_CHECKED = "Test reason: the checklist was on paper."


def said(pathway: Pathway, by: User, **changed: Any) -> Said:
    """A session just as the plan of the facts contract's complete patient says, on 1 June 2026."""
    as_planned: dict[str, Any] = {
        "on": TODAY,
        "location": pathway.case.location,
        "performed_by": by,
        "region": "lumbar",
        "levels": ["L4-5"],
        "side": "left",
        "approach": "transforaminal",
        "guidance": "fluoroscopy",
        "contrast": True,
        "drug": "dexamethasone",
        "dose_mg": Decimal(10),
        "sedation": "none",
        "rehabilitation": "refer",
        "outside_reason": NOT_CHECKED,
    }
    return Said(**(as_planned | changed))


def recorded(doctor: User, decision: Decision | None = None, **changed: Any) -> Session:
    """A recorded session of a decision (of the complete patient, where none is given), on 1 June 2026.

    `changed` are fields of `Said`, such as `on=date(2026, 6, 3)`. It is refused on a day that the clock has not come
    to, so move the clock first (`clock.at`), or use the fixture `first_of_june`.
    """
    pathway = Pathway.objects.get(decision=decision or decided(doctor))
    words = said(pathway, doctor, **changed)
    return actions.record_session(pathway=pathway, said=words, nonce=uuid.uuid4(), by=actor(doctor))
