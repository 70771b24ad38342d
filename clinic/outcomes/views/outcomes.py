"""What our injections did, counted, on a page and as a table."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clinic.audit.actions import record
from clinic.outcomes import reading
from clinic.outcomes.figures import kinds, shares
from clinic.outcomes.forms import ChoiceForm
from clinic.outcomes.table import written
from clinic.outcomes.words import GROUPINGS
from clinic.people.doors import ADMINISTRATORS, CLINICAL, opens_to
from clinic.people.lists import clinic_day
from clinic.people.request import Request

# Whoever keeps the clinic sees its numbers too: no name stands among them.
READERS = CLINICAL | ADMINISTRATORS


def _chosen(request: Request) -> ChoiceForm:
    today = clinic_day()
    years = reading.years(today)
    return ChoiceForm(request.GET, years, reading.usual_year(years, today))


@opens_to(READERS)
@require_GET
def outcomes(request: Request) -> HttpResponse:
    """Relief, rehabilitation, repeats and complications of one year's sessions, without a name."""
    form = _chosen(request)
    asked = form.asked()
    record(by=request.actor, verb="outcomes.read", detail={"year": asked.year})
    of = reading.outcomes(asked.year)
    shown = {
        "form": form,
        "asked": asked,
        "by": GROUPINGS[asked.by].lower(),
        "of": of,
        "results": [(each, shares(each, asked.by), each.compared.get(asked.by, [])) for each in of.results],
        "kinds_chart": kinds(of),
    }
    return render(request, "outcomes/outcomes.html", shown)


@opens_to(READERS)
@require_GET
def export_outcomes(request: Request) -> StreamingHttpResponse:
    """The same numbers as a table, compared by everything, small ones hidden the same."""
    asked = _chosen(request).asked()
    record(by=request.actor, verb="outcomes.exported", detail={"year": asked.year})
    lines = written(asked.year, reading.outcomes(asked.year))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="outcomes-{asked.year}.csv"'
    return response
