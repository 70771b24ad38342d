"""Where whoever gets reminders stops them, and allows them again: by the address in a mail, or on their own page."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from clinic.audit.actions import record
from clinic.people.doors import EVERYBODY, PATIENTS, opens_to
from clinic.people.limits import knock
from clinic.people.models import Patient
from clinic.people.request import Request
from clinic.people.views.outcome import tried
from clinic.people.views.private import ONE_CLICK, private
from referrals.reminders.actions import stopping
from referrals.reminders.models import Reminder, Stop
from referrals.reminders.reading import find


# Without a cookie's token, because a mail program sends this POST itself (RFC 8058). The address alone has the power:
# no session counts here, a forged POST would need the secret, and all that it does is stop reminders.
@csrf_exempt
@opens_to(EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: Request, secret: str) -> HttpResponse:
    """Whether reminders go out to the reader of a mail. Opening it stops nothing: mail programs open links."""
    reminder = _opened(request, secret)
    if reminder is None:
        return _closed(request)
    if request.method == "POST":
        stopping.stop(reader=reminder.reader, by=request.actor)
        if ONE_CLICK not in request.POST:
            return private(redirect("reminders:stop", secret))
    return _page(request, reminder, secret)


@opens_to(EVERYBODY)
@require_POST
def allow(request: Request, secret: str) -> HttpResponse:
    """The reader of a mail wants reminders again."""
    reminder = _opened(request, secret)
    if reminder is None:
        return _closed(request)
    stopping.allow(reader=reminder.reader, by=request.actor)
    return private(redirect("reminders:stop", secret))


@opens_to(PATIENTS)
@require_POST
def stop_mine(request: Request, reference: str) -> HttpResponse:
    """A patient, or who acts for one, wants no reminders."""
    tried(request, gettext("We send no more reminders."), stopping.stop, reader=_mine(request, reference))
    return redirect("my_page")


@opens_to(PATIENTS)
@require_POST
def allow_mine(request: Request, reference: str) -> HttpResponse:
    """A patient, or who acts for one, wants reminders again."""
    tried(request, gettext("We send reminders again."), stopping.allow, reader=_mine(request, reference))
    return redirect("my_page")


def _mine(request: Request, reference: str) -> Patient:
    return get_object_or_404(Patient.objects.acted_for_by(request.user), reference=reference.upper())


def _opened(request: Request, secret: str) -> Reminder | None:
    knock("link_opened_from_ip", request.actor.ip)
    reminder = find(secret)
    if reminder:
        patients = [reminder.patient_id] if reminder.patient_id else []
        record(by=request.actor, verb="reminders.link_opened", patients=patients, of=reminder)
    return reminder


def _page(request: Request, reminder: Reminder, secret: str) -> HttpResponse:
    stopped = Stop.objects.standing().of(reminder.reader).exists()
    context = {"secret": secret, "stopped": stopped, "to_patient": reminder.patient_id is not None}
    return private(render(request, "reminders/stop.html", context))


def _closed(request: Request) -> HttpResponse:
    return private(render(request, "reminders/stop_closed.html", status=404))
