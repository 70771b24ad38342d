"""Which set a payer's plan goes by."""

from django.db import transaction

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
        mapping = PlanMapping.objects.create(payer=payer, plan_name=plan_name, key=key)
    elif mapping.key != key:
        mapping.key = key
        mapping.save(update_fields=["key"])
    else:
        return mapping
    record(by=by, verb="plan.mapped", of=mapping, detail={"set": key})
    return mapping


@transaction.atomic
def unmap_plan(*, mapping: PlanMapping, by: Actor) -> None:
    """Forget which set a plan goes by: its patients then see all sets and none as theirs."""
    record(by=by, verb="plan.unmapped", of=mapping, detail={"set": mapping.key})
    mapping.delete()
