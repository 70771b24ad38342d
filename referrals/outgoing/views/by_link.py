"""The page of the receiving practice: no account, one referral, what may be said next. Only a POST acts."""

from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from clinic.audit.actions import Refused, record
from clinic.audit.clock import today
from clinic.people.doors import EVERYBODY, opens_to
from clinic.people.limits import knock
from clinic.people.request import Request
from clinic.people.views.private import private
from referrals.loop.actions.links import find
from referrals.loop.actions.steps import of_patient
from referrals.loop.lifecycle import BY_PRACTICE, State
from referrals.loop.models import Link, Referral
from referrals.outgoing.actions.sending import say as say_it
from referrals.outgoing.forms.by_link import SayForm, form_for
from referrals.outgoing.spoken import VERBS, stands

CHANGED = gettext_lazy("Something has changed since you opened this page. This is how it is now.")


@opens_to(EVERYBODY)
@require_GET
def practice(request: Request, secret: str) -> HttpResponse:
    """Where the referral is and what may be said. Opening it uses nothing up: mail programs open links themselves."""
    link = _found(request, secret)
    if link is None:
        return _closed(request)
    record(by=request.actor, verb="referral.link_opened", patients=of_patient(link.referral), of=link.referral)
    return _page(request, link, secret)


@opens_to(EVERYBODY)
@require_POST
def say(request: Request, secret: str, to: str) -> HttpResponse:
    """One thing that the practice says."""
    link = _found(request, secret)
    if link is None:
        return _closed(request)
    if to not in BY_PRACTICE:
        raise Http404
    form = form_for(to, _day(link), data=request.POST, files=request.FILES)
    if form.is_valid():
        try:
            say_it(link=link, to=to, by=request.actor, **form.said())
        except Refused as refused:
            moved = Referral.objects.get(pk=link.referral_id).state != form.cleaned_data["seen"]
            form.add_error(None, str(CHANGED if moved else refused))
        else:
            messages.success(request, gettext("Thank you. We have it."))
            return private(redirect("outgoing:practice", secret))
    return _page(request, link, secret, to=to, form=form, status=422)


def _found(request: Request, secret: str) -> Link | None:
    """The link of this secret; None for one that was never made, ran out or was taken back."""
    knock("link_opened_from_ip", request.actor.ip)
    link = find(secret)
    return link if link and not link.referral.is_incoming else None


def _day(link: Link) -> date:
    return today(link.referral.location.time_zone)


def _page(
    request: Request, link: Link, secret: str, to: str = "", form: SayForm | None = None, status: int = 200
) -> HttpResponse:
    referral = Referral.objects.select_related("patient", "location", "practice").get(pk=link.referral_id)
    said = [(verb, words) for verb, words in VERBS.items() if verb in referral.may_become & BY_PRACTICE]
    context: dict[str, Any] = {
        "referral": referral,
        "secret": secret,
        "whom": _whom(referral),
        "stands": stands(referral.state),
        "booked": referral.booked_visit if referral.state == State.BOOKED else None,
        "form": form,
        "verbs": [
            {
                "to": verb.value,
                "words": words,
                "open": verb == to,
                "form": _form(verb, link, referral, form if verb == to else None),
            }
            for verb, words in said
        ],
    }
    return private(render(request, "outgoing/practice.html", context, status=status))


def _form(verb: State, link: Link, referral: Referral, typed: SayForm | None) -> SayForm:
    """What was typed, for the state that stands now; or a new form."""
    if typed is None:
        return form_for(verb, _day(link), initial={"seen": referral.state})
    posted = cast(QueryDict, typed.data).copy()
    posted["seen"] = referral.state
    typed.data = posted
    return typed


def _whom(referral: Referral) -> str:
    """Initials and year of birth: enough for whoever holds the letter, and for nobody else."""
    patient = referral.patient
    assert patient  # the database keeps one in every referral out
    initials = " ".join(f"{name[0]}." for name in (patient.given_name, patient.family_name) if name)
    return ", ".join(part for part in (initials, str(patient.birth_date.year) if patient.birth_date else "") if part)


def _closed(request: Request) -> HttpResponse:
    """The same for a link that was never made, and one that ran out or was taken back."""
    return private(render(request, "incoming/link_closed.html", status=404))
