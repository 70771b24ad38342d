"""What payers answered: recorded beside a decision, and read together by payer and clause."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from clinic.audit.actions import Refused, record
from clinic.audit.clock import today
from clinic.candidacy.models import Decision
from clinic.candidacy.views.doorway import back_to
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.lists import clinic_zone, counted, page
from clinic.people.parking import parked_for
from clinic.people.request import Request
from clinic.people.views.outcome import carried_out, form_page, show_form
from clinic.record.models import Case

from . import actions, grounds
from .forms import AnswerFilter, StepForm, StrikeForm
from .lifecycle import VERBS, Kind
from .models import Step
from .report import by_payer, narrowed


@opens_to(CLINICAL)
@require_GET
def answers(request: Request) -> HttpResponse:
    """What payers answered, by payer and clause, and below it each answer with its case."""
    mine = Step.objects.visible_to(request.user).first_answers()
    asked = AnswerFilter(request.GET, list(mine.order_by("payer").values_list("payer", flat=True).distinct()))
    said, zone = asked.said(), clinic_zone()
    rows = narrowed(mine, said, today(zone.key))
    way = Prefetch("decision__payer_steps", Step.objects.current().order_by("pk"), to_attr="steps_so_far")
    told = rows.select_related("decision__case__patient").defer("decision__patient_message")
    shown = page(told.prefetch_related("grounds", way), request.GET, moment="on")
    patients = [step.decision.case.patient_id for step in shown.rows]
    record(by=request.actor, verb="payer.answers_listed", patients=patients)
    context = {
        "form": asked,
        "narrowed": bool(said),
        "payers": by_payer(rows, said.get("clause", "")),
        "page": shown,
        "total": counted(rows),
    }
    return render(request, "authorization/answers.html", context)


@opens_to(CLINICAL)
@form_page
def add_step(request: Request, reference: str, pk: int) -> HttpResponse:
    """The next step of a decision's way with its payer."""
    decision = _decision(request, reference, pk)
    record(by=request.actor, verb="payer.step_opened", patients=[decision.case.patient_id], of=decision)
    here = reverse("candidacy:decision", args=[decision.case.reference, pk])
    if _sent_before(request, decision):
        return back_to(request, decision.case, here)
    last = decision.payer_steps.where_it_stands()
    form = _step_form(request, decision, last)
    if request.method == "POST" and form.is_valid():
        try:
            letter = form.cleaned_data["letter"]
            actions.add_step(decision=decision, said=form.said(), letter=letter, by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Recorded. The patient hears that there is news.")
            return back_to(request, decision.case, here)
    heading = VERBS[Kind(last.kind) if last else None]
    back = request.POST.get("back") or request.GET.get("back", "")
    context = {"decision": decision, "case": decision.case, "last": last, "heading": heading, "back": back}
    return show_form(request, "authorization/add_step.html", form, **context)


@opens_to(CLINICAL)
@form_page
def strike_step(request: Request, reference: str, pk: int) -> HttpResponse:
    """Take back a step that was recorded wrongly, with a reason."""
    steps = Step.objects.visible_to(request.user).current().select_related("decision__case__patient")
    step = get_object_or_404(steps, pk=pk, decision__case__reference=reference.upper())
    case = step.decision.case
    record(by=request.actor, verb="payer.step_opened", patients=[case.patient_id], of=step)
    form = StrikeForm(request.POST if request.method == "POST" else parked_for(request))
    if request.method == "POST" and carried_out(form, actions.strike_step, step=step, by=request.actor):
        messages.success(request, "Taken back. It stays, struck out.")
        return redirect("candidacy:decision", reference, step.decision_id)
    return show_form(request, "authorization/strike_step.html", form, step=step, case=case)


def _decision(request: Request, reference: str, pk: int) -> Decision:
    cases = Case.objects.visible_to(request.user)
    known = Decision.objects.select_related("assessment", "case__patient", "case__location")
    return get_object_or_404(known, pk=pk, case__in=cases, case__reference=reference.upper())


def _sent_before(request: Request, decision: Decision) -> bool:
    """Whether this very form was kept already, by a double click or the back button: it is not wrong, it is done."""
    if request.method != "POST":
        return False
    nonces = {str(nonce) for nonce in decision.payer_steps.values_list("nonce", flat=True)}
    return request.POST.get("nonce") in nonces


def _step_form(request: Request, decision: Decision, last: Step | None) -> StepForm:
    patient, known = decision.case.patient, {}
    if last is None:
        known = {"payer": patient.payer, "plan_name": patient.plan_name}
    typed = request.POST if request.method == "POST" else parked_for(request)
    choices = list(grounds.choices(decision.determination))
    day = today(decision.case.location.time_zone)
    return StepForm(last=last, choices=choices, today=day, data=typed, files=request.FILES or None, initial=known)
