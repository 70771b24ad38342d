"""Two questions at the end of a page: for everybody, and kept for patients."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override

from clinic.people.doors import EVERYBODY, opens_to
from clinic.people.lists import number
from clinic.people.parking import parked_for
from clinic.people.request import Request
from clinic.people.views.outcome import form_page
from education.library.versions import Version, version_of
from education.reading.actions import keep_understanding
from education.reading.forms import UnderstandingForm
from education.reading.whose import read_for


@opens_to(EVERYBODY)
@form_page
def questions(request: Request, page: int) -> HttpResponse:
    """Ask what was understood, in the language of the page, and say kindly what is right; no mark is given."""
    version = version_of(page, number(request.POST.get("revision")))
    if version is None or not version.questions:
        raise Http404
    form = UnderstandingForm(version, request.POST or parked_for(request))
    there = version.page.get_translations().live().values_list("pk", flat=True).first()
    with override(version.language):
        answered = request.method == "POST" and form.is_valid()
        is_kept = answered and _keep(request, version, form)
        shown = {
            "page": version.page,
            "form": form,
            "said": list(form.said()) if answered else [],
            "is_kept": is_kept,
            "same_page_there": reverse("reading:questions", args=[there]) if there else "",
        }
        return render(request, "reading/questions.html", shown, status=422 if form.errors else 200)


def _keep(request: Request, version: Version, form: UnderstandingForm) -> bool:
    """Kept for whom it is read; of a stranger, and of somebody who is no patient here, nothing is."""
    patients = read_for(request.user)
    if not patients:
        return False
    sent = {"choices": form.choices, "sent_as": form.cleaned_data["sent_as"]}
    keep_understanding(patients=patients, version=version, by=request.actor, **sent)
    return True
