"""The page of one candidate: where it stands, what changed since the decision, and the verbs that move it on."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from clinic.audit.actions import record
from clinic.candidacy.casefile import CaseFile
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.request import Request
from clinic.people.views.outcome import carried_out
from clinic.treatment.pathway import actions, since
from clinic.treatment.pathway.forms import (
    BookForm,
    CallForm,
    EndForm,
    GiveForm,
    HoldForm,
    PutOffForm,
    ReopenForm,
    UnbookForm,
)
from clinic.treatment.pathway.history import history
from clinic.treatment.pathway.listing import payer_words
from clinic.treatment.pathway.models import Pathway
from clinic.treatment.pathway.next_step import WORDS, step
from clinic.treatment.pathway.reading import HOLD_NAMES, hold_names


def found(request: Request, reference: str, pk: int) -> Pathway:
    """The way of this case, where this person may see it; otherwise not found."""
    mine = Pathway.objects.visible_to(request.user).with_people().defer(None)
    return get_object_or_404(mine, pk=pk, case__reference=reference.upper())


def done(request: Request, pathway: Pathway, said: str) -> HttpResponse:
    """Back to its page, with what was done."""
    messages.success(request, said)
    return redirect("pathway:way", pathway.case.reference, pathway.pk)


@opens_to(CLINICAL)
@require_GET
def way(request: Request, reference: str, pk: int) -> HttpResponse:
    """One candidate: what comes next, by whom and when, and all that happened since the decision."""
    return show(request, found(request, reference, pk))


def show(request: Request, pathway: Pathway, **wrong: BaseForm) -> HttpResponse:
    """The page; `wrong` are forms that came back with what was wrong with them."""
    record(by=request.actor, verb="pathway.opened", patients=[pathway.case.patient_id], of=pathway)
    day, at = pathway.today, pathway.standing
    shown = {
        "pathway": pathway,
        "case": pathway.case,
        "step": step(at, day) if pathway.is_open else "",
        "words": WORDS[step(at, day)],
        "overdue": (day - pathway.next_on).days,
        "payer": payer_words(pathway),
        "runs_out": at.runs_out(day),
        "holds": hold_names(pathway.open_holds),
        "history": history(pathway),
        **_changes(pathway),
        **_forms(pathway),
        **wrong,
    }
    return render(request, "pathway/way.html", shown, status=422 if wrong else 200)


def _changes(pathway: Pathway) -> dict[str, Any]:
    """What is not as it was signed, weighed as the case page weighs it."""
    file, signed = CaseFile.of(pathway.case), pathway.decision.assessment
    document = file.weighed.document
    held = [sign.key for sign in file.weighed.holds]
    result = file.weighed.result(pathway.decision.policy.partition("@")[0])  # by the version that counts now
    return {
        "urgent": file.urgent_alert,
        "change": file.change_alert,
        "said": since.facts(signed.facts, document),
        "turned": since.verdicts(pathway.decision.determination, result),
        "new_holds": hold_names(since.holds(signed.safety.get("holds", []), held)),
    }


def _forms(pathway: Pathway) -> dict[str, Any]:
    day = pathway.today
    if not pathway.is_open:
        return {"reopen_form": ReopenForm(day)} if pathway.may_be_taken_up else {}
    forms = {"book": BookForm, "call": CallForm, "put_off": PutOffForm, "give": GiveForm, "end": EndForm}
    made: dict[str, Any] = {f"{name}_form": form(day) for name, form in forms.items()}
    if pathway.booked_on:
        made["unbook_form"] = UnbookForm(day)
    if pathway.open_holds:
        made["hold_form"] = hold_form(pathway)
    return made


def hold_form(pathway: Pathway, **more: Any) -> HoldForm:
    """One choice a hold that is open."""
    keys = pathway.open_holds
    choices = [(key, HOLD_NAMES.get(key, key)) for key in keys]
    return HoldForm(pathway.today, choices, **more)


def carry_out(
    request: Request, pathway: Pathway, verb: Callable[..., object], said: str, **asked: BaseForm
) -> HttpResponse:
    """Do what the one form in `asked` asks, and say so in words that may quote it; or the page with what was wrong."""
    (form,) = asked.values()
    if not carried_out(form, verb, pathway=pathway, by=request.actor):
        return show(request, pathway, **asked)
    return done(request, pathway, said.format(**form.cleaned_data))


@opens_to(CLINICAL)
@require_POST
def call(request: Request, reference: str, pk: int) -> HttpResponse:
    """Note a call."""
    pathway = found(request, reference, pk)
    form = CallForm(pathway.today, data=request.POST)
    return carry_out(request, pathway, actions.call, "The call is noted.", call_form=form)


@opens_to(CLINICAL)
@require_POST
def settle_hold(request: Request, reference: str, pk: int) -> HttpResponse:
    """Note how a hold of the decision is settled."""
    pathway = found(request, reference, pk)
    form = hold_form(pathway, data=request.POST)
    return carry_out(request, pathway, actions.settle_hold, "Settled, with your words beside it.", hold_form=form)


@opens_to(CLINICAL)
@require_POST
def put_off(request: Request, reference: str, pk: int) -> HttpResponse:
    """Look at it again on a later day."""
    pathway = found(request, reference, pk)
    form = PutOffForm(pathway.today, data=request.POST)
    return carry_out(request, pathway, actions.put_off, "Put off until {until:%-d %B %Y}.", put_off_form=form)


@opens_to(CLINICAL)
@require_POST
def give(request: Request, reference: str, pk: int) -> HttpResponse:
    """Hand it to a colleague."""
    pathway = found(request, reference, pk)
    form = GiveForm(pathway.today, data=request.POST)
    return carry_out(request, pathway, actions.give, "{to} has it now.", give_form=form)


@opens_to(CLINICAL)
@require_POST
def end(request: Request, reference: str, pk: int) -> HttpResponse:
    """End it without a session."""
    pathway = found(request, reference, pk)
    form = EndForm(pathway.today, data=request.POST)
    return carry_out(
        request, pathway, actions.end, "Ended. It stays on the case, and can be taken up again.", end_form=form
    )


@opens_to(CLINICAL)
@require_POST
def reopen(request: Request, reference: str, pk: int) -> HttpResponse:
    """Take it up again."""
    pathway = found(request, reference, pk)
    form = ReopenForm(pathway.today, data=request.POST)
    return carry_out(request, pathway, actions.reopen, "Taken up again: it is due today.", reopen_form=form)
