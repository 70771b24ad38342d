"""Recording what a payer answered and what became of it. A wrong entry is struck, with its reason, and stays."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import DatabaseNow, today
from clinic.candidacy.models import Decision
from clinic.post.actions import tell_of_news
from clinic.record import actions as on_record
from clinic.record.models import Case, SaidBy

from . import grounds, lifecycle
from .lifecycle import Kind
from .models import Ground, Said, Step

LONGEST_APPROVAL = timedelta(days=3 * 366)  # what is later was mistyped


@transaction.atomic
def add_step(*, decision: Decision, said: Said, by: Actor, letter: "UploadedFile[Any] | None" = None) -> Step:
    """Record the next step of a decision's way with its payer; the same nonce again is the same step.

    Raises Refused with one sentence; then nothing was written.
    """
    held = _held(decision)
    if before := held.payer_steps.filter(nonce=said.nonce).first():
        return before
    last = held.payer_steps.where_it_stands()
    _may_follow(held, last, said)
    _on_a_day_that_can_be(held, last, said.on)
    _with_its_reason(held, said)
    _until_a_day_that_can_be(said)
    step = _write(held, last, said, letter, by)
    tell_of_news(patient=held.case.patient, by=by)
    return step


@transaction.atomic
def strike_step(*, step: Step, because: str, by: Actor) -> None:
    """Take back a step that was recorded wrongly: it stays, struck out, with who, when and why."""
    decision = _held(step.decision)
    held = decision.payer_steps.current().filter(pk=step.pk).first()
    if held is None:
        raise Refused("Somebody else has taken this back already.")
    if held != decision.payer_steps.where_it_stands():
        raise Refused("A later step rests on this one. Take that back first.")
    if not because.strip():
        raise Refused("Write why it is taken back.")
    held.struck_at, held.struck_by_id, held.struck_because = DatabaseNow(), by.person_id, because.strip()
    held.save(update_fields=["struck_at", "struck_by", "struck_because"])
    record(by=by, verb="payer.step_struck", patients=[decision.case.patient_id], of=held)


def _held(decision: Decision) -> Decision:
    """The case and the decision, locked in one order: of two who record at once, the second sees what was written."""
    Case.objects.select_for_update().get(pk=decision.case_id)
    known = Decision.objects.select_related("assessment", "case__patient__user", "case__location")
    return known.select_for_update(of=("self",)).get(pk=decision.pk)


def _may_follow(decision: Decision, last: Step | None, said: Said) -> None:
    if said.kind not in lifecycle.may_follow(last.kind if last else None):
        raise Refused("Somebody has recorded another step meanwhile. Look at it, then go on from there.")
    if last is None and hasattr(decision, "superseded_by"):
        raise Refused("A later decision stands in this one's place. Record the payer's answer there.")


def _on_a_day_that_can_be(decision: Decision, last: Step | None, on: date) -> None:
    zone = decision.case.location.time_zone
    if on > today(zone):
        raise Refused("That day has not come yet.")
    if last and on < last.on:
        raise Refused(f"It cannot be before {last.on:%-d %B %Y}, the day of the step before it.")
    signed = decision.signed_at.astimezone(ZoneInfo(zone)).date()
    if on < signed:
        raise Refused(f"It cannot be before {signed:%-d %B %Y}, the day on which the decision was signed.")


def _with_its_reason(decision: Decision, said: Said) -> None:
    if said.kind != Kind.REFUSED:
        return
    known = {key for key, _title in grounds.choices(decision.determination)}
    if not said.clauses or not set(said.clauses) <= known:
        raise Refused("Say by which clause it was refused, or choose another reason.")
    if not said.reason.strip():
        raise Refused("Write the reason as the payer gave it.")


def _until_a_day_that_can_be(said: Said) -> None:
    if said.last_day is None or said.kind not in lifecycle.APPROVES:
        return
    if not said.on <= said.last_day <= said.on + LONGEST_APPROVAL:
        raise Refused("The last day of an approval is the day of the answer or later, and at most three years later.")


def _write(decision: Decision, last: Step | None, said: Said, letter: "UploadedFile[Any] | None", by: Actor) -> Step:
    case, payer = decision.case, last or said
    if not payer.payer.strip():
        raise Refused("Write which payer answered.")
    filed = on_record.attach(case=case, files=[letter] if letter else [], said_by=SaidBy.RECORD, by=by)
    step = Step.objects.create(
        nonce=said.nonce,
        decision=decision,
        kind=said.kind,
        on=said.on,
        payer=payer.payer.strip(),
        plan_name=payer.plan_name.strip(),
        reference=said.reference.strip(),
        last_day=said.last_day if said.kind in lifecycle.APPROVES else None,
        reason=said.reason.strip(),
        peer_to_peer=said.peer_to_peer.strip(),
        document=filed[0] if filed else None,
        recorded_by_id=by.person_id,
    )
    ours, clauses = grounds.verdicts(decision.determination), said.clauses if said.kind == Kind.REFUSED else ()
    Ground.objects.bulk_create(Ground(step=step, clause=key, ours=ours.get(key, "")) for key in dict.fromkeys(clauses))
    detail = {"kind": said.kind, "clauses": list(clauses)}
    record(by=by, verb="payer.step_recorded", patients=[case.patient_id], of=step, detail=detail)
    return step
