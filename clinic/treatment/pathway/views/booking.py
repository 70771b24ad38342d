"""Finding a day for the session, giving it up, and the page that stops whoever plans before the first eligible day."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clinic.audit.actions import Refused, record
from clinic.people.doors import CLINICAL, DOCTORS, opens_to
from clinic.people.models import Role
from clinic.people.parking import parked_for
from clinic.people.request import Request
from clinic.people.views.outcome import carried_out, show_form
from clinic.repeats.reading import held_back
from clinic.treatment.pathway import actions
from clinic.treatment.pathway.forms import BookForm, EarlyForm, UnbookForm
from clinic.treatment.pathway.models import Pathway

from .way import carry_out, done, found, show


def _booked(request: Request, pathway: Pathway, day: date) -> HttpResponse:
    return done(request, pathway, f"The session is booked for {day:%-d %B %Y}.")


@opens_to(CLINICAL)
@require_POST
def book(request: Request, reference: str, pk: int) -> HttpResponse:
    """Keep the day that was found; one before the first eligible day leads to the stop page."""
    pathway = found(request, reference, pk)
    form = BookForm(pathway.today, data=request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.book(pathway=pathway, by=request.actor, **said)
        except actions.TooEarly:
            asked = urlencode({name: said[name] for name in ("day", "time") if said[name]})
            return redirect(f"{reverse('pathway:too_early', args=[pathway.case.reference, pk])}?{asked}")
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _booked(request, pathway, said["day"])
    return show(request, pathway, book_form=form)


@opens_to(CLINICAL)
@require_GET
def too_early(request: Request, reference: str, pk: int) -> HttpResponse:
    """The stop page: which rules ask for a later day, from when on none does, and what can be done."""
    pathway = found(request, reference, pk)
    asked = BookForm(pathway.today, data={**request.GET.dict(), "nonce": str(uuid4())})
    if not asked.is_valid() or not pathway.is_open:
        return redirect("pathway:way", pathway.case.reference, pk)
    day, time = asked.cleaned_data["day"], asked.cleaned_data["time"]
    return _stop(request, pathway, EarlyForm(day, data=parked_for(request), initial={"day": day, "time": time}), day)


def _stop(request: Request, pathway: Pathway, form: EarlyForm, day: date) -> HttpResponse:
    record(by=request.actor, verb="pathway.opened", patients=[pathway.case.patient_id], of=pathway)
    held = held_back(pathway.case, day)
    if held is None:
        messages.info(request, f"Nothing stands against {day:%-d %B %Y} any more. It can be booked.")
        return redirect("pathway:way", pathway.case.reference, pathway.pk)
    context: dict[str, Any] = {
        "pathway": pathway,
        "case": pathway.case,
        "held": held,
        "day": day,
        "nonce": uuid4(),
        "may_pass": request.user.role == Role.DOCTOR,
    }
    return show_form(request, "pathway/too_early.html", form, **context)


@opens_to(DOCTORS)
@require_POST
def book_early(request: Request, reference: str, pk: int) -> HttpResponse:
    """A doctor books a day before the first eligible one, with the clinical reason."""
    pathway = found(request, reference, pk)
    form = EarlyForm(pathway.today, data=request.POST)
    if carried_out(form, actions.book_early, pathway=pathway, by=request.actor):
        return _booked(request, pathway, form.cleaned_data["day"])
    day = form.cleaned_data.get("day")
    return _stop(request, pathway, form, day) if day else redirect("pathway:way", pathway.case.reference, pk)


@opens_to(CLINICAL)
@require_POST
def unbook(request: Request, reference: str, pk: int) -> HttpResponse:
    """Give up the day that was found."""
    pathway = found(request, reference, pk)
    form = UnbookForm(pathway.today, data=request.POST)
    said = "The day is given up. Find another one."
    return carry_out(request, pathway, actions.unbook, said, unbook_form=form)
