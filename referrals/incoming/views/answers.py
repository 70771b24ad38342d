"""The answer to the referrer: read before it leaves, printed, and noted as sent."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from clinic.audit.actions import record
from clinic.audit.clock import today
from clinic.paper.letter import letter
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.request import Request
from clinic.people.views.outcome import carried_out
from referrals.incoming.actions import answering
from referrals.incoming.answer import answer as letter_of
from referrals.incoming.answer import parts
from referrals.incoming.forms.desk import SendAnswerForm
from referrals.loop.actions.steps import of_patient
from referrals.loop.lifecycle import State
from referrals.loop.models import Referral

from .desk import unseen


@never_cache
@opens_to(CLINICAL)
@require_GET
def answer(request: Request, code: str) -> HttpResponse:
    """The letter as it goes out, and how it left."""
    return _page(request, unseen(request, code))


def _page(request: Request, of: Referral, form: SendAnswerForm | None = None) -> HttpResponse:
    shown = letter_of(of)
    if shown is None:
        messages.info(request, f"This referral is “{of.state_words}”, so there is nothing to answer yet.")
        return redirect("work:referral", of.code)
    record(by=request.actor, verb="referral.answer_opened", patients=of_patient(of), of=of)
    may_send = State.ANSWER_SENT in of.may_become
    day = today(of.location.time_zone)
    context = {
        "referral": of,
        "letter": shown,
        "parts": parts(shown),
        "form": form or (SendAnswerForm(day, initial={"seen": of.state, "how": _liked(of)}) if may_send else None),
        "sent": of.steps.filter(to_state=State.ANSWER_SENT).last(),
    }
    return render(request, "incoming/answer.html", context, status=422 if form and form.errors else 200)


def _liked(of: Referral) -> str:
    """How the practice likes to receive, where the directory says it."""
    return of.practice.receives_by if of.practice and of.practice.receives_by != "phone" else "fax"


@never_cache
@opens_to(CLINICAL)
@require_GET
def answer_letter(request: Request, code: str) -> HttpResponse:
    """The letter as a tagged PDF of one page."""
    of = unseen(request, code)
    shown = letter_of(of)
    if shown is None:
        raise Http404
    record(by=request.actor, verb="referral.answer_opened", patients=of_patient(of), of=of)
    response = HttpResponse(letter(shown), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="answer-{of.code}.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response


@opens_to(CLINICAL)
@require_POST
def send_answer(request: Request, code: str) -> HttpResponse:
    """The answer left."""
    of = unseen(request, code)
    form = SendAnswerForm(today(of.location.time_zone), request.POST)
    if not carried_out(form, answering.send_answer, referral=of, by=request.actor):
        return _page(request, of, form)
    messages.success(request, "Kept. Next, tell the patient, then close it.")
    return redirect("work:referral", of.code)
