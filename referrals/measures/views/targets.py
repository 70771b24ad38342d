"""The targets of the clinic: shown to whoever works by them, set by who keeps the work going."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clinic.audit.actions import Refused
from clinic.people.doors import ADMINISTRATORS, CLINICAL, DOCTORS, opens_to
from clinic.people.request import Request
from clinic.people.views.outcome import show_form
from referrals.loop.lifecycle import Direction
from referrals.loop.models import Target
from referrals.loop.targets import Key
from referrals.measures import actions
from referrals.measures.forms import TargetsForm, direction_of

from .measures import READERS
from .tabs import WAYS, Tab

# Coordinators work by the targets day by day and administrators answer for how the clinic runs; doctors read them.
KEEPERS = CLINICAL - DOCTORS | ADMINISTRATORS
TEMPLATE = "measures/targets.html"


@opens_to(READERS)
@require_GET
def targets(request: Request) -> HttpResponse:
    """How long each step may take, with the default beside what the clinic set."""
    direction = direction_of(request.GET.get("direction"))
    return show_form(request, TEMPLATE, _form(direction), **_shown(request, direction))


@opens_to(KEEPERS)
@require_POST
def set_targets(request: Request) -> HttpResponse:
    """Keep the targets of one direction that were changed."""
    direction = direction_of(request.POST.get("direction"))
    form = _form(direction, data=request.POST)
    if form.is_valid():
        try:
            made = actions.set_targets(changes=form.changes(), seen=form.cleaned_data["seen"], by=request.actor)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _done(len(made)))
            return redirect(f"{reverse('measures:targets')}?direction={direction}")
    return show_form(request, TEMPLATE, form, **_shown(request, direction))


def _form(direction: Direction, data: object = None) -> TargetsForm:
    rows = Target.objects.current().select_related("set_by")
    standing = {Key(row.direction, row.step, row.urgency): row for row in rows}
    return TargetsForm(direction, standing, actions.latest(), data=data)


def _shown(request: Request, direction: Direction) -> dict[str, object]:
    page = reverse("measures:targets")
    return {
        "direction": direction.value,
        "ways": [Tab(words, f"{page}?direction={way}", way == direction) for way, words in WAYS.items()],
        "may_set": request.user.role in KEEPERS,
    }


def _done(changed: int) -> str:
    if not changed:
        return "Nothing was changed."
    return f"{changed} {'target is' if changed == 1 else 'targets are'} set. They count for what begins from now on."
