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
    Role.EDITOR: "the pages that patients read",
    Role.ADMINISTRATOR: "staff, locations, who looked at what, the outgoing mail",
}


def offered() -> list[dict[str, object]]:
    """Everybody by role, staff first, each with a line on what they show; nobody outside the demo."""
    if not settings.DEMO:
        return []
    everybody = list(
        User.objects.filter(is_active=True).prefetch_related("access", "patient__cases__claimed_by").order_by("id")
    )
    groups: list[dict[str, object]] = []
    for role in (*WHAT_THEY_SHOW, Role.PATIENT):
        people = [{"user": user, "shows": _shows(user)} for user in everybody if user.role == role]
        if people:
            groups.append({"role": role.label, "people": people})
    return groups


def _shows(user: User) -> str:
    if user.is_staff_member:
        return WHAT_THEY_SHOW[Role(user.role)]
    patient = getattr(user, "patient", None)
    if patient is None:
        return "acts for somebody else" if user.access.all() else "has not begun"
    return "; ".join(_stands(case) for case in patient.cases.all()) or "invited, has not begun"


def _stands(case: Any) -> str:
    """Where a case is; cases lie in a room above, so what they say of themselves has to do."""
    urgent = "urgent, " if case.urgent_since else ""
    claimed = f", {case.claimed_by} has it" if case.claimed_by else ""
    return f"{urgent}{case.get_stage_display().lower()}{claimed}"


@opens_to(EVERYBODY)
@require_POST
def demo_sign_in(request: Request, pk: int) -> HttpResponse:
    """Become one of the made-up people."""
    if not settings.DEMO:
        raise Http404
    user = get_object_or_404(User, pk=pk, is_active=True)
    signing_in.begin_session(request=request, user=user, by=request.actor)
    return redirect("home")
