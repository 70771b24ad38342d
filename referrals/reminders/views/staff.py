"""What staff see of reminders: what went out and what became of it; and the switch that a patient asked them for."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clinic.audit.actions import record
from clinic.outside.codes import read
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.lists import counted, page
from clinic.people.parking import parked_for
from clinic.people.request import Request
from clinic.people.views.outcome import carried_out, form_page, show_form, tried
from clinic.post.models import State as Fate
from referrals.loop.models import Referral
from referrals.reminders.actions import returned, stopping
from referrals.reminders.forms import ReasonForm
from referrals.reminders.models import Reader, Reminder
from referrals.reminders.plan import Whom

# What somebody must look at stands first; each reminder stands in one of them.
TABS = {
    Fate.BOUNCED: "Came back",
    Fate.FAILED: "Failed",
    Fate.UNKNOWN: "Fate unknown",
    Fate.QUEUED: "Waiting",
    Fate.SENT: "Sent",
}
WITH_IT = {Fate.QUEUED: [Fate.SENDING]}


@opens_to(CLINICAL)
@require_GET
def sent(request: Request) -> HttpResponse:
    """Reminders by what became of them."""
    mine = Reminder.objects.visible_to(request.user)
    rows = {fate: mine.with_fate(fate, *WITH_IT.get(fate, ())) for fate in TABS}
    counts = {fate: counted(rows[fate]) for fate in TABS}
    asked = request.GET.get("fate", "")
    fate = Fate(asked) if asked in TABS else next((each for each in TABS if counts[each] != "0"), Fate.SENT)
    shown = page(rows[fate].with_mail().select_related("referral__patient", "referral__practice"), request.GET)
    patients = [each.referral.patient_id for each in shown.rows if each.referral.patient_id]
    record(by=request.actor, verb="reminders.listed", patients=patients, detail={"fate": fate.value})
    address = reverse("reminders:sent")
    context = {
        "page": shown,
        "fate": fate,
        "title": TABS[fate],
        "total": counts[fate],
        "tabs": [
            {"label": words, "url": f"{address}?fate={each}", "count": counts[each], "current": each == fate}
            for each, words in TABS.items()
        ],
    }
    return render(request, "reminders/sent.html", context)


@opens_to(CLINICAL)
@require_POST
def came_back(request: Request, pk: int) -> HttpResponse:
    """Say that a mail was returned: somebody is called to look at its referral today."""
    reminder = get_object_or_404(Reminder.objects.visible_to(request.user).with_mail(), pk=pk)
    done = "Noted. Its referral is due today: call, and correct the address."
    tried(request, done, returned.came_back, reminder=reminder)
    return redirect("reminders:sent")


@opens_to(CLINICAL)
@form_page
def stop_for(request: Request, code: str, whom: str) -> HttpResponse:
    """Stop reminders in somebody's place, with a reason."""
    return _switch(request, code, whom, stopping.stop, "reminders/stop_for.html")


@opens_to(CLINICAL)
@form_page
def allow_for(request: Request, code: str, whom: str) -> HttpResponse:
    """Allow reminders again in somebody's place, with a reason."""
    return _switch(request, code, whom, stopping.allow, "reminders/allow_for.html")


def _switch(request: Request, code: str, whom: str, verb: Callable[..., object], template: str) -> HttpResponse:
    referral = _visible(request, code)
    reader = _reader(referral, whom)
    patients = [referral.patient_id] if referral.patient_id else []
    record(by=request.actor, verb="referral.opened", patients=patients, of=referral)
    form = ReasonForm(request.POST if request.method == "POST" else parked_for(request))
    back_url = reverse("work:referral", args=[referral.code])
    if request.method == "POST" and carried_out(form, verb, reader=reader, by=request.actor):
        return redirect(back_url)
    return show_form(request, template, form, referral=referral, whom=whom, back_url=back_url)


def _visible(request: Request, code: str) -> Referral:
    rows = Referral.objects.visible_to(request.user).select_related("patient")
    return get_object_or_404(rows, code=read(code) or None)


def _reader(referral: Referral, whom: str) -> Reader:
    if whom == Whom.PATIENT and referral.patient:
        return referral.patient
    if whom == Whom.REFERRER and referral.is_incoming:
        return referral
    raise Http404
