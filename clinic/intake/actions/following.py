"""What is asked and said after the answers were signed: an addition or a change is new, and what was sealed stays."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import DatabaseNow
from clinic.intake.models import Answer, Intake
from clinic.intake.questions import VERSION, later, sheet
from clinic.intake.questions.asked import Reply, counted
from clinic.intake.questions.shape import UNSAID
from clinic.intake.reading import answers_of_case
from clinic.post.actions import send_template
from clinic.record import actions as record_actions
from clinic.record.models import Alert, Case, Stage

from . import telling
from .filling_in import speaker

CLOSED_UNANSWERED = {"version": VERSION, "language": "", "sections": [], "unanswered": True}


@dataclass(frozen=True)
class Said:
    """One reply, and where it belongs: the section, or the list with the key and the title of its entry."""

    section: str
    reply: Reply
    row: uuid.UUID | None = None
    title: str = ""


@dataclass(frozen=True)
class Change:
    """Something that changed: the urgent signs among it, and what else, as keys; the words stand in the replies."""

    signs: Sequence[str] = ()
    changes: Sequence[str] = ()


@transaction.atomic
def ask(*, case: Case, questions: Sequence[str], note: str, by: Actor) -> Intake:
    """Ask the patient for more; the case waits for them, and comes back by itself.

    `questions` are named as `facts_asked` names them. What was asked before and never answered is closed.

    Raises:
        Refused: none of them is a question that can be put to a patient.
    """
    names = [name for name in questions if later.known(name)]
    if not names and not note.strip():
        raise Refused("Choose at least one question, or write one.")
    patient = _held(case).patient
    case.intakes.filter(kind=Intake.Kind.ADDITION, sealed_at=None).update(
        sealed_at=DatabaseNow(), sealed_by=by.user_id, sealed=CLOSED_UNANSWERED
    )
    addition = Intake.objects.create(
        case=case,
        kind=Intake.Kind.ADDITION,
        version=VERSION,
        asks=names,
        note=note.strip(),
        language=patient.language,
        started_by_id=by.user_id,
    )
    record(by=by, verb="intake.asked", patients=[patient.pk], of=addition, detail={"questions": names})
    record_actions.move_case(case=case, to=Stage.ASKED, by=by)
    _tell_the_patient(case, by)
    return addition


def _tell_the_patient(case: Case, by: Actor) -> None:
    """Mail that there is news; who has no address is found at the desk, among those whom we wait for."""
    patient = case.patient
    address = (patient.user.email if patient.user else "") or patient.email
    if address:
        context = {"link": settings.PUBLIC_ADDRESS}
        language, user = patient.language, patient.user
        send_template(kind="asked_for_more", to=address, language=language, context=context, by=by, user=user)


def _held(case: Case) -> Case:
    """The case, locked until the transaction ends: what is sent twice waits for itself."""
    held = Case.objects.select_for_update(of=("self",)).select_related("patient__home_location", "patient__user")
    return held.get(pk=case.pk)


@transaction.atomic
def answer(*, addition: Intake, said: Sequence[Said], language: str, by: Actor) -> Intake:
    """Keep what was asked for, and hand the case back to the clinic. Sent twice, it is what was sent first."""
    case = _held(addition.case)
    standing = Intake.objects.get(pk=addition.pk)
    if standing.sealed_at:
        return standing
    _keep(standing, case, said, language, by)
    _seal(standing, _sheet(said, language), language, by)
    if Case.objects.get(pk=case.pk).urgent_since is None:
        record_actions.move_case(case=case, to=Stage.REVIEW, by=by)
    return standing


@transaction.atomic
def report_change(
    *, case: Case, said: Sequence[Said], change: Change, sent_as: uuid.UUID, language: str, by: Actor
) -> Intake:
    """Keep what the patient says has changed and put it before the clinic. `sent_as` is the form's own: sent twice,
    it is kept once.

    Raises:
        Refused: the answers are not signed yet, or the case is closed.
    """
    held = _held(case)
    if held.stage == Stage.INTAKE:
        raise Refused(gettext("You can still change your answers. Please send them first."))
    if held.stage == Stage.WITHDRAWN:
        raise Refused(gettext("This case is closed. Please call us."))
    standing = held.intakes.filter(kind=Intake.Kind.CHANGE, sealed__sent_as=str(sent_as)).first()
    if standing:
        return standing
    intake = Intake.objects.create(
        case=held, kind=Intake.Kind.CHANGE, version=VERSION, language=language, started_by_id=by.user_id
    )
    _keep(intake, held, said, language, by)
    _seal(intake, _sheet(said, language) | {"sent_as": str(sent_as)}, language, by)
    _alert(held, change, by)
    return intake


def _alert(case: Case, change: Change, by: Actor) -> None:
    """An urgent sign stands before everything; another change brings a decided case back to the doctor."""
    if change.signs:
        record_actions.raise_alert(case=case, kind=Alert.Kind.URGENT, signs=list(change.signs), by=by)
    if change.changes:
        record_actions.raise_alert(case=case, kind=Alert.Kind.CHANGE, signs=list(change.changes), by=by)
    if (change.signs or change.changes) and case.stage == Stage.DECIDED:
        record_actions.move_case(case=case, to=Stage.REVIEW, by=by)


def _keep(intake: Intake, case: Case, said: Sequence[Said], language: str, by: Actor) -> None:
    """The answers as new rows, and what they mean said to the record."""
    before = answers_of_case(case, language)
    who = speaker(intake, before, by)
    Answer.objects.bulk_create(
        Answer(
            intake=intake,
            section=each.section,
            question=each.reply.question,
            row=each.row,
            asked=each.reply.asked,
            language=language,
            value=each.reply.value,
            shown=each.reply.shown,
            **who,
        )
        for each in said
    )
    after = answers_of_case(case, language)
    telling.tell(case=case, before=counted(before), after=counted(after), by=by)


def _sheet(said: Sequence[Said], language: str) -> dict[str, Any]:
    """What was said, as it was shown: in the form of the signed sheet, with one section."""
    with override(language):
        rows = [_line(each, language) for each in said]
        section = {"key": "later", "title": gettext("What you told us"), "rows": rows}
    return {"version": VERSION, "language": language, "sections": [section]}


def _line(each: Said, language: str) -> dict[str, Any]:
    value = each.reply.value
    return {
        "key": each.reply.question,
        "section": each.section,
        "page": "",
        "row": str(each.row or ""),
        "title": each.title,
        "question": each.reply.asked,
        "answer": each.reply.shown or gettext(sheet.NOT_ANSWERED),
        "lang": language,
        "unknown": value is None or (isinstance(value, str) and value in UNSAID),
        "open": False,
    }


def _seal(intake: Intake, shown: dict[str, Any], language: str, by: Actor) -> None:
    intake.sealed, intake.sealed_hash = shown, sheet.fingerprint(shown)
    intake.sealed_at, intake.sealed_by_id, intake.language = DatabaseNow(), by.user_id, language
    intake.save(update_fields=["sealed", "sealed_hash", "sealed_at", "sealed_by", "language"])
    intake.refresh_from_db()
    detail: dict[str, object] = {"hash": intake.sealed_hash, "kind": intake.kind}
    record(by=by, verb="intake.sealed", patients=[intake.case.patient_id], of=intake, detail=detail)
