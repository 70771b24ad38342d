"""The verbs of the work list on one referral: calling, putting off, handing over, raising the alarm, its urgency."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from clinic.audit.actions import record
from clinic.audit.clock import today
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.request import Request
from clinic.people.views.outcome import carried_out, form_page
from referrals.loop.actions import working
from referrals.loop.actions.steps import of_patient
from referrals.loop.models import Referral, Work
from referrals.loop.owners import may_own
from referrals.work.forms import AssignForm, EscalateForm, SnoozeForm, UrgencyForm
from referrals.work.reading import by_code

from .one import call_form, show


def _back(request: Request, of: Referral, said: str) -> HttpResponse:
    """To the list that this was sent from, where it is one of ours; otherwise to the referral."""
    messages.success(request, said)
    came_from = request.POST.get("back", "")
    if came_from.startswith("/") and url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return redirect(came_from)
    return redirect("work:referral", of.code)


@opens_to(CLINICAL)
@form_page
def call(request: Request, code: str) -> HttpResponse:
    """What came of a call: asked in its row of the list, or on the page of the referral."""
    of = by_code(request.user, code)
    if request.method == "GET" and not request.htmx:
        asked = urlencode({"call": 1, "back": request.GET.get("back", "")})
        return redirect(f"{reverse('work:referral', args=[of.code])}?{asked}#call")
    form = call_form(of, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and carried_out(form, _call, referral=of, by=request.actor):
        return _called(request, by_code(request.user, code))
    if not request.htmx:
        return show(request, of, call_form=form)
    record(by=request.actor, verb="referral.opened", patients=of_patient(of), of=of)
    shown = {"referral": of, "form": form, "back": request.POST.get("back", "")}
    return render(request, "work/_call_in_row.html", shown)


def _call(*, referral: Referral, by: Any, **said: Any) -> Work:
    return working.call(referral=referral, said=working.Call(**said), by=by)


def _called(request: Request, of: Referral) -> HttpResponse:
    said = f"Saved. {of.person}: follow up on {of.next_on:%-d %B %Y}."
    if not request.htmx:
        return _back(request, of, said)
    return render(request, "work/_called_in_row.html", {"referral": of, "said": said})


@opens_to(CLINICAL)
@require_POST
def snooze(request: Request, code: str) -> HttpResponse:
    """Put it off until a day."""
    of = by_code(request.user, code)
    form = SnoozeForm(today(of.location.time_zone), data=request.POST)
    if not carried_out(form, working.snooze, referral=of, by=request.actor):
        return show(request, of, snooze_form=form)
    return _back(request, of, f"Snoozed until {form.cleaned_data['until']:%-d %B %Y}.")


@opens_to(CLINICAL)
@require_POST
def assign(request: Request, code: str) -> HttpResponse:
    """Hand it over to a colleague."""
    of = by_code(request.user, code)
    form = AssignForm(may_own(), data=request.POST)
    if not carried_out(form, working.assign, referrals=[of], by=request.actor):
        return show(request, of, assign_form=form)
    return _back(request, of, f"Reassigned to {form.cleaned_data['owner']}.")


@opens_to(CLINICAL)
@require_POST
def escalate(request: Request, code: str) -> HttpResponse:
    """Raise the alarm."""
    of = by_code(request.user, code)
    form = EscalateForm(data=request.POST)
    if not carried_out(form, working.escalate, referral=of, by=request.actor):
        return show(request, of, escalate_form=form)
    return _back(request, of, "It moves up in every list, and is due today.")


@opens_to(CLINICAL)
@require_POST
def urgency(request: Request, code: str) -> HttpResponse:
    """Say that it is more or less urgent than was said."""
    of = by_code(request.user, code)
    form = UrgencyForm(of, data=request.POST)
    if not carried_out(form, working.change_urgency, referral=of, by=request.actor):
        return show(request, of, urgency_form=form)
    return _back(request, of, "The urgency is changed, and the follow-up date with it.")
