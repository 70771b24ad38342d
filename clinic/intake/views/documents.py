"""Copies of records: added and taken back by whoever has the case, and handed out only to them."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from clinic.audit.actions import Refused, record
from clinic.intake.forms.documents import DocumentForm
from clinic.intake.questions.scans import NERVE_TEST_ROWS, SCAN_ROWS, SCANS
from clinic.intake.questions.tried import THERAPIES, TRIED
from clinic.people.doors import PATIENTS, opens_to
from clinic.people.request import Request
from clinic.record import actions as on_record
from clinic.record import uploads
from clinic.record.models import Case, SaidBy, Stage, Study, Therapy

# What a row of each list is called, by the choice that its first question offers.
KINDS = {
    "therapy_key": {choice.value: choice.text for choice in THERAPIES.questions[0].choices},
    "study_key": {choice.value: choice.text for choice in SCAN_ROWS.questions[0].choices},
}


@require_GET
@opens_to(PATIENTS)
def records(request: Request, reference: str, key: uuid.UUID | None = None) -> HttpResponse:
    """The copies that are filed under one row, or under the case, and a way to add another."""
    case = _case(request, reference)
    record(by=request.actor, verb="documents.listed", patients=[case.patient_id], of=case)
    return _page(request, case, key, DocumentForm())


@require_POST
@opens_to(PATIENTS)
def attach(request: Request, reference: str, key: uuid.UUID | None = None) -> HttpResponse:
    """Add copies; each file is judged by itself, and a bad one loses no good one."""
    case = _case(request, reference)
    place, _row_found = _row(case, key)
    form = DocumentForm(request.POST, request.FILES)
    if form.is_valid():
        for file in form.cleaned_data["copies"]:
            try:
                on_record.attach(case=case, files=[file], said_by=_speaker(request), by=request.actor, **place)
            except Refused as refused:
                form.add_error("copies", f"{file.name}: {refused}")
    if form.errors:
        return _page(request, case, key, form, status=422)
    messages.success(request, gettext("Saved. Thank you."))
    return redirect(_here(request, case, key))


@require_POST
@opens_to(PATIENTS)
def remove(request: Request, reference: str, pk: int) -> HttpResponse:
    """Take back a copy that this side added."""
    case = _case(request, reference)
    found = get_object_or_404(case.documents.current(), pk=pk, said_by=_speaker(request))
    on_record.strike(row=found, by=request.actor)
    messages.success(request, gettext("Removed."))
    return redirect(_here(request, case, found.therapy_key or found.study_key))


@require_GET
@opens_to(PATIENTS)
def document(request: Request, reference: str, pk: int) -> FileResponse:
    """Hand out a file, as an attachment and to nobody's cache. Staff may read what was struck out, too."""
    case = _case(request, reference)
    readable = case.documents.all() if request.user.is_clinical else case.documents.current()
    found = get_object_or_404(readable, pk=pk)
    try:
        file = uploads.contents(found)
    except FileNotFoundError:
        record(by=request.actor, verb="document.missing", patients=[case.patient_id], of=found)
        raise Http404 from None
    record(by=request.actor, verb="document.opened", patients=[case.patient_id], of=found)
    response = FileResponse(file, as_attachment=True, filename=found.name, content_type=found.content_type)
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _case(request: Request, reference: str) -> Case:
    cases = Case.objects.visible_to(request.user).select_related("patient")
    return get_object_or_404(cases, reference=reference)


def _speaker(request: Request) -> str:
    """A copy that staff files is an outside record; one that the patient's side sends is the patient's word."""
    return SaidBy.RECORD if request.user.is_clinical else SaidBy.PATIENT


def _row(case: Case, key: uuid.UUID | None) -> tuple[dict[str, uuid.UUID], Therapy | Study | None]:
    """The row of the case that a key names, with the argument to file under; without a key the case itself."""
    if key is None:
        return {}, None
    for rows, place in ((case.therapies, "therapy_key"), (case.studies, "study_key")):
        row = rows.current().filter(key=key).first()
        if row:
            return {place: key}, row
    raise Http404


def _page(request: Request, case: Case, key: uuid.UUID | None, form: DocumentForm, status: int = 200) -> HttpResponse:
    place, row = _row(case, key)
    mine = _speaker(request)
    filed = case.documents.current().filter(therapy_key=place.get("therapy_key"), study_key=place.get("study_key"))
    context = {
        "case": case,
        "key": key,
        "row": _words(place, row) if row else "",
        "form": form,
        "documents": [{"row": each, "removable": each.said_by == mine} for each in filed],
        "back_url": _back(request) or _list_url(case, row),
        "came_from": _back(request),
    }
    return render(request, "intake/records.html", context, status=status)


def _words(place: dict[str, uuid.UUID], row: Therapy | Study) -> str:
    kind = row.kind if isinstance(row, Therapy) else row.modality
    known = KINDS[next(iter(place))].get(kind)
    return gettext(known) if known else str(row)


def _list_url(case: Case, row: Therapy | Study | None) -> str:
    """The list that the row stands on while it is being filled in, and the page of the case afterwards."""
    if row is None or case.stage != Stage.INTAKE:
        return reverse("intake:status", args=[case.reference])
    if isinstance(row, Therapy):
        return reverse("intake:rows", args=[case.reference, TRIED.key, THERAPIES.slug])
    slug = NERVE_TEST_ROWS.slug if row.electrodiagnostic else SCAN_ROWS.slug
    return reverse("intake:rows", args=[case.reference, SCANS.key, slug])


def _here(request: Request, case: Case, key: uuid.UUID | None) -> str:
    place = reverse("intake:records", args=[case.reference, key] if key else [case.reference])
    came_from = _back(request)
    return f"{place}?{urlencode({'next': came_from})}" if came_from else place


def _back(request: Request) -> str:
    """Where the person came from, when that is one of our own pages."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}) else ""
