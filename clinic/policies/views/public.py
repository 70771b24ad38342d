"""What plans ask, for everybody: only sets that this clinic signed off and that count today. No patient data."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from clinic.people.doors import EVERYBODY, opens_to
from clinic.people.lists import clinic_day
from clinic.people.request import Request
from clinic.policies.asked import Asked, asked, side_by_side
from clinic.policies.models import PlanMapping
from clinic.policies.reading import own_key
from clinic.policies.shelf import counting_and_signed_off

LONGEST = 100  # characters of a name, as at a patient's own entry


@dataclass(frozen=True)
class Sought:
    """A plan that somebody looks for by its name, and the key of the set that it goes by, if any is known."""

    payer: str
    plan_name: str
    key: str | None


@opens_to(EVERYBODY)
@require_GET
def what_plans_ask(request: Request) -> HttpResponse:
    """What each plan asks for before an injection, side by side, or one plan by itself."""
    language = get_language() or "en"
    standing = counting_and_signed_off(clinic_day())
    found = [asked(kept, now.spell.first_day, language) for kept, now in standing]
    sought = _sought(request)
    wanted = sought.key if sought else request.GET.get("plan", "")
    chosen = next((each for each in found if each.key == wanted), None)
    shown = {
        "plans": found,
        "chosen": chosen,
        "sought": sought,
        "rows": side_by_side(found, language),
        "payers": _payers(found),
    }
    return render(request, "policies/what_plans_ask.html", shown)


def _sought(request: Request) -> Sought | None:
    payer, plan_name = (request.GET.get(name, "").replace("\x00", "")[:LONGEST] for name in ("payer", "plan_name"))
    return Sought(payer, plan_name, own_key(payer, plan_name)) if payer.strip() else None


def _payers(found: list[Asked]) -> dict[str, list[str]]:
    """By the key of each set that is shown, the payers and plans that go by it."""
    named = PlanMapping.objects.filter(key__in=[each.key for each in found]).order_by("payer", "plan_name")
    payers: dict[str, list[str]] = {}
    for mapping in named:
        payers.setdefault(mapping.key, []).append(str(mapping))
    return payers
