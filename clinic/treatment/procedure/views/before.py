"""Before a session: who comes today, what was agreed on blood thinners, and the checklist."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from clinic.audit.actions import record
from clinic.candidacy.views.doorway import opened_file, strip
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.lists import chosen_location, page
from clinic.people.models import Location
from clinic.people.parking import parked_for
from clinic.people.request import Request
from clinic.people.views.outcome import carried_out, form_page, show_form
from clinic.treatment.procedure import actions, reading
from clinic.treatment.procedure.forms import AgreedForm, CheckForm, StrikeForm
from clinic.treatment.procedure.models import Check, ThinnerPlan

from .doorway import made, open_way, opened_case


@opens_to(CLINICAL)
@require_GET
def booked(request: Request) -> HttpResponse:
    """Who is booked for today, and whose session of an earlier day nobody has recorded."""
    location = chosen_location(request)
    listed = page(reading.booked(request.user, location), request.GET, moment="booked_on", oldest_first=True)
    patients = [way.case.patient_id for way in listed.rows]
    record(by=request.actor, verb="procedure.listed", patients=patients)
    context = {"page": listed, "locations": Location.objects.all(), "location": location}
    return render(request, "procedure/booked.html", context)


@opens_to(CLINICAL)
@form_page
def check(request: Request, reference: str) -> HttpResponse:
    """The checklist before a session, as the record answers it today."""
    file = opened_file(request, reference, "procedure.opened")
    way = open_way(file.case)
    typed = request.POST if request.method == "POST" else parked_for(request)
    form = CheckForm(items=reading.checks(file), data=typed)
    if request.method == "POST" and form.is_valid():
        words = {"pathway": way, "items": form.answered(), "by": request.actor}
        if kept := made(form, actions.go_through, **words):
            return _after(request, kept)
    return show_form(request, "procedure/check.html", form, way=way, **strip(request, file))


def _after(request: Request, kept: Check) -> HttpResponse:
    """On to the session, or back to the case where the checklist says stop."""
    reference = kept.pathway.case.reference
    if kept.may_go_on:
        messages.success(request, "Kept. Nothing speaks against the session.")
        return redirect("procedure:record_session", reference)
    messages.warning(request, "Kept. The session does not go on.")
    return redirect("candidacy:case", reference)


@opens_to(CLINICAL)
@form_page
def plan_thinner(request: Request, reference: str, key: UUID) -> HttpResponse:
    """Write down what was agreed on one blood thinner with whoever prescribes it."""
    case = opened_case(request, reference)
    name = reading.name_of(key, case)
    if name is None:
        raise Http404
    way = case.pathways.open().first()
    typed = request.POST if request.method == "POST" else parked_for(request)
    form = AgreedForm(data=typed, initial={"agreed_with": reading.agreed_with(key, case)})
    if request.method == "POST" and form.is_valid():
        words = {"case": case, "thinner_key": key, "agreed": form.agreed(), "by": request.actor}
        if made(form, actions.plan_thinner, **words):
            messages.success(request, "Kept. The patient reads it on their page; print it too if they want paper.")
            return redirect("procedure:check" if way else "candidacy:case", reference)
    standing = case.thinner_plans.current().filter(thinner_key=key).first()
    context = {"case": case, "name": name, "standing": standing, "way": way}
    return show_form(request, "procedure/plan_thinner.html", form, **context)


@opens_to(CLINICAL)
@form_page
def strike_thinner_plan(request: Request, reference: str, pk: int) -> HttpResponse:
    """Take back what was agreed on a blood thinner, with a reason."""
    plans = ThinnerPlan.objects.visible_to(request.user).current().select_related("case__patient")
    plan = get_object_or_404(plans, pk=pk, case__reference=reference.upper())
    record(by=request.actor, verb="procedure.opened", patients=[plan.case.patient_id], of=plan)
    form = StrikeForm(request.POST if request.method == "POST" else parked_for(request))
    if request.method == "POST" and carried_out(form, actions.strike_thinner_plan, plan=plan, by=request.actor):
        messages.success(request, "Taken back. The patient does not read it any more.")
        return redirect("candidacy:case", reference)
    return show_form(request, "procedure/strike_thinner_plan.html", form, plan=plan, case=plan.case)
