"""A patient who had a session, and the check-ins after it, at moments that the test moves."""

import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from clinic.audit import clock
from clinic.audit.actor import Actor
from clinic.people.models import Role, User
from clinic.record import actions as on_record
from clinic.record.models import Case, Injection, SaidBy
from clinic.treatment.checkins.actions.answering import answer
from clinic.treatment.checkins.heard import Heard
from clinic.treatment.checkins.models import Answer, CheckIn
from clinic.treatment.checkins.plan import DEFAULT
from clinic.treatment.pathway.models import Pathway
from clinic.treatment.procedure.models import Session
from tests.authorization.scenes import decided
from tests.candidacy.scenes import a_doctor, a_known_case
from tests.factories import a_user, actor

DECIDED = datetime(2026, 6, 1, 15, 0, tzinfo=UTC)  # a Monday, eleven in the morning at the clinic
GIVEN = DECIDED.date() + timedelta(days=1)
MOMENTS = {moment.key: moment for moment in DEFAULT}


def after(days: int, hours: int = 0) -> datetime:
    """So many days after the session, at eleven in the morning at the clinic."""
    return DECIDED + timedelta(days=days + 1, hours=hours)


def a_coordinator() -> User:
    return User.objects.filter(role=Role.COORDINATOR).first() or a_user(Role.COORDINATOR)


def a_decided_case(**patient: Any) -> Case:
    """A candidate of the contract's complete patient, whose decision opened the way to a session."""
    with clock.at(DECIDED):
        case = a_known_case(plan_name="Part B", **({"email": "alder@example.org"} | patient))
        decided(a_doctor(), case)
    return case


def a_session(case: Case | None = None, on: Any = GIVEN, **fields: Any) -> Session:
    """A session as the clinic recorded it, with its baseline: on average 8 of 10 in the week before."""
    case = case or a_decided_case()
    pathway = Pathway.objects.filter(case=case).latest("pk")
    doctor = pathway.owner
    words = {
        "nonce": uuid.uuid4(),
        "pathway": pathway,
        "case": case,
        "location": case.location,
        "on": on,
        "region": "lumbar",
        "levels": ["L4-5"],
        "side": "left",
        "approach": "transforaminal",
        "guidance": "fluoroscopy",
        "contrast": True,
        "drug": "dexamethasone",
        "dose_mg": Decimal(10),
        "sedation": "none",
        "performed_by": doctor,
        "rehabilitation": "refer",
        "recorded_by": doctor,
    }
    session = Session.objects.create(**(words | fields))
    given = {"on": session.on.isoformat(), "region": session.region, "drug": session.drug, "dose_mg": session.dose_mg}
    doctors = {"key": session.key, "said_by": SaidBy.DOCTOR, "by": actor(doctor)}
    on_record.put(model=Injection, case=case, **doctors, **given)
    baseline = {"injection_key": session.key, "moment": "before", "said_by": SaidBy.DOCTOR, "by": actor(doctor)}
    on_record.score(case=case, scale="NRS", value=8, on=on, **baseline)
    return session


def a_check_in(session: Session, key: str) -> CheckIn:
    """The check-in of one moment of the clinic's first plan, as it was made when it fell due."""
    moment = MOMENTS[key]
    words = {"long": moment.long, "recall": moment.recall, "due_on": moment.due_on(session.on)}
    return CheckIn.objects.get_or_create(session=session, moment=key, defaults=words)[0]


def answered(session: Session, key: str, by: Actor | None = None, how: str = "link", **said: Any) -> Answer:
    """The answer to one check-in, given at noon of the day on which it was due."""
    check_in = a_check_in(session, key)
    with clock.at(after((check_in.due_on - session.on).days, 1)):
        return answer(check_in=check_in, said=Heard(**said), how=how, nonce=uuid.uuid4(), by=by or Actor())
