"""What worries patients, for the clinic: who waits for an answer, and the answer."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clinic.audit.actions import record
from clinic.people.doors import CLINICAL, DOCTORS, opens_to
from clinic.people.lists import counted, page
from clinic.people.models import Language
from clinic.people.request import Request
from clinic.people.views.outcome import tried
from education.reading import actions
from education.reading.models import Worry

TOLD = "Kept. The patient gets a mail that something waits on their page."


@opens_to(CLINICAL)
@require_GET
def worries(request: Request) -> HttpResponse:
    """Worries that no doctor has answered, the oldest first."""
    waiting = Worry.objects.visible_to(request.user).open()
    rows = waiting.select_related("case__patient", "case__location", "page__locale")
    listed = page(rows, request.GET, oldest_first=True)
    record(by=request.actor, verb="worries.listed", patients=[each.case.patient_id for each in listed.rows])
    return render(request, "reading/worries.html", {"page": listed, "total": counted(waiting)})


@opens_to(DOCTORS)
@require_POST
def answer_worry(request: Request, pk: int) -> HttpResponse:
    """Answer in words, in the language that the doctor names."""
    worry = _visible(request, pk)
    language = request.POST.get("language", "")
    said = {"words": _typed(request, "words"), "language": language if language in Language.values else worry.language}
    tried(request, TOLD, actions.answer_worry, worry=worry, **said)
    return _to_case(worry)


@opens_to(DOCTORS)
@require_POST
def leave_for_visit(request: Request, pk: int) -> HttpResponse:
    """Say that it is talked about at the visit."""
    worry = _visible(request, pk)
    tried(request, TOLD, actions.leave_for_visit, worry=worry)
    return _to_case(worry)


@opens_to(CLINICAL)
@require_POST
def translate_worry(request: Request, pk: int) -> HttpResponse:
    """Add a translation into English, under one's own name."""
    worry = _visible(request, pk)
    tried(request, "Translation added.", actions.translate_worry, worry=worry, text=_typed(request, "text"))
    return _to_case(worry)


def _visible(request: Request, pk: int) -> Worry:
    return get_object_or_404(Worry.objects.visible_to(request.user).select_related("case"), pk=pk)


def _typed(request: Request, name: str) -> str:
    """What was typed, without the one character that the database cannot keep, and no longer than the field."""
    return request.POST.get(name, "").replace("\x00", "")[:8000]


def _to_case(worry: Worry) -> HttpResponse:
    return redirect(f"{reverse('candidacy:case', args=[worry.case.reference])}#worry-{worry.pk}")
