"""The administrator's pages: the clinic, its locations, its staff. No clinical content."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_GET, require_POST

from clinic.people.actions import administration
from clinic.people.doors import ADMINISTRATORS, EVERYBODY, opens_to
from clinic.people.forms.administration import ClinicForm, LocationForm, LogoForm
from clinic.people.models import Clinic, Location
from clinic.people.request import Request

from .outcome import carried_out, form_page, show_form, tried


@opens_to(EVERYBODY)
@require_GET
@cache_control(public=True, no_cache=True)
@conditional_page
def logo(_request: Request) -> HttpResponse:
    """The clinic's own picture, as it stands on every page."""
    kept = Clinic.objects.filter(pk=1).first()
    if kept is None or kept.logo is None:
        raise Http404
    return HttpResponse(bytes(kept.logo), content_type=kept.logo_type)


def _clinic_page(request: Request, form: ClinicForm, logo_form: LogoForm) -> HttpResponse:
    context = {"form": form, "logo_form": logo_form, "has_logo": bool(Clinic.current().logo_type)}
    status = 422 if form.errors or logo_form.errors else 200
    return render(request, "people/clinic.html", context, status=status)


@opens_to(ADMINISTRATORS)
@form_page
def clinic(request: Request) -> HttpResponse:
    """Name, numbers and logo that stand on every page, mail and letter."""
    form = ClinicForm(request.POST or None, instance=Clinic.current())
    if request.method == "POST" and carried_out(form, administration.change_clinic, by=request.actor):
        messages.success(request, "Saved. It stands on every page from now on.")
        return redirect("people:clinic")
    return _clinic_page(request, form, LogoForm())


@opens_to(ADMINISTRATORS)
@require_POST
def change_logo(request: Request) -> HttpResponse:
    form = LogoForm(request.POST, request.FILES)
    if not form.is_valid():
        return _clinic_page(request, ClinicForm(instance=Clinic.current()), form)
    content, content_type = form.cleaned_data["logo"]
    words = {"content": content, "content_type": content_type}
    tried(request, "The new logo stands on every page.", administration.change_logo, **words)
    return redirect("people:clinic")


@opens_to(ADMINISTRATORS)
@require_POST
def remove_logo(request: Request) -> HttpResponse:
    tried(request, "The logo is gone.", administration.change_logo, content=None, content_type="")
    return redirect("people:clinic")


@opens_to(ADMINISTRATORS)
@require_GET
def locations(request: Request) -> HttpResponse:
    rows = Location.objects.order_by("-active", "name")
    return render(request, "people/locations.html", {"locations": rows})


@opens_to(ADMINISTRATORS)
@form_page
def add_location(request: Request) -> HttpResponse:
    form = LocationForm(request.POST or None)
    if request.method == "POST" and carried_out(form, administration.add_location, by=request.actor):
        messages.success(request, f"{form.cleaned_data['name']} is open.")
        return redirect("people:locations")
    return show_form(request, "people/add_location.html", form)


@opens_to(ADMINISTRATORS)
@form_page
def change_location(request: Request, pk: int) -> HttpResponse:
    location = get_object_or_404(Location, pk=pk)
    form = LocationForm(request.POST or None, instance=get_object_or_404(Location, pk=pk))
    if request.method == "POST" and carried_out(
        form, administration.change_location, location=location, by=request.actor
    ):
        messages.success(request, "Saved.")
        return redirect("people:locations")
    return show_form(request, "people/change_location.html", form, location=location)


@opens_to(ADMINISTRATORS)
@require_POST
def close_location(request: Request, pk: int) -> HttpResponse:
    location = get_object_or_404(Location, pk=pk)
    tried(request, f"{location} is closed.", administration.close_location, location=location)
    return redirect("people:locations")


@opens_to(ADMINISTRATORS)
@require_POST
def reopen_location(request: Request, pk: int) -> HttpResponse:
    location = get_object_or_404(Location, pk=pk)
    tried(request, f"{location} is open again.", administration.reopen_location, location=location)
    return redirect("people:locations")
