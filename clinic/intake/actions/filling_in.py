"""Keeps what is typed, and at Continue says it to the record. Everything or nothing, and the same twice is once."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext, override

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import DatabaseNow
from clinic.intake.models import Answer, Draft, Intake
from clinic.intake.questions import VERSION, sheet, speaks
from clinic.intake.questions.asked import LIST_MARK, REMOVED, Answers, Given, Reply, counted
from clinic.intake.questions.dates import same_words
from clinic.intake.reading import answers_of
from clinic.people.models import CLINICAL_ROLES
from clinic.record import actions as record_actions
from clinic.record.models import Case, Stage

from . import telling


class Stale(Exception):
    """Another device has saved this page in the meantime; `draft` is what it saved."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("saved elsewhere")
        self.draft = draft


class Changed(Exception):
    """The answers are no longer those that were shown above the signature."""


@dataclass(frozen=True)
class Typed:
    """What stands on a page as it was typed, and the revision that it was typed over (0: the page was empty)."""

    page: str
    content: Mapping[str, list[str]]
    revision: int


@transaction.atomic
def begin(*, case: Case, language: str, by: Actor) -> Intake:
    """Open the case's one questionnaire, or the one that was opened before."""
    Case.objects.select_for_update().get(pk=case.pk)
    standing = Intake.objects.filter(case=case, kind=Intake.Kind.FULL).first()
    if standing:
        return standing
    intake = Intake.objects.create(case=case, version=VERSION, language=language, started_by_id=by.user_id)
    record(by=by, verb="intake.began", patients=[case.patient_id], of=intake)
    return intake


def _held(intake: Intake) -> Intake:
    """The intake, locked until the transaction ends; refused once it is sealed."""
    standing = Intake.objects.select_for_update(of=("self",)).select_related("case__patient__home_location")
    held = standing.get(pk=intake.pk)
    if held.sealed_at:
        raise Refused(gettext("These answers are signed already. You can still tell us that something changed."))
    return held


@transaction.atomic
def save_draft(*, intake: Intake, typed: Typed, by: Actor) -> Draft:
    """Keep what is being typed. The same again writes nothing; raises Stale where another device saved meanwhile."""
    held = _held(intake)
    standing = held.drafts.filter(page=typed.page).first()
    if standing and standing.content == typed.content:
        return standing
    if typed.revision != (standing.revision if standing else 0):
        raise Stale(standing or Draft(intake=held, page=typed.page, revision=0))
    draft = standing or Draft(intake=held, page=typed.page, revision=0)
    draft.content, draft.revision, draft.saved_by_id = dict(typed.content), draft.revision + 1, by.user_id
    draft.saved_at = DatabaseNow()
    draft.save()
    draft.refresh_from_db(fields=["saved_at"])
    patients, detail = [held.case.patient_id], {"page": typed.page}
    record(by=by, verb="intake.draft_saved", patients=patients, of=held, detail=detail)
    return draft


@transaction.atomic
def keep(
    *,
    intake: Intake,
    typed: Typed,
    replies: Sequence[Reply],
    language: str,
    by: Actor,
    section: str,
    row: uuid.UUID | None = None,
) -> bool:
    """Keep one page at Continue and say it to the record; returns whether the intake is stopped.

    `section` is the section's key, or the list's slug for an entry of a list, whose key is `row`. Raises Stale and
    writes nothing where another device saved meanwhile. While an urgent sign stands, only the draft is kept.
    """
    save_draft(intake=intake, typed=typed, by=by)
    held = _held(intake)
    if held.case.urgent_since:
        return True
    _say(held, section, replies, row, language, by)
    return Case.objects.get(pk=held.case_id).urgent_since is not None


