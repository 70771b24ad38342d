"""The intake on paper: the same questions, in the same words, with boxes to tick and lines to write on."""

from dataclasses import dataclass, field

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.views.decorators.http import require_GET

from clinic.audit.actions import record
from clinic.intake.questions import SECTIONS, VERSION
from clinic.intake.questions.conditions import Every, InEnglish
from clinic.intake.questions.shape import Choice, Kind, Question, Rows, Step
from clinic.people.doors import EVERYBODY, opens_to
from clinic.people.models import Language
from clinic.people.request import Request
from clinic.people.search import reference_in
from clinic.record.models import Case

# How many entries of a list a sheet has room for; who needs more takes a second sheet.
ENTRIES = {"therapies": 5, "blood-thinners": 2, "scans": 2, "nerve-tests": 1, "injections": 2, "other-injections": 2}


@dataclass(frozen=True)
class Sheet:
    """One page of the intake as it is printed; a list has `entries`, each with its main questions and a free line."""

    title: str
    lead: str
    questions: list[Question]
    entries: range = range(1)
    credit: str = ""
    row_title: str = ""

    @property
    def kinds(self) -> list[Choice]:
        """The choices of a long list: on paper they are examples above a line to write on."""
        return [choice for question in self.questions if question.kind is Kind.MENU for choice in question.choices]


@dataclass(frozen=True)
class Part:
    title: str
    sheets: list[Sheet] = field(default_factory=list)


@require_GET
@opens_to(EVERYBODY)
def paper(request: Request) -> HttpResponse:
    """A blank form in either language; with `?case=` the label is filled in."""
    asked = request.GET.get("language")
    language = asked if asked in Language.values else Language.ENGLISH.value
    case = None
    if reference := request.GET.get("case"):
        cases = Case.objects.visible_to(request.user).select_related("patient")
        case = get_object_or_404(cases, reference=reference_in(reference))
        record(by=request.actor, verb="paper.printed", patients=[case.patient_id], of=case)
    with translation.override(language):
        return render(request, "intake/paper.html", {"parts": parts(language), "case": case, "version": VERSION})


def parts(language: str) -> list[Part]:
    """The sections in the order asked, without what is asked in another language only."""
    return [
        Part(section.title, [sheet for step in section.steps if (sheet := _sheet(step, language)).questions])
        for section in SECTIONS
    ]


def _sheet(step: Step, language: str) -> Sheet:
    if isinstance(step, Rows):
        entries = range(1, ENTRIES[step.slug] + 1)
        asked = [each for each in step.questions if _on_paper(each, language)]
        return Sheet(step.title, step.lead, asked, entries, row_title=step.row_title)
    asked = [question for question in step.questions if _on_paper(question, language)]
    return Sheet(step.title, step.lead, asked, credit=step.credit)


def _on_paper(question: Question, language: str) -> bool:
    conditions = question.asked_if.conditions if isinstance(question.asked_if, Every) else (question.asked_if,)
    return language == Language.ENGLISH or not any(isinstance(each, InEnglish) for each in conditions)
