"""Says to the record what the answers now mean, and only what has changed since before."""

import uuid
from typing import Any

from clinic.audit.actor import Actor
from clinic.criteria import safety
from clinic.criteria.facts import Facts
from clinic.intake.questions import ROWS, speaks
from clinic.intake.questions.asked import Answers
from clinic.people.actions.patients import change_patient
from clinic.record import actions as record_actions
from clinic.record.models import Alert, BloodThinner, Case, Injection, Listed, OtherInjection, SaidBy, Study, Therapy

MODELS: dict[str, type[Listed]] = {
    "Therapy": Therapy,
    "Injection": Injection,
    "OtherInjection": OtherInjection,
    "BloodThinner": BloodThinner,
    "Study": Study,
}


def tell(*, case: Case, before: Answers, after: Answers, by: Actor) -> None:
    """Say the difference between two sets of counted answers, within the caller's transaction."""
    facts = speaks.statements(after)
    record_actions.state_all(case=case, values=facts, said_by=SaidBy.PATIENT, by=by)
    _tell_rows(case, speaks.rows(before), speaks.rows(after), by)
    _tell_scores(case, speaks.scores(before), speaks.scores(after), by)
    region, side = facts["complaint.region"] or "", facts["complaint.side"] or ""
    if (region, side) != _place(speaks.statements(before)):
        record_actions.place(case=case, region=region, side=side, by=by)
    known = speaks.person(after)
    if known != speaks.person(before):
        change_patient(patient=case.patient, by=by, **known)
    new_signs = sorted(set(urgent_signs(after)) - set(urgent_signs(before)))
    if new_signs:
        record_actions.raise_alert(case=case, kind=Alert.Kind.URGENT, signs=new_signs, by=by)


def urgent_signs(answers: Answers) -> list[str]:
    """The urgent signs that the patient said yes to, by the safety screen's own rule."""
    facts = {
        fact.partition(".")[2]: value
        for fact, value in speaks.statements(answers).items()
        if fact.startswith("red_flags.")
    }
    document = {"as_of": answers.today.isoformat(), "red_flags": facts}
    return [sign.key for sign in safety.screen(Facts.parse(document)).urgent]


def _place(facts: dict[str, Any]) -> tuple[str, str]:
    return facts["complaint.region"] or "", facts["complaint.side"] or ""


Rows = dict[str, dict[str, dict[str, Any]]]


def _tell_rows(case: Case, before: Rows, after: Rows, by: Actor) -> None:
    for slug, rows in ROWS.items():
        model = MODELS[rows.model]
        for key, fields in after[slug].items():
            if before[slug].get(key) != fields:
                record_actions.put(model=model, case=case, key=uuid.UUID(key), said_by=SaidBy.PATIENT, by=by, **fields)
        for key in before[slug].keys() - after[slug].keys():
            for row in model.objects.current().filter(key=key, said_by=SaidBy.PATIENT):
                _take_back(case, row, by)


def _take_back(case: Case, row: Listed, by: Actor) -> None:
    if isinstance(row, Therapy):
        record_actions.leave_case(row=row, case=case, by=by)
    else:
        record_actions.strike(row=row, by=by)


def _tell_scores(case: Case, before: list[dict[str, Any]], after: list[dict[str, Any]], by: Actor) -> None:
    for gone in [score for score in before if score not in after]:
        mine = case.scores.current().filter(said_by=SaidBy.PATIENT, injection_key=None)
        for row in mine.filter(scale=gone["scale"], period=gone["period"], on=gone["on"]):
            record_actions.strike(row=row, by=by)
    for score in after:
        if score not in before:
            record_actions.score(case=case, said_by=SaidBy.PATIENT, by=by, **score)
