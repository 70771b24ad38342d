"""What follows a decision in the stories: a day is found, the session is carried out, and check-ins are answered."""

import uuid
from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from typing import Any

from clinic.audit.actor import Actor
from clinic.candidacy.casefile import CaseFile
from clinic.intake.questions.instruments import RMDQ
from clinic.intake.questions.speaks import PEG
from clinic.record.models import BloodThinner
from clinic.treatment.checkins.actions import answering, asking
from clinic.treatment.checkins.heard import Heard
from clinic.treatment.checkins.models import CheckIn
from clinic.treatment.pathway import actions as pathway
from clinic.treatment.pathway.models import Pathway
from clinic.treatment.procedure import actions as procedure
from clinic.treatment.procedure import planned, reading
from clinic.treatment.procedure.checklist import Answer
from clinic.treatment.procedure.models import Agreed, Answered, Said, WentWrong

from .calendar import day_of
from .shape import Booked, CheckedBefore, CheckedIn, SessionDone, ThinnerAgreed, Worked
from .stage import Plays, Stage


def _way(stage: Stage) -> Pathway:
    return Pathway.objects.open().select_related("decision__assessment").get(case=stage.case)


def _booked(scene: Booked, stage: Stage) -> None:
    day, by = day_of(scene.on, stage.today()), stage.worker(scene.by)
    pathway.book(pathway=_way(stage), day=day, time=time.fromisoformat(scene.time), nonce=uuid.uuid4(), by=by)


def _thinner_agreed(scene: ThinnerAgreed, stage: Stage) -> None:
    case, today = stage.case, stage.today()
    agreed = Agreed(
        goes_on=False,
        last_dose_on=day_of(scene.last_dose, today),
        first_dose_on=day_of(scene.first_dose, today),
        agreed_with=scene.agreed_with,
        agreed_on=today,
        words=scene.words,
    )
    key = BloodThinner.objects.current().filter(case=case)[0].key
    procedure.plan_thinner(case=case, thinner_key=key, agreed=agreed, nonce=uuid.uuid4(), by=stage.worker(scene.by))


def _checked_before(scene: CheckedBefore, stage: Stage) -> None:
    way = _way(stage)
    settled = {key: Answered(Answer.SETTLED, words) for key, words in scene.settled.items()}
    clear = {item.key: Answered(Answer.CLEAR) for item in reading.checks(CaseFile.of(stage.case))}
    procedure.go_through(pathway=way, items=clear | settled, nonce=uuid.uuid4(), by=stage.worker(scene.by))


def _session_done(scene: SessionDone, stage: Stage) -> None:
    """As the signed plan says, at the level that the study on record shows."""
    way = _way(stage)
    plan = way.decision.assessment.facts["plan"]
    known: dict[str, Any] = {name: plan[name] for name in planned.COMPARED if name != "level_count"}
    levels = [row["level"] for row in way.decision.assessment.facts["imaging"]]
    known |= {"dose_mg": Decimal(str(plan["dose_mg"])), "levels": levels[: plan["level_count"]], **scene.said}
    said = Said(
        **known,
        on=stage.today(),
        location=stage.location,
        performed_by=stage.staff[scene.by],
        complications=[WentWrong(kind, stage.today()) for kind in scene.went_wrong],
    )
    procedure.record_session(pathway=way, said=said, nonce=uuid.uuid4(), by=stage.worker(scene.by))


def _worked(_scene: Worked, _stage: Stage) -> None:
    asking.ask_due()
    asking.remind_due()


def _checked_in(scene: CheckedIn, stage: Stage) -> None:
    asking.ask_due()
    check_in = CheckIn.objects.get(session=stage.case.sessions.current().latest("on"), moment=scene.moment)
    by, how = (stage.worker(scene.by), "call") if scene.by else (Actor(ip=stage.ip), "link")
    answering.answer(check_in=check_in, said=_heard(scene.said), how=how, nonce=uuid.uuid4(), by=by)


def _heard(said: Mapping[str, Any]) -> Heard:
    """`peg` are its three numbers, `rmdq` the numbers of the sentences that are true; no sign is said to be none."""
    plain = {name: value for name, value in said.items() if name not in ("peg", "rmdq")}
    items: dict[str, dict[str, int]] = {}
    if "peg" in said:
        items["PEG"] = dict(zip(PEG, said["peg"], strict=True))
    if "rmdq" in said:
        items["RMDQ"] = {str(number): int(number in said["rmdq"]) for number in range(1, len(RMDQ) + 1)}
    return Heard(**plain, items=items, no_signs="signs" not in plain)


PLAYS: Plays = {
    Booked: _booked,
    ThinnerAgreed: _thinner_agreed,
    CheckedBefore: _checked_before,
    SessionDone: _session_done,
    Worked: _worked,
    CheckedIn: _checked_in,
}
