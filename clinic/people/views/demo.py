"""The made-up people of the demo, each one click away; without demo mode there is no such page."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from clinic.people.actions import signing_in
from clinic.people.doors import EVERYBODY, opens_to
from clinic.people.models import Role, User
from clinic.people.request import Request

WHAT_THEY_SHOW = {
    Role.DOCTOR: "the queue, a case with its criteria, the decision",
    Role.COORDINATOR: "who was invited and has not finished, patients, the desk",
    Role.EDITOR: "that an editor sees no patient",
    Role.ADMINISTRATOR: "staff, locations, who looked at what, the outgoing mail",
}


OF_PATIENTS = ("patient__cases__claimed_by", "patient__cases__decisions")


def offered() -> list[dict[str, object]]:
    """Everybody by role, staff first, each with a line on what they show; nobody outside the demo."""
    if not settings.DEMO:
        return []
    everybody = list(User.objects.filter(is_active=True).prefetch_related("access", *OF_PATIENTS).order_by("id"))
    groups: list[dict[str, object]] = []
    for role in (*WHAT_THEY_SHOW, Role.PATIENT):
        people = [{"user": user, "name": _name(user), "shows": _shows(user)} for user in everybody if user.role == role]
        if people:
            groups.append({"role": role.label, "people": people})
    return groups


def _name(user: User) -> str:
    patient = getattr(user, "patient", None)
    return str(user if user.is_staff_member or patient is None else patient)


def _shows(user: User) -> str:
    if user.is_staff_member:
        return WHAT_THEY_SHOW[Role(user.role)]
    patient = getattr(user, "patient", None)
    if patient is None:
        return "helps somebody else" if user.access.all() else "has not begun"
    return "; ".join(_stands(case) for case in patient.cases.all()) or "has not begun"


def _stands(case: Any) -> str:
    """Where a case is. Cases lie in a room above: what they say of themselves has to do."""
    decisions = sorted(case.decisions.all(), key=lambda decision: decision.signed_at)
    stage = decisions[-1].get_outcome_display() if decisions and case.stage == "decided" else case.get_stage_display()
    words = ["Urgent" if case.urgent_since else "", case.get_region_display(), stage]
    words += [f"{case.claimed_by} has it"] if case.claimed_by else []
    return ", ".join(word for word in words if word)


@opens_to(EVERYBODY)
@require_POST
def demo_sign_in(request: Request, pk: int) -> HttpResponse:
    """Become one of the made-up people."""
    if not settings.DEMO:
        raise Http404
    user = get_object_or_404(User, pk=pk, is_active=True)
    signing_in.begin_session(request=request, user=user, by=request.actor)
    return redirect("home")
