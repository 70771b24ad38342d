"""Sending invitations, sending them again and taking them back; the code for the tablet; ending a carer's access."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from clinic.audit.actions import Refused, record
from clinic.people.actions import invitations, patients
from clinic.people.doors import ADMINISTRATORS, CLINICAL, opens_to
from clinic.people.forms.administration import InvitationForm
from clinic.people.forms.patients import AddressForm, CarerForm
from clinic.people.models import Access, Patient, PrivateLink
from clinic.people.request import Request

from .outcome import carried_out, form_page, show_form, tried

Purpose = PrivateLink.Purpose


def _patient(request: Request, reference: str) -> Patient:
    return get_object_or_404(Patient.objects.visible_to(request.user), reference=reference)


def _staff_link(pk: int) -> PrivateLink:
    return get_object_or_404(PrivateLink.objects.waiting(), pk=pk, purpose=Purpose.STAFF_INVITATION)


def _link_of(patient: Patient, pk: int) -> PrivateLink:
    return get_object_or_404(patient.private_links.waiting().exclude(purpose=Purpose.DESK), pk=pk)


@opens_to(ADMINISTRATORS)
@form_page
def invite_staff(request: Request) -> HttpResponse:
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and carried_out(form, invitations.invite_staff, by=request.actor):
        messages.success(request, f"The invitation is on its way to {form.cleaned_data['email']}.")
        return redirect("people:staff")
    return show_form(request, "people/invite_staff.html", form)


@opens_to(ADMINISTRATORS)
@require_POST
def resend_staff_invitation(request: Request, pk: int) -> HttpResponse:
    link = _staff_link(pk)
    words = {"email": link.email, "name": link.name, "role": link.role}
    tried(request, f"A new invitation is on its way to {link.email}.", invitations.invite_staff, **words)
    return redirect("people:staff")


@opens_to(ADMINISTRATORS)
@require_POST
def revoke_staff_invitation(request: Request, pk: int) -> HttpResponse:
    tried(request, "The invitation opens nothing any more.", invitations.revoke_link, link=_staff_link(pk))
    return redirect("people:staff")


@opens_to(CLINICAL)
@form_page
def invite_patient(request: Request, reference: str) -> HttpResponse:
    """Mail a patient the link to their own record."""
    patient = _patient(request, reference)
    form = AddressForm(request.POST or None, initial={"email": patient.email})
    if request.method == "POST" and carried_out(form, invitations.invite_patient, patient=patient, by=request.actor):
        messages.success(request, f"The invitation is on its way to {form.cleaned_data['email']}.")
        return redirect("people:patient", reference)
    record(by=request.actor, verb="patient.opened", patients=[patient.pk], of=patient)
    return show_form(request, "people/invite_patient.html", form, patient=patient)


@opens_to(CLINICAL)
@form_page
def invite_carer(request: Request, reference: str) -> HttpResponse:
    """Mail somebody the link by which they act for a patient."""
    patient, form = _patient(request, reference), CarerForm(request.POST or None)
    if request.method == "POST" and carried_out(form, invitations.invite_carer, patient=patient, by=request.actor):
        messages.success(request, f"The invitation is on its way to {form.cleaned_data['email']}.")
        return redirect("people:patient", reference)
    record(by=request.actor, verb="patient.opened", patients=[patient.pk], of=patient)
    return show_form(request, "people/invite_carer.html", form, patient=patient)


@opens_to(CLINICAL)
@require_POST
def resend_invitation(request: Request, reference: str, pk: int) -> HttpResponse:
    patient = _patient(request, reference)
    link = _link_of(patient, pk)
    verb: Callable[..., object] = invitations.invite_patient
    words = {"email": link.email}
    if link.purpose == Purpose.CARER_INVITATION:
        verb, words = invitations.invite_carer, {**words, "name": link.name, "relation": link.relation}
    tried(request, f"A new invitation is on its way to {link.email}.", verb, patient=patient, **words)
    return redirect("people:patient", reference)


@opens_to(CLINICAL)
@require_POST
def revoke_invitation(request: Request, reference: str, pk: int) -> HttpResponse:
    link = _link_of(_patient(request, reference), pk)
    tried(request, "The invitation opens nothing any more.", invitations.revoke_link, link=link)
    return redirect("people:patient", reference)


@opens_to(CLINICAL)
@require_POST
def end_access(request: Request, reference: str, pk: int) -> HttpResponse:
    access = get_object_or_404(Access.objects.open(), pk=pk, patient=_patient(request, reference))
    done = f"{access.user} cannot act for this patient any more."
    tried(request, done, patients.end_access, access=access)
    return redirect("people:patient", reference)


@never_cache
@opens_to(CLINICAL)
@require_POST
def make_desk_code(request: Request, reference: str) -> HttpResponse:
    """A code for the tablet, shown once: it is kept nowhere."""
    patient = _patient(request, reference)
    try:
        handed = invitations.make_desk_code(patient=patient, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("people:patient", reference)
    halves = handed.secret[:4], handed.secret[4:]
    return render(request, "people/desk_code.html", {"patient": patient, "halves": halves, "link": handed.link})
