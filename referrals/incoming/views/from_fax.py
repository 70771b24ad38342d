"""A fax that is a new referral: its pages, and beside them the form to write down what they say."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from clinic.audit.actions import Refused, record
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.request import Request
from clinic.people.views.outcome import form_page
from referrals.faxes.lifecycle import State
from referrals.faxes.models import Fax
from referrals.faxes.views.fax import visible, with_pages
from referrals.incoming.actions.from_fax import receive_fax
from referrals.incoming.actions.receiving import UnfitFile
from referrals.incoming.forms.referring import ReferralForm
from referrals.incoming.shape import Door


@never_cache
@opens_to(CLINICAL)
@form_page
def enter_fax(request: Request, pk: int) -> HttpResponse:
    """Write down the referral that stands on a fax; only the patient's name is needed, the rest stands on its pages."""
    fax = visible(request, pk)
    if request.method == "GET" and (fax.state != State.WAITING or not fax.can_be_filed):
        return redirect("faxes:fax", pk)
    if request.method == "GET":
        return _entry(request, fax, ReferralForm(Door.FAX), HTTPStatus.OK)
    form = ReferralForm(Door.FAX, request.POST, request.FILES)
    if form.wants_more or not form.is_valid():
        return _entry(request, fax, form, HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK)
    said = {"said": form.said, "files": form.cleaned_data["attachments"], "nonce": form.cleaned_data["nonce"]}
    try:
        referral = receive_fax(fax=fax, by=request.actor, location=form.location, **said)
    except Refused as refused:
        form.add_error("attachments" if isinstance(refused, UnfitFile) else None, str(refused))
        return _entry(request, fax, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(request, f"Kept with its fax, under the code {referral.printed_code}.")
    return redirect("work:referral" if referral.must_call else "incoming:match", referral.code)


def _entry(request: Request, fax: Fax, form: ReferralForm, status: int) -> HttpResponse:
    record(by=request.actor, verb="fax.opened", of=fax)
    context = {"fax": fax, "form": form, "seen": fax.opened_by(request.user.pk)}
    return with_pages(render(request, "incoming/enter_fax.html", context, status=status))
