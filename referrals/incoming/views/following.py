"""The private link: the referrer sees where a referral stands, answers, and may say that it is no longer needed."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from clinic.audit.actions import Refused, record
from clinic.people.doors import EVERYBODY, opens_to
from clinic.people.limits import knock
from clinic.people.request import Request
from referrals.incoming.actions import receiving
from referrals.incoming.actions.receiving import UnfitFile
from referrals.incoming.forms.following import AdditionForm, WithdrawForm
from referrals.incoming.reading import followed
from referrals.loop.actions.links import find
from referrals.loop.actions.steps import of_patient
from referrals.loop.models import Link


def _link(request: Request, secret: str) -> Link | None:
    """The link to a referral that came in; None for one that is unknown, old, revoked or of another kind."""
    knock("link_opened_from_ip", request.actor.ip)
    link = find(secret)
    return link if link and link.referral.is_incoming else None


def _closed(request: Request) -> HttpResponse:
    """The same for a link that was never made, and one that ran out or was taken back."""
    return render(request, "incoming/link_closed.html", status=HTTPStatus.NOT_FOUND)


def _page(request: Request, link: Link, secret: str, form: AdditionForm, status: int = HTTPStatus.OK) -> HttpResponse:
    context = {"page": followed(link.referral), "secret": secret, "form": form, "withdraw_form": WithdrawForm()}
    return render(request, "incoming/follow.html", context, status=status)


@opens_to(EVERYBODY)
@never_cache
@require_GET
def follow(request: Request, secret: str) -> HttpResponse:
    """Where the referral stands. Opening it uses nothing up and changes nothing."""
    link = _link(request, secret)
    if link is None:
        return _closed(request)
    patients = of_patient(link.referral)
    record(by=request.actor, verb="referral.followed", patients=patients, of=link.referral, detail={"link": link.pk})
    return _page(request, link, secret, AdditionForm())


@opens_to(EVERYBODY)
@never_cache
@require_POST
def add(request: Request, secret: str) -> HttpResponse:
    """The referrer answers what we asked, or adds something."""
    link = _link(request, secret)
    if link is None:
        return _closed(request)
    form = AdditionForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            _added(request, link, form)
        except UnfitFile as refused:
            form.add_error("attachments", str(refused))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, gettext("We have it. Thank you."))
            return redirect("incoming:follow", secret)
    return _page(request, link, secret, form, HTTPStatus.UNPROCESSABLE_ENTITY)


def _added(request: Request, link: Link, form: AdditionForm) -> None:
    heard = form.cleaned_data
    words, files, nonce = heard["words"], heard["attachments"], heard["nonce"]
    receiving.add(referral=link.referral, words=words, files=files, by=request.actor, link=link, nonce=nonce)


@opens_to(EVERYBODY)
@never_cache
@require_POST
def withdraw(request: Request, secret: str) -> HttpResponse:
    """The referrer says that the referral is no longer needed; our staff cancels it."""
    link = _link(request, secret)
    if link is None:
        return _closed(request)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Please shorten what you wrote, then send it again."))
        return redirect("incoming:follow", secret)
    try:
        receiving.withdraw(referral=link.referral, by=request.actor, link=link, **form.cleaned_data)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, gettext("Thank you for telling us. We look at it today, and close it."))
    return redirect("incoming:follow", secret)