@transaction.atomic
def confirm(
    *,
    intake: Intake,
    replies: Sequence[Reply],
    language: str,
    by: Actor,
    section: str,
    row: uuid.UUID | None = None,
) -> None:
    """Say in the patient's own name what the referrer said: `replies` are the referrer's words as answers."""
    held = _held(intake)
    if not held.case.urgent_since:
        _say(held, section, replies, row, language, by)


@transaction.atomic
def deny_row(*, intake: Intake, slug: str, row: uuid.UUID, asked: str, shown: str, language: str, by: Actor) -> None:
    """Keep that an entry which the referrer named is not true of the patient, in the words as asked and answered.

    The referrer's row stays, and so does this answer: which of them is right is the doctor's to find out.
    """
    held = _held(intake)
    before = answers_of(held, language)
    who = speaker(held, before, by)
    _mark(held, slug, row, REMOVED, language, {"asked": asked, "shown": shown, **who})
    record(by=by, verb="intake.row_denied", patients=[held.case.patient_id], of=held, detail={"row": str(row)})
    telling.tell(case=held.case, before=counted(before), after=counted(answers_of(held, language)), by=by)


def _say(held: Intake, section: str, replies: Sequence[Reply], row: uuid.UUID | None, language: str, by: Actor) -> None:
    """Add what is new to the answers, and say to the record what they now mean."""
    before = answers_of(held, language)
    fresh = _fresh(before, section, replies, row)
    who = speaker(held, _with_replies(before, fresh, row), by)
    _write(held, section, row, fresh, {"language": language, **who})
    if row and _was_taken_off(held, row):
        _mark(held, section, row, "", language, who)
    if held.language != language:
        Intake.objects.filter(pk=held.pk).update(language=language)
    if fresh:
        detail = {"section": section, "questions": sorted(reply.question for reply in fresh)}
        record(by=by, verb="intake.page_kept", patients=[held.case.patient_id], of=held, detail=detail)
    telling.tell(case=held.case, before=counted(before), after=counted(answers_of(held, language)), by=by)


def _was_taken_off(intake: Intake, row: uuid.UUID) -> bool:
    mark = intake.answers.filter(row=row, question=LIST_MARK).order_by("-id").first()
    return mark is not None and mark.value == REMOVED


def _write(
    intake: Intake, section: str, row: uuid.UUID | None, replies: Sequence[Reply], spoken: Mapping[str, Any]
) -> None:
    """Add the answers; `spoken` says in which language, and by whom and for whom."""
    Answer.objects.bulk_create(
        Answer(intake=intake, section=section, row=row, **vars(reply), **spoken) for reply in replies
    )


def _fresh(before: Answers, section: str, replies: Sequence[Reply], row: uuid.UUID | None) -> list[Reply]:
    """The replies that say something else than what stands: "about 10 weeks ago" keeps the day it was said on."""
    standing = before.rows.get(section, {}).get(str(row), {}) if row else before.plain
    return [
        reply
        for reply in replies
        if reply.question not in standing
        or not same_words(standing[reply.question].value, reply.value)
        or (reply.value is not None and standing[reply.question].asked != reply.asked)
    ]


def _with_replies(before: Answers, fresh: Sequence[Reply], row: uuid.UUID | None) -> Answers:
    return before if row else before.with_row({reply.question: Given(reply.value) for reply in fresh})


def speaker(intake: Intake, answers: Answers, by: Actor) -> dict[str, Any]:
    """Who gives these answers: the patient, somebody for them, or staff who types what is said to them."""
    patient, helper = intake.case.patient, speaks.given_for(counted(answers))
    own = by.user_id is not None and by.user_id == patient.user_id
    if by.role in CLINICAL_ROLES and not own:
        given_as = Intake.GivenAs.STAFF
    else:
        given_as = Intake.GivenAs.SELF if own and not helper else Intake.GivenAs.CARER
    return {"given_by_id": by.user_id, "given_as": given_as, "given_for": helper[:200]}


