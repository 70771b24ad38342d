"""What every staff page of this room does first: find the referral out that this person may see."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from clinic.audit.actions import record
from clinic.outside.codes import read
from clinic.people.request import Request
from referrals.loop.actions.steps import of_patient
from referrals.loop.models import Referral
from referrals.outgoing.models import Order


def visible_order(request: Request, code: str) -> Order:
    """The order of the referral of this code, where this person may see it; otherwise not found."""
    seen = Referral.objects.visible_to(request.user).outgoing()
    orders = Order.objects.filter(referral__in=seen).select_related(
        "referral__patient__home_location", "referral__case", "referral__location", "referral__practice", "signed_by"
    )
    return get_object_or_404(orders, referral__code=read(code) or None)


def leave(request: Request, verb: str, order: Order) -> None:
    """The event that the letter of this patient was read."""
    record(by=request.actor, verb=verb, patients=of_patient(order.referral), of=order)


def to_referral(order: Order) -> HttpResponse:
    """To the page of the referral."""
    return redirect("work:referral", order.referral.code)
