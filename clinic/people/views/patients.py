"""The patients' register: finding, adding and correcting people."""

from django.contrib import messages
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from clinic.audit.actions import Refused, record
from clinic.people.actions import patients as actions
from clinic.people.compare import side_by_side
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.forms.patients import AnywayForm, PatientForm, SignInAddressForm
from clinic.people.lists import chosen_location, page
from clinic.people.models import Access, Location, Patient, PatientQuerySet, PrivateLink
from clinic.people.request import Request
from clinic.people.search import read

from .outcome import carried_out, form_page, show_form


def at(location: Location | None, patients: PatientQuerySet) -> PatientQuerySet:
    """The patients of one location, or all of them where none is chosen."""
    return patients.filter(home_location=location) if location else patients


@opens_to(CLINICAL)
@require_GET
def patients(request: Request) -> HttpResponse:
    """The register, narrowed while one types."""
    location, sought = chosen_location(request), read(request.GET.get("q", ""))
    everywhere = Patient.objects.visible_to(request.user)
    if sought:
        everywhere = everywhere.found_by(sought)
    here = at(location, everywhere)
    shown = page(here.select_related("home_location").prefetch_related("cases"), request.GET)
    record(by=request.actor, verb="patients.listed", patients=[row.pk for row in shown.rows])
    total = here.count()
    context = {
        "page": shown,
        "q": request.GET.get("q", ""),
        "location": location,
        "locations": Location.objects.all(),
        "total": total,
        "elsewhere": everywhere.count() - total if location else 0,
    }
    return render(request, f"people/patients.html{'#found' if 'HX-Request' in request.headers else ''}", context)


@opens_to(CLINICAL)
@form_page
def add_patient(request: Request) -> HttpResponse:
    """Enter somebody; where somebody alike is there already, both are shown before it is saved."""
    form = PatientForm(request.POST or None, initial={"home_location": chosen_location(request)})
    anyway, alike = AnywayForm(request.POST or None), []
    if request.method == "POST" and form.is_valid() and anyway.is_valid():
        try:
            patient = actions.add_patient(by=request.actor, **form.cleaned_data, **anyway.cleaned_data)
        except Refused as refused:
            anyway.add_error("reason", str(refused))
            same = Patient.objects.visible_to(request.user).alike(form.instance)
            alike = list(same.select_related("home_location")[:4])
            record(by=request.actor, verb="patients.compared", patients=[row.pk for row in alike])
        else:
            messages.success(request, f"{patient} is in the register.")
            return redirect("people:patient", patient.reference)
    rows = side_by_side(form.instance, alike) if alike else []
    context = {"form": form, "anyway": anyway, "alike": alike, "rows": rows}
    return render(request, "people/add_patient.html", context, status=422 if form.errors or alike else 200)


def _with_ties(patients: QuerySet[Patient]) -> QuerySet[Patient]:
    """With carers, open invitations, cases and merged entries, in a fixed number of queries."""
    links = PrivateLink.objects.waiting().exclude(purpose=PrivateLink.Purpose.DESK).select_related("created_by")
    return patients.prefetch_related(
        Prefetch("access", Access.objects.open().select_related("user").order_by("pk"), "carers"),
        Prefetch("private_links", links, "links"),
        "cases__claimed_by",
        "merged",
    )


@opens_to(CLINICAL)
@require_GET
def patient(request: Request, reference: str) -> HttpResponse:
    """All that the clinic keeps of one person beside their complaints, and what can be done for them."""
    seen = Patient.objects.visible_to(request.user).select_related("home_location", "user", "matched_by")
    named = seen.filter(Q(reference=reference) | Q(merged__reference=reference)).distinct()
    person = get_object_or_404(_with_ties(named))
    if person.reference != reference:
        return redirect("people:patient", person.reference)
    alike = list(seen.alike(person)[:4])
    record(by=request.actor, verb="patient.opened", patients=[person.pk, *(row.pk for row in alike)], of=person)
    rows = side_by_side(person, alike) if alike else []
    context = {"patient": person, "alike": alike, "rows": rows, "about": _about(person), "facts": _facts(person)}
    return render(request, "people/patient.html", context)


def _about(patient: Patient) -> str:
    """Age, sex, birth date and reference in one line, as on a case."""
    born, age = patient.birth_date, patient.age_on(patient.today())
    said = [f"{age}, born {born.day} {born:%B %Y}" if born else "birth date not said"]
    return " · ".join([*said, patient.get_sex_display().lower() or "sex not said", f"ref. {patient.reference}"])


def _facts(patient: Patient) -> list[dict[str, str]]:
    """What stands in the strip over a patient's page."""
    interpreter = {None: "not asked", True: "needed", False: "not needed"}[patient.interpreter]
    said = {
        "Phone": patient.phone or "none",
        "Payer": patient.payer or "not said",
        "Language": patient.get_language_display(),
        "Interpreter": interpreter,
        "Home location": patient.home_location.name,
    }
    return [{"label": label, "value": value} for label, value in said.items()]


@opens_to(CLINICAL)
@form_page
def change_patient(request: Request, reference: str) -> HttpResponse:
    seen = Patient.objects.visible_to(request.user)
    person = get_object_or_404(seen, reference=reference)
    form = PatientForm(request.POST or None, instance=get_object_or_404(seen, reference=reference))
    if request.method == "POST" and carried_out(form, actions.change_patient, patient=person, by=request.actor):
        messages.success(request, "Saved.")
        return redirect("people:patient", reference)
    record(by=request.actor, verb="patient.opened", patients=[person.pk], of=person)
    return show_form(request, "people/change_patient.html", form, patient=person)


@opens_to(CLINICAL)
@form_page
def change_sign_in(request: Request, reference: str) -> HttpResponse:
    """Correct the address that a patient signs in with."""
    person = get_object_or_404(Patient.objects.visible_to(request.user).select_related("user"), reference=reference)
    form = SignInAddressForm(request.POST or None)
    if request.method == "POST" and carried_out(form, actions.change_sign_in_address, patient=person, by=request.actor):
        messages.success(request, "Saved. Both addresses were told.")
        return redirect("people:patient", reference)
    record(by=request.actor, verb="patient.opened", patients=[person.pk], of=person)
    return show_form(request, "people/change_sign_in.html", form, patient=person)
