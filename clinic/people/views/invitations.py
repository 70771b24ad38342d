"""The pages behind a private link, and the tablet at the desk."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from clinic.audit.actions import Refused
from clinic.people.actions import accepting, signing_in
from clinic.people.actions.invitations import find_invitation
from clinic.people.doors import EVERYBODY, SIGNED_IN, opens_to
from clinic.people.forms.signing_in import BirthDateForm, CodeForm, StaffBeginForm
from clinic.people.limits import knock
from clinic.people.models import PrivateLink
from clinic.people.request import Request

from .outcome import form_page, show_form
from .signing_in import send_code

Purpose = PrivateLink.Purpose


def _closed(request: Request) -> HttpResponse:
    """The same for a link that was never made, and one that is old, used or taken back."""
    return render(request, "people/invitation_closed.html", status=404)


@opens_to(EVERYBODY)
@require_GET
def invitation(request: Request, secret: str) -> HttpResponse:
    """What the invitation is for. Opening it uses nothing up: mail programs open links by themselves."""
    link = find_invitation(secret)
    if link is None:
        return _closed(request)
    if link.purpose == Purpose.STAFF_INVITATION:
        return redirect("people:join", secret)
    return render(request, "people/invitation.html", {"link": link, "secret": secret})


@opens_to(EVERYBODY)
@form_page
def join(request: Request, secret: str) -> HttpResponse:
    """Somebody who was invited to work here gives their name and a password."""
    link = find_invitation(secret)
    if link is None or link.purpose != Purpose.STAFF_INVITATION:
        return _closed(request)
    form = StaffBeginForm(request.POST or None, email=link.email, initial={"name": link.name})
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("name", "password")}
        try:
            user = accepting.accept_staff_invitation(link=link, by=request.actor, **chosen)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            signing_in.begin_session(request=request, user=user, by=request.actor)
            return redirect("mfa_index")
    return show_form(request, "people/join.html", form, link=link)


@opens_to(EVERYBODY)
@require_POST
def begin_invitation(request: Request, secret: str) -> HttpResponse:
    """Mail a code to the invited address, which a forwarded link does not reach."""
    knock("link_opened_from_ip", request.actor.ip)
    link = find_invitation(secret)
    if link is None or link.purpose == Purpose.STAFF_INVITATION:
        return _closed(request)
    after = reverse("people:birth_date", args=[secret])
    if request.user.is_authenticated and request.user.email == link.email:
        return redirect(after)
    return send_code(request, link.email, after)


@opens_to(SIGNED_IN)
@form_page
def birth_date(request: Request, secret: str) -> HttpResponse:
    """Once, the birth date that the clinic has: it ties the address to the patient."""
    link = find_invitation(secret)
    if link is None or link.purpose == Purpose.STAFF_INVITATION:
        return _closed(request)
    form = BirthDateForm(request.POST or None)
    if link.purpose == Purpose.CARER_INVITATION:
        form.fields["birth_date"].label = _("Date of birth of the person whom you help")
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["birth_date"]
        try:
            accepting.accept_invitation(link=link, user=request.user, birth_date=day, by=request.actor)
        except Refused as refused:
            form.add_error("birth_date", str(refused))
        else:
            return redirect("home")
    return show_form(request, "people/birth_date.html", form)


@opens_to(EVERYBODY)
@form_page
def desk(request: Request) -> HttpResponse:
    """The tablet at the desk: a code that staff read out opens it for one patient."""
    form = CodeForm(
        request.POST or None, label=_("Code from the desk"), help_text=_("8 digits. The desk gives it to you.")
    )
    if request.method == "POST" and form.is_valid():
        try:
            user = accepting.open_desk(code=form.cleaned_data["code"], by=request.actor)
        except Refused as refused:
            form.add_error("code", str(refused))
        else:
            signing_in.begin_session(request=request, user=user, by=request.actor, desk=True)
            return redirect("home")
    return show_form(request, "people/desk.html", form)
