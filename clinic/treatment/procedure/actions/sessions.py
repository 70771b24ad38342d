"""Recording a session that was carried out. A wrong one is struck, with its reason, and stays."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import today
from clinic.criteria.steroids import RECOMMENDED, UNKNOWN, YEAR, equivalent
from clinic.people.models import Location, Role
from clinic.record import actions as on_record
from clinic.record.facts import plain
from clinic.record.models import Case, Injection, SaidBy, Score
from clinic.repeats.reading import held_back
from clinic.treatment.pathway import actions as on_the_way
from clinic.treatment.pathway.models import Pathway
from clinic.treatment.procedure import baseline, planned
from clinic.treatment.procedure.models import Check, Said, Session

from .complications import add_complication
from .permission import may_record, take_back

MOST_MG = 999  # of a drug that the table of equivalents does not name


class OutsidePlan(Refused):
    """The session is not what was signed, and nobody has said why."""


@transaction.atomic
def record_session(*, pathway: Pathway, said: Said, nonce: uuid.UUID, by: Actor) -> Session:
    """Record one session: with it the record's injection, its baseline scores, and the end of the way to it.

    The same nonce again is the same session. Raises Refused with one sentence; then nothing was written.
    """
    held = _held(pathway)
    if before := held.sessions.filter(nonce=nonce).first():
        return before
    may_record(held.case.patient, by)
    _may_be_done(held, said)
    check = held.checks.filter(day=said.on).last()
    outside = _outside(held, said, check)
    session = _write(held, said, check, outside, nonce, by)
    _tell_the_record(session, said, by)
    for each in said.complications:
        add_complication(session=session, **vars(each), nonce=uuid.uuid4(), by=by)
    on_the_way.carried_out(pathway=held, by=by)
    record(
        by=by, verb="procedure.recorded", patients=[session.case.patient_id], of=session, detail={"outside": outside}
    )
    return session


def _held(pathway: Pathway) -> Pathway:
    """The case and the way, locked in one order: of two who record at once, the second sees what the first wrote."""
    Case.objects.select_for_update().get(pk=pathway.case_id)
    known = Pathway.objects.select_related("decision__assessment", "case__patient", "case__location")
    return known.select_for_update(of=("self",)).get(pk=pathway.pk)


def _may_be_done(pathway: Pathway, said: Said) -> None:
    if pathway.ended_at is not None:
        raise Refused("This way to a session has ended. Take it up again, or record it under the decision that stands.")
    if said.performed_by.role != Role.DOCTOR:
        raise Refused("A session is performed by a doctor.")
    if pathway.case.sessions.current().filter(region=said.region, on=said.on).exists():
        raise Refused("A session of that region and day is recorded already.")
    if not said.levels:
        raise Refused("Name at least one level.")
    _on_a_day_that_can_be(pathway, said.on, said.location)
    _of_a_dose_that_can_be(said.drug, said.dose_mg)


def _on_a_day_that_can_be(pathway: Pathway, on: date, place: Location) -> None:
    zone, born = pathway.case.location.time_zone, pathway.case.patient.birth_date
    if on > min(today(zone), today(place.time_zone)):
        raise Refused("That day has not come yet.")
    if born and on < born:
        raise Refused("That day is before the patient was born.")
    signed = pathway.decision.signed_at.astimezone(ZoneInfo(zone)).date()
    if on < signed:
        raise Refused(f"It cannot be before {signed:%-d %B %Y}, the day on which the decision was signed.")


def _of_a_dose_that_can_be(drug: str, mg: Decimal) -> None:
    """One session has less than what is recommended for a year (criteria/steroids.py); more is a slip of the hand."""
    if mg <= 0:
        raise Refused("Write the dose in mg.")
    amount, most = equivalent(drug, float(mg)), RECOMMENDED[YEAR]
    if amount == UNKNOWN and mg > MOST_MG:
        raise Refused(f"{plain(mg)} mg cannot be the dose of one session. Look at it again.")
    if amount.least > most:
        raise Refused(
            f"{plain(mg)} mg of {drug} is more than {most} mg of methylprednisolone, which is what is recommended for "
            "a whole year. Look at the dose again."
        )


def _outside(pathway: Pathway, said: Said, check: Check | None) -> list[str]:
    """In what the session is not what was planned; refused while nobody says why."""
    plan = pathway.decision.assessment.facts.get("plan") or {}
    given = {name: getattr(said, name) for name in planned.COMPARED if name != "level_count"}
    outside = planned.differences(plan, given | {"level_count": len(said.levels), "dose_mg": plain(said.dose_mg)})
    outside += [] if check and check.may_go_on else [planned.CHECK]
    outside += [planned.EARLY] if held_back(pathway.case, said.on) else []
    if outside and not said.outside_reason.strip():
        raise OutsidePlan(f"This is outside the signed plan: {planned.in_words(outside)}. Write why.")
    return outside


def _write(
    pathway: Pathway, said: Said, check: Check | None, outside: list[str], nonce: uuid.UUID, by: Actor
) -> Session:
    if said.sedation not in ("none", "minimal") and not said.sedation_reason.strip():
        raise Refused("Write why there was sedation.")
    if said.rehab_from and said.rehab_until and said.rehab_until < said.rehab_from:
        raise Refused("Rehabilitation cannot end before it begins.")
    own = ("usual_pain", "complications", "levels", "rehab_goals", "outside_reason")
    fields: dict[str, Any] = {name: value for name, value in vars(said).items() if name not in own}
    return Session.objects.create(
        nonce=nonce,
        pathway=pathway,
        case=pathway.case,
        check_before=check,
        levels=list(said.levels),
        rehab_goals=list(said.rehab_goals),
        outside_plan=outside,
        outside_reason=said.outside_reason.strip() if outside else "",
        recorded_by_id=by.person_id,
        **fields,
    )


def _tell_the_record(session: Session, said: Said, by: Actor) -> None:
    """What rules count of a session, under its key: the injection, and each scale's latest score before it."""
    on_record.put(
        model=Injection,
        case=session.case,
        key=session.key,
        said_by=SaidBy.DOCTOR,
        by=by,
        on=session.on.isoformat(),
        region=session.region,
        approach=session.approach,
        level_count=len(session.levels),
        side=session.side,
        drug=session.drug,
        dose_mg=session.dose_mg,
        place=session.location.name,
    )
    scores = baseline.before(Score.objects.current().filter(case=session.case), session.on)
    told = said.usual_pain is not None
    for each in scores:
        if not (told and each.scale == baseline.PAIN):
            _file_before(session, each.scale, each.value, each.on, each.said_by, by, items=each.items)
    if said.usual_pain is not None:
        _file_before(session, baseline.PAIN, Decimal(said.usual_pain), session.on, SaidBy.PATIENT, by)


