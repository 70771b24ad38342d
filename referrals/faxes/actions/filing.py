"""Verbs of a fax: it is opened, filed, set aside, taken up again. Nothing is filed before it was seen."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import DatabaseNow, today
from clinic.outside.actions import receive_kept
from clinic.outside.models import RecordRequest
from clinic.record import actions as on_record
from clinic.record.models import Case, Document, SaidBy
from referrals.faxes.lifecycle import State, may_follow
from referrals.faxes.models import Fax, Seen, Step
from referrals.loop import lifecycle as loop
from referrals.loop.actions.steps import Said
from referrals.loop.actions.steps import step as referral_step
from referrals.loop.models import Referral

NOT_SEEN = "Open its pages before you file it: nobody files what they have not seen."


def open_pages(*, fax: Fax, by: Actor) -> None:
    """Somebody looks at the pages: kept, since nothing is filed unseen, and colleagues are told who has it."""
    with transaction.atomic():
        Seen.objects.create(fax=fax, by_id=by.person_id)
        filed = filing_of(fax)
        record(by=by, verb="fax.pages_opened", patients=filed.patients if filed else [], of=fax)


@transaction.atomic
def file_document(*, fax: Fax, case: Case, by: Actor) -> None:
    """It is a paper about a patient's complaint. Raises Refused as `held_to_file` does."""
    held = held_to_file(fax, by)
    _filed(held, by, document=_as_document(held, case, by))


@transaction.atomic
def file_report(*, fax: Fax, referral: Referral, by: Actor) -> None:
    """It is the report that a referral waits for: it lies with the case, and somebody must read it.

    Raises:
        Refused: the referral waits for no report, or as `held_to_file` does.
    """
    held = held_to_file(fax, by)
    if referral.is_incoming or referral.case is None:
        raise Refused("This referral came to us, so no report is awaited with it.")
    document = _as_document(held, referral.case, by)
    said = Said(on=_arrived(held, referral.case), how="fax", document=document)
    referral_step(referral=referral, to=loop.State.REPORT_RECEIVED, by=by, said=said)
    _filed(held, by, document=document, referral=referral)


@transaction.atomic
def file_paper(*, fax: Fax, referral: Referral, by: Actor) -> None:
    """It belongs to a referral and moves it nowhere; with the case too, where there is one already."""
    held = held_to_file(fax, by)
    document = _as_document(held, referral.case, by) if referral.case else None
    _filed(held, by, document=document, referral=referral)


@transaction.atomic
def file_record(*, fax: Fax, asked: RecordRequest, by: Actor) -> None:
    """It is the record that another practice was asked for. Raises Refused where nothing is awaited any more."""
    held = held_to_file(fax, by)
    on = _arrived(held, asked.case)
    document = receive_kept(request=asked, on=on, upload=held.upload, by=by)
    _filed(held, by, document=document, request=asked)


@transaction.atomic
def set_aside(*, fax: Fax, why: str, by: Actor, reason: str = "") -> None:
    """It is filed nowhere, for a reason, and can be taken up again. Raises Refused without words for "other"."""
    held = _held(fax)
    if why == "other" and not reason.strip():
        raise Refused("Say why it is set aside.")
    _step(held, State.SET_ASIDE, by, why=why, reason=reason.strip())
    record(by=by, verb="fax.set_aside", of=held, detail={"why": why})


@transaction.atomic
def take_up(*, fax: Fax, by: Actor) -> None:
    """It waits again, after it was set aside."""
    held = _held(fax)
    if held.state != State.SET_ASIDE:
        raise Refused("This fax is not set aside.")
    _step(held, State.WAITING, by)
    record(by=by, verb="fax.taken_up", of=held)


@transaction.atomic
def take_back(*, fax: Fax, reason: str, by: Actor) -> None:
    """It was filed in the wrong place: the document is struck out there, and the fax waits again.

    Raises:
        Refused: no reason, or it moved a referral or a request on, whose own steps put that right.
    """
    held = _held(fax)
    filed = filing_of(held)
    if held.state != State.FILED or filed is None:
        raise Refused("This fax is not filed.")
    if not reason.strip():
        raise Refused("Say why it is taken back.")
    if filed.request_id or (filed.document and filed.document.referral_steps.exists()):
        raise Refused("It moved a referral or a request on. Put that right there; it stays in its history.")
    if filed.document:
        on_record.strike(row=filed.document, by=by)
    _step(held, State.WAITING, by, reason=reason.strip())
    record(by=by, verb="fax.taken_back", patients=filed.patients, of=held)


def way_of(fax: Fax) -> list[Step]:
    """All its steps, with where each filed it."""
    return list(fax.steps.select_related("done_by", "document__case__patient", "referral", "request"))


def filing_of(fax: Fax) -> Step | None:
    """The step by which it lies where it lies; None while it is not filed."""
    return way_of(fax)[-1] if fax.state == State.FILED else None


def _held(fax: Fax) -> Fax:
    """The fax as it stands, locked until the transaction ends."""
    return Fax.objects.select_for_update().get(pk=fax.pk)


def held_to_file(fax: Fax, by: Actor) -> Fax:
    """The fax, locked until the transaction ends, where it may be filed.

    Raises:
        Refused: a colleague was quicker, this person never opened its pages, or they cannot be read.
    """
    held = _held(fax)
    if filed := filing_of(held):
        who = "You" if filed.done_by_id == by.user_id else filed.done_by
        raise Refused(f"{who} filed this fax {filed.where}.")
    if held.state != State.WAITING:
        raise Refused("This fax is set aside. Take it up again before you file it.")
    if not held.can_be_filed:
        raise Refused(f"{held.fault_words}: it cannot be filed as it is. {held.what_to_do}")
    if not held.opened_by(by.user_id):
        raise Refused(NOT_SEEN)
    return held


def _as_document(fax: Fax, case: Case, by: Actor) -> Document:
    return on_record.file_document(case=case, upload=fax.upload, said_by=SaidBy.RECORD, by=by)


def _arrived(fax: Fax, case: Case) -> date:
    """The day on which it came, at the case's location."""
    zone = case.location.time_zone
    return min(fax.received_at.astimezone(ZoneInfo(zone)).date(), today(zone))


def _filed(held: Fax, by: Actor, **place: Any) -> None:
    step = _step(held, State.FILED, by, **place)
    record(by=by, verb="fax.filed", patients=step.patients, of=held)


def _step(held: Fax, to: State, by: Actor, **words: Any) -> Step:
    if not may_follow(held.state, to):
        raise Refused(f"This fax is “{held.get_state_display()}” by now. Look at it again before you go on.")
    number = held.steps.count() + 1
    taken = Step.objects.create(
        fax=held, number=number, from_state=held.state, to_state=to, done_by_id=by.person_id, **words
    )
    Fax.objects.filter(pk=held.pk).update(state=to, state_since=DatabaseNow())
    return taken
