"""The doctor's chart: one page a group, each saved by itself, beside what the criteria make of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from clinic.audit.actions import Refused
from clinic.candidacy import chart as knowledge
from clinic.candidacy import reading
from clinic.candidacy.actions import chart as actions
from clinic.candidacy.casefile import CaseFile
from clinic.candidacy.evidence import group_of
from clinic.candidacy.forms.chart import COLUMNS, GroupForm
from clinic.candidacy.forms.decide import ScoreForm
from clinic.people.doors import DOCTORS, opens_to
from clinic.people.parking import parked_for
from clinic.people.request import Request
from clinic.people.views.outcome import carried_out, tried

from .case import criteria
from .doorway import opened_file, strip, visible_case

STALE = "The record has changed since you opened this page. What you typed is still here: compare it, then save again."


@opens_to(DOCTORS)
@require_http_methods(["GET", "POST"])
def chart(request: Request, reference: str, group: str = "exam") -> HttpResponse:
    """One group of the chart. Leaving a field open says nothing; the doctor's word is weighed, the others' stay."""
    if group not in knowledge.BY_KEY:
        raise Http404
    file = opened_file(request, reference, "chart.opened")
    of = knowledge.BY_KEY[group]
    typed = request.POST if request.method == "POST" else parked_for(request)
    form = GroupForm(of, file, file.case.patient.today(), typed)
    if request.method == "POST" and _saved(request, file, form):
        return redirect("candidacy:chart", reference, group)
    fresh = GroupForm(of, file, file.case.patient.today()) if typed else form
    status = 422 if request.method == "POST" else 200
    return render(request, "candidacy/chart.html", page(request, file, form, fresh), status=status)


def _saved(request: Request, file: CaseFile, form: GroupForm) -> bool:
    if not form.is_valid():
        if form.stale:
            messages.warning(request, STALE)
        return False
    try:
        actions.say(case=file.case, facts=form.facts(), rows=form.rows(), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, "Saved.")
    return True


def page(request: Request, file: CaseFile, form: GroupForm, fresh: GroupForm) -> dict[str, Any]:
    """The page of one group, with the criteria beside it."""
    case = file.case
    tabs = [
        {
            "label": each.title,
            "url": reverse("candidacy:chart", args=[case.reference, each.key]),
            "count": None,
            "current": each is form.group,
        }
        for each in knowledge.GROUPS
    ]
    shown = {"form": form, "seen": fresh.fingerprint, "tabs": tabs, "group": form.group, "score_form": None}
    if form.group is knowledge.SCORES:
        shown |= {"score_form": score_form(file), "scores": reading.scores(file.weighed.assembled, file.voices)}
    return strip(request, file) | criteria(file, "") | shown


def score_form(file: CaseFile, data: QueryDict | None = None) -> ScoreForm:
    injections = reading.listed(file.weighed.assembled, knowledge.INJECTIONS.rows[0], file.voices)
    named = [(row.key, row.title) for row in injections]
    return ScoreForm(injections=named, today=file.case.patient.today(), data=data)


@opens_to(DOCTORS)
@require_POST
def add_score(request: Request, reference: str) -> HttpResponse:
    """Record a score that was taken elsewhere or in the room."""
    file = opened_file(request, reference, "chart.opened")
    form = score_form(file, request.POST)
    if carried_out(form, actions.add_score, case=file.case, by=request.actor):
        messages.success(request, "Score recorded.")
        return redirect("candidacy:chart", reference, "scores")
    group = GroupForm(knowledge.SCORES, file, file.case.patient.today())
    shown = page(request, file, group, group) | {"score_form": form}
    return render(request, "candidacy/chart.html", shown, status=422)


@opens_to(DOCTORS)
@require_POST
def strike_row(request: Request, reference: str, listed: str, key: str) -> HttpResponse:
    """Take back what the doctor said of one row."""
    if listed not in COLUMNS:
        raise Http404
    found = visible_case(request, reference)
    words = {"case": found, "model": COLUMNS[listed][0], "key": key}
    tried(request, "Taken back. What others said of it stays.", actions.strike_row, **words)
    return redirect("candidacy:chart", reference, group_of(listed))


@opens_to(DOCTORS)
@require_POST
def close_chart(request: Request, reference: str) -> HttpResponse:
    """Close the chart and weigh once more: that is what is signed."""
    found = visible_case(request, reference)
    if tried(request, "The chart is closed and was weighed once more.", actions.close, case=found):
        return redirect("candidacy:decide", reference)
    return redirect("candidacy:case", reference)


@opens_to(DOCTORS)
@require_POST
def reopen_chart(request: Request, reference: str) -> HttpResponse:
    found = visible_case(request, reference)
    tried(request, "The chart is open again.", actions.reopen, case=found)
    return redirect("candidacy:case", reference)
