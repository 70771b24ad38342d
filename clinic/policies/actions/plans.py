"""Which set a payer's plan goes by."""

from django.db import IntegrityError, transaction

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.policies.models import Effect, PlanMapping


@transaction.atomic
def map_plan(*, payer: str, plan_name: str, key: str, by: Actor) -> PlanMapping:
    """Say which set a payer goes by, for one plan or (empty) for every plan; said again, the set changes."""
    payer, plan_name = " ".join(payer.split()), " ".join(plan_name.split())
    if not payer:
        raise Refused("Name the payer.")
    if not Effect.objects.filter(key=key).exists():
        raise Refused("There is no such set.")
    mapping = PlanMapping.objects.of_payer(payer).of_plan(plan_name).first()
    if mapping is None:
        mapping = _added(payer, plan_name, key)
    elif mapping.key != key:
        mapping.key = key
        mapping.save(update_fields=["key"])
    else:
        return mapping
    record(by=by, verb="plan.mapped", of=mapping, detail={"set": key})
    return mapping


def _added(payer: str, plan_name: str, key: str) -> PlanMapping:
    try:
        with transaction.atomic():
            return PlanMapping.objects.create(payer=payer, plan_name=plan_name, key=key)
    except IntegrityError as problem:  # two at the same moment: the second did not see what the first said
        raise Refused("Somebody said at this very moment which set this plan goes by. Look at the table.") from problem


@transaction.atomic
def unmap_plan(*, mapping: PlanMapping, by: Actor) -> None:
    """Forget which set a plan goes by: its patients then see all sets and none as theirs."""
    record(by=by, verb="plan.unmapped", of=mapping, detail={"set": mapping.key})
    mapping.delete()
