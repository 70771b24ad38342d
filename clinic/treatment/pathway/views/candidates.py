"""The list of everybody who is a candidate and waits for the session."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clinic.audit.actions import record
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.lists import MOST_COUNTED, clinic_day, counted, counts, page
from clinic.people.models import Location
from clinic.people.request import Request
from clinic.treatment.pathway.listing import TABS, Filters, rows_of, tabs, with_changes
from clinic.treatment.pathway.next_step import PLACES


@opens_to(CLINICAL)
@require_GET
def candidates(request: Request) -> HttpResponse:
    """Every open candidate with the next step, its owner and day, the payer's word, and what is still held."""
    filters, day = Filters.read(request.GET), clinic_day()
    lists = tabs(request.user, filters)
    rows = lists[filters.tab]
    shown = page(with_changes(rows.with_people()), request.GET, moment="next_on", oldest_first=True)
    patients = [each.case.patient_id for each in shown.rows]
    record(by=request.actor, verb="candidates.listed", patients=patients, detail={"tab": filters.tab})
    context = {
        "page": shown,
        "rows": rows_of(shown.rows, day),
        "total": counted(rows),
        "filters": filters,
        "title": TABS[filters.tab],
        "tabs": _tabs(filters, counts(request.user, **lists)),
        "places": PLACES.items(),
        "locations": Location.objects.order_by("name"),
        "location": Location(pk=filters.location),
    }
    return render(request, "pathway/candidates.html", context)


def _tabs(filters: Filters, found: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "label": words,
            "url": filters.query(tab=tab),
            "count": f"{MOST_COUNTED:,}+" if found[tab] > MOST_COUNTED else found[tab],
            "current": tab == filters.tab,
        }
        for tab, words in TABS.items()
    ]
