"""The letter on paper and on its way, and the private link that it carries."""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from clinic.audit.clock import today
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.request import Request
from clinic.people.views.outcome import carried_out, form_page, tried
from referrals.loop.actions import links
from referrals.loop.models import Link
from referrals.outgoing.actions import sending
from referrals.outgoing.forms.orders import SENT_BY, SendForm
from referrals.outgoing.links import standing_link
from referrals.outgoing.models import Order
from referrals.outgoing.printing import fax_pdf, letter_pdf

from .doorway import leave, to_referral, visible_order


@opens_to(CLINICAL)
@form_page
def send(request: Request, code: str) -> HttpResponse:
    """Say that the letter went out: how, and on which day."""
    order = visible_order(request, code)
    leave(request, "order.opened", order)
    referral = order.referral
    if not (order.signed_at and referral.practice and order.may_be_sent):
        messages.info(request, _why_not(order))
        return to_referral(order)
    day = today(referral.location.time_zone)
    likes = referral.practice.receives_by
    initial = {"how": likes if likes in SENT_BY else "fax", "on": day, "seen": referral.state}
    signed_on = order.signed_at.astimezone(ZoneInfo(referral.location.time_zone)).date()
    form = SendForm(day, signed_on, data=request.POST or None, initial=initial)
    words = {"referral": referral, "by": request.actor}
    if request.method == "POST" and carried_out(form, sending.send, **words):
        messages.success(request, "Kept: the letter is on its way.")
        return to_referral(order)
    shown = {"form": form, "order": order, "referral": referral}
    return render(request, "outgoing/send.html", shown, status=422 if request.method == "POST" else 200)


def _why_not(order: Order) -> str:
    if not order.signed_at:
        return sending.NOT_SIGNED
    return "This letter is not sent any more." if order.referral.practice else "Choose the practice first."


@opens_to(CLINICAL)
@require_GET
def letter(request: Request, code: str) -> HttpResponse:
    """The letter as a tagged PDF of one page; as long as nobody signed it, it says so."""
    order = visible_order(request, code)
    leave(request, "order.printed", order)
    return _pdf(letter_pdf(order, _link(order)), f"letter-{order.referral.printed_code}")


@opens_to(CLINICAL)
@require_GET
def fax(request: Request, code: str) -> HttpResponse:
    """The cover sheet and the letter, for the fax machine."""
    order = visible_order(request, code)
    practice = order.referral.practice
    if not (order.signed_at and practice and practice.letterhead()["fax"]):
        messages.error(request, "A fax needs a signed letter, and a practice with a fax number.")
        return redirect("work:referral", order.referral.code)
    leave(request, "order.printed", order)
    return _pdf(fax_pdf(order, _link(order)), f"fax-{order.referral.printed_code}")


def _link(order: Order) -> Link | None:
    """What the letter carries: nothing while it is a draft."""
    return standing_link(order.referral) if order.signed_at else None


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store, private"
    return response


@opens_to(CLINICAL)
@require_POST
def link(request: Request, code: str) -> HttpResponse:
    """Make a private link where none stands."""
    order = visible_order(request, code)
    tried(request, "The link works. It stands on the letter.", links.make_link, referral=order.referral)
    return to_referral(order)


@opens_to(CLINICAL)
@require_POST
def revoke(request: Request, code: str) -> HttpResponse:
    """Take the private link back: who holds it is told that it does not work any more."""
    order = visible_order(request, code)
    tried(request, "The link is taken back.", links.revoke_link, referral=order.referral)
    return to_referral(order)
