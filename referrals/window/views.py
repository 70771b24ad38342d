"""Who should begin rehabilitation: the lists, one click to the letter, why somebody is not referred, and the days."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clinic.audit.actions import Refused, record
from clinic.candidacy.views.doorway import opened_file
from clinic.people.doors import ADMINISTRATORS, CLINICAL, opens_to
from clinic.people.lists import MOST_COUNTED, counts, page
from clinic.people.parking import parked_for
from clinic.people.request import Request
from clinic.people.views.outcome import carried_out, form_page, show_form, tried
from referrals.outgoing.record import known

from . import actions
from .forms import DaysForm, WhyNotForm
from .models import USUAL_DAYS, Window, WindowQuerySet
from .reading import days_to_first_visit, rows_of

TABS = {
    "to_begin": "To ask for",
    "overdue": "Overdue",
    "awaited": "First visit awaited",
    "missed": "Relief is gone",
}


@opens_to(CLINICAL)
@require_GET
def to_begin(request: Request) -> HttpResponse:
    """Who is in relief and should begin rehabilitation, the longest since the injection first."""
    mine = Window.windows.visible_to(request.user)
    lists: dict[str, WindowQuerySet] = {tab: getattr(mine, tab)() for tab in TABS}
    asked = request.GET.get("tab", "")
    tab = asked if asked in TABS else "to_begin"
    shown = page(lists[tab].with_window().select_related("case__patient"), request.GET, moment="on", oldest_first=True)
    patients = [each.case.patient_id for each in shown.rows]
    record(by=request.actor, verb="window.listed", patients=patients, detail={"tab": tab})
    context = {
        "page": shown,
        "rows": rows_of(shown.rows),
        "tab": tab,
        "tabs": _tabs(tab, counts(request.user, **lists)),
        "days": days_to_first_visit(),
    }
    return render(request, "window/to_begin.html", context)


def _tabs(current: str, found: dict[str, int]) -> list[dict[str, Any]]:
    here = reverse("window:to_begin")
    return [
        {
            "label": words,
            "url": f"{here}?tab={tab}",
            "count": f"{MOST_COUNTED:,}+" if found[tab] > MOST_COUNTED else f"{found[tab]:,}",
            "current": tab == current,
        }
        for tab, words in TABS.items()
    ]


def _window(request: Request, pk: int) -> Window:
    """The last session of a case, where this person may see it; otherwise not found."""
    rows = Window.windows.visible_to(request.user).last_ones().with_window().select_related("case__patient", "location")
    return get_object_or_404(rows, pk=pk)


@opens_to(CLINICAL)
@require_POST
def write_referral(request: Request, pk: int) -> HttpResponse:
    """One click: the letter to physical therapy, filled from the record, ready to be looked at."""
    window = _window(request, pk)
    file = opened_file(request, window.case.reference)
    try:
        made = actions.write_referral(window=window, known=known(file), by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("candidacy:case", window.case.reference)
    if made.state != "draft":
        return redirect("work:referral", made.code)
    messages.success(request, "Filled from the record. Look at each line; a doctor signs it before it goes out.")
    return redirect("outgoing:draft", made.code)


@opens_to(CLINICAL)
@form_page
def why_not(request: Request, pk: int) -> HttpResponse:
    """Say why no referral follows this session."""
    window = _window(request, pk)
    record(by=request.actor, verb="case.opened", patients=[window.case.patient_id], of=window.case)
    form = WhyNotForm(request.POST if request.method == "POST" else parked_for(request))
    if request.method == "POST" and carried_out(form, actions.say_why_not, window=window, by=request.actor):
        messages.success(request, "Noted. It is off the list; on the page of the case it can be taken back.")
        return redirect("window:to_begin")
    return show_form(request, "window/why_not.html", form, window=window)


@opens_to(CLINICAL)
@require_POST
def take_back(request: Request, pk: int) -> HttpResponse:
    """Take back why no referral followed."""
    window = _window(request, pk)
    tried(request, "Taken back.", actions.take_back, window=window)
    return redirect("candidacy:case", window.case.reference)


@opens_to(ADMINISTRATORS)
@form_page
def days(request: Request) -> HttpResponse:
    """Within how many days of relief a first visit should be."""
    form = DaysForm(request.POST or None, initial={"days": days_to_first_visit()})
    if request.method == "POST" and carried_out(form, actions.set_days, by=request.actor):
        messages.success(request, "Set. The lists count by it from now on.")
        return redirect("window:days")
    return show_form(request, "window/days.html", form, usual=USUAL_DAYS, back_url=reverse("home"))
