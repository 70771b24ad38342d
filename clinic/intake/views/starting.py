"""Where an intake begins: by the person, by somebody who acts for them, or by staff for a patient."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from clinic.audit.actions import record
from clinic.intake.actions import starting as actions
from clinic.intake.forms.starting import LocationForm
from clinic.people.doors import PATIENTS, opens_to
from clinic.people.models import Patient
from clinic.people.request import Request
from clinic.people.search import reference_in


@require_GET
@opens_to(PATIENTS)
def start(request: Request, reference: str = "") -> HttpResponse:
    """What comes, how long it takes, and a button to begin."""
    return _show(request, reference or reference_in(request.GET.get("patient", "")), LocationForm())


@require_POST
@opens_to(PATIENTS)
def begin(request: Request, reference: str = "") -> HttpResponse:
    """Open a case with its questionnaire, or go on with the one that is not finished."""
    if reference:
        patient = get_object_or_404(Patient.objects.visible_to(request.user), reference=reference)
        intake = actions.start(patient=patient, language=get_language() or "en", by=request.actor)
        return redirect("intake:overview", intake.case.reference)
    form = LocationForm(request.POST)
    if not form.is_valid():
        return _show(request, "", form, status=422)
    place = form.cleaned_data["location"]
    intake = actions.start_anew(user=request.user, location=place, language=get_language() or "en", by=request.actor)
    return redirect("intake:overview", intake.case.reference)


def _show(request: Request, reference: str, form: LocationForm, status: int = 200) -> HttpResponse:
    patients = _patients(request, reference)
    record(by=request.actor, verb="intake.start_opened", patients=[patient.pk for patient in patients])
    if not patients and request.user.is_staff_member:
        raise Http404
    context = {"patients": patients, "form": form, "minutes": actions.minutes()}
    return render(request, "intake/start.html", context, status=status)


def _patients(request: Request, reference: str) -> list[Patient]:
    """The patient that is named, or everybody whom this person may answer for as themselves or as a carer."""
    visible = Patient.objects.visible_to(request.user).select_related("home_location")
    if reference:
        return [get_object_or_404(visible, reference=reference)]
    return list(visible.filter(user=request.user) if request.user.is_clinical else visible)
