"""Which set a payer's plan goes by. The administrator sees how often patients named a payer, and no patient."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from clinic.audit.actions import record
from clinic.people.doors import ADMINISTRATORS, opens_to
from clinic.people.lists import clinic_day
from clinic.people.request import Request
from clinic.people.views.outcome import carried_out, form_page, show_form, tried
from clinic.policies.actions import plans as actions
from clinic.policies.forms import GoesByForm, PlanForm
from clinic.policies.models import PlanMapping
from clinic.policies.reading import named_but_not_mapped
from clinic.policies.shelf import standings


@opens_to(ADMINISTRATORS)
@form_page
def plans(request: Request) -> HttpResponse:
    """The table of payers and plans, and those that patients named which go by no set yet."""
    choices = _sets()
    form = PlanForm(request.POST or None, sets=choices)
    if request.method == "POST" and carried_out(form, actions.map_plan, by=request.actor):
        messages.success(request, f"{form.cleaned_data['payer']} goes by {dict(choices)[form.cleaned_data['key']]}.")
        return redirect("policies:plans")
    record(by=request.actor, verb="payers.counted")
    shown: dict[str, Any] = {
        "mappings": [(each, dict(choices).get(each.key, each.key)) for each in _mappings()],
        "named": named_but_not_mapped(),
        "choices": choices,
    }
    return show_form(request, "policies/plans.html", form, **shown)


@opens_to(ADMINISTRATORS)
@form_page
def change_plan(request: Request, pk: int) -> HttpResponse:
    """Let a plan go by another set."""
    mapping = get_object_or_404(PlanMapping, pk=pk)
    form = GoesByForm(request.POST or None, sets=_sets(), initial={"key": mapping.key})
    words = {"payer": mapping.payer, "plan_name": mapping.plan_name}
    if request.method == "POST" and carried_out(form, actions.map_plan, by=request.actor, **words):
        messages.success(request, "Saved.")
        return redirect("policies:plans")
    return show_form(request, "policies/change_plan.html", form, mapping=mapping)


@opens_to(ADMINISTRATORS)
@require_POST
def remove_plan(request: Request, pk: int) -> HttpResponse:
    """Forget which set a plan goes by."""
    mapping = get_object_or_404(PlanMapping, pk=pk)
    done = f"{mapping} goes by no set now: its patients see all sets, and none as theirs."
    tried(request, done, actions.unmap_plan, mapping=mapping)
    return redirect("policies:plans")


def _mappings() -> list[PlanMapping]:
    return list(PlanMapping.objects.order_by("payer", "plan_name"))


def _sets() -> list[tuple[str, str]]:
    """Every set by its key, with the publisher, which tells sets apart that have the same title."""
    return [
        (each.key, f"{each.newest.criteria.publisher}: {each.title}{'' if each.now else ' (does not count now)'}")
        for each in standings(clinic_day())
    ]
