"""The days of a blood thinner, for the patient: in their own language, to read and to print."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_GET

from clinic.people.doors import PATIENTS, opens_to
from clinic.people.request import Request
from clinic.record.models import Case
from clinic.treatment.procedure.models import ThinnerPlan
from clinic.treatment.procedure.told import pdf

from .doorway import opened_case


@opens_to(PATIENTS)
@require_GET
def thinner_days(request: Request, reference: str) -> HttpResponse:
    """What was agreed on the patient's blood thinners, as a page to print."""
    case = opened_case(request, reference)
    with translation.override(case.patient.language):
        return render(request, "procedure/thinner_days.html", {"case": case, "plans": _plans(case)})


@opens_to(PATIENTS)
@require_GET
def thinner_days_pdf(request: Request, reference: str) -> HttpResponse:
    """The same on paper, as a tagged PDF."""
    case = opened_case(request, reference)
    response = HttpResponse(pdf(case, _plans(case)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{case.reference}-blood-thinner.pdf"'
    return response


def _plans(case: Case) -> list[ThinnerPlan]:
    plans = list(case.thinner_plans.for_patient())
    if not plans:
        get_object_or_404(ThinnerPlan.objects.none())
    return plans
