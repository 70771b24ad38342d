"""What happened to the case moves its referral on: the patient sent the answers, the doctor signed."""

from datetime import datetime
from typing import cast

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery

from clinic.audit.actions import Refused
from clinic.audit.actor import SYSTEM, Actor
from clinic.candidacy.models import Decision
from clinic.record.models import Stage
from referrals.loop.actions.steps import Said, step
from referrals.loop.lifecycle import State, Worklist
from referrals.loop.models import Referral, Step

AT_ONCE = 500  # of each kind in a run; what is left is found a minute later
SENT = (Stage.REVIEW, Stage.ASKED, Stage.DECIDED)


def catch_up(*, by: Actor = SYSTEM) -> int:
    """Bring every referral to where its case is; how many moved. Found by asking, so it may run at any time."""
    moved = 0
    for found, to in (
        (_sent(Referral.objects.all()), State.IN_REVIEW),
        (_decided(Referral.objects.all()), State.DECIDED),
    ):
        for referral in found[:AT_ONCE]:
            moved += _moved(referral, to, by)
    return moved


def catch_up_one(referral: Referral, by: Actor = SYSTEM) -> Referral:
    """The same for one, before somebody looks at it."""
    one = Referral.objects.filter(pk=referral.pk)
    changed = sum(_moved(each, State.IN_REVIEW, by) for each in _sent(one))
    changed += sum(_moved(each, State.DECIDED, by) for each in _decided(one))
    if changed:
        referral.refresh_from_db()
    return referral


def _sent(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Those whose patient has sent the answers. A case that was decided before is not with the doctor again."""
    waiting = referrals.filter(worklist__in=[Worklist.TO_INVITE, Worklist.WITH_PATIENT], case__stage__in=SENT)
    return waiting.order_by()  # in no order: by their number, every referral would be looked at


def _decided(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Those about which a doctor has signed a decision that stands, after they were accepted."""
    accepted = Step.objects.filter(referral=OuterRef("pk"), to_state=State.ACCEPTED).order_by()
    since = Subquery(accepted.values("referral").annotate(at=Max("done_at")).values("at"))
    signed = Decision.objects.standing().filter(case=OuterRef("case"), signed_at__gt=OuterRef("accepted_at"))
    reviewed = referrals.filter(worklist=Worklist.WITH_DOCTOR).annotate(accepted_at=since)
    return reviewed.filter(Exists(signed)).order_by()


def _moved(referral: Referral, to: State, by: Actor) -> bool:
    try:
        step(referral=referral, to=to, by=by, said=Said(), seen=referral.state)
    except Refused:  # somebody else moved it meanwhile
        return False
    return True


def standing_decision(referral: Referral) -> Decision | None:
    """The decision that answers this referral: the one that stands, signed after the referral was accepted."""
    accepted = cast(
        "datetime | None", referral.steps.filter(to_state=State.ACCEPTED).aggregate(at=Max("done_at"))["at"]
    )
    if accepted is None or referral.case_id is None:
        return None
    standing = Decision.objects.standing().filter(case=referral.case_id, signed_at__gt=accepted)
    return standing.select_related("assessment", "signed_by").first()
