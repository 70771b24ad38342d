"""The only code that writes who read what, whether it was understood, and what worries them."""

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext
from wagtail.models import Page, Revision

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.people.limits import one_at_a_time
from clinic.people.models import Patient
from clinic.post.actions import tell_of_news
from clinic.record.models import Case, Stage
from education.library.versions import Version

from .models import Reading, Understanding, Worry, WorryAnswer, WorryTranslation
from .whose import relation_to

Kind = WorryAnswer.Kind


@transaction.atomic
def note_reading(*, patients: Sequence[Patient], page: Page, revision: Revision, by: Actor) -> None:
    """Keep that this version was opened; again on the same day it is kept already."""
    one_at_a_time(f"reading of {by.person_id}")
    fresh = [patient for patient in patients if not _read_today(patient, revision, by)]
    for patient in fresh:
        Reading.objects.create(patient=patient, by_id=by.person_id, page=page, revision=revision, on=patient.today())
    if fresh:
        record(by=by, verb="page.read", patients=[patient.pk for patient in fresh], of=revision)


def _read_today(patient: Patient, revision: Revision, by: Actor) -> bool:
    return patient.readings.filter(by_id=by.person_id, revision=revision, on=patient.today()).exists()


@transaction.atomic
def keep_understanding(
    *, patients: Sequence[Patient], version: Version, choices: Sequence[int | None], sent_as: uuid.UUID, by: Actor
) -> None:
    """Keep what was chosen for each question of a version, counted from 1. Sent twice, it is kept once.

    Who answers has read it, be it before they signed in.
    """
    one_at_a_time(f"understanding {sent_as}")
    if Understanding.objects.filter(sent_as=sent_as).exists():
        return
    right = [
        None if choice is None else choice == asked.right
        for asked, choice in zip(version.questions, choices, strict=True)
    ]
    note_reading(patients=patients, page=version.page.page_ptr, revision=version.revision, by=by)
    said = {"page": version.page.page_ptr, "revision": version.revision, "choices": list(choices), "right": right}
    for patient in patients:
        Understanding.objects.create(patient=patient, by_id=by.person_id, sent_as=sent_as, **said)
    record(by=by, verb="page.questions_answered", patients=[patient.pk for patient in patients], of=version.revision)


@transaction.atomic
def send_worry(
    *, case: Case, words: str, version: Version | None, language: str, sent_as: uuid.UUID, by: Actor
) -> Worry:
    """Put before the doctor what worries the patient; nobody is alarmed by it. Sent twice, it is kept once.

    Raises:
        Refused: the case is closed, or the same form was sent for another one.
    """
    held = Case.objects.select_for_update(of=("self",)).select_related("patient").get(pk=case.pk)
    if standing := Worry.objects.filter(sent_as=sent_as).first():
        if standing.case_id != held.pk:
            raise Refused(gettext("This was sent already. Open the page again to send another."))
        return standing
    if held.stage == Stage.WITHDRAWN:
        raise Refused(gettext("This case is closed. Please call us."))
    worry = Worry.objects.create(
        case=held,
        page=version.page.page_ptr if version else None,
        revision=version.revision if version else None,
        words=words,
        language=language,
        written_by_id=by.person_id,
        written_for=relation_to(held.patient, by.person_id) or "",
        sent_as=sent_as,
    )
    record(by=by, verb="worry.sent", patients=[held.patient_id], of=worry)
    return worry


@transaction.atomic
def answer_worry(*, worry: Worry, words: str, language: str, by: Actor) -> WorryAnswer:
    """Answer in words, and mail the patient that something waits. The same words again are the same answer."""
    if not words.strip():
        raise Refused("Write an answer before you send it.")
    held = _held(worry, by)
    latest = held.answers.last()
    if latest and (latest.words, latest.by_id) == (words.strip(), by.person_id):
        return latest
    return _answered(held, Kind.WORDS, words.strip(), language, by)


@transaction.atomic
def leave_for_visit(*, worry: Worry, by: Actor) -> WorryAnswer:
    """Say that it is talked about at the visit, and mail the patient that something waits."""
    held = _held(worry, by)
    if latest := held.answers.last():
        return latest
    return _answered(held, Kind.AT_VISIT, "", held.language, by)


def _held(worry: Worry, by: Actor) -> Worry:
    held = Worry.objects.select_for_update(of=("self",)).select_related("case__patient__user").get(pk=worry.pk)
    if relation_to(held.case.patient, by.person_id) is not None:
        raise Refused("You cannot answer a worry of your own, or of somebody you act for.")
    return held


def _answered(worry: Worry, kind: Kind, words: str, language: str, by: Actor) -> WorryAnswer:
    answer = WorryAnswer.objects.create(worry=worry, kind=kind, words=words, language=language, by_id=by.person_id)
    patient = worry.case.patient
    record(by=by, verb="worry.answered", patients=[patient.pk], of=worry, detail={"kind": str(kind)})
    tell_of_news(patient=patient, by=by)
    return answer


@transaction.atomic
def translate_worry(*, worry: Worry, text: str, by: Actor) -> WorryTranslation:
    """Add a translation into English under one's own name; the patient's words stay as they are."""
    if not text.strip():
        raise Refused("Write the translation before you save it.")
    latest = worry.translations.last()
    if latest and (latest.text, latest.written_by_id) == (text.strip(), by.person_id):
        return latest
    translation = WorryTranslation.objects.create(worry=worry, text=text.strip(), written_by_id=by.person_id)
    record(by=by, verb="worry.translated", patients=[worry.case.patient_id], of=worry)
    return translation
