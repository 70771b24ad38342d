"""The clinic's list, and who works on which case."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from clinic.audit.actions import record
from clinic.audit.clock import now
from clinic.candidacy.actions import claims
from clinic.candidacy.queue import CLAIM_WORDS, EMPTY, SIZE, TITLES, Filters, Queue
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.models import Location
from clinic.people.request import Request
from clinic.people.views.outcome import tried
from clinic.record.models import Region

from .doorway import back_to, typed, visible_case


@opens_to(CLINICAL)
@require_GET
def queue(request: Request) -> HttpResponse:
    """Urgent first, then oldest: what waits for this clinic, with the next step in each row."""
    filters = Filters.read(request.GET)
    listed = Queue(request.user, filters)
    request.session["queue"] = request.get_full_path()
    record(by=request.actor, verb="queue.listed", patients=[row.case.patient_id for row in listed.rows])
    shown = {
        "queue": listed,
        "filters": filters,
        "tabs": listed.tabs,
        "title": TITLES[filters.tab],
        "locations": Location.objects.filter(active=True),
        "regions": Region.choices,
        "claims": CLAIM_WORDS,
        "now": now(),
        "size": SIZE,
        "empty_text": EMPTY[filters.tab],
    }
    return render(request, "candidacy/queue.html", shown)


@opens_to(CLINICAL)
@require_POST
def claim(request: Request, reference: str) -> HttpResponse:
    case = visible_case(request, reference)
    if tried(request, "You have this case.", claims.claim, case=case):
        return redirect("candidacy:case", reference)
    return back_to(request, case)


@opens_to(CLINICAL)
@require_POST
def take_over(request: Request, reference: str) -> HttpResponse:
    """Take a case from a colleague, with a reason."""
    case = visible_case(request, reference)
    tried(request, "You have this case now.", claims.take_over, case=case, reason=typed(request, "reason"))
    return redirect("candidacy:case", reference)


@opens_to(CLINICAL)
@require_POST
def release(request: Request, reference: str) -> HttpResponse:
    case = visible_case(request, reference)
    tried(request, "The case is back in the list.", claims.release, case=case)
    return back_to(request, case)
