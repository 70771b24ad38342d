"""What a patient has read here."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clinic.audit.actions import record
from clinic.people.doors import PATIENTS, opens_to
from clinic.people.models import Patient
from clinic.people.request import Request
from education.reading.shelf import read_by


@opens_to(PATIENTS)
@require_GET
def mine(request: Request) -> HttpResponse:
    """The pages that oneself, and those whom one acts for, have opened, and what was understood."""
    patients = list(Patient.objects.acted_for_by(request.user).order_by("pk"))
    record(by=request.actor, verb="pages_read.listed", patients=[patient.pk for patient in patients])
    shelves = [(patient, read_by(patient, request.user)) for patient in patients]
    return render(request, "reading/mine.html", {"shelves": shelves})
