"""What staff see of check-ins: whom to call, what one patient said, typing an answer from a call, striking one."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clinic.audit.actions import Refused, record
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.lists import counted, page
from clinic.people.parking import parked_for
from clinic.people.request import Request
from clinic.people.views.outcome import carried_out, form_page, show_form
from clinic.people.views.outcome import tried as tried_to
from clinic.record.models import Case
from clinic.treatment.checkins import due, reading
from clinic.treatment.checkins.actions import answering, calling, stopping
from clinic.treatment.checkins.forms import BecauseForm, CallForm, TriedForm, form_for
from clinic.treatment.checkins.models import Answer, CheckIn, Stop
from clinic.treatment.checkins.questions import PUBLISHED_IN

from .answering import heard, shown


@opens_to(CLINICAL)
@require_GET
def to_call(request: Request) -> HttpResponse:
    """Whose answer only a call brings."""
    rows = due.to_call().visible_to(request.user)
    found = page(rows.select_related(*reading.WITH_SESSION).told(), request.GET, moment="due_on", oldest_first=True)
    patients = [each.session.case.patient_id for each in found.rows]
    record(by=request.actor, verb="check_ins.listed", patients=patients)
    return render(request, "checkins/to_call.html", {"page": found, "total": counted(rows)})


@opens_to(CLINICAL)
@require_GET
def answers(request: Request, reference: str) -> HttpResponse:
    """Everything that one patient was asked and said after the sessions of a case, what was struck out included."""
    rows = Case.objects.visible_to(request.user).select_related("patient__home_location")
    case = get_object_or_404(rows, reference=reference.upper())
    record(by=request.actor, verb="check_ins.read", patients=[case.patient_id], of=case)
    asked = CheckIn.objects.filter(session__case=case).select_related("session").told()
    stopped = Stop.objects.standing().of(case.patient).first()
    newest_first = asked.order_by("-session__on", "-session_id", "-due_on", "-id")
    return render(request, "checkins/answers.html", {"case": case, "asked": newest_first, "stopped": stopped})


@opens_to(CLINICAL)
@form_page
def call(request: Request, pk: int) -> HttpResponse:
    """Type what a patient answers on the phone; or that no answer came of the call."""
    check_in = _visible(request, pk)
    case = check_in.session.case
    record(by=request.actor, verb="check_in.opened", patients=[case.patient_id], of=check_in)
    typed = request.POST if request.method == "POST" else parked_for(request)
    own = case.patient.language
    form = form_for(check_in, case.patient.today(), PUBLISHED_IN, typed, kind=CallForm, own=own)
    try:
        kept = heard(form, check_in, "call", request.actor) if request.method == "POST" else None
    except Refused as late:
        form.add_error(None, str(late))
        kept = None
    if kept:
        return redirect("checkins:answers", case.reference)
    closed = reading.closed(check_in, "call")
    context = shown(check_in, form) | {"check_in": check_in, "case": case, "tried_form": TriedForm(), "closed": closed}
    return show_form(request, "checkins/call.html", form, **context)


@opens_to(CLINICAL)
@require_POST
def tried(request: Request, pk: int) -> HttpResponse:
    """Somebody called, and no answer came of it."""
    check_in = _visible(request, pk)
    form = TriedForm(request.POST)
    if carried_out(form, calling.tried, check_in=check_in, by=request.actor):
        return redirect("checkins:to_call")
    case = check_in.session.case
    empty = form_for(check_in, case.patient.today(), PUBLISHED_IN, kind=CallForm, own=case.patient.language)
    context = {"check_in": check_in, "case": case, "form": empty, "tried_form": form}
    return render(request, "checkins/call.html", {**context, **shown(check_in, empty)}, status=422)


@opens_to(CLINICAL)
@form_page
def strike(request: Request, pk: int) -> HttpResponse:
    """Strike out an answer that was given in error."""
    rows = Answer.objects.visible_to(request.user).current()
    answer = get_object_or_404(rows.select_related("check_in__session__case__patient"), pk=pk)
    case = answer.check_in.session.case
    record(by=request.actor, verb="check_in.opened", patients=[case.patient_id], of=answer)
    form = BecauseForm(request.POST if request.method == "POST" else parked_for(request))
    done = request.method == "POST" and carried_out(form, answering.strike_answer, answer=answer, by=request.actor)
    if done:
        return redirect("checkins:answers", case.reference)
    back_url = reverse("checkins:answers", args=[case.reference])
    return show_form(request, "checkins/strike.html", form, answer=answer, case=case, back_url=back_url)


@opens_to(CLINICAL)
@require_POST
def stop_for(request: Request, reference: str) -> HttpResponse:
    """Stop the check-ins of a patient who asked for it."""
    case = _case(request, reference)
    tried_to(request, "They get no more check-ins by e-mail.", stopping.stop, patient=case.patient)
    return redirect("checkins:answers", case.reference)


@opens_to(CLINICAL)
@require_POST
def allow_for(request: Request, reference: str) -> HttpResponse:
    """Ask a patient again who changed their mind."""
    case = _case(request, reference)
    tried_to(request, "They are asked again by e-mail.", stopping.allow, patient=case.patient)
    return redirect("checkins:answers", case.reference)


def _case(request: Request, reference: str) -> Case:
    rows = Case.objects.visible_to(request.user).select_related("patient")
    return get_object_or_404(rows, reference=reference.upper())


def _visible(request: Request, pk: int) -> CheckIn:
    rows = CheckIn.objects.visible_to(request.user).select_related(*reading.WITH_SESSION)
    return get_object_or_404(rows, pk=pk)
