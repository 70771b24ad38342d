"""One fax: its pages, and beside them where it may go; and the file itself."""

from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from clinic.audit.actions import record
from clinic.audit.clock import now
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.models import Patient
from clinic.people.request import Request
from clinic.record import uploads
from referrals.faxes import finding
from referrals.faxes.actions import filing
from referrals.faxes.forms import SetAsideForm, TakeBackForm
from referrals.faxes.lifecycle import State
from referrals.faxes.models import Fax, Seen

# The browser's own reader of PDFs stands in the page, draws itself, and loads nothing from anywhere else.
SHOWS_PAGES = {"frame-src": [SELF]}
SHOWN_INSIDE = {"frame-ancestors": [SELF], "object-src": [SELF], "style-src": [UNSAFE_INLINE]}


def visible(request: Request, pk: int) -> Fax:
    """The fax of this number, where this person may see it; otherwise not found."""
    return get_object_or_404(Fax.objects.visible_to(request.user).select_related("same_as"), pk=pk)


@opens_to(CLINICAL)
@require_GET
def fax(request: Request, pk: int) -> HttpResponse:
    """The pages of one fax, and where it may go: by a code that stands on it, or by its patient."""
    return show(request, visible(request, pk))


def show(request: Request, shown: Fax, **wrong: Any) -> HttpResponse:
    """The page of a fax, as new or with what was wrong."""
    steps = filing.way_of(shown)
    filed = steps[-1] if shown.state == State.FILED else None
    record(by=request.actor, verb="fax.opened", patients=filed.patients if filed else [], of=shown)
    context = {
        "fax": shown,
        "seen": shown.opened_by(request.user.pk),
        "others": Seen.objects.filter(fax=shown).exclude(by=request.user).lately(),
        "now": now(),
        "steps": steps,
        "filed": filed,
        "set_aside_form": SetAsideForm(),
        "take_back_form": TakeBackForm(),
        **(_found(request) if shown.state == State.WAITING and shown.can_be_filed else {}),
        **wrong,
    }
    return with_pages(render(request, "faxes/fax.html", context, status=422 if wrong else 200))


def with_pages(answer: HttpResponse) -> HttpResponse:
    """An answer that shows the pages of a fax in a frame."""
    answer._csp_update = SHOWS_PAGES  # type: ignore[attr-defined]  # where django-csp looks for it
    return answer


def _found(request: Request) -> dict[str, Any]:
    """What the code, the words or the patient of the address lead to."""
    typed = {name: request.GET.get(name, "").replace("\x00", "").strip()[:100] for name in ("code", "q", "patient")}
    if typed["patient"]:
        return typed | _of_patient(request, typed["patient"])
    if typed["q"]:
        people = finding.patients(request.user, typed["q"])
        record(by=request.actor, verb="patients.listed", patients=[each.pk for each in people[: finding.MOST]])
        return typed | {"people": people[: finding.MOST], "more": len(people) > finding.MOST}
    places = finding.by_code(request.user, typed["code"])
    if places:
        record(by=request.actor, verb="fax.place_sought", patients=places.patients)
    return typed | {"places": places, "wrong": typed["code"] and not places and finding.wrong_code(typed["code"])}


def _of_patient(request: Request, reference: str) -> dict[str, Any]:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), reference=reference)
    record(by=request.actor, verb="fax.place_sought", patients=[patient.pk])
    return {"person": patient, "places": finding.of_patient(request.user, patient)}


@opens_to(CLINICAL)
@require_GET
@xframe_options_sameorigin
def pages(request: Request, pk: int) -> FileResponse:
    """The file: a PDF to be read here, anything else to be downloaded; in nobody's cache. Who opened it is kept."""
    shown = visible(request, pk)
    try:
        file = uploads.place_of(shown.path).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    filing.open_pages(fax=shown, by=request.actor)
    kind = "application/pdf" if shown.can_be_filed else "application/octet-stream"
    name = shown.upload.name if shown.can_be_filed else shown.name
    response = FileResponse(file, as_attachment=not shown.can_be_filed, filename=name, content_type=kind)
    response._csp_replace = SHOWN_INSIDE  # type: ignore[attr-defined]  # where django-csp looks for it
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response