def _file_before(
    session: Session, scale: str, value: Decimal, on: date, said_by: str, by: Actor, items: Any = None
) -> None:
    on_record.score(
        case=session.case,
        scale=scale,
        value=value,
        on=on,
        said_by=said_by,
        items=items,
        injection_key=session.key,
        moment="before",
        by=by,
    )


@transaction.atomic
def strike_session(*, session: Session, because: str, by: Actor) -> None:
    """Take back a session that was recorded wrongly, with all that the record says under its key.

    The way to it is taken up again where no later decision stands, so that the candidate does not drop out.
    """
    pathway = _held(session.pathway)
    held = pathway.sessions.current().filter(pk=session.pk).first()
    if held is None:
        raise Refused("Somebody else has taken this back already.")
    may_record(pathway.case.patient, by)
    take_back(held, because, by)
    for row in Injection.objects.current().filter(patient=pathway.case.patient, key=held.key):
        on_record.strike(row=row, by=by)
    for score in Score.objects.current().filter(case=pathway.case, injection_key=held.key):
        on_record.strike(row=score, by=by)
    record(by=by, verb="procedure.struck", patients=[pathway.case.patient_id], of=held)
    if pathway.may_be_taken_up:
        on_the_way.reopen(pathway=pathway, words=because.strip(), by=by)
