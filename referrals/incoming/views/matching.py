"""Whom a referral is about, and who sent it: somebody looks, and says."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from clinic.audit.actions import Refused, record
from clinic.directory.models import Entry
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.lists import number
from clinic.people.models import Patient
from clinic.people.request import Request
from clinic.people.search import read
from clinic.people.views.outcome import carried_out, tried
from clinic.record.models import Case
from referrals.incoming import matching
from referrals.incoming.actions import matching as actions
from referrals.incoming.forms.desk import NewPatientForm
from referrals.incoming.forms.fields import NUL
from referrals.incoming.matching import OPEN_STAGES, Offered
from referrals.loop.actions.steps import name_practice
from referrals.loop.models import Referral

from .desk import opened, unseen

MOST_FOUND = 8


@opens_to(CLINICAL)
@require_GET
def match(request: Request, code: str) -> HttpResponse:
    """Those in the register whom it may be about, side by side with the referrer's words; and who sent it."""
    return _page(request, opened(request, code), NewPatientForm())


def _page(request: Request, of: Referral, form: NewPatientForm, status: int = 200) -> HttpResponse:
    offered = Offered.of(of)
    sought = _sought(request, of, offered)
    found = _found(request, sought)
    seen = [each.pk for each in (*offered.alike, *found)]
    record(by=request.actor, verb="patients.compared", patients=seen)
    context: dict[str, Any] = {
        "referral": of,
        "offered": offered,
        "found": found,
        "q": sought,
        "form": form,
        "senders": [] if of.practice_id else matching.senders(of.request),
        "practice": matching.as_entry(of.request),
        "clinician": matching.as_practitioner(of.request),
    }
    return render(request, "incoming/match.html", context, status=status)


def _sought(request: Request, of: Referral, offered: Offered) -> str:
    """What was typed; the name itself where no birth date tells who is alike, so that nobody is entered twice."""
    unborn = offered.named.birth_date is None and not offered.alike
    return request.GET.get("q", of.request.patient_name if unborn else "")


def _found(request: Request, typed: str) -> list[Patient]:
    """Whom these words may mean, where nobody of those alike is meant."""
    sought = read(typed)
    if not sought:
        return []
    rows = Patient.objects.visible_to(request.user).found_by(sought).select_related("home_location")
    return list(rows.prefetch_related(matching.OPEN_CASES).order_by("family_name", "pk")[:MOST_FOUND])


@opens_to(CLINICAL)
@require_POST
def match_with(request: Request, code: str) -> HttpResponse:
    """It is about this person of the register, and goes on with this case or a new one."""
    of = unseen(request, code)
    visible = Patient.objects.visible_to(request.user)
    patient = get_object_or_404(visible, reference=request.POST.get("patient", "").replace(NUL, ""))
    chosen = request.POST.get("case", "").replace(NUL, "")
    open_cases = Case.objects.visible_to(request.user).filter(stage__in=OPEN_STAGES)
    case = get_object_or_404(open_cases, reference=chosen, patient=patient) if chosen else None
    done = f"Matched with {patient}."
    kept = tried(request, done, actions.match_patient, referral=of, patient=patient, case=case)
    return redirect("work:referral" if kept else "incoming:match", of.code)


@opens_to(CLINICAL)
@require_POST
def match_new(request: Request, code: str) -> HttpResponse:
    """It is about somebody whom the register does not have."""
    of, form = unseen(request, code), NewPatientForm(request.POST)
    words = {"referral": of, "by": request.actor, "seen_patient": number(request.POST.get("matched"))}
    if not carried_out(form, actions.match_new_patient, **words):
        return _page(request, of, form, status=422)
    messages.success(request, "Entered into the register, and matched.")
    return redirect("work:referral", of.code)


@opens_to(CLINICAL)
@require_POST
def name_sender(request: Request, code: str, pk: int) -> HttpResponse:
    """This entry of the directory sent it."""
    of, entry = unseen(request, code), get_object_or_404(Entry.objects.active(), pk=pk)
    tried(request, f"{entry} stands as the sender.", name_practice, referral=of, practice=entry)
    return redirect("incoming:match", of.code)


@opens_to(CLINICAL)
@require_POST
def add_sender(request: Request, code: str) -> HttpResponse:
    """Enter the sender into the directory as they named themselves; those alike stood beside the button."""
    of = unseen(request, code)
    clinician = request.POST.get("as") == "clinician"
    says = matching.as_practitioner(of.request) if clinician else matching.as_entry(of.request)
    seen = [pk for pk in map(number, request.POST.getlist("seen")) if pk is not None]
    try:
        entry = actions.add_sender(referral=of, by=request.actor, seen=seen, **says)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{entry} is in the directory, as the sender.")
    return redirect("incoming:match", of.code)
