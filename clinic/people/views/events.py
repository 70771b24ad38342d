"""The log: who did what, when and from where. Administrators read all of it, patients who looked at theirs."""

import csv
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from clinic.audit.actions import record
from clinic.audit.models import Event
from clinic.people.doors import ADMINISTRATORS, PATIENTS, opens_to
from clinic.people.forms.events import EventFilter
from clinic.people.lists import clinic_zone, counted, page
from clinic.people.models import Patient
from clinic.people.request import Request
from clinic.people.search import reference_in
from clinic.people.sheets import Echo, harmless
from clinic.people.trail import Line, lines, looks

COLUMNS = ("at", "who", "role", "what", "verb", "patients", "thing", "detail", "ip")
CHUNK = 1000


def _of(patients: QuerySet[Patient]) -> list[int]:
    """The patients' ids, and those of entries that were merged into theirs."""
    ids = list(patients.values_list("pk", flat=True))
    return [*ids, *Patient.objects.filter(merged_into__in=ids).values_list("pk", flat=True)]


def _narrowed(asked: EventFilter, zone: ZoneInfo) -> QuerySet[Event]:
    """The events that the filter leaves; none while it cannot be read."""
    if not asked.is_valid():
        return Event.objects.none()
    said, events = asked.cleaned_data, Event.objects.filter(**asked.moments(zone))
    if said["person"]:
        events = events.filter(actor_id=said["person"].pk)
    if said["verb"]:
        events = events.filter(verb=said["verb"])
    if said["patient"]:
        named = Patient.objects.filter(reference=reference_in(said["patient"]))
        events = events.filter(patient_ids__overlap=_of(named) or [0])
    return events


@opens_to(ADMINISTRATORS)
@require_GET
def events(request: Request) -> HttpResponse:
    """The log, newest first, narrowed as the URL says."""
    asked, zone = EventFilter(request.GET), clinic_zone()
    rows = _narrowed(asked, zone)
    shown = page(rows, request.GET, moment="at")
    context = {"form": asked, "page": shown, "lines": lines(shown.rows), "total": counted(rows), "zone": zone.key}
    record(by=request.actor, verb="events.listed", detail={"asked": _asked(asked)})
    query = request.GET.copy()
    for place in ("after", "before"):
        query.pop(place, None)
    with timezone.override(zone):
        return render(request, "people/events.html", {**context, "query": query.urlencode()})


def _asked(asked: EventFilter) -> dict[str, str]:
    """What the list was narrowed to, as the log keeps it: ids and days, and nothing that could not be read."""
    said = asked.cleaned_data if asked.is_valid() else {}
    return {name: str(getattr(value, "pk", value)) for name, value in said.items() if value}


@opens_to(ADMINISTRATORS)
@require_GET
def export_events(request: Request) -> StreamingHttpResponse:
    """The same list as a table for other programs, line by line, so that a long one costs no memory."""
    zone = clinic_zone()
    asked = EventFilter(request.GET)
    rows = _narrowed(asked, zone)
    record(by=request.actor, verb="events.exported", detail={"asked": _asked(asked)})
    response = StreamingHttpResponse(_csv(rows, zone), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="log.csv"'
    return response


def _csv(rows: QuerySet[Event], zone: ZoneInfo) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield writer.writerow(COLUMNS)
    chunk: list[Event] = []
    for event in rows.order_by("-at", "-pk").iterator(CHUNK):
        chunk.append(event)
        if len(chunk) == CHUNK:
            yield from (writer.writerow(_cells(line, zone)) for line in lines(chunk))
            chunk = []
    yield from (writer.writerow(_cells(line, zone)) for line in lines(chunk))


def _cells(line: Line, zone: ZoneInfo) -> list[str]:
    said = {**vars(line), "at": line.at.astimezone(zone).isoformat(), "patients": " ".join(line.patients)}
    return [harmless(str(said[column])) for column in COLUMNS]


@opens_to(PATIENTS)
@require_GET
def who_looked(request: Request) -> HttpResponse:
    """Who looked at one's own record, or that of somebody whom one acts for."""
    people = list(Patient.objects.acted_for_by(request.user).select_related("home_location").order_by("pk"))
    asked_for = request.GET.get("of", "")
    own_first = sorted(people, key=lambda patient: patient.user_id != request.user.pk)
    patient = next((one for one in own_first if asked_for in ("", one.reference)), None)
    if patient is None and (people or asked_for):
        raise Http404
    if patient is None:
        return render(request, "people/who_looked.html", {"patient": None})
    seen = Event.objects.filter(patient_ids__overlap=_of(Patient.objects.filter(pk=patient.pk)))
    if not request.GET.get("own"):
        seen = seen.exclude(actor_id=request.user.pk)
    shown = page(seen, request.GET, moment="at")
    your = "your" if patient.user_id == request.user.pk else "their"
    record(by=request.actor, verb="looks.listed", patients=[patient.pk], of=patient)
    context = {"patient": patient, "people": own_first, "page": shown, "own": request.GET.get("own"), "your": your}
    zone = ZoneInfo(patient.home_location.time_zone)
    context["looks"] = looks(shown.rows, request.user, get_language() or "en", your, zone)
    with timezone.override(zone):
        return render(request, "people/who_looked.html", context)
