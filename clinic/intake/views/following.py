"""After the signature: where the case is, the copy of what was signed, what is asked besides, and what has changed."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from clinic.audit.actions import Refused, record
from clinic.intake.actions import following
from clinic.intake.actions.following import Change
from clinic.intake.forms.following import AdditionForms, ChangeForm
from clinic.intake.models import Intake
from clinic.intake.questions.asked import counted
from clinic.intake.questions.medicines import SUGGESTIONS
from clinic.intake.reading import answers_of_case, coming_for, standings
from clinic.intake.standing import Next, way
from clinic.people.doors import PATIENTS, opens_to
from clinic.people.request import Request
from clinic.people.views.outcome import form_page, show_form
from clinic.record.models import Case, Stage
from education.reading.forms import WorryForm

Kind = Intake.Kind


@opens_to(PATIENTS)
@require_GET
def status(request: Request, reference: str) -> HttpResponse:
    """Where the case is, in one line, and what can be done."""
    case = find_case(request, reference)
    record(by=request.actor, verb="case.status_read", patients=[case.patient_id], of=case)
    return render(request, "intake/status.html", status_of(case))


@opens_to(PATIENTS)
@require_GET
def receipt(request: Request, reference: str, pk: int | None = None) -> HttpResponse:
    """That it arrived, what happens next, and the copy of what was signed, from the seal and never made anew."""
    case = find_case(request, reference)
    found = get_object_or_404(_sent(case), **({"pk": pk} if pk else {"kind": Kind.FULL}))
    record(by=request.actor, verb="intake.receipt_read", patients=[case.patient_id], of=found)
    sections = [section for section in (found.sealed or {}).get("sections", []) if section["rows"]]
    return render(request, "intake/receipt.html", {"case": case, "intake": found, "sections": sections})


@opens_to(PATIENTS)
@form_page
def answer(request: Request, reference: str) -> HttpResponse:
    """Exactly the questions that the clinic asked for; sent again, it is the same receipt."""
    case = find_case(request, reference)
    addition = case.intakes.filter(kind=Kind.ADDITION, sealed_at=None).first()
    if addition is None:
        answered = get_object_or_404(_sent(case).filter(kind=Kind.ADDITION).order_by("-pk")[:1])
        return redirect("intake:receipt", case.reference, answered.pk)
    known = counted(answers_of_case(case, get_language() or "en"))
    forms = AdditionForms(addition, known, dict(request.POST.lists()) if request.method == "POST" else None)
    if request.method == "POST" and "more" not in request.POST and forms.is_valid():
        sent = following.answer(addition=addition, said=forms.said(), language=get_language() or "en", by=request.actor)
        return _arrived(case, sent)
    record(by=request.actor, verb="intake.addition_opened", patients=[case.patient_id], of=addition)
    wrong = forms.errors and "more" not in request.POST
    context = {"case": case, "addition": addition, "forms": forms, "wrong": wrong, "medicines": SUGGESTIONS}
    return render(request, "intake/answer.html", context, status=422 if wrong else 200)


@opens_to(PATIENTS)
@form_page
def changed(request: Request, reference: str) -> HttpResponse:
    """Say that something changed since the answers were signed."""
    case = find_case(request, reference)
    if case.stage == Stage.INTAKE:
        return redirect("intake:status", case.reference)
    form = ChangeForm(answers_of_case(case, get_language() or "en"), request.POST or None)
    if form.is_valid():
        sent = _reported(request, case, form, form.change())
        if sent:
            return _arrived(case, sent)
    record(by=request.actor, verb="intake.change_opened", patients=[case.patient_id], of=case)
    return show_form(request, "intake/changed.html", form, case=case, medicines=SUGGESTIONS)


def find_case(request: Request, reference: str) -> Case:
    """The case as far as this person may see it; 404 for everybody else."""
    cases = Case.objects.visible_to(request.user).select_related("patient__home_location", "location")
    return get_object_or_404(cases, reference=reference)


def _sent(case: Case) -> QuerySet[Intake]:
    """What was signed or sent; an addition that was closed unanswered is neither."""
    return case.intakes.filter(sealed_at__isnull=False).exclude(sealed__has_key="unanswered")


def status_of(case: Case) -> dict[str, Any]:
    """What the page of a case shows to its patient, beside the decisions that stand on it."""
    stands = standings([case])[case.pk]
    return {
        "case": case,
        "today": case.patient.today(),
        "standing": stands,
        "steps": way(stands),
        "next_url": _next_url(case, stands.next),
        "coming": coming_for(case),
        "sent": _sent(case).order_by("pk"),
        "may_change": case.stage not in (Stage.INTAKE, Stage.WITHDRAWN),
        "form": None if case.stage == Stage.WITHDRAWN else WorryForm([case]),
    }


def _next_url(case: Case, step: Next) -> str:
    doors = {
        Next.BEGIN: "intake:overview",
        Next.CONTINUE: "intake:overview",
        Next.ANSWER: "intake:answer",
        Next.CALL: "intake:stopped",
    }
    return reverse(doors[step], args=[case.reference]) if step in doors else ""


def _reported(request: Request, case: Case, form: ChangeForm, change: Change) -> Intake | None:
    """Keep it; a refusal becomes the form's error."""
    words = {"said": form.said(), "change": change, "sent_as": form.cleaned_data["sent_as"]}
    try:
        return following.report_change(case=case, language=get_language() or "en", by=request.actor, **words)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


def _arrived(case: Case, sent: Intake) -> HttpResponse:
    """On to the receipt; or, with an urgent sign, to what to do now."""
    if Case.objects.get(pk=case.pk).urgent_since:
        return redirect("intake:stopped", case.reference)
    return redirect("intake:receipt", case.reference, sent.pk)
