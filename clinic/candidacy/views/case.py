"""The case page: the evidence beside the criteria, and what stands before both."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clinic.candidacy import chart, in_their_words, ledger, missing, reading
from clinic.candidacy.actions import alerts
from clinic.candidacy.actions import chart as chart_actions
from clinic.candidacy.casefile import CaseFile
from clinic.candidacy.evidence import label
from clinic.criteria.ahead import Ahead, ahead
from clinic.intake.models import Answer, Intake
from clinic.intake.questions.later import LATER
from clinic.people.doors import CLINICAL, DOCTORS, opens_to
from clinic.people.request import Request
from clinic.people.views.outcome import tried
from education.reading.shelf import read_by

from .doorway import opened_file, strip, typed, visible_case

OWN_FACTS = (chart.EXAM, chart.DIAGNOSIS, chart.PLAN)


@opens_to(CLINICAL)
@require_GET
def case(request: Request, reference: str) -> HttpResponse:
    """Everything known of one complaint, and what each payer's criteria make of it."""
    file = opened_file(request, reference)
    asked_for = request.GET.get("set", "")
    shown = strip(request, file) | evidence(file) | criteria(file, asked_for) | to_supply(file, asked_for)
    shown |= fears_and_reading(request, file)
    return render(request, "candidacy/case.html", shown)


def evidence(file: CaseFile) -> dict[str, Any]:
    """The left column: what was tried, the patient's words, and the facts of the chart with who said them."""
    assembled, voices = file.weighed.assembled, file.voices
    sealed = file.case.intakes.filter(kind=Intake.Kind.FULL).first()
    return {
        "drawing": ledger.drawing(assembled.document),
        "table": ledger.table(assembled.document),
        "care": reading.care_line(file.weighed.parsed),
        **own_words(file),
        "early_reasons": file.case.early_reasons.select_related("given_by").order_by("-pk"),
        "cards": [
            {"group": group, "known": reading.grouped(reading.known(assembled, group.fields, voices))}
            for group in OWN_FACTS
        ],
        "health": reading.grouped(
            reading.known(assembled, [*chart.MEDICINES.fields, *reading.URGENT_FIELDS], voices), apart_no=True
        ),
        "blood_thinners": reading.listed(assembled, chart.MEDICINES.rows[0], voices),
        "studies": [
            {
                "rows": rows,
                "listed": reading.listed(assembled, rows, voices),
                "asked": assembled.document.get(rows.path),
            }
            for rows in chart.IMAGING.rows
        ],
        "documents": file.case.documents.all(),
        "differing": reading.differing(assembled.disagreements, assembled.document, voices),
        "changed": reading.changed_since(assembled, sealed.sealed_at if sealed else None, voices, file.given_here),
        "sealed": sealed,
    }


def fears_and_reading(request: Request, file: CaseFile) -> dict[str, Any]:
    """What worries the patient, and which pages of the library they have read and understood."""
    return {
        "worries": list(file.case.worries.with_answers()),
        "shelf": read_by(file.case.patient, request.user, language="en"),
    }


def own_words(file: CaseFile) -> dict[str, Any]:
    """The patient's answers by section, what they wrote at length, and who answered where it was not they."""
    answers = Answer.objects.filter(intake__case=file.case).latest_each()
    answers = answers.select_related("given_by").prefetch_related("translations__written_by")
    parts = in_their_words.parts(answers, file.answers, file.case.location.time_zone)
    return {
        "parts": [part for part in parts if part.key != LATER],
        "later": next((part for part in parts if part.key == LATER), None),
        "quotes": in_their_words.quotes(parts),
        "answered_by": in_their_words.answered_by(parts),
    }


def criteria(file: CaseFile, asked_for: str) -> dict[str, Any]:
    """The right column: one set's verdicts, unmet first, and the safety screen apart from it."""
    weighed, document, ask = file.weighed, file.weighed.document, file.questions.name
    result = file.result(asked_for)
    own = [each.key for each in file.own_results]
    coming = ahead(result.of, document) if result else Ahead(weighed.as_of)
    return {
        "result": result,
        "coming": reading.turn_words(coming.whole, result.outcome) if result else "",
        "named": asked_for,
        "own_set": result is not None and result.key in own,
        "open_clauses": reading.clause_lines(result, result.open, document, ask, coming.clauses) if result else [],
        "settled_clauses": reading.clause_lines(result, result.settled, document, ask) if result else [],
        "sets": [
            {
                "label": each.of.payers[0] if each.of.payers else each.of.title,
                "url": f"?set={each.of.key}",
                "own": each.key in own,
                "outcome": each.outcome.value,
                "current": each is result,
            }
            for each in file.results
        ],
        "problems": [(label(path, document), because) for path, because in weighed.problems],
        "changes": reading.change_names(file.change_alert.signs if file.change_alert else []),
        **safety(file),
    }


def to_supply(file: CaseFile, asked_for: str) -> dict[str, Any]:
    """What the set that is shown misses, what only the others miss, and which practices may hold a record."""
    weighed, questions, result = file.weighed, file.questions, file.result(asked_for)
    own = result.missing if result else []
    rest = [path for path in weighed.missing if path not in own]
    return {
        "supply": missing.supply(own, weighed.assembled, questions),
        "more_supply": missing.supply(rest, weighed.assembled, questions),
        "holders": missing.holders([*own, *rest], weighed.assembled, file.case.record_requests.all(), file.given_here),
    }


def safety(file: CaseFile) -> dict[str, Any]:
    """The safety screen, in sentences: what stops everything, what must be settled, what nobody has said."""
    screen, document, ask = file.weighed.screen, file.weighed.document, file.questions.name
    return {
        "screened": screen is not None,
        "urgent": reading.safety_lines(screen.urgent, document, ask) if screen else [],
        "alert_signs": reading.sign_names(file.urgent_alert.signs if file.urgent_alert else []),
        "holds": reading.safety_lines(screen.holds, document, ask) if screen else [],
        "unknown": reading.safety_lines(screen.unknown, document, ask) if screen else [],
    }


@opens_to(DOCTORS)
@require_POST
def release_urgent(request: Request, reference: str) -> HttpResponse:
    """The doctor looked into the urgent signs and says what they found."""
    found = visible_case(request, reference)
    finding = typed(request, "finding")
    tried(request, "Released, with your finding.", alerts.release_urgent, case=found, finding=finding)
    return redirect("candidacy:case", reference)


@opens_to(CLINICAL)
@require_POST
def settle_change(request: Request, reference: str) -> HttpResponse:
    """Somebody looked at what the patient reported."""
    found = visible_case(request, reference)
    finding = typed(request, "finding")
    tried(request, "Kept with the change.", alerts.settle_change, case=found, finding=finding)
    return redirect("candidacy:case", reference)


@opens_to(CLINICAL)
@require_POST
def translate(request: Request, reference: str, answer: int) -> HttpResponse:
    """Add a translation of the patient's own words, under one's own name."""
    found = visible_case(request, reference)
    said = get_object_or_404(Answer.objects.select_related("intake__case"), pk=answer, intake__case=found)
    text = typed(request, "text")
    tried(request, "Translation added.", chart_actions.translate, answer=said, text=text, language="en")
    return redirect(f"{reverse('candidacy:case', args=[reference])}#answer-{said.pk}")
