"""Sessions of the past as rows, so that a test says on which day each thing happened, and thousands cost little."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from clinic.candidacy.models import Assessment, Decision, Outcome
from clinic.people.models import Patient, Role, User
from clinic.post.models import Message
from clinic.post.models import State as Sent
from clinic.record.models import Case
from clinic.treatment.checkins.models import Answer, CheckIn, Mail
from clinic.treatment.pathway.models import Pathway
from clinic.treatment.procedure.models import Complication, Session
from tests.factories import a_location, a_user

NOON = date(2027, 6, 1)  # the day on which the tests stand
TWO_WEEKS, THREE_MONTHS = ("d14", 14), ("m3", 91)


@dataclass(frozen=True)
class Given:
    """One session and what became of it; relief is per cent, None where nobody answered."""

    on: date
    two_weeks: int | None = None
    three_months: int | None = None
    asked: bool = True
    harmed: Sequence[str] = ()
    diagnosis: str | None = "disc_herniation"
    fields: dict[str, Any] = field(default_factory=dict)


def a_doctor() -> User:
    return User.objects.filter(role=Role.DOCTOR).first() or a_user(Role.DOCTOR)


def given(*sessions: Given, case: Case | None = None) -> list[Session]:
    """These sessions, each of a patient of its own where no case is given, with their check-ins as they fell due."""
    if case:
        ways = [
            _pathways([case], sessions)[0]
            if case.decisions.first() is None
            else case.pathways.select_related("decision__signed_by").get()
        ] * len(sessions)
    else:
        ways = _pathways(_cases(len(sessions)), sessions)
    made = Session.objects.bulk_create(_session(way, each) for way, each in zip(ways, sessions, strict=True))
    _asked(zip(made, sessions, strict=True))
    Complication.objects.bulk_create(
        Complication(session=of, kind=kind, on=of.on, words="Test words.", recorded_by=a_doctor())
        for of, each in zip(made, sessions, strict=True)
        for kind in each.harmed
    )
    return made


def _cases(number: int) -> list[Case]:
    place = a_location()
    people = Patient.objects.bulk_create(
        Patient(given_name="Test Patient", family_name=f"Counted{n}", birth_date=date(1960, 1, 1), home_location=place)
        for n in range(number)
    )
    return Case.objects.bulk_create(Case(patient=each, location=place, region="lumbar") for each in people)


def _pathways(cases: Sequence[Case], sessions: Sequence[Given]) -> list[Pathway]:
    """The database opens one with each decision; in the order of the cases."""
    doctor = a_doctor()
    seen = [_assessment(case, each, doctor) for case, each in zip(cases, sessions, strict=False)]
    Decision.objects.bulk_create(_decision(each, doctor) for each in Assessment.objects.bulk_create(seen))
    return list(
        Pathway.objects.select_related("case__location", "decision__signed_by")
        .filter(case__in=cases)
        .order_by("case_id")
    )


def _assessment(case: Case, of: Given, doctor: User) -> Assessment:
    facts = {"complaint": {"diagnosis": of.diagnosis}} if of.diagnosis else {}
    kept = {"sources": {}, "safety": {}, "determinations": [], "engine_version": "test", "seal": "0" * 64}
    return Assessment(case=case, as_of=of.on, facts=facts, made_by=doctor, **kept)


def _decision(of: Assessment, doctor: User) -> Decision:
    said = {"policy": "medicare-lcd@test", "patient_message": "Test message.", "patient_language": "en"}
    kept = {"signed_by": doctor, "signed_name": doctor.name, "seal": "0" * 64, "against_criteria": False}
    return Decision(case=of.case, assessment=of, outcome=Outcome.CANDIDATE, **said, **kept)


def _session(way: Pathway, of: Given) -> Session:
    doctor = way.decision.signed_by
    usual = {
        "nonce": uuid.uuid4(),
        "location": way.case.location,
        "region": "lumbar",
        "levels": ["L4-5"],
        "side": "left",
        "approach": "transforaminal",
        "guidance": "fluoroscopy",
        "contrast": True,
        "drug": "dexamethasone",
        "dose_mg": 10,
        "sedation": "none",
        "rehabilitation": "refer",
        "performed_by": doctor,
        "recorded_by": doctor,
    }
    return Session(pathway=way, case=way.case, on=of.on, **(usual | of.fields))


def _asked(sessions: Iterable[tuple[Session, Given]]) -> None:
    """A check-in with its mail for each moment that was due by the day of the tests, and what was answered."""
    rows = [
        (CheckIn(session=of, moment=key, long=True, recall="week", due_on=of.on + timedelta(days=days)), relief)
        for of, each in sessions
        for (key, days), relief in ((TWO_WEEKS, each.two_weeks), (THREE_MONTHS, each.three_months))
        if each.asked and of.on + timedelta(days=days) <= NOON
    ]
    made = CheckIn.objects.bulk_create(row for row, _ in rows)
    mailed(*made)
    Answer.objects.bulk_create(
        answer(check_in, relief) for check_in, (_, relief) in zip(made, rows, strict=True) if relief is not None
    )


def mailed(*check_ins: CheckIn, state: str = Sent.SENT) -> None:
    """A mail to each of these check-ins."""
    mail = {"kind": "check_in", "to": "test@example.org", "language": "en", "subject": "Test", "body": "Test"}
    messages = Message.objects.bulk_create(Message(state=state, **mail) for _ in check_ins)
    Mail.objects.bulk_create(
        Mail(check_in=of, number=1, message=message, secret_hash=uuid.uuid4().hex)
        for of, message in zip(check_ins, messages, strict=True)
    )


def answer(check_in: CheckIn, relief: int | None, **said: Any) -> Answer:
    """An answer on the day on which it was asked, not kept yet."""
    words = {"on": check_in.due_on, "pain": 3, "relief": relief, "how": "link", "no_signs": True}
    return Answer(nonce=uuid.uuid4(), check_in=check_in, **(words | said))
