"""The lists of faxes: each stands in exactly one of them, and what hinders the folder is said above."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from clinic.audit.actions import record
from clinic.audit.clock import now
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.lists import counted, page
from clinic.people.request import Request
from referrals.faxes.lifecycle import WORDS, State
from referrals.faxes.models import Fax, FaxQuerySet, Look, Seen, Step, Trouble, is_late


@opens_to(CLINICAL)
@require_GET
def waiting(request: Request) -> HttpResponse:
    """What came by fax: waiting with the oldest first; filed and set aside with the latest first."""
    asked = request.GET.get("tab", "")
    tab = State(asked) if asked in WORDS else State.WAITING
    faxes = Fax.objects.visible_to(request.user)
    counts = {state: counted(faxes.filter(state=state)) for state in WORDS}
    shown = page(_of(faxes, tab), request.GET, moment=_moment(tab), oldest_first=tab == State.WAITING)
    about = [] if tab == State.WAITING else [pk for fax in shown.rows for pk in fax.latest_step.patients]
    record(by=request.actor, verb="faxes.listed", patients=about, detail={"tab": tab})
    look = Look.objects.first()
    context = {
        "page": shown,
        "tab": tab,
        "title": WORDS[tab],
        "tabs": _tabs(tab, counts),
        "total": counts[tab],
        "now": now(),
        "look": look,
        "late": is_late(look),
        "troubles": Trouble.objects.standing(),
    }
    return render(request, "faxes/waiting.html", context)


def _of(faxes: FaxQuerySet, tab: State) -> FaxQuerySet:
    """The rows of one list: with who has them open while they wait, and with what became of them afterwards."""
    if tab == State.WAITING:
        return faxes.waiting().prefetch_related(Prefetch("seen", Seen.objects.lately(), "lately"))
    steps = Step.objects.select_related("done_by", "document__case__patient", "referral", "request")
    return faxes.filter(state=tab).prefetch_related(Prefetch("steps", steps))


def _moment(tab: State) -> str:
    return "received_at" if tab == State.WAITING else "state_since"


def _tabs(current: State, counts: dict[State, str]) -> list[dict[str, Any]]:
    here = reverse("faxes:waiting")
    return [
        {"label": words, "url": f"{here}?tab={state}", "count": counts[state], "current": state == current}
        for state, words in WORDS.items()
    ]
