"""Check-ins on the patient's own page, for who is signed in: answering one, and whether mails ask."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from clinic.audit.actions import record
from clinic.people.doors import PATIENTS, opens_to
from clinic.people.models import Patient
from clinic.people.parking import parked_for
from clinic.people.request import Request
from clinic.people.views.outcome import form_page, show_form, tried
from clinic.treatment.checkins import reading
from clinic.treatment.checkins.actions import stopping
from clinic.treatment.checkins.actions.answering import Late
from clinic.treatment.checkins.forms import form_for
from clinic.treatment.checkins.models import CheckIn

from .answering import heard, shown, thanks_for, ticked


@opens_to(PATIENTS)
@form_page
def mine(request: Request, pk: int) -> HttpResponse:
    """Answer one check-in, for oneself or for whom one acts."""
    acted_for = Patient.objects.acted_for_by(request.user)
    rows = CheckIn.objects.filter(session__case__patient__in=acted_for).select_related(*reading.WITH_SESSION)
    check_in = get_object_or_404(rows, pk=pk)
    case = check_in.session.case
    record(by=request.actor, verb="check_in.opened", patients=[case.patient_id], of=check_in)
    typed = request.POST if request.method == "POST" else parked_for(request)
    form = form_for(check_in, case.patient.today(), request.LANGUAGE_CODE, typed)
    try:
        answer = heard(form, check_in, "page", request.actor) if request.method == "POST" else None
        if answer is None and (why := reading.closed(check_in, "page")):
            raise Late(why)
    except Late:
        if ticked(request):
            return redirect(thanks_for(ticked(request)))
        messages.info(request, gettext("This question is over. You do not need to answer it."))
        return redirect("intake:status", case.reference)
    if answer is None:
        return show_form(request, "checkins/mine.html", form, case=case, **shown(check_in, form))
    return redirect(thanks_for(answer.signs))


@opens_to(PATIENTS)
@require_POST
def stop_mine(request: Request, reference: str) -> HttpResponse:
    """A patient, or who acts for one, wants no check-ins."""
    tried(request, gettext("We ask no more by e-mail."), stopping.stop, patient=_acted_for(request, reference))
    return redirect("my_page")


@opens_to(PATIENTS)
@require_POST
def allow_mine(request: Request, reference: str) -> HttpResponse:
    """A patient, or who acts for one, wants to be asked again."""
    tried(request, gettext("We ask again by e-mail."), stopping.allow, patient=_acted_for(request, reference))
    return redirect("my_page")


def _acted_for(request: Request, reference: str) -> Patient:
    return get_object_or_404(Patient.objects.acted_for_by(request.user), reference=reference.upper())
