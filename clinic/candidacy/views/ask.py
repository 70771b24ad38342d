"""Asking the patient for more, and taking that back."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from clinic.candidacy import asked_again
from clinic.candidacy.actions import asking
from clinic.candidacy.casefile import CaseFile
from clinic.candidacy.forms.decide import AskForm
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.parking import parked_for
from clinic.people.request import Request
from clinic.people.views.outcome import tried

from .doorway import opened_file, strip, visible_case


@opens_to(CLINICAL)
@require_http_methods(["GET", "POST"])
def ask(request: Request, reference: str) -> HttpResponse:
    """Pick from what the clauses said is missing; the case leaves the list until the patient has answered."""
    file = opened_file(request, reference)
    offered = _offered(file)
    choices = [(link.question, link.label) for link in offered]
    chosen = [link.question for link in offered if set(link.paths) & set(request.GET.getlist("fact"))]
    typed = request.POST if request.method == "POST" else parked_for(request)
    form = AskForm(choices=choices, data=typed, initial={"questions": chosen})
    if request.method == "POST" and form.is_valid():
        names = form.cleaned_data["questions"]
        facts = [path for link in offered if link.question in names for path in link.paths]
        words = {"facts": facts, "questions": names, "note": form.cleaned_data["note"]}
        if tried(request, "Asked. The case comes back by itself.", asking.ask, case=file.case, **words):
            return redirect("candidacy:case", reference)
    elsewhere = asked_again.asked_of_doctor(_wanted(file), file.weighed.document, file.questions)
    shown = strip(request, file) | {"form": form, "elsewhere": elsewhere}
    return render(request, "candidacy/ask.html", shown, status=422 if request.method == "POST" else 200)


def _wanted(file: CaseFile) -> list[str]:
    """What the clauses of every set said is missing, and what the safety screen has not heard."""
    screen = file.weighed.screen
    unheard = [path for sign in (screen.unknown if screen else ()) for path in sign.facts]
    return list(dict.fromkeys([*file.weighed.missing, *unheard]))


def _offered(file: CaseFile) -> list[asked_again.Askable]:
    return asked_again.askable(_wanted(file), file.weighed.document, file.questions)


@opens_to(CLINICAL)
@require_POST
def take_back(request: Request, reference: str) -> HttpResponse:
    """End a question that nobody has answered."""
    found = visible_case(request, reference)
    tried(request, "The question is taken back, and the case is in the list again.", asking.take_back, case=found)
    return redirect("candidacy:case", reference)
