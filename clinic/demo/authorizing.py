"""How the staff of the stories records what a payer answered to the decision that stands."""

import uuid

from clinic.authorization import actions
from clinic.authorization.models import Said
from clinic.candidacy.models import Decision

from .calendar import day_of
from .shape import PayerAnswered
from .stage import Plays, Stage


def _payer_answered(scene: PayerAnswered, stage: Stage) -> None:
    case, person = stage.case, stage.story.person
    said = Said(
        nonce=uuid.uuid4(),
        kind=scene.kind,
        on=stage.today(),
        payer=person.payer,
        plan_name=person.plan_name,
        reference=scene.reference,
        clauses=scene.clauses,
        reason=scene.reason,
        peer_to_peer=scene.peer_to_peer,
        last_day=day_of(scene.last_day, stage.today()) if scene.last_day else None,
    )
    decision = Decision.objects.standing().get(case=case)
    actions.add_step(decision=decision, said=said, by=stage.worker(scene.by))


PLAYS: Plays = {PayerAnswered: _payer_answered}
