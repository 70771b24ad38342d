"""When another injection may follow, by every set, for one case."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clinic.people.doors import CLINICAL, opens_to
from clinic.people.request import Request

from .doorway import opened_file, strip


@opens_to(CLINICAL)
@require_GET
def again(request: Request, reference: str) -> HttpResponse:
    """One table a region, the own one first; in it a row a set, the patient's own payer's first."""
    file = opened_file(request, reference, "case.repeats_opened")
    own = [each.key for each in file.own_results]
    shown = {"regions": file.again_by(file.results), "own": own}
    return render(request, "candidacy/again.html", strip(request, file) | shown)
