"""What a version would change before it counts: the clauses that differ, and the open cases that would flip."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh

from clinic.audit.actions import record
from clinic.people.doors import opens_to
from clinic.people.lists import clinic_day
from clinic.people.request import Request
from clinic.people.views.outcome import carried_out, tried
from clinic.policies.actions import previewing
from clinic.policies.differences import differences
from clinic.policies.forms import DayForm
from clinic.policies.models import Preview, Version
from clinic.policies.preview import SIZE, Filters, clauses, counting_without, likely_day, page, progress, ways

from .sets import READERS, about, visible


@opens_to(READERS)
@require_GET
def preview(request: Request, sha256: str) -> HttpResponse:
    """What is known of a version's effect; while it is found out, how far that is."""
    standing, version = visible(sha256)
    run = _run(version)
    if request.htmx:
        if run is None or run.ended_at:
            return HttpResponseClientRefresh()
        return render(request, "policies/_preview_running.html", {"version": version, "run": run, **_numbers(run)})
    today = clinic_day()
    day = run.day if run else likely_day(version, today)
    form = DayForm(today=today, initial={"from_day": day})
    older = run.instead_of if run else counting_without(version, day)
    shown = about(standing, version) | _differing(version, older) | {"form": form, "run": run}
    if run:
        shown |= _numbers(run)
    if run and run.ended_at:
        shown |= _found(request, run)
    return render(request, "policies/preview.html", shown)


def _run(version: Version) -> Preview | None:
    return Preview.objects.filter(version=version).select_related("instead_of", "asked_by").first()


def _differing(version: Version, older: Version | None) -> dict[str, Any]:
    """What the version would stand in for, and the clauses that differ."""
    return {"older": older, "differences": older and differences(older.criteria, version.criteria)}


def _numbers(run: Preview) -> dict[str, Any]:
    return {"progress": progress(run)}


def _found(request: Request, run: Preview) -> dict[str, Any]:
    """Counts for every reader; the cases themselves for those alone who treat them."""
    filters = Filters.read(request.GET)
    listed = page(run, request.user, filters) if request.user.is_clinical else None
    patients = [row.flip.case.patient_id for row in listed.rows] if listed else []
    record(by=request.actor, verb="preview.opened", of=run, patients=patients)
    counted = ways(run)
    return {
        "ways": counted,
        "flips": sum(way.cases for way in counted),
        "own_flips": sum(way.own for way in counted),
        "clauses": clauses(run),
        "filters": filters,
        "listed": listed,
        "size": SIZE,
    }


@opens_to(READERS)
@require_POST
def start_preview(request: Request, sha256: str) -> HttpResponse:
    """Weigh all open cases by this version; what was found earlier goes."""
    version = get_object_or_404(Version, sha256=sha256)
    today = clinic_day()
    form = DayForm(request.POST, today=today)
    if carried_out(form, previewing.start, version=version, by=request.actor):
        return redirect("policies:preview", sha256)
    standing, version = visible(sha256)
    older = counting_without(version, likely_day(version, today))
    shown = about(standing, version) | _differing(version, older) | {"form": form, "run": None}
    return render(request, "policies/preview.html", shown, status=422)


@opens_to(READERS)
@require_POST
def cancel_preview(request: Request, sha256: str) -> HttpResponse:
    """Stop weighing; what was found so far stays to be read."""
    run = get_object_or_404(Preview, version__sha256=sha256)
    tried(request, "Stopped. What was found so far stands below.", previewing.cancel, preview=run)
    return redirect("policies:preview", sha256)
