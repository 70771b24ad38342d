"""A session: recorded from its signed plan, read, and corrected by taking it back; and what went wrong."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from clinic.audit.clock import today
from clinic.candidacy.casefile import CaseFile
from clinic.candidacy.views.doorway import opened_file, strip
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.models import Role, User
from clinic.people.parking import parked_for
from clinic.people.request import Request
from clinic.people.views.outcome import carried_out, form_page, show_form
from clinic.record.models import Injection, Score
from clinic.treatment.pathway.models import Pathway
from clinic.treatment.procedure import actions, baseline, planned
from clinic.treatment.procedure.forms import ComplicationForm, SessionForm, StrikeForm
from clinic.treatment.procedure.models import Session

from .doorway import made, open_way, opened_session


@opens_to(CLINICAL)
@form_page
def record_session(request: Request, reference: str) -> HttpResponse:
    """Record what was done, beginning with what was signed."""
    file = opened_file(request, reference, "procedure.opened")
    if sent := _sent_before(request, file):
        return redirect("procedure:session", reference, sent.pk)
    way = open_way(file.case)
    form = _form(request, file, way)
    if request.method == "POST" and form.is_valid():
        words = {"pathway": way, "said": form.said(), "by": request.actor}
        if recorded := made(form, actions.record_session, **words):
            messages.success(request, "Recorded.")
            return redirect("procedure:session", reference, recorded.pk)
    checked = way.checks.filter(day=form.initial["on"]).last()
    passed = checked is not None and checked.may_go_on
    context = {"way": way, "day": form.initial["on"], "checked": checked}
    context["asks_why"] = not passed or "outside_reason" in form.errors
    return show_form(request, "procedure/record_session.html", form, **context, **strip(request, file))


def _sent_before(request: Request, file: CaseFile) -> Session | None:
    """What this very form made already, by a double click or the back button: it is not wrong, it is done."""
    nonces = {str(each.nonce): each for each in file.case.sessions.all()} if request.method == "POST" else {}
    return nonces.get(request.POST.get("nonce", ""))


def _form(request: Request, file: CaseFile, way: Pathway) -> SessionForm:
    case, day = file.case, today(file.case.location.time_zone)
    plan = way.decision.assessment.facts.get("plan") or {}
    known = planned.begun(file.weighed.document, plan) | {"location": case.location_id}
    known |= {"on": _likely_day(way, day), "performed_by": _performer(request, way)}
    scored = baseline.before([each for each in case.scores.all() if each.struck_at is None], day)
    has_pain = any(each.scale == baseline.PAIN for each in scored)
    typed = request.POST if request.method == "POST" else parked_for(request)
    return SessionForm(today=day, baseline=has_pain, data=typed, initial=known)


def _likely_day(way: Pathway, day: date) -> date:
    """The day of the latest checklist; without one the booked day, where that has come."""
    checked = way.checks.last()
    return checked.day if checked else min(way.booked_on or day, day)


def _performer(request: Request, way: Pathway) -> User | None:
    """Whoever records it, where that is a doctor; else the doctor who has the candidate; else somebody chooses."""
    return next((each for each in (request.user, way.owner) if each.role == Role.DOCTOR), None)


@opens_to(CLINICAL)
@require_GET
def session(request: Request, reference: str, pk: int) -> HttpResponse:
    """One session as it was recorded, what it said to the record, and what went wrong."""
    found = opened_session(request, reference, pk)
    return render(request, "procedure/session.html", {"session": found, "case": found.case, **_filed(found)})


def _filed(session: Session) -> dict[str, Any]:
    """What the record says under the session's key, which is what rules see of it."""
    patient = session.case.patient
    scores = Score.objects.current().filter(case=session.case, injection_key=session.key, moment="before")
    return {
        "outside": planned.in_words(session.outside_plan),
        "injections": Injection.objects.current().filter(patient=patient, key=session.key),
        "baseline": scores,
        "complications": session.complications.select_related("recorded_by", "struck_by"),
    }


@opens_to(CLINICAL)
@form_page
def strike_session(request: Request, reference: str, pk: int) -> HttpResponse:
    """Take back a session that was recorded wrongly, with a reason."""
    found = opened_session(request, reference, pk)
    form = StrikeForm(request.POST if request.method == "POST" else parked_for(request))
    if request.method == "POST" and carried_out(form, actions.strike_session, session=found, by=request.actor):
        messages.success(request, "Taken back. The candidate stands on the list again.")
        return redirect("candidacy:case", reference)
    return show_form(request, "procedure/strike_session.html", form, session=found, case=found.case)


@opens_to(CLINICAL)
@form_page
def add_complication(request: Request, reference: str, pk: int) -> HttpResponse:
    """Record what went wrong in or after a session."""
    found = opened_session(request, reference, pk)
    day = today(found.case.location.time_zone)
    typed = request.POST if request.method == "POST" else parked_for(request)
    form = ComplicationForm(data=typed, initial={"on": day})
    if request.method == "POST" and carried_out(form, actions.add_complication, session=found, by=request.actor):
        messages.success(request, "Recorded.")
        return redirect("procedure:session", reference, pk)
    return show_form(request, "procedure/add_complication.html", form, session=found, case=found.case)


@opens_to(CLINICAL)
@form_page
def strike_complication(request: Request, reference: str, pk: int, complication: int) -> HttpResponse:
    """Take back a complication that was recorded wrongly, with a reason."""
    found = opened_session(request, reference, pk)
    wrong = get_object_or_404(found.complications.filter(struck_at=None), pk=complication)
    form = StrikeForm(request.POST if request.method == "POST" else parked_for(request))
    words = {"complication": wrong, "by": request.actor}
    if request.method == "POST" and carried_out(form, actions.strike_complication, **words):
        messages.success(request, "Taken back. It stays, struck out.")
        return redirect("procedure:session", reference, pk)
    context = {"session": found, "case": found.case, "complication": wrong}
    return show_form(request, "procedure/strike_complication.html", form, **context)
