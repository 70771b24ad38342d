"""How the staff of the stories works on a case: reads it, fills in the chart, asks, decides and signs."""

import uuid
from decimal import Decimal

from django.http import QueryDict

from clinic.audit.actions import record
from clinic.candidacy import chart as knowledge
from clinic.candidacy.actions import alerts, asking, chart, claims, decisions
from clinic.candidacy.asked_again import askable
from clinic.candidacy.casefile import CaseFile
from clinic.candidacy.evidence import label
from clinic.candidacy.forms.chart import ChartFields, GroupForm
from clinic.candidacy.forms.decide import DecideForm
from clinic.intake.questions.later import of_any

from .calendar import day_of
from .house import PASSWORD
from .shape import (
    Asked,
    ChangeSettled,
    ChartClosed,
    Charted,
    ChartReopened,
    Claimed,
    Decided,
    Looked,
    Said,
    Scored,
    UrgentReleased,
)
from .stage import Plays, Stage, Untrue
from .typing_in import words


def _looked(scene: Looked, stage: Stage) -> None:
    case = stage.case
    record(by=stage.worker(scene.by), verb="case.opened", patients=[case.patient_id], of=case)


def _claimed(scene: Claimed, stage: Stage) -> None:
    claims.claim(case=stage.case, by=stage.worker(scene.by))


def _charted(scene: Charted, stage: Stage) -> None:
    file = CaseFile.of(stage.case)
    group = knowledge.BY_KEY[scene.group]
    form = GroupForm(group, file, stage.today(), _chart_data(scene, GroupForm(group, file, stage.today()), stage))
    if not form.is_valid():
        wrong = [each.errors.as_json() for each in form.forms if each.errors]
        raise Untrue(f"{stage.story.person.name}, chart {scene.group}: {wrong}")
    chart.say(case=file.case, facts=form.facts(), rows=form.rows(), by=stage.worker(scene.by))


def _chart_data(scene: Charted, empty: GroupForm, stage: Stage) -> QueryDict:
    """What the browser would post: the page as it was shown, with what the doctor typed over it."""
    data = QueryDict(mutable=True)
    data["seen"] = empty.fingerprint
    _type_over(data, empty.scalars, scene.said, stage)
    for rows in empty.lists:
        typed = scene.rows.get(rows.of.path, ())
        if len(typed) > len(rows.entries):
            raise Untrue(f"{stage.story.person.name}, chart {scene.group}: a page has room for one new row")
        for entry, said in zip(rows.entries, (*typed, *[{}] * len(rows.entries)), strict=False):
            _type_over(data, entry.form, said, stage)
    return data


def _type_over(data: QueryDict, form: ChartFields, said: Said, stage: Stage) -> None:
    strange = set(said) - {each.fact for each in form.of.values()}
    if strange:
        raise Untrue(f"{stage.story.person.name}: the chart has no {sorted(strange)}")
    for key, each in form.of.items():
        shown = form.initial[key]
        data[form.add_prefix(key)] = words(said[each.fact], stage.today(), "en") if each.fact in said else shown


def _scored(scene: Scored, stage: Stage) -> None:
    case = stage.case
    injections = list(case.patient.injections.current().order_by("pk").values_list("key", flat=True))
    chart.add_score(
        case=case,
        scale=scene.scale,
        value=Decimal(scene.value),
        on=day_of(scene.on, stage.today()),
        injection_key=injections[scene.injection - 1] if scene.injection else None,
        moment=scene.moment,
        by=stage.worker(scene.by),
    )


def _chart_closed(scene: ChartClosed, stage: Stage) -> None:
    chart.close(case=stage.case, by=stage.worker(scene.by))


def _chart_reopened(scene: ChartReopened, stage: Stage) -> None:
    chart.reopen(case=stage.case, by=stage.worker(scene.by))


def _urgent_released(scene: UrgentReleased, stage: Stage) -> None:
    alerts.release_urgent(case=stage.case, finding=scene.finding, by=stage.worker(scene.by))


def _change_settled(scene: ChangeSettled, stage: Stage) -> None:
    alerts.settle_change(case=stage.case, finding=scene.finding, by=stage.worker(scene.by))


def _asked(scene: Asked, stage: Stage) -> None:
    """Ask only what the clauses said is missing, as the page offers it."""
    file = CaseFile.of(stage.case)
    offered = askable(file.weighed.missing, file.weighed.document, file.questions)
    chosen = [each for each in offered if of_any(each.question) in scene.questions]
    if strange := set(scene.questions) - {of_any(each.question) for each in chosen}:
        names = sorted(each.question for each in offered)
        raise Untrue(f"{stage.story.person.name}: {sorted(strange)} is not missing, only {names}")
    questions, facts = [each.question for each in chosen], [path for each in chosen for path in each.paths]
    asking.ask(case=file.case, facts=facts, questions=questions, note=scene.note, by=stage.worker(scene.by))


def _decided(scene: Decided, stage: Stage) -> None:
    case = stage.case
    file = CaseFile.of(case)
    result = file.to_decide_by(scene.policy)
    form = DecideForm(
        outcome=scene.outcome,
        missing=[(path, label(path, file.weighed.document)) for path in (result.missing if result else [])],
        language=case.patient.language,
        data=_decision_data(scene, file),
    )
    written, by = stage.heard(form, "decision").words(result.key if result else ""), stage.worker(scene.by)
    decisions.sign(case=case, words=written, secret=form.cleaned_data["secret"], by=by)


def _decision_data(scene: Decided, file: CaseFile) -> QueryDict:
    data = QueryDict(mutable=True)
    data["nonce"] = str(uuid.uuid4())
    data["shown"] = file.seal
    data["supersedes"] = str(file.decision.pk) if file.decision else ""
    data["reason"], data["holds_settled"] = scene.reason, scene.holds_settled
    data.setlist("still_missing", list(scene.still_missing))
    data["patient_message"] = "\n\n".join(scene.message)
    data["secret"] = PASSWORD
    return data


PLAYS: Plays = {
    Looked: _looked,
    Claimed: _claimed,
    Charted: _charted,
    Scored: _scored,
    ChartClosed: _chart_closed,
    ChartReopened: _chart_reopened,
    UrgentReleased: _urgent_released,
    ChangeSettled: _change_settled,
    Asked: _asked,
    Decided: _decided,
}
