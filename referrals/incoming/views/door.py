"""The public door: a practice refers a patient, without an account."""

from datetime import timedelta
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from clinic.audit.actions import Refused
from clinic.audit.clock import now
from clinic.people.doors import EVERYBODY, opens_to
from clinic.people.limits import TooMany, knock
from clinic.people.models import Clinic
from clinic.people.request import Request
from clinic.people.views.outcome import form_page
from referrals.incoming import said
from referrals.incoming.actions.receiving import UnfitFile, follow_address, receive
from referrals.incoming.forms.referring import ReferralForm
from referrals.incoming.shape import Door
from referrals.loop.models import Referral

RECEIVED = "referral_received"  # session: which referral this browser sent last, and when
SHOWN_FOR = timedelta(hours=1)  # the link is a secret: a shared computer must not show it for long


@opens_to(EVERYBODY)
@never_cache
@form_page
def refer(request: Request) -> HttpResponse:
    """The form of a referring practice. What was typed is never lost, whatever happens to it."""
    if request.method == "GET":
        return _page(request, ReferralForm(Door.FORM))
    form = ReferralForm(Door.FORM, request.POST, request.FILES)
    if form.wants_more or not form.is_valid():
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK)
    try:
        referral = _received(request, form)
    except UnfitFile as refused:
        form.add_error("attachments", str(refused))
        return _page(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    except TooMany:
        form.add_error(None, _call_instead(gettext("Many referrals came from your practice just now.")))
        return _page(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    except Refused:
        form.add_error(None, _call_instead(gettext("Nobody at the clinic can take this referral just now.")))
        return _page(request, form, HTTPStatus.SERVICE_UNAVAILABLE)
    request.session[RECEIVED] = {"referral": referral.pk, "at": now().timestamp()}
    return redirect("incoming:received")


def _received(request: Request, form: ReferralForm) -> Referral:
    for limit in ("referral_from_ip", "referral_from_ip_in_a_day"):
        knock(limit, request.actor.ip)
    return receive(
        said=form.said,
        files=form.cleaned_data["attachments"],
        door=Door.FORM,
        by=request.actor,
        location=form.location,
        nonce=form.cleaned_data["nonce"],
        language=request.LANGUAGE_CODE,
    )


def _call_instead(because: str) -> str:
    advice = gettext("Nothing was sent. Please call us, and we take it down: %(phone)s.")
    return f"{because} {advice % {'phone': Clinic.current().phone}}"


def _page(request: Request, form: ReferralForm, status: int = HTTPStatus.OK) -> HttpResponse:
    return render(request, "incoming/refer.html", {"form": form}, status=status)


@opens_to(EVERYBODY)
@never_cache
@require_GET
def received(request: Request) -> HttpResponse:
    """The receipt: the code, what comes next and by when, and the private link, which is shown here alone."""
    sent = request.session.get(RECEIVED, {})
    referral = Referral.objects.incoming().filter(pk=sent.get("referral")).select_related("request", "location").first()
    if referral is None or now().timestamp() - sent["at"] > SHOWN_FOR.total_seconds():
        return redirect("incoming:refer")
    link = referral.links.usable().first()
    signs = referral.request.signs
    context = {
        "referral": referral,
        "link": follow_address(link) if link else "",
        "mailed_to": referral.request.sender_email,
        "must_call": said.calls(signs),
        "emergency": said.is_emergency(signs),
    }
    return render(request, "incoming/received.html", context)
