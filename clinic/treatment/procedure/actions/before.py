"""What is agreed and checked before a session: blood thinners, and the checklist."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import today
from clinic.candidacy.casefile import CaseFile
from clinic.post.actions import tell_of_news
from clinic.record.models import Case
from clinic.treatment.pathway.models import Pathway
from clinic.treatment.procedure import checklist, reading
from clinic.treatment.procedure.models import Agreed, Answered, Check, ThinnerPlan

from .permission import may_record, take_back


@transaction.atomic
def plan_thinner(*, case: Case, thinner_key: uuid.UUID, agreed: Agreed, nonce: uuid.UUID, by: Actor) -> ThinnerPlan:
    """Keep what was agreed with a blood thinner's prescriber; a new agreement takes the place of the one before.

    The patient hears that there is news. The same nonce again is the same plan.
    """
    held = Case.objects.select_for_update(of=("self",)).select_related("patient__user", "location").get(pk=case.pk)
    if before := held.thinner_plans.filter(nonce=nonce).first():
        return before
    may_record(held.patient, by)
    name = reading.name_of(thinner_key, held)
    if name is None:
        raise Refused("This blood thinner is not on record any more.")
    _may_be_agreed(held, agreed)
    if standing := held.thinner_plans.current().filter(thinner_key=thinner_key).first():
        take_back(standing, "Agreed anew.", by)
    plan = ThinnerPlan.objects.create(
        nonce=nonce, case=held, thinner_key=thinner_key, name=name, made_by_id=by.person_id, **vars(agreed)
    )
    record(by=by, verb="thinner.planned", patients=[held.patient_id], of=plan)
    tell_of_news(patient=held.patient, by=by)
    return plan


def _may_be_agreed(case: Case, agreed: Agreed) -> None:
    if not agreed.agreed_with.strip():
        raise Refused("Write with whom it was agreed.")
    if agreed.agreed_on > today(case.location.time_zone):
        raise Refused("It cannot have been agreed on a day that has not come yet.")
    if agreed.goes_on and (agreed.last_dose_on or agreed.first_dose_on):
        raise Refused("A medicine that goes on has no last dose. Leave the days empty, or say that it is stopped.")
    if not agreed.goes_on and agreed.last_dose_on is None:
        raise Refused("Write the day of the last dose, or say that it goes on.")
    if agreed.last_dose_on and agreed.first_dose_on and agreed.first_dose_on < agreed.last_dose_on:
        raise Refused("It cannot be taken again before its last dose.")


@transaction.atomic
def strike_thinner_plan(*, plan: ThinnerPlan, because: str, by: Actor) -> None:
    """Take back what was agreed: it stays, struck out, and is no longer shown to the patient."""
    held = ThinnerPlan.objects.select_for_update(of=("self",)).select_related("case__patient__user").get(pk=plan.pk)
    if held.struck_at is not None:
        raise Refused("Somebody else has taken this back already.")
    may_record(held.case.patient, by)
    take_back(held, because, by)
    record(by=by, verb="thinner.struck", patients=[held.case.patient_id], of=held)
    tell_of_news(patient=held.case.patient, by=by)


@transaction.atomic
def go_through(*, pathway: Pathway, items: Mapping[str, Answered], nonce: uuid.UUID, by: Actor) -> Check:
    """Keep the checklist as it was answered today, by its items' keys, beside what the record said of each.

    Refused where an item has no answer, where one that speaks against a session is called clear, or without words.
    """
    Case.objects.select_for_update().get(pk=pathway.case_id)  # first, as everybody locks a case and its way
    held = Pathway.objects.select_for_update(of=("self",)).select_related("case__patient", "case__location")
    way = held.get(pk=pathway.pk)
    if before := way.checks.filter(nonce=nonce).first():
        return before
    may_record(way.case.patient, by)
    if way.ended_at is not None:
        raise Refused("This way to a session has ended.")
    rows = [_answered(item, items.get(item.key)) for item in reading.checks(CaseFile.of(way.case))]
    if way.case.urgent_since and not any(row["answer"] == checklist.Answer.STOP for row in rows):
        raise Refused("An urgent sign stands on this case. A doctor looks into it before a session goes on.")
    check = Check.objects.create(
        nonce=nonce,
        pathway=way,
        day=today(way.case.location.time_zone),
        items=rows,
        may_go_on=all(row["answer"] != checklist.Answer.STOP for row in rows),
        made_by_id=by.person_id,
    )
    detail = {"may_go_on": check.may_go_on}
    record(by=by, verb="procedure.checked", patients=[way.case.patient_id], of=check, detail=detail)
    return check


def _answered(item: checklist.Item, said: Answered | None) -> dict[str, Any]:
    if said is None or said.answer not in checklist.ANSWERS:
        raise Refused(f"{item.title}: answer it before you go on.")
    if said.answer == checklist.Answer.CLEAR and item.state == checklist.State.ATTENTION:
        raise Refused(f"{item.title}: the record speaks against it. Say how it is settled, or stop.")
    if said.answer != checklist.Answer.CLEAR and not said.words.strip():
        raise Refused(f"{item.title}: write how it is settled, or why you stop.")
    kept = {"key": item.key, "title": item.title, "known": item.known}
    return kept | {"answer": said.answer, "words": said.words.strip()}
