"""Requests for records: the list that coordinators work from, one request with its way, and the letter on paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from clinic.audit.actions import record
from clinic.audit.clock import now, today
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.lists import chosen_location, counted
from clinic.people.models import Location
from clinic.people.request import Request
from clinic.people.views.outcome import carried_out

from . import actions
from .codes import read
from .forms import CancelForm, ReceiveForm, SendForm
from .lifecycle import State
from .models import RecordRequest
from .waiting import TABS, Waiting

NOT_A_CODE = "This is not one of our codes. They have eight letters and digits, such as K7RT-9M2K; look at each again."
NOT_FOUND = "No request has this code."


@opens_to(CLINICAL)
@require_GET
def records(request: Request) -> HttpResponse:
    """What is asked of other practices, by state; a code that stands on a fax leads to its request."""
    typed = request.GET.get("code", "").strip()[:40]
    code = read(typed)
    if code and RecordRequest.objects.visible_to(request.user).filter(code=code).exists():
        return redirect("outside:record_request", code)
    asked_for = request.GET.get("tab", "")
    waiting = Waiting(
        request.user, asked_for if asked_for in TABS else State.TO_SEND.value, chosen_location(request), now()
    )
    page = waiting.page(request.GET)
    shown_of = [each.case.patient_id for each in page.rows]
    record(by=request.actor, verb="record_requests.listed", patients=shown_of, detail={"tab": waiting.tab})
    context = {
        "page": page,
        "total": counted(waiting.rows),
        "locations": Location.objects.all(),
        "location": waiting.location,
        "tab": waiting.tab,
        "tabs": waiting.tabs(waiting.counts()),
        "title": TABS[waiting.tab],
        "now": waiting.moment,
        "typed": typed,
        "wrong": typed and (NOT_FOUND if code else NOT_A_CODE),
    }
    return render(request, "outside/records.html", context)


def _visible(request: Request, code: str) -> RecordRequest:
    """The request of this code, where this person may see its case; otherwise not found."""
    rows = RecordRequest.objects.visible_to(request.user).select_related(
        "case__patient__home_location", "case__location", "made_by"
    )
    return get_object_or_404(rows, code=read(code) or None)


@opens_to(CLINICAL)
@require_GET
def record_request(request: Request, code: str) -> HttpResponse:
    """One request: what it asks for, its way so far, and the steps that are open to it."""
    asked = _visible(request, code)
    record(by=request.actor, verb="record_request.opened", patients=[asked.case.patient_id], of=asked)
    return _page(request, asked)


def _page(request: Request, asked: RecordRequest, **wrong: Any) -> HttpResponse:
    day = today(asked.case.location.time_zone)
    context = {
        "asked": asked,
        "steps": asked.steps.select_related("done_by").prefetch_related("documents"),
        "send_form": SendForm(day) if State.SENT in asked.may_become else None,
        "receive_form": ReceiveForm(day) if State.RECEIVED in asked.may_become else None,
        "cancel_form": CancelForm() if State.CANCELLED in asked.may_become else None,
        "overdue": asked.due_at is not None and asked.due_at < now(),
        **wrong,
    }
    return render(request, "outside/record_request.html", context, status=422 if wrong else 200)


@opens_to(CLINICAL)
@require_GET
def letter(request: Request, code: str) -> HttpResponse:
    """The request as it goes to the practice: one page, for the printer or the fax."""
    asked = _visible(request, code)
    record(by=request.actor, verb="record_request.printed", patients=[asked.case.patient_id], of=asked)
    return render(request, "outside/letter.html", {"asked": asked, "patient": asked.case.patient})


@opens_to(CLINICAL)
@require_POST
def send(request: Request, code: str) -> HttpResponse:
    """The letter went out."""
    asked = _visible(request, code)
    form = SendForm(today(asked.case.location.time_zone), data=request.POST)
    if not carried_out(form, actions.send, request=asked, by=request.actor):
        return _page(request, asked, send_form=form)
    messages.success(request, "Kept. It stands among those that were sent.")
    return redirect("outside:record_request", asked.code)


@opens_to(CLINICAL)
@require_POST
def receive(request: Request, code: str) -> HttpResponse:
    """The record came."""
    asked = _visible(request, code)
    form = ReceiveForm(today(asked.case.location.time_zone), data=request.POST, files=request.FILES)
    if not carried_out(form, actions.receive, request=asked, by=request.actor):
        return _page(request, asked, receive_form=form)
    messages.success(request, "Filed with the case. Now somebody reads it, and says what it says.")
    return redirect("outside:record_request", asked.code)


@opens_to(CLINICAL)
@require_POST
def cancel(request: Request, code: str) -> HttpResponse:
    """Nobody waits for this record any more."""
    asked = _visible(request, code)
    form = CancelForm(request.POST)
    words = {"request": asked, "on": today(asked.case.location.time_zone), "by": request.actor}
    if not carried_out(form, actions.cancel, **words):
        return _page(request, asked, cancel_form=form)
    messages.success(request, "Cancelled, with your reason.")
    return redirect("outside:record_request", asked.code)
