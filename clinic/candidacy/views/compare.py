"""All sets side by side, for one case."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clinic.candidacy.side_by_side import rows
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.request import Request

from .case import safety
from .doorway import opened_file, strip


@opens_to(CLINICAL)
@require_GET
def compare(request: Request, reference: str) -> HttpResponse:
    """One row a clause; the patient's own payer first, where the clinic knows which set it goes by."""
    file = opened_file(request, reference, "case.compared")
    own = [each.key for each in file.own_results]
    shown = {"results": file.results, "own": own, "rows": rows(file.results)}
    return render(request, "candidacy/compare.html", strip(request, file) | safety(file) | shown)
