"""The only code that writes the record. A row is never rewritten: a changed mind is a new row."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import DatabaseNow, now
from clinic.people.models import CLINICAL_ROLES, Clinic, Patient, User
from clinic.post.actions import send_template

from . import uploads
from .facts import plain
from .models import Alert, Case, Document, Injection, Listed, OtherInjection, Score, Statement, Therapy


@transaction.atomic
def open_case(*, patient: Patient, by: Actor, region: str = "") -> Case:
    """Begin a case: one complaint of one patient."""
    case = Case.objects.create(patient=patient, location=patient.home_location, region=region, opened_by_id=by.user_id)
    record(by=by, verb="case.began", patients=[patient.pk], of=case)
    return case


def _held(case: Case) -> Case:
    """The case, locked until the transaction ends: two who write to one record wait for each other."""
    return Case.objects.select_for_update().get(pk=case.pk)


@transaction.atomic
def state(*, case: Case, fact: str, value: Any, said_by: str, by: Actor) -> Statement | None:
    """Say one fact. None takes back what this speaker said; the same value again writes nothing."""
    return state_all(case=case, values={fact: value}, said_by=said_by, by=by).get(fact)


@transaction.atomic
def state_all(*, case: Case, values: Mapping[str, Any], said_by: str, by: Actor) -> dict[str, Statement]:
    """Say many facts at once; returns the statements that now stand, by fact."""
    _held(case)
    standing = {row.fact: row for row in case.statements.current().filter(said_by=said_by, fact__in=values)}
    changed = [fact for fact, value in values.items() if not _says(standing.get(fact), value)]
    _strike_all([standing[fact] for fact in changed if fact in standing], by)
    for fact in changed:
        standing.pop(fact, None)
        if values[fact] is not None:
            standing[fact] = Statement.objects.create(
                case=case, fact=fact, value=values[fact], said_by=said_by, recorded_by_id=by.user_id
            )
    if changed:
        record(by=by, verb="record.stated", patients=[case.patient_id], of=case, detail={"facts": sorted(changed)})
    return standing


def _says(row: Statement | None, value: Any) -> bool:
    return value is None if row is None else row.value == value


def _strike_all(rows: list[Any], by: Actor) -> None:
    for row in rows:
        row.struck_at, row.struck_by_id = now(), by.user_id
        row.save(update_fields=["struck_at", "struck_by"])


@transaction.atomic
def put(*, model: type[Listed], case: Case, key: uuid.UUID | None, said_by: str, by: Actor, **fields: Any) -> Listed:
    """Say one row of a list, or say it anew under the same `key`; the same words again write nothing."""
    _held(case)
    owner = {"patient": case.patient} if hasattr(model, "patient_id") else {"case": case}
    standing = model.objects.current().filter(key=key, said_by=said_by, **owner).first() if key else None
    row: Listed = model(key=key or uuid.uuid4(), said_by=said_by, recorded_by_id=by.user_id, **owner, **fields)
    _check_words(row, fields)
    if standing and _same_words(standing, row, fields):
        row = standing
    else:
        _strike_all([standing] if standing else [], by)
        row.save(force_insert=True)
        detail = {"key": str(row.key), "said_by": said_by}
        record(by=by, verb="record.row_said", patients=[case.patient_id], of=row, detail=detail)
    if isinstance(row, Therapy):
        row.cases.add(case, *(standing.cases.all() if isinstance(standing, Therapy) else []))
    return row


def _check_words(row: Listed, fields: Mapping[str, Any]) -> None:
    """Refuse with ValidationError what a column cannot hold, such as a date that is none; unsaid is always fine."""
    wrong: dict[str, list[str]] = {}
    for name, value in fields.items():
        if value not in ("", None):
            try:
                cast("models.Field[Any, Any]", row._meta.get_field(name)).clean(value, row)
            except ValidationError as error:
                wrong[name] = error.messages
    if wrong:
        raise ValidationError(wrong)


def _same_words(standing: Listed, row: Listed, fields: Mapping[str, Any]) -> bool:
    return all(plain(getattr(standing, name)) == plain(getattr(row, name)) for name in fields)


@transaction.atomic
def strike(*, row: Listed | Statement | Score | Document, by: Actor) -> None:
    """Take a row back: it stays, struck out. A row that was struck already stays as it is."""
    if row.struck_at is not None:
        return
    _strike_all([row], by)
    patient = row.patient_id if isinstance(row, Therapy | Injection | OtherInjection) else row.case.patient_id
    record(by=by, verb="record.row_struck", patients=[patient], of=row)


@transaction.atomic
def use_in_case(*, therapy_key: uuid.UUID, case: Case, by: Actor) -> None:
    """A therapy that the ledger already holds concerns this complaint too."""
    rows = list(case.patient.therapies.current().filter(key=therapy_key))
    if not rows:
        raise Refused("This treatment is not in the patient's record.")
    for row in rows:
        row.cases.add(case)
    record(by=by, verb="record.row_shared", patients=[case.patient_id], of=rows[0])


@transaction.atomic
def leave_case(*, row: Therapy, case: Case, by: Actor) -> None:
    """A therapy does not concern this complaint after all; where it concerns no other one, it is struck out."""
    if not row.cases.exclude(pk=case.pk).exists():
        strike(row=row, by=by)
        return
    row.cases.remove(case)
    record(by=by, verb="record.row_left", patients=[case.patient_id], of=row)


@transaction.atomic
def score(
    *,
    case: Case,
    scale: str,
    value: Decimal | int | str,
    on: date,
    said_by: str,
    by: Actor,
    period: str = "",
    items: Mapping[str, Any] | None = None,
    injection_key: uuid.UUID | None = None,
    moment: str = "",
) -> Score:
    """Record one result of a named scale; a second one of the same day, scale and speaker takes its place."""
    _held(case)
    identity = {"scale": scale, "on": on, "period": period, "injection_key": injection_key, "moment": moment}
    standing = case.scores.current().filter(said_by=said_by, **identity).first()
    value = Decimal(str(value))
    if standing and standing.value == value and standing.items == dict(items or {}):
        return standing
    _strike_all([standing] if standing else [], by)
    row = Score.objects.create(
        case=case, value=value, items=dict(items or {}), said_by=said_by, recorded_by_id=by.user_id, **identity
    )
    record(by=by, verb="record.scored", patients=[case.patient_id], of=row, detail={"scale": scale})
    return row


@transaction.atomic
def file_document(
    *,
    case: Case,
    upload: uploads.CheckedUpload,
    by: Actor,
    said_by: str,
    therapy_key: uuid.UUID | None = None,
    study_key: uuid.UUID | None = None,
) -> Document:
    """File a checked upload under the case or one of its rows; the same file on the same row is the same document."""
    _held(case)
    place = {"therapy_key": therapy_key, "study_key": study_key, "sha256": upload.sha256}
    standing = case.documents.current().filter(**place).first()
    if standing:
        return standing
    document = Document.objects.create(
        case=case,
        name=upload.name,
        content_type=upload.content_type,
        size=upload.size,
        path=upload.path,
        said_by=said_by,
        recorded_by_id=by.user_id,
        **place,
    )
    record(by=by, verb="record.document_filed", patients=[case.patient_id], of=document)
    return document


def attach(
    *,
    case: Case,
    files: "Iterable[UploadedFile[Any]]",
    said_by: str,
    by: Actor,
    therapy_key: uuid.UUID | None = None,
    study_key: uuid.UUID | None = None,
) -> list[Document]:
    """Judge files and file them under one row, or under the case; the same file again is the same document.

    Raises:
        Refused: one of the files cannot be taken; nothing was written.
    """
    place = {"therapy_key": therapy_key, "study_key": study_key}
    judged: list[uploads.CheckedUpload] = []
    kept: set[str] = set()
    try:
        for file in files:
            judged.append(uploads.check(file))
        with transaction.atomic():
            filed = [file_document(case=case, upload=each, said_by=said_by, by=by, **place) for each in judged]
        kept = {document.path for document in filed}
    finally:
        # The disk knows no transactions: what no row tells of goes again.
        for upload in judged:
            if upload.path not in kept:
                uploads.discard(upload.path)
    return filed


@transaction.atomic
def raise_alert(*, case: Case, kind: str, signs: list[str], by: Actor) -> Alert:
    """Put the case before the clinic at once. Signs that an open alert does not name yet make a new one."""
    case_now = _held(case)
    standing = case.alerts.filter(kind=kind, released_at=None).first()
    if standing and set(signs) <= set(standing.signs):
        return standing
    if standing:
        _release(standing, by.user_id, "Further signs were reported; see the next alert.")
        signs = sorted({*standing.signs, *signs})
    alert = Alert.objects.create(case=case, kind=kind, signs=signs, raised_by_id=by.user_id)
    column = "urgent_since" if kind == Alert.Kind.URGENT else "changed_since"
    if getattr(case_now, column) is None:
        Case.objects.filter(pk=case.pk).update(**{column: DatabaseNow()})
        case.refresh_from_db(fields=[column])
    record(by=by, verb=f"alert.{kind}_raised", patients=[case.patient_id], of=alert)
    tell_the_clinic(kind=kind, by=by)
    return alert


def tell_the_clinic(*, kind: str, by: Actor) -> None:
    """Mail the alert address, or every clinician while there is none: that there is news, and the link."""
    address = Clinic.current().alert_email
    staff = User.objects.filter(role__in=CLINICAL_ROLES, is_active=True, email__isnull=False)
    for to in [address] if address else [user.email for user in staff if user.email]:
        send_template(
            kind=f"{kind}_alert", to=to, language="en", context={"link": settings.PUBLIC_ADDRESS}, by=by, urgent=True
        )


def _release(alert: Alert, by: int | None, finding: str) -> None:
    alert.released_at, alert.released_by_id, alert.finding = now(), by, finding
    alert.save(update_fields=["released_at", "released_by", "finding"])


@transaction.atomic
def release_alert(*, alert: Alert, finding: str, by: Actor) -> None:
    """A clinician looked into it: the finding is kept, and the case stands where it stood before."""
    case = _held(alert.case)
    alert.refresh_from_db()
    if alert.released_at is not None:
        raise Refused("Somebody else has released this alert already.")
    if not finding.strip():
        raise Refused("Write what you found before you release this alert.")
    _release(alert, by.person_id, finding.strip())
    column = "urgent_since" if alert.kind == Alert.Kind.URGENT else "changed_since"
    Case.objects.filter(pk=case.pk).update(**{column: None})
    record(by=by, verb=f"alert.{alert.kind}_released", patients=[case.patient_id], of=alert)


@transaction.atomic
def move_case(*, case: Case, to: str, by: Actor) -> None:
    """Bring a case to its next stage; where it stands already it stays."""
    standing = _held(case)
    if standing.stage == to:
        return
    Case.objects.filter(pk=case.pk).update(stage=to, stage_since=DatabaseNow())
    case.refresh_from_db(fields=["stage", "stage_since"])
    record(by=by, verb="case.moved", patients=[case.patient_id], of=case, detail={"from": standing.stage, "to": to})


@transaction.atomic
def place(*, case: Case, region: str, side: str, by: Actor) -> None:
    """Keep on the case where the pain is, so that lists can show and filter it."""
    if (case.region, case.side) == (region, side):
        return
    case.region, case.side = region, side
    case.save(update_fields=["region", "side"])
    record(by=by, verb="case.placed", patients=[case.patient_id], of=case)


@transaction.atomic
def claim(*, case: Case, by: Actor, reason: str = "") -> None:
    """Take a case on. One that a colleague has is only taken over with a reason."""
    standing = _held(case)
    if standing.claimed_by_id == by.user_id:
        return
    if standing.claimed_by_id and not reason.strip():
        raise Refused(f"{standing.claimed_by} has this case. To take it over, say why.")
    _set_claim(case, by.user_id)
    detail = {"from": standing.claimed_by_id, "reason": reason.strip()} if standing.claimed_by_id else {}
    record(by=by, verb="case.claimed", patients=[case.patient_id], of=case, detail=detail)


@transaction.atomic
def release_claim(*, case: Case, by: Actor) -> None:
    """Give a case back to the list."""
    standing = _held(case)
    if standing.claimed_by_id is None:
        return
    if standing.claimed_by_id != by.user_id:
        raise Refused(f"{standing.claimed_by} has this case.")
    _set_claim(case, None)
    record(by=by, verb="case.claim_released", patients=[case.patient_id], of=case)


def _set_claim(case: Case, user_id: int | None) -> None:
    case.claimed_by_id, case.claimed_at = user_id, now() if user_id else None
    case.save(update_fields=["claimed_by", "claimed_at"])


@transaction.atomic
def set_final(*, case: Case, final: bool, by: Actor) -> None:
    """Close the chart, so that what must be documented and is not counts as missing; or open it again."""
    standing = _held(case)
    if (standing.record_final_at is not None) == final:
        return
    case.record_final_at, case.record_final_by_id = (now(), by.user_id) if final else (None, None)
    case.save(update_fields=["record_final_at", "record_final_by"])
    verb = "case.chart_closed" if final else "case.chart_reopened"
    record(by=by, verb=verb, patients=[case.patient_id], of=case)
