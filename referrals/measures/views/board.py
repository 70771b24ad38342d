"""The board of the morning meeting, to be read on a screen or printed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clinic.audit.actions import record
from clinic.audit.clock import today
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.lists import chosen_location, clinic_zone
from clinic.people.models import Location
from clinic.people.request import Request
from referrals.measures import board as boards


@opens_to(CLINICAL)
@require_GET
def board(request: Request) -> HttpResponse:
    """What is due today, list by list, and what nobody should forget."""
    location = chosen_location(request)
    day = today(location.time_zone if location else clinic_zone().key)
    shown = boards.board(request.user, location, day)
    record(by=request.actor, verb="referrals.board_listed", patients=shown.patients)
    context = {
        "board": shown,
        "day": day,
        "location": location,
        "locations": Location.objects.order_by("-active", "name"),
    }
    return render(request, "measures/board.html", context)
