"""The page of one referral, and the pages of its steps."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from clinic.audit.actions import record
from clinic.audit.actor import Actor
from clinic.audit.clock import today
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.parking import parked_for
from clinic.people.request import Request
from clinic.people.views.outcome import carried_out, form_page, show_form
from referrals.incoming.actions.catching_up import catch_up_one
from referrals.loop.actions.reports import step_with_report
from referrals.loop.actions.steps import Said, of_patient
from referrals.loop.calls import Whom
from referrals.loop.lifecycle import NEXT, Direction, State, needs_reason
from referrals.loop.models import Referral
from referrals.loop.owners import may_own
from referrals.loop.reading import span_of
from referrals.loop.targets import WHOLE
from referrals.work.asks import ask, expected, missing, open_steps
from referrals.work.forms import AssignForm, CallForm, EscalateForm, SnoozeForm, StepForm, UrgencyForm
from referrals.work.reach import contacts, to_call, to_do
from referrals.work.reading import by_code, others_of
from referrals.work.rows import days_overdue
from referrals.work.way import stands_since, waiting, way


def opened(request: Request, code: str) -> Referral:
    """The referral of this code as its case has it by now, with the event that somebody looked."""
    found = by_code(request.user, code)
    before = found.state
    if found.is_incoming and found.is_open and catch_up_one(found).state != before:
        found = by_code(request.user, code)
    record(by=request.actor, verb="referral.opened", patients=of_patient(found), of=found)
    return found


@opens_to(CLINICAL)
@require_GET
def referral(request: Request, code: str) -> HttpResponse:
    """One referral: where it is, what to do next, and all that happened with it."""
    return show(request, opened(request, code))


def show(request: Request, of: Referral, **wrong: Any) -> HttpResponse:
    """The page; `wrong` are forms that came back with what was wrong with them."""
    span = span_of(of.direction, WHOLE, of.urgency)
    told = way(of)
    shown = {
        "referral": of,
        "next": to_do(of),
        "call": to_call(of),
        "contacts": list(contacts(of)),
        "expected": expected(of.direction, of.state),
        "steps": [] if of.must_call else open_steps(of.direction, of.state),
        "way": told,
        "report": next((each.document for each in told if each.document), None),
        "others": others_of(of, request.user),
        "waiting": waiting(of, span.days),
        "stands": stands_since(of),
        "overdue": days_overdue(of),
        **_forms(of),
        **wrong,
    }
    return render(request, "work/referral.html", shown, status=422 if wrong else 200)


def call_form(of: Referral, **more: Any) -> CallForm:
    """What came of a call; about a red flag, the referrer alone is called."""
    offered = [each for each in contacts(of) if not of.must_call or each.whom == Whom.REFERRER]
    return CallForm(offered, of.code, today(of.location.time_zone), **more)


def _forms(of: Referral) -> dict[str, Any]:
    if not of.is_open:
        return {}
    return {
        "call_form": call_form(of),
        "snooze_form": SnoozeForm(today(of.location.time_zone)),
        "assign_form": AssignForm(may_own(), initial={"owner": of.owner_id}),
        "escalate_form": EscalateForm(),
        "urgency_form": UrgencyForm(of),
    }


@opens_to(CLINICAL)
@form_page
def step(request: Request, code: str, to: str) -> HttpResponse:
    """One step that has no page of its own: what it asks, and why the loop would not be closed by it."""
    of = opened(request, code)
    asked = ask(of.direction, _seen(request, of), to) if to in set(State) else None
    if asked is None or (of.must_call and to != State.CANCELLED):
        messages.info(request, f"This referral is “{of.state_words}”, so this step is not open to it.")
        return redirect("work:referral", of.code)
    typed = request.POST if request.method == "POST" else parked_for(request)
    shown = of.steps.last() if to == State.READ else None
    words = {"data": typed, "files": request.FILES or None}
    form = StepForm(asked, of.state, today(of.location.time_zone), shown.pk if shown else None, **words)
    if request.method == "POST" and carried_out(form, _take, referral=of, to=to, by=request.actor):
        messages.success(request, f"Kept: {asked.verb}.")
        return redirect("work:referral", of.code)
    return show_form(request, "work/step.html", form, referral=of, asked=asked, gaps=_gaps(of, to), to=to)


def _take(
    *, referral: Referral, to: str, by: Actor, seen: str, latest: int | None, report: Any = None, **said: Any
) -> Referral:
    words = {"said": Said(**said), "seen": seen, "latest": latest, "report": report}
    return step_with_report(referral=referral, to=to, by=by, **words)


def _seen(request: Request, of: Referral) -> str:
    """The state that the page showed: who was overtaken keeps what they typed, and is told."""
    seen = request.POST.get("seen", "")
    return seen if seen in NEXT[Direction(of.direction)] else of.state


def _gaps(of: Referral, to: str) -> list[str]:
    """What is missing for a closed loop, where this step would close it before."""
    if to != State.CLOSED or not needs_reason(of.direction, of.state, to):
        return []
    return missing(of.direction, of.state, of.steps.values_list("to_state", flat=True))
