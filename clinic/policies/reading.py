"""What other rooms ask: which rules count on a day, and which of them a patient's plan goes by."""

from datetime import date

from .kept import Kept
from .models import Effect, PlanMapping, Version


def in_effect(day: date) -> tuple[Kept, ...]:
    """The sets that count on a day, each with its sign-off, by key. Two queries."""
    versions = Version.objects.filter(effects__in=Effect.objects.on(day)).with_sign_offs()
    return tuple(version.kept for version in versions.order_by("key"))


def own_key(payer: str, plan_name: str = "") -> str | None:
    """The key of the set that a plan goes by: what is said of this plan, else of every plan of the payer.

    Capitals, accents and blanks around do not matter. None where the clinic said nothing of them.
    """
    if not payer.strip():
        return None
    of_payer = PlanMapping.objects.of_payer(payer)
    fits = of_payer.filter(plan_name="") | of_payer.of_plan(plan_name)
    return fits.order_by("-plan_name").values_list("key", flat=True).first()
