"""The page behind the link in a mail: no account, no name, nothing of the record. Opening it uses nothing up."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinic.audit.actions import record
from clinic.audit.clock import today
from clinic.people.doors import EVERYBODY, opens_to
from clinic.people.limits import knock
from clinic.people.request import Request
from clinic.people.views.outcome import form_page
from clinic.people.views.private import ONE_CLICK, private
from clinic.treatment.checkins import reading
from clinic.treatment.checkins.actions import stopping
from clinic.treatment.checkins.actions.answering import Late
from clinic.treatment.checkins.forms import form_for
from clinic.treatment.checkins.models import Mail, Stop

from .answering import heard, shown, thanks_for, ticked


@opens_to(EVERYBODY)
@form_page
def say(request: Request, secret: str) -> HttpResponse:
    """The questions of one check-in, and their answer."""
    mail = _opened(request, secret)
    if mail is None:
        return _closed(request)
    check_in = mail.check_in
    day, typed = today(check_in.session.location.time_zone), request.POST if request.method == "POST" else None
    form = form_for(check_in, day, request.LANGUAGE_CODE, typed)
    try:
        answer = heard(form, check_in, "link", request.actor)
        if answer is None and (why := reading.closed(check_in, "link")):
            raise Late(why)
    except Late as late:
        return _closed(request, late.why, secret)
    if answer:
        return private(redirect(thanks_for(answer.signs)))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return private(
        render(request, "checkins/say.html", {"form": form, "secret": secret, **shown(check_in, form)}, status=status)
    )


@opens_to(EVERYBODY)
@require_GET
def thanks(request: Request) -> HttpResponse:
    """That it arrived; with a bad sign, what to do now. The address says which: the page reads no answer."""
    return private(render(request, "checkins/thanks.html", {"help_now": request.GET.get("help") == "now"}))


# Without a cookie's token, because a mail program sends this POST itself (RFC 8058). The address alone has the power:
# no session counts here, a forged POST would need the secret, and all that it does is stop the questions.
@csrf_exempt
@opens_to(EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: Request, secret: str) -> HttpResponse:
    """Whether this patient is asked by mail. Opening it stops nothing: mail programs open links."""
    mail = _opened(request, secret)
    if mail is None:
        return _closed(request)
    patient = mail.check_in.session.case.patient
    if request.method == "POST":
        stopping.stop(patient=patient, by=request.actor)
        if ONE_CLICK not in request.POST:
            return private(redirect("checkins:stop", secret))
    context = {"secret": secret, "stopped": Stop.objects.standing().of(patient).exists()}
    return private(render(request, "checkins/stop.html", context))


@opens_to(EVERYBODY)
@require_POST
def allow(request: Request, secret: str) -> HttpResponse:
    """The reader of a mail wants to be asked again."""
    mail = _opened(request, secret)
    if mail is None:
        return _closed(request)
    stopping.allow(patient=mail.check_in.session.case.patient, by=request.actor)
    return private(redirect("checkins:stop", secret))


def _opened(request: Request, secret: str) -> Mail | None:
    """The mail of this secret, its page in the language of its reader until they choose another."""
    mail = reading.find(secret)
    # Hundreds are asked in one minute, and many phones share one address: a bad sign must come through. So guesses
    # are counted by address, and what is right by link.
    if mail is None:
        knock("link_opened_from_ip", request.actor.ip)
    else:
        knock("check_in_opened", mail.pk)
        patient = mail.check_in.session.case.patient
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and not request.user.is_authenticated:
            translation.activate(patient.language)
            request.LANGUAGE_CODE = patient.language
        record(by=request.actor, verb="check_in.link_opened", patients=[patient.pk], of=mail)
    return mail


def _closed(request: Request, why: reading.Closed | None = None, secret: str = "") -> HttpResponse:
    """A kind page: for a link that was never made, and for one whose question is over."""
    status = HTTPStatus.GONE if why else HTTPStatus.NOT_FOUND
    context = {"why": why, "secret": secret, "help_now": ticked(request), "not_kept": request.method == "POST" and why}
    return private(render(request, "checkins/closed.html", context, status=status))
