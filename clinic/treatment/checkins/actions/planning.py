"""Verb of the clinic's own days: when its patients are asked."""

from collections.abc import Sequence

from django.db import transaction

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.people.limits import one_at_a_time
from clinic.treatment.checkins import plan
from clinic.treatment.checkins.models import Plan
from clinic.treatment.checkins.plan import Moment


@transaction.atomic
def set_plan(*, moments: Sequence[Moment], seen: int | None, by: Actor) -> Plan:
    """Ask on these days from now on. `seen` is the plan that the page showed; None: the one that came first.

    Raises:
        Refused: these cannot be a plan, or somebody set another one meanwhile.
    """
    one_at_a_time("the plan of the check-ins")
    standing = Plan.objects.order_by("-pk").first()
    if (standing.pk if standing else None) != seen:
        raise Refused("Somebody changed these days while you were here. Look at them, then change them again.")
    if why := plan.wrong(moments):
        raise Refused(why)
    rows = [moment.to_dict() for moment in sorted(moments, key=lambda each: each.due_on(plan.EVERY_DAY[0]))]
    if standing and standing.moments == rows:
        return standing
    kept = Plan.objects.create(moments=rows, set_by_id=by.person_id)
    record(by=by, verb="check_in_plan.set", of=kept, detail={"moments": [Moment(**row).key for row in rows]})
    return kept
