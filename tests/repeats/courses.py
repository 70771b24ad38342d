"""The courses of the contract's vignettes, lived through: each injection decided, recorded as a session, and asked
about by check-ins, on the days that the vignette says.

What check-ins cannot say is rounded: relief is asked in tens of per cent (49 becomes 40), pain in whole numbers (1.6
becomes 2). The clinic's own days of asking are set to those of the vignette.
"""

import uuid
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from clinic.audit import clock
from clinic.audit.actor import Actor
from clinic.candidacy.models import Decision
from clinic.people.models import Role, User
from clinic.record import actions as on_record
from clinic.record.facts import assemble
from clinic.record.models import Case, SaidBy
from clinic.treatment.checkins.actions.answering import answer
from clinic.treatment.checkins.actions.asking import ask_due
from clinic.treatment.checkins.actions.planning import set_plan
from clinic.treatment.checkins.heard import Heard
from clinic.treatment.checkins.models import CheckIn
from clinic.treatment.checkins.plan import Moment
from tests.authorization.scenes import decided
from tests.candidacy.scenes import COMPLETE, a_doctor, write
from tests.criteria.documents import AS_OF
from tests.factories import a_case, a_clinic, a_patient, a_user, actor
from tests.procedure.scenes import recorded

FROM_THE_BEGINNING = ("complaint", "plan", "allergies", "blood_thinners", "conditions", "red_flags")
RMDQ_ITEMS = 24
Row = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """One check-in: on which day, and what is said."""

    on: date
    said: Heard


def lived(document: Row) -> Row:
    """The facts of a case in which the document's injections were sessions with check-ins, and the rest was said."""
    injections = document["injections"]
    with at(day(injections[0]["on"])):
        doctor, case = a_doctor(), a_patient_who_is_asked()
        # The vignette's plan is that of the next injection; its complaint is why there was a first one.
        begun = {name: COMPLETE[name] for name in FROM_THE_BEGINNING} | {"complaint": document["complaint"]}
        write(case, begun, by(case))
        ask_on({(each.on - day(row["on"])).days for row in injections for each in check_ins(row)})
    for row in injections:
        live(case, row, doctor)
    with at(AS_OF):
        write(case, {name: said for name, said in document.items() if name != "injections"}, by(case))
        on_record.set_final(case=case, final=False, by=actor(doctor))
        return assemble(Case.objects.with_record().get(pk=case.pk), AS_OF).document


def live(case: Case, row: Row, doctor: User) -> None:
    """Decided, carried out as planned, and asked about."""
    with at(day(row["on"])):
        pain = next((int(each["value"]) for each in row["before"] if each["scale"] == "NRS"), None)
        for each in row["before"]:
            if each["scale"] != "NRS":
                on_record.score(case=case, said_by=SaidBy.PATIENT, by=by(case), on=day(row["on"]), **each)
        session = recorded(doctor, decide(case, doctor), usual_pain=pain, **performed(row))
    for each in check_ins(row):
        with at(each.on):
            ask_due()
            asked = CheckIn.objects.get(session=session, due_on=each.on)
            answer(check_in=asked, said=each.said, how="link", nonce=uuid.uuid4(), by=Actor())


def performed(row: Row) -> Row:
    same = {name: row[name] for name in ("region", "approach", "side", "drug")}
    levels = ["L4-5", "L5-S1"][: row["level_count"]]
    return same | {"on": day(row["on"]), "levels": levels, "dose_mg": Decimal(row["dose_mg"])}


def check_ins(row: Row) -> list[Asked]:
    """One on the day of each follow-up, and one on the last day of the relief where it is a day of its own.

    Relief that is over was good on every day before its last one; the patient names the last day as soon as asked.
    """
    until = day(row["relief_until"]) if row.get("relief_until") else None
    days = {day(each["on"]) for each in row["after"]}
    if until and until > max(days):
        days.add(until)
    return [Asked(on, heard(row, on, until)) for on in sorted(days)]


def heard(row: Row, on: date, until: date | None) -> Heard:
    results = {each["scale"]: each["value"] for each in row["after"] if day(each["on"]) == on}
    marks = int(results.get("RMDQ", 0))
    items = {"RMDQ": {str(n): int(n <= marks) for n in range(1, RMDQ_ITEMS + 1)}} if "RMDQ" in results else {}
    over = until is not None and on >= until
    return Heard(
        pain=round(results["NRS"]) if "NRS" in results else None,
        relief=row["patient_relief_percent"] // 10 * 10 if not over or on == until else 0,
        over=over,
        until=until.isoformat() if until and over else "",
        better_or_less_medicine=row["function_better_or_less_medicine"],
        no_signs=True,
        items=items,
    )


def decide(case: Case, doctor: User) -> Decision:
    """A candidate, whatever the criteria say: a test of repeats needs the session."""
    return decided(doctor, Case.objects.get(pk=case.pk), reason="Test reason.", holds_settled="Test words.")


def a_patient_who_is_asked() -> Case:
    """A case of somebody with an address, as check-ins go out by mail."""
    a_clinic()
    return a_case(a_patient(a_user(), payer="Medicare", sex="female", email="alder@example.org"))


def ask_on(days: set[int]) -> None:
    moments = [Moment(days=each, long=True) for each in sorted(days)]
    set_plan(moments=moments, seen=None, by=actor(a_user(Role.ADMINISTRATOR)))


def by(case: Case) -> Actor:
    return actor(case.patient.user)


def day(text: str) -> date:
    return date.fromisoformat(text)


def at(on: date) -> AbstractContextManager[None]:
    """At eleven in the morning at the clinic."""
    return clock.at(datetime.combine(on, time(15), UTC))
