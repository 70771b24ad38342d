"""How it goes: what is completed, how long each step takes, on a page and as a table."""

from typing import NamedTuple

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clinic.audit.actions import record
from clinic.audit.clock import today
from clinic.directory.models import Entry
from clinic.people.doors import ADMINISTRATORS, CLINICAL, opens_to
from clinic.people.lists import chosen_location, clinic_zone
from clinic.people.models import Location
from clinic.people.request import Request
from referrals.measures.counting import Asked
from referrals.measures.forms import PeriodForm
from referrals.measures.reading import measured
from referrals.measures.table import written

from .tabs import ways, with_words

# Whoever keeps the clinic sees its numbers too: no name stands among them.
READERS = CLINICAL | ADMINISTRATORS


class Narrowed(NamedTuple):
    """What the address asks for."""

    form: PeriodForm
    asked: Asked
    location: Location | None

    @property
    def detail(self) -> dict[str, str]:
        """What was asked, as the log keeps it."""
        said = {"direction": self.asked.direction.value, "from": self.asked.first, "until": self.asked.last}
        narrowed = {name: getattr(self.asked, name) for name in ("service", "practice", "location")}
        return {name: str(value) for name, value in {**said, **narrowed}.items() if value}


def _narrowed(request: Request) -> Narrowed:
    zone, location = clinic_zone(), chosen_location(request)
    form = PeriodForm(request.GET, today(zone.key))
    return Narrowed(form, form.asked(zone, location.pk if location else None), location)


@opens_to(READERS)
@require_GET
def measures(request: Request) -> HttpResponse:
    """Counts and times of the referrals of a period, without a name."""
    narrowed = _narrowed(request)
    record(by=request.actor, verb="referrals.measured", detail=narrowed.detail)
    asked = narrowed.asked
    shown = {
        "form": narrowed.form,
        "asked": asked,
        "of": measured(asked),
        "ways": ways(request),
        "locations": Location.objects.order_by("-active", "name"),
        "location": narrowed.location,
        "practice": Entry.objects.filter(pk=asked.practice).first() if asked.practice else None,
        "everywhere": with_words(request, practice=None),
        "query": with_words(request),
        "is_outgoing": asked.direction == "outgoing",
    }
    return render(request, "measures/measures.html", shown)


@opens_to(READERS)
@require_GET
def export_measures(request: Request) -> StreamingHttpResponse:
    """The same numbers as a table, small ones hidden the same."""
    narrowed = _narrowed(request)
    record(by=request.actor, verb="referrals.measures_exported", detail=narrowed.detail)
    lines = written(narrowed.asked, measured(narrowed.asked))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="referral-measures.csv"'
    return response
