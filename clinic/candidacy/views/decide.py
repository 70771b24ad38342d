"""Deciding: choose an outcome, write it, sign it; and the signed decision, shown from what was stored."""

from typing import Any, cast
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from clinic.audit.actions import Refused, record
from clinic.candidacy import evidence, for_patient, letter
from clinic.candidacy.actions import decisions
from clinic.candidacy.casefile import CaseFile
from clinic.candidacy.forms.decide import DecideForm
from clinic.candidacy.models import Decision, Outcome
from clinic.candidacy.weighing import Result, against
from clinic.people.doors import CLINICAL, DOCTORS, opens_to
from clinic.people.models import Clinic
from clinic.people.parking import parked_for
from clinic.people.request import Request

from .case import criteria
from .doorway import opened_file, strip, visible_case

MEANING = {
    Outcome.CANDIDATE: "An injection is a fair choice now.",
    Outcome.NOT_YET: "Something has to come first. You say what it waits for.",
    Outcome.NOT_A_CANDIDATE: "An injection is not the right way for this person.",
    Outcome.SEE_IN_CLINIC: "It cannot be decided without seeing the person.",
    Outcome.SENT_ELSEWHERE: "An urgent sign: somebody else has to look now.",
}


@opens_to(DOCTORS)
@require_http_methods(["GET", "POST"])
def decide(request: Request, reference: str) -> HttpResponse:
    """Choose an outcome, write why and what the patient reads, and sign exactly what this page shows."""
    file = opened_file(request, reference)
    outcome = request.GET.get("outcome", "")
    chosen = request.GET.get("set", "")
    result = file.to_decide_by(chosen)
    shown = strip(request, file) | criteria(file, result.key if result else "") | {"result": result, "chosen": chosen}
    if outcome not in Outcome.values:
        return render(request, "candidacy/decide.html", shown | {"outcomes": _outcomes(file, result)})
    form = _form(request, file, outcome, result)
    if request.method == "POST" and form.is_valid():
        signed = _signed(request, file, form, result.key if result else "")
        if signed:
            return redirect("candidacy:decision", reference, signed.pk)
    shown |= {
        "form": form,
        "outcome": outcome,
        "outcome_words": Outcome(outcome).label,
        "against": against(outcome, result.outcome if result else None),
        "seal": file.seal,
        "standing": file.decision,
    }
    return render(request, "candidacy/decide.html", shown, status=422 if request.method == "POST" else 200)


def _outcomes(file: CaseFile, result: Result | None) -> list[dict[str, Any]]:
    """The outcomes that may be chosen now; with an urgent sign only one."""
    open_ones = [Outcome.SENT_ELSEWHERE] if file.stopped else list(MEANING)
    weighed = result.outcome if result else None
    return [
        {"key": each.value, "words": each.label, "means": MEANING[each], "against": against(each, weighed)}
        for each in open_ones
    ]


def _form(request: Request, file: CaseFile, outcome: str, result: Result | None) -> DecideForm:
    patient, clinic = file.case.patient, Clinic.current()
    missing = [(path, evidence.label(path, file.weighed.document)) for path in (result.missing if result else [])]
    begin = for_patient.message(outcome, patient.language, phone=clinic.phone, emergency=clinic.emergency_phone)
    initial = {
        "patient_message": begin,
        "shown": file.seal,
        "supersedes": file.decision.pk if file.decision else None,
    }
    typed = request.POST if request.method == "POST" else parked_for(request)
    return DecideForm(outcome=outcome, missing=missing, language=patient.language, data=typed, initial=initial)


def _signed(request: Request, file: CaseFile, form: DecideForm, policy: str) -> Decision | None:
    secret = form.cleaned_data["secret"]
    try:
        signed = decisions.sign(case=file.case, words=form.words(policy), secret=secret, by=request.actor)
    except Refused as refused:
        form.add_error(None, str(refused))
        _renew(form, file)
        return None
    messages.success(request, "Signed. The patient hears that there is news.")
    return signed


def _renew(form: DecideForm, file: CaseFile) -> None:
    """After a refusal the page shows what stands now, and the next signature is for that."""
    fresh = CaseFile.of(file.case)
    typed = cast(QueryDict, form.data).copy()
    typed["shown"] = fresh.seal
    typed["supersedes"] = str(fresh.decision.pk) if fresh.decision else ""
    form.data = typed


@opens_to(CLINICAL)
@require_GET
def decision(request: Request, reference: str, pk: int) -> HttpResponse:
    """A signed decision as it was stored; nothing on this page is computed anew."""
    signed = _stored(request, reference, pk)
    words = shown(signed)
    return render(
        request,
        "candidacy/decision.html",
        {"decision": signed, "case": signed.case, "signed": words, "text": letter.text(words)},
    )


@opens_to(CLINICAL)
@require_GET
def decision_text(request: Request, reference: str, pk: int) -> HttpResponse:
    """The same decision as plain text, for another record system."""
    return HttpResponse(letter.text(shown(_stored(request, reference, pk))), content_type="text/plain; charset=utf-8")


@opens_to(CLINICAL)
@require_GET
def decision_sealed(request: Request, reference: str, pk: int) -> HttpResponse:
    """What was sealed, with both seals, as JSON: to be checked with other tools, as the page `method` says."""
    signed = _stored(request, reference, pk)
    kept = {"assessment": signed.assessment.content, "seal": signed.assessment.seal}
    kept |= {"decision": signed.content, "decision_seal": signed.seal}
    written = JsonResponse(kept, json_dumps_params={"indent": 1, "ensure_ascii": False})
    written["Content-Disposition"] = 'attachment; filename="sealed.json"'
    return written


def _stored(request: Request, reference: str, pk: int) -> Decision:
    case = visible_case(request, reference)
    stored = Decision.objects.select_related("assessment", "case__location", "case__patient", "superseded_by")
    signed = get_object_or_404(stored, case=case, pk=pk)
    record(by=request.actor, verb="decision.opened", patients=[case.patient_id], of=signed)
    return signed


def shown(signed: Decision) -> letter.Signed:
    """A stored decision as plain values."""
    clinic, assessment = Clinic.current(), signed.assessment
    zone = ZoneInfo(signed.case.location.time_zone)
    later = getattr(signed, "superseded_by", None)
    return letter.Signed(
        clinic=clinic.name,
        phone=clinic.phone,
        outcome=signed.get_outcome_display(),
        reason=signed.reason,
        holds_settled=signed.holds_settled,
        still_missing=signed.still_missing,
        against_criteria=signed.against_criteria,
        message=signed.patient_message,
        signed_by=signed.signed_name,
        signed_at=f"{signed.signed_at.astimezone(zone):%-d %B %Y, %H:%M}",
        as_of=assessment.as_of.isoformat(),
        seal=signed.seal,
        shown=assessment.shown,
        safety=assessment.safety,
        determination=signed.determination,
        superseded=f"{later.get_outcome_display()}, {later.signed_at.astimezone(zone):%-d %B %Y}" if later else "",
    )