@transaction.atomic
def remove_row(*, intake: Intake, slug: str, row: uuid.UUID, language: str, by: Actor) -> None:
    """Take an entry off its list. What was said of it stays, and no longer counts."""
    held = _held(intake)
    before = answers_of(held, language)
    if str(row) not in before.rows.get(slug, {}):
        return
    _mark(held, slug, row, REMOVED, language, speaker(held, before, by))
    record(by=by, verb="intake.row_removed", patients=[held.case.patient_id], of=held, detail={"row": str(row)})
    telling.tell(case=held.case, before=counted(before), after=counted(answers_of(held, language)), by=by)


@transaction.atomic
def use_row(*, intake: Intake, slug: str, row: uuid.UUID, language: str, by: Actor) -> None:
    """Something that was tried for another complaint was tried for this one too: what was said of it is said here."""
    held = _held(intake)
    before = answers_of(held, language)
    earlier = Answer.objects.filter(intake__case__patient=held.case.patient, section=slug, row=row)
    said = [answer for answer in earlier.exclude(intake=held).latest_each() if answer.question != LIST_MARK]
    if str(row) in before.rows.get(slug, {}) or not said:
        return
    who = speaker(held, before, by)
    for answer in said:
        answer.pk, answer._state.adding, answer.intake = None, True, held
        for name, value in who.items():
            setattr(answer, name, value)
        answer.given_at = DatabaseNow()
        answer.save(force_insert=True)
    if held.answers.filter(row=row, question=LIST_MARK).exists():
        _mark(held, slug, row, "", language, who)
    record(by=by, verb="intake.row_used", patients=[held.case.patient_id], of=held, detail={"row": str(row)})
    telling.tell(case=held.case, before=counted(before), after=counted(answers_of(held, language)), by=by)


def _mark(intake: Intake, slug: str, row: uuid.UUID, value: str, language: str, who: dict[str, Any]) -> None:
    """Say that an entry stands on its list ("") or was removed from it."""
    words = {"asked": "", **who}
    Answer.objects.create(
        intake=intake, section=slug, question=LIST_MARK, row=row, language=language, value=value, **words
    )


@transaction.atomic
def seal(*, intake: Intake, signature: str, fingerprint: str, language: str, by: Actor) -> Intake:
    """Sign exactly the answers that were shown, and hand the case to the clinic; signed already, it stays as it is.

    Raises Changed where the answers are no longer those shown, Refused where some are still open or the name is empty.
    """
    standing = Intake.objects.select_for_update().get(pk=intake.pk)
    if standing.sealed_at:
        return standing
    held = _held(intake)
    shown = sheet_of(held, language)
    if sheet.fingerprint(shown) != fingerprint:
        raise Changed
    _refuse_unready(held, shown, signature)
    held.sealed, held.sealed_hash = shown, fingerprint
    held.signature, held.sealed_at, held.sealed_by_id = signature.strip(), DatabaseNow(), by.user_id
    held.language = language
    held.save(update_fields=["sealed", "sealed_hash", "signature", "sealed_at", "sealed_by", "language"])
    record(by=by, verb="intake.sealed", patients=[held.case.patient_id], of=held, detail={"hash": fingerprint})
    record_actions.move_case(case=held.case, to=Stage.REVIEW, by=by)
    held.refresh_from_db()
    return held


def _refuse_unready(intake: Intake, shown: dict[str, Any], signature: str) -> None:
    if intake.case.urgent_since:
        raise Refused(gettext("Please talk to us first. You can sign when the clinic has spoken with you."))
    if sheet.open_count(shown):
        raise Refused(gettext("Some questions still need an answer. “I don't know” is fine."))
    if not any(letter.isalpha() for letter in signature):
        raise Refused(gettext("Please type your name to sign."))


def sheet_of(intake: Intake, language: str) -> dict[str, Any]:
    """The answers as they stand, to be shown above the signature."""
    with override(language):
        return sheet.build(counted(answers_of(intake, language)), gettext)
