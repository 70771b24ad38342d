"""The course of relief on a page of its own, for the patient and for those who treat them, and on paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from clinic.audit.actions import record
from clinic.paper.words import Language
from clinic.people.doors import SIGNED_IN, opens_to
from clinic.people.models import CLINICAL_ROLES
from clinic.people.request import Request
from clinic.record.models import Case

from .pdf import pdf
from .reading import sessions_of
from .shown import shown


@opens_to(SIGNED_IN)
@require_GET
def relief(request: Request, reference: str) -> HttpResponse:
    """The picture with its tables; the patient and whoever acts for them see the same as the clinic."""
    case = _opened(request, reference, "course.read")
    to_staff = request.user.role in CLINICAL_ROLES
    return render(
        request,
        "course/relief.html",
        {
            "case": case,
            "course": shown(case, sessions_of(case), to_patient=not to_staff),
            "to_staff": to_staff,
            "base": "base_staff.html" if to_staff else "base_patient.html",
        },
    )


@opens_to(SIGNED_IN)
@require_GET
def relief_pdf(request: Request, reference: str) -> HttpResponse:
    """The same as a tagged PDF, in the reader's language or in the one that is asked for."""
    case = _opened(request, reference, "course.printed")
    asked_for = request.GET.get("language")
    language: Language = "es" if (asked_for or get_language()) == "es" else "en"
    # What staff print in the patient's own language is for the patient.
    to_patient = request.user.role not in CLINICAL_ROLES or asked_for == case.patient.language
    content = pdf(case, language, to_patient=to_patient)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="relief-{case.reference}.pdf"'
    return response


def _opened(request: Request, reference: str, verb: str) -> Case:
    """The case as far as this person may see it, with the event that they looked; 404 for everybody else."""
    cases = Case.objects.visible_to(request.user).select_related("patient__home_location", "location")
    case = get_object_or_404(cases, reference=reference.upper())
    record(by=request.actor, verb=verb, patients=[case.patient_id], of=case)
    return case
