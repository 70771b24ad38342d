"""Signing a decision. It cannot be undone: a changed mind is a new decision that supersedes the one before."""

from django.db import IntegrityError, transaction

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.candidacy.casefile import CaseFile
from clinic.candidacy.models import Assessment, Decision, Outcome, Words
from clinic.candidacy.weighing import against, seal
from clinic.people.actions.signing_in import confirm_identity
from clinic.people.models import Role, User
from clinic.post.actions import tell_of_news
from clinic.record import actions as on_record
from clinic.record.models import Alert, Case, Stage

from .asking import settle
from .claims import concerns_themselves, held_for

SOMEBODY_ELSE = (
    "{who} has decided this case while you were writing. Nothing that you wrote is lost: read their decision, "
    "and sign again only if yours is to supersede it."
)
CHANGED = "The record has changed since this page was shown. Look at it again, then sign."


class Changed(Refused):
    """What would be signed is no longer what was shown."""


def sign(*, case: Case, words: Words, secret: str, by: Actor) -> Decision:
    """Sign a decision with one's password or second factor. The same nonce again is the same decision.

    Raises Refused with one sentence; Changed where the record is not what the page showed.
    """
    sent_before = Decision.objects.filter(nonce=words.nonce, case=case, signed_by=by.person_id)
    if before := sent_before.first():
        return before
    # Outside the transaction: a wrong secret must count even though nothing else is written.
    if not confirm_identity(user=User.objects.get(pk=by.person_id), secret=secret, by=by):
        raise Refused("That password or code is not right. Nothing was signed.")
    try:
        return _sign(case=case, words=words, by=by)
    except (IntegrityError, Refused) as problem:
        if meanwhile := sent_before.first():  # a double click: both were on their way at the same moment
            return meanwhile
        if isinstance(problem, Refused):
            raise
        raise Refused(SOMEBODY_ELSE.format(who="A colleague")) from problem


@transaction.atomic
def _sign(*, case: Case, words: Words, by: Actor) -> Decision:
    _may_decide(case, by)
    standing = Decision.objects.standing().filter(case=case).select_for_update(of=("self",)).first()
    if (standing.pk if standing else None) != words.supersedes:
        raise Refused(SOMEBODY_ELSE.format(who=standing.signed_name if standing else "A colleague"))
    held = held_for(case, by)
    file = CaseFile.of(held)
    _may_be_said(file, words)
    assessment = _keep(file, words.shown, by)
    decision = _write(file, assessment, words, standing, by)
    _carry_on(file, decision, by)
    return decision


def _may_decide(case: Case, by: Actor) -> None:
    if by.role != Role.DOCTOR:
        raise Refused("Only a doctor decides.")
    if concerns_themselves(case.patient, by):
        raise Refused("You cannot decide on yourself or on somebody you act for. Ask a colleague.")


def _may_be_said(file: CaseFile, words: Words) -> None:
    if file.stopped and words.outcome != Outcome.SENT_ELSEWHERE:
        raise Refused("An urgent sign stands. Release it with a finding, or send the patient elsewhere.")
    if not file.stopped and words.outcome != Outcome.SENT_ELSEWHERE and file.case.record_final_at is None:
        raise Refused("Close the chart before you decide, so that what is signed is what was closed.")
    if file.weighed.problems:
        raise Refused("Some entries of the record cannot be. Correct them before you decide.")
    if words.outcome == Outcome.CANDIDATE and file.weighed.holds and not words.holds_settled.strip():
        raise Refused("The safety screen holds this case. Write how that is settled before you say candidate.")
    if not words.patient_message.strip():
        raise Refused("Write the message to the patient before you sign.")


def _keep(file: CaseFile, shown: str, by: Actor) -> Assessment:
    content = file.to_seal()
    if seal(content) != shown:
        raise Changed(CHANGED)
    as_of = file.weighed.as_of
    return Assessment.objects.create(
        case=file.case, made_by_id=by.person_id, seal=shown, **(content | {"as_of": as_of})
    )


def _write(file: CaseFile, assessment: Assessment, words: Words, standing: Decision | None, by: Actor) -> Decision:
    result = file.to_decide_by(words.policy)
    contrary = against(words.outcome, result.outcome if result else None)
    if (contrary or words.outcome == Outcome.SENT_ELSEWHERE) and not words.reason.strip():
        raise Refused("This goes against the criteria. Write your reason." if contrary else "Write where and why.")
    decision = Decision(
        nonce=words.nonce,
        case=file.case,
        assessment=assessment,
        policy=result.key if result else "",
        outcome=words.outcome,
        against_criteria=contrary,
        reason=words.reason.strip(),
        holds_settled=words.holds_settled.strip(),
        still_missing=list(words.still_missing),
        patient_message=words.patient_message.strip(),
        patient_language=words.patient_language,
        signed_by_id=by.person_id,
        signed_name=str(User.objects.get(pk=by.person_id)),
        supersedes=standing,
    )
    decision.seal = seal(decision.content)
    decision.save(force_insert=True)
    detail = {"outcome": words.outcome, "against": contrary, "supersedes": decision.supersedes_id}
    record(by=by, verb="decision.signed", patients=[file.case.patient_id], of=decision, detail=detail)
    return decision


def _carry_on(file: CaseFile, decision: Decision, by: Actor) -> None:
    """What follows a decision: the case leaves the lists, what was open on it ends, and the patient hears of it."""
    case = file.case
    settle(case=case, by=by)
    if decision.outcome == Outcome.SENT_ELSEWHERE:
        for alert in case.alerts.filter(released_at=None, kind=Alert.Kind.URGENT):
            on_record.release_alert(alert=alert, finding=f"Sent elsewhere. {decision.reason}", by=by)
    on_record.move_case(case=case, to=Stage.DECIDED, by=by)
    on_record.release_claim(case=case, by=by)
    tell_of_news(patient=case.patient, by=by)
