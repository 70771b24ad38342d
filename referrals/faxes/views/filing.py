"""What becomes of a fax: filed, set aside, taken up or back again. Each is one POST."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from clinic.audit.actions import Refused
from clinic.outside.codes import read
from clinic.outside.models import RecordRequest
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.request import Request
from clinic.people.views.outcome import carried_out, tried
from clinic.record.models import Case
from referrals.faxes.actions import filing
from referrals.faxes.forms import SetAsideForm, TakeBackForm
from referrals.loop.models import Referral

from .fax import show, visible


def _filed(request: Request, pk: int, done: str, verb: Callable[..., None], **place: Any) -> HttpResponse:
    """Carry out the filing; a refusal is said on the page of the fax."""
    held = visible(request, pk)
    try:
        verb(fax=held, by=request.actor, **place)
    except Refused as refused:
        return show(request, visible(request, pk), refused=str(refused))
    messages.success(request, done)
    return redirect("faxes:waiting")


def _referral(request: Request, code: str) -> Referral:
    return get_object_or_404(Referral.objects.visible_to(request.user), code=read(code) or None)


@opens_to(CLINICAL)
@require_POST
def file_report(request: Request, pk: int, code: str) -> HttpResponse:
    """It is the report that a referral waits for."""
    referral = _referral(request, code)
    done = f"Filed as the report to {referral.printed_code}. Now somebody reads it."
    return _filed(request, pk, done, filing.file_report, referral=referral)


@opens_to(CLINICAL)
@require_POST
def file_paper(request: Request, pk: int, code: str) -> HttpResponse:
    """It is another paper about a referral."""
    referral = _referral(request, code)
    return _filed(request, pk, f"Filed with {referral.printed_code}.", filing.file_paper, referral=referral)


@opens_to(CLINICAL)
@require_POST
def file_record(request: Request, pk: int, code: str) -> HttpResponse:
    """It is the record that another practice was asked for."""
    asked = get_object_or_404(RecordRequest.objects.visible_to(request.user), code=read(code) or None)
    done = f"Filed with the request {asked.printed_code}. Now somebody reads it, and says what it says."
    return _filed(request, pk, done, filing.file_record, asked=asked)


@opens_to(CLINICAL)
@require_POST
def file_document(request: Request, pk: int, reference: str) -> HttpResponse:
    """It is a document of a patient's case."""
    case = get_object_or_404(Case.objects.visible_to(request.user).select_related("patient"), reference=reference)
    return _filed(request, pk, f"Filed with {case.patient}.", filing.file_document, case=case)


@opens_to(CLINICAL)
@require_POST
def set_aside(request: Request, pk: int) -> HttpResponse:
    """It is filed nowhere, for a reason."""
    held, form = visible(request, pk), SetAsideForm(request.POST)
    if not carried_out(form, filing.set_aside, fax=held, by=request.actor):
        return show(request, visible(request, pk), set_aside_form=form)
    messages.success(request, "Set aside. It stands in that list, and can be taken up again.")
    return redirect("faxes:waiting")


@opens_to(CLINICAL)
@require_POST
def take_up(request: Request, pk: int) -> HttpResponse:
    """It waits again."""
    tried(request, "It waits again.", filing.take_up, fax=visible(request, pk))
    return redirect("faxes:fax", pk)


@opens_to(CLINICAL)
@require_POST
def take_back(request: Request, pk: int) -> HttpResponse:
    """It was filed in the wrong place."""
    held, form = visible(request, pk), TakeBackForm(request.POST)
    if not carried_out(form, filing.take_back, fax=held, by=request.actor):
        return show(request, visible(request, pk), take_back_form=form)
    messages.success(request, "Taken back. The document is struck out there, and the fax waits again.")
    return redirect("faxes:fax", pk)
