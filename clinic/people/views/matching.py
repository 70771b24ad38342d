"""People who began by themselves: each is recognised, or confirmed as new. Nothing attaches to anybody before."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from clinic.audit.actions import record
from clinic.people.actions import patients as actions
from clinic.people.compare import side_by_side
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.forms.patients import MergeForm
from clinic.people.lists import chosen_location, page
from clinic.people.models import Location, Patient
from clinic.people.request import Request

from .outcome import carried_out, form_page, show_form, tried
from .patients import at

A_PAGE = 10  # each stands beside up to four possible duplicates


@opens_to(CLINICAL)
@require_GET
def to_match(request: Request) -> HttpResponse:
    """Those who began by themselves, each beside who it may be."""
    location, seen = chosen_location(request), Patient.objects.visible_to(request.user)
    waiting = at(location, seen.to_match())
    shown = page(waiting.with_alike().select_related("home_location"), request.GET, A_PAGE)
    others = seen.select_related("home_location").in_bulk({pk for row in shown.rows for pk in row.alike_ids})
    people = []
    for row in shown.rows:
        alike = [others[pk] for pk in row.alike_ids]
        people.append({"patient": row, "alike": alike, "rows": side_by_side(row, alike)})
    record(by=request.actor, verb="patients.compared", patients=[*(row.pk for row in shown.rows), *others])
    context = {"people": people, "page": shown, "total": waiting.count()}
    places = {"location": location, "locations": Location.objects.all()}
    return render(request, "people/to_match.html", {**context, **places})


@opens_to(CLINICAL)
@require_POST
def confirm_patient(request: Request, reference: str) -> HttpResponse:
    person = get_object_or_404(Patient.objects.visible_to(request.user), reference=reference)
    tried(request, f"{person} is confirmed as new.", actions.confirm_patient, patient=person)
    return redirect("people:to_match")


@opens_to(CLINICAL)
@form_page
def merge_patient(request: Request, reference: str) -> HttpResponse:
    """Two entries are one person: shows both, says what will happen, and does it."""
    seen = Patient.objects.visible_to(request.user).select_related("home_location", "user")
    person = get_object_or_404(seen, reference=reference)
    form = MergeForm(request.POST or None, initial={"into": request.GET.get("into", "")}, patient=person, patients=seen)
    if request.method == "POST" and carried_out(form, actions.merge_patient, patient=person, by=request.actor):
        kept = form.cleaned_data["into"]
        messages.success(request, f"Both entries are one now: {kept}.")
        return redirect("people:patient", kept.reference)
    alike = [form.other] if form.other else []
    record(by=request.actor, verb="patients.compared", patients=[person.pk, *(row.pk for row in alike)])
    context = {"patient": person, "other": form.other, "alike": alike, "rows": side_by_side(person, alike)}
    return show_form(request, "people/merge_patient.html", form, **context)
