"""The rules of this clinic, kept: taken in from a document, signed off by a doctor, counting from a day."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from clinic.audit.actions import Refused
from clinic.criteria.sets import Faulty
from clinic.people.doors import ADMINISTRATORS, DOCTORS, opens_to
from clinic.people.lists import clinic_day
from clinic.people.parking import parked_for
from clinic.people.request import Request
from clinic.people.views.outcome import carried_out, form_page, show_form, tried
from clinic.policies.actions import versions
from clinic.policies.forms import DayForm, SignOffForm, UploadForm
from clinic.policies.models import Effect, Version
from clinic.policies.plainly import clause_words, head_words
from clinic.policies.shelf import standings

from .sets import about, visible


@dataclass(frozen=True)
class Fault:
    """What cannot stand in a document: the line, its own text, and what is allowed there."""

    line: int
    words: str
    because: str


@opens_to(ADMINISTRATORS)
@form_page
def upload(request: Request) -> HttpResponse:
    """Take in a document as a draft. What is wrong comes back with its lines, and nothing that was typed is lost."""
    sent = request.method == "POST"
    form = UploadForm(request.POST if sent else None, request.FILES or None, initial=parked_for(request))
    faults: Sequence[Fault] = ()
    if sent and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            kept = versions.upload(text=text, by=request.actor)
        except Faulty as faulty:
            faults = _faults(faulty, text)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{kept} is a draft now. It counts after a doctor has signed it off.")
            return redirect("policies:version", kept.sha256)
        form.show(text)
    status = 422 if sent else 200
    return render(request, "policies/upload.html", {"form": form, "faults": faults}, status=status)


def _faults(faulty: Faulty, text: str) -> list[Fault]:
    lines = text.splitlines()
    return [
        Fault(line, lines[line - 1].strip() if line <= len(lines) else "", because) for line, because in faulty.problems
    ]


@opens_to(DOCTORS)
@form_page
def sign_off(request: Request, sha256: str) -> HttpResponse:
    """A doctor compares every clause with the publisher's document, and signs."""
    standing, found = visible(sha256)
    typed = request.POST if request.method == "POST" else parked_for(request)
    form = SignOffForm(typed or None, criteria=found.criteria)
    if request.method == "POST" and carried_out(form, versions.sign_off, version=found, by=request.actor):
        messages.success(request, f"{found} is signed off.")
        return redirect("policies:version", sha256)
    ticked = typed.getlist("compared") if typed else []
    clauses = [(clause, clause.key in ticked) for clause in clause_words(found.criteria)]
    words = {"head": head_words(found.criteria), "clauses": clauses}
    return show_form(request, "policies/sign_off.html", form, **about(standing, found), **words)


@opens_to(ADMINISTRATORS | DOCTORS)
@form_page
def begin(request: Request, sha256: str) -> HttpResponse:
    """Let a version count from a day on; the page says which one ends there."""
    standing, found = visible(sha256)
    today = clinic_day()
    form = DayForm(request.POST or None, today=today, initial={"from_day": today})
    if request.method == "POST" and carried_out(form, versions.take_effect, version=found, by=request.actor):
        messages.success(request, f"{found} counts from {form.cleaned_data['from_day']:%-d %B %Y} on.")
        return redirect("policies:version", sha256)
    return show_form(request, "policies/begin.html", form, **about(standing, found))


@opens_to(ADMINISTRATORS | DOCTORS)
@form_page
def end(request: Request, set_key: str) -> HttpResponse:
    """Let a set no longer count from a day on."""
    today = clinic_day()
    standing = next(iter(standings(today, set_key)), None)
    if standing is None:
        raise Http404
    form = DayForm(request.POST or None, today=today)
    if request.method == "POST" and carried_out(form, versions.end, key=set_key, by=request.actor):
        messages.success(
            request, f"{standing.title} no longer counts from {form.cleaned_data['from_day']:%-d %B %Y} on."
        )
        return redirect("policies:sets")
    return show_form(request, "policies/end.html", form, standing=standing)


@opens_to(ADMINISTRATORS | DOCTORS)
@require_POST
def take_back(request: Request, pk: int) -> HttpResponse:
    """Undo what was said of a day that has not passed."""
    effect = get_object_or_404(Effect.objects.select_related("version"), pk=pk)
    tried(request, "Taken back: what counted before goes on.", versions.take_back, effect=effect)
    version = effect.version or Version.objects.filter(key=effect.key).latest("pk")
    return redirect("policies:version", version.sha256)
