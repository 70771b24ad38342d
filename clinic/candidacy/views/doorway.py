"""What every page of this room does first: find the case that this person may see, and leave the event."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from clinic.audit.actions import record
from clinic.audit.clock import now
from clinic.candidacy.actions.claims import concerns_themselves
from clinic.candidacy.casefile import CaseFile, complaint
from clinic.candidacy.header import strip_facts
from clinic.candidacy.in_their_words import LANGUAGES
from clinic.people.models import Role
from clinic.people.request import Request
from clinic.record.models import Case


def visible_case(request: Request, reference: str) -> Case:
    """The case of this reference, where this person may see it; otherwise not found."""
    cases = Case.objects.visible_to(request.user).select_related("patient__home_location", "location", "claimed_by")
    return get_object_or_404(cases, reference=reference.upper())


def opened_file(request: Request, reference: str, verb: str = "case.opened") -> CaseFile:
    """The whole file of a case, with the event that it was read."""
    cases = Case.objects.visible_to(request.user).with_record().select_related("claimed_by")
    case = get_object_or_404(cases, reference=reference.upper())
    record(by=request.actor, verb=verb, patients=[case.patient_id], of=case)
    return CaseFile(case)


def back_to(request: Request, case: Case, otherwise: str = "") -> HttpResponse:
    """To the page that this was sent from, where it is one of ours; otherwise to that address, or to the case."""
    came_from = request.POST.get("back", "")
    if came_from.startswith("/") and url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return redirect(came_from)
    return redirect(otherwise) if otherwise else redirect("candidacy:case", case.reference)


def typed(request: Request, name: str) -> str:
    """One text that was typed beside a button, without the one character that the database cannot keep."""
    return request.POST.get(name, "").replace("\x00", "")


def strip(request: Request, file: CaseFile) -> dict[str, Any]:
    """What the header over every page of a case shows."""
    case, patient, document = file.case, file.case.patient, file.weighed.document
    age = patient.age_on(file.weighed.as_of)
    interpreter = {True: ", interpreter wanted", False: "", None: ""}[patient.interpreter]
    about = [
        f"{age}" if age is not None else "age not said",
        patient.get_sex_display().lower() if patient.sex else "",
        f"{LANGUAGES[patient.language]}{interpreter}",
        f"ref. {case.reference}",
    ]
    return {
        "file": file,
        "case": case,
        "strip_name": str(patient),
        "strip_about": " · ".join(part for part in about if part),
        "strip_facts": strip_facts(document, file.weighed.as_of, complaint(document), patient.payer),
        "now": now(),
        "list_url": request.session.get("queue") or reverse("candidacy:queue"),
        "holder": _holder(request, case),
        "mine": case.claimed_by_id == request.user.pk,
        "others": case.claimed_by_id not in (None, request.user.pk),
        "is_doctor": request.user.role == Role.DOCTOR,
        "themselves": concerns_themselves(patient, request.actor),
    }


def _holder(request: Request, case: Case) -> str:
    if case.claimed_by_id is None:
        return "Nobody has this case"
    return "You have this case" if case.claimed_by_id == request.user.pk else f"{case.claimed_by} has this case"
