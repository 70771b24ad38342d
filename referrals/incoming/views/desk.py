"""The desk: a referral is written down from phone or paper, asked about, turned away, or taken on."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from clinic.audit.actions import Refused, record
from clinic.outside.codes import read
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.request import Request
from clinic.people.views.outcome import carried_out, form_page, show_form, tried
from referrals.incoming import missing
from referrals.incoming.actions import accepting, answering
from referrals.incoming.actions.receiving import UnfitFile, receive
from referrals.incoming.forms.desk import AskForm, InviteForm, TurnAwayForm
from referrals.incoming.forms.referring import ReferralForm
from referrals.incoming.goes_over import goes_over
from referrals.incoming.shape import Door
from referrals.loop.actions.steps import of_patient
from referrals.loop.lifecycle import State
from referrals.loop.models import Referral

BY_STAFF = (Door.PHONE, Door.PAPER)
TURNS_AWAY = {State.REFUSED: "Refuse it", State.HANDED_BACK: "Hand it back"}


def opened(request: Request, code: str) -> Referral:
    """The incoming referral of this code, with the event that somebody looked; otherwise not found."""
    found = unseen(request, code)
    record(by=request.actor, verb="referral.opened", patients=of_patient(found), of=found)
    return found


def unseen(request: Request, code: str) -> Referral:
    """The same for a POST, whose own event follows."""
    rows = Referral.objects.visible_to(request.user).incoming()
    rows = rows.select_related("request", "location", "practice", "case", "patient__home_location", "patient__user")
    found: Referral = get_object_or_404(rows, code=read(code) or None)
    return found


@never_cache
@opens_to(CLINICAL)
@form_page
def enter(request: Request) -> HttpResponse:
    """Write down a referral that came by phone or on paper; only a name and a number are needed."""
    asked = request.GET.get("door", "")
    door = Door(asked) if asked in BY_STAFF else Door.PHONE
    if request.method == "GET":
        return _entry(request, ReferralForm(door), HTTPStatus.OK)
    form = ReferralForm(door, request.POST, request.FILES)
    if form.wants_more or not form.is_valid():
        return _entry(request, form, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK)
    said = {"said": form.said, "files": form.cleaned_data["attachments"], "nonce": form.cleaned_data["nonce"]}
    try:
        referral = receive(**said, door=door, by=request.actor, location=form.location)
    except Refused as refused:
        form.add_error("attachments" if isinstance(refused, UnfitFile) else None, str(refused))
        return _entry(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, f"Kept, under the code {referral.printed_code}.")
    return redirect("work:referral" if referral.must_call else "incoming:match", referral.code)


def _entry(request: Request, form: ReferralForm, status: int) -> HttpResponse:
    return render(request, "incoming/enter.html", {"form": form, "door": form.door}, status=status)


@opens_to(CLINICAL)
@form_page
def ask(request: Request, code: str) -> HttpResponse:
    """Ask the referrer for what is missing; what the request lacks is ticked already."""
    of = opened(request, code)
    lacking = missing.still_missing(of.request.values)
    form = AskForm(request.POST or None, initial={"codes": lacking, "seen": of.state})
    if request.method == "POST" and carried_out(form, answering.ask, referral=of, by=request.actor):
        mailed = of.request.sender_email
        messages.success(request, "Their private link is on its way to them by mail." if mailed else "Kept. Call them.")
        return redirect("work:referral", of.code)
    return show_form(request, "incoming/ask.html", form, referral=of)


@opens_to(CLINICAL)
@form_page
def refuse(request: Request, code: str) -> HttpResponse:
    """We cannot take it on."""
    return _turned_away(request, code, State.REFUSED)


@opens_to(CLINICAL)
@form_page
def hand_back(request: Request, code: str) -> HttpResponse:
    """We took it up, and give it back."""
    return _turned_away(request, code, State.HANDED_BACK)


def _turned_away(request: Request, code: str, to: State) -> HttpResponse:
    """The reason in coded words for the referrer's page, and in one's own for the letter."""
    of = opened(request, code)
    form = TurnAwayForm(request.POST or None, initial={"seen": of.state})
    words = {"referral": of, "to": to, "by": request.actor}
    if request.method == "POST" and carried_out(form, answering.turn_away, **words):
        messages.success(request, "Kept. Next, send the referrer the answer.")
        return redirect("incoming:answer", of.code)
    return show_form(request, "incoming/turn_away.html", form, referral=of, verb=TURNS_AWAY[to])


@opens_to(CLINICAL)
@form_page
def accept(request: Request, code: str) -> HttpResponse:
    """What goes over into the record and how the patient is invited; one button does both."""
    of = opened(request, code)
    if of.case is None or of.patient is None:
        messages.info(request, accepting.UNMATCHED)
        return redirect("incoming:match", of.code)
    if request.method == "POST":
        words = {"referral": of, "seen": request.POST.get("seen", "")[:20]}
        tried(request, "Accepted.", accepting.accept, **words)
        return redirect("work:referral", of.code)
    context = {"referral": of, "goes_over": goes_over(of.request.values), "mails": accepting.may_be_mailed(of.patient)}
    return render(request, "incoming/accept.html", context)


@opens_to(CLINICAL)
@require_POST
def invite(request: Request, code: str) -> HttpResponse:
    """Invite the patient of an accepted referral, by mail, or as somebody just did on the phone or at the desk."""
    of, form = unseen(request, code), InviteForm(request.POST)
    if carried_out(form, accepting.invite, referral=of, by=request.actor):
        messages.success(request, "The patient was invited.")
    else:
        messages.error(request, " ".join(map(str, form.non_field_errors())) or "Say how the patient was invited.")
    return redirect("work:referral", of.code)
