"""Who works here, as the administrator sees and changes it."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from clinic.people.actions import administration
from clinic.people.doors import ADMINISTRATORS, opens_to
from clinic.people.forms.administration import DeactivationForm, ResetForm, RoleForm, StaffForm
from clinic.people.models import STAFF_ROLES, PrivateLink, User
from clinic.people.request import Request

from .outcome import carried_out, form_page, show_form, tried


def _staff() -> QuerySet[User]:
    return User.objects.filter(role__in=STAFF_ROLES)


@opens_to(ADMINISTRATORS)
@require_GET
def staff(request: Request) -> HttpResponse:
    """Everybody who works here, and who was invited and has not come yet."""
    rows = _staff().annotate(cases=Count("claimed_cases")).order_by("-is_active", "name", "pk")
    invited = PrivateLink.objects.waiting().filter(purpose=PrivateLink.Purpose.STAFF_INVITATION)
    context = {"staff": rows, "invited": invited.select_related("created_by")}
    return render(request, "people/staff.html", context)


@opens_to(ADMINISTRATORS)
@require_GET
def staff_member(request: Request, pk: int) -> HttpResponse:
    """One member of staff, and what an administrator may do for them."""
    member = get_object_or_404(_staff().select_related("deactivated_by").annotate(cases=Count("claimed_cases")), pk=pk)
    context = {
        "member": member,
        "factors": Authenticator.objects.filter(user=member).count(),
        "role_form": RoleForm(initial={"role": member.role}),
    }
    return render(request, "people/staff_member.html", context)


@opens_to(ADMINISTRATORS)
@form_page
def change_staff(request: Request, pk: int) -> HttpResponse:
    member = get_object_or_404(_staff(), pk=pk)
    form = StaffForm(request.POST or None, initial={"name": member.name, "email": member.email})
    if request.method == "POST" and carried_out(form, administration.change_staff, user=member, by=request.actor):
        messages.success(request, "Saved.")
        return redirect("people:staff_member", pk)
    return show_form(request, "people/change_staff.html", form, member=member)


@opens_to(ADMINISTRATORS)
@require_POST
def change_role(request: Request, pk: int) -> HttpResponse:
    member, form = get_object_or_404(_staff(), pk=pk), RoleForm(request.POST)
    if form.is_valid():
        role = form.cleaned_data["role"]
        tried(request, "The role is changed.", administration.change_role, user=member, role=role)
    return redirect("people:staff_member", pk)


@opens_to(ADMINISTRATORS)
@form_page
def reset_second_factor(request: Request, pk: int) -> HttpResponse:
    member, form = get_object_or_404(_staff(), pk=pk), ResetForm(request.POST or None)
    if request.method == "POST" and carried_out(
        form, administration.reset_second_factor, user=member, by=request.actor
    ):
        messages.success(request, f"{member} sets up a new second step at the next sign-in, and got a mail.")
        return redirect("people:staff_member", pk)
    return show_form(request, "people/reset_second_factor.html", form, member=member)


@opens_to(ADMINISTRATORS)
@form_page
def deactivate_staff(request: Request, pk: int) -> HttpResponse:
    member = get_object_or_404(_staff(), pk=pk)
    form = DeactivationForm(request.POST if request.method == "POST" else None, user=member)
    if request.method == "POST" and carried_out(form, administration.deactivate, user=member, by=request.actor):
        messages.success(request, f"{member} cannot sign in any more.")
        return redirect("people:staff")
    return show_form(request, "people/deactivate_staff.html", form, member=member)


@opens_to(ADMINISTRATORS)
@require_POST
def reactivate_staff(request: Request, pk: int) -> HttpResponse:
    member = get_object_or_404(_staff(), pk=pk)
    tried(request, f"{member} can sign in again.", administration.reactivate, user=member)
    return redirect("people:staff_member", pk)
