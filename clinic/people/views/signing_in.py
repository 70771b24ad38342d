"""How a patient signs in and anybody signs out, in which language, and what becomes of a page that came too late."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from clinic.audit.actions import Refused
from clinic.people.actions import signing_in
from clinic.people.doors import EVERYBODY, SIGNED_IN, before_second_factor, opens_to
from clinic.people.forms.signing_in import AddressForm, CodeForm
from clinic.people.models import SignInCode
from clinic.people.parking import harmless, is_secret, page_of
from clinic.people.request import Request

from .demo import offered
from .outcome import form_page, show_form

ASKED = "sign_in"  # session: the code that this browser waits for, and where to go then


def place_after(request: Request) -> str:
    """Where to go after this, if it is a page of ours."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    ours = target.startswith("/") and url_has_allowed_host_and_scheme(target, {request.get_host()})
    return target if ours else "/"


def send_code(request: Request, email: str, after: str) -> HttpResponse:
    """Mail a code and show the page that asks for it."""
    asked = signing_in.ask_for_code(email=email, language=request.LANGUAGE_CODE, by=request.actor)
    request.session[ASKED] = {"code": asked.pk, "next": after}
    return redirect("people:sign_in_code")


@opens_to(EVERYBODY)
@form_page
def sign_in(request: Request) -> HttpResponse:
    """Ask for the address to which a code goes; what follows is the same for every address."""
    if request.user.is_authenticated:
        return redirect(place_after(request))
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return send_code(request, form.cleaned_data["email"], place_after(request))
    context = {"next": place_after(request), "offered": offered()}
    return show_form(request, "people/sign_in.html", form, **context)


def _waiting(request: Request) -> SignInCode | None:
    return SignInCode.objects.filter(pk=request.session.get(ASKED, {}).get("code")).first()


@opens_to(EVERYBODY)
@form_page
def sign_in_code(request: Request) -> HttpResponse:
    """Ask for the code that was mailed."""
    asked = _waiting(request)
    if asked is None:
        return redirect("people:sign_in")
    form = CodeForm(request.POST or None, label=_("Code from our mail"), help_text=_("6 digits, good for 10 minutes."))
    if request.method == "POST" and form.is_valid():
        try:
            user = signing_in.enter_code(asked=asked, code=form.cleaned_data["code"], by=request.actor)
        except Refused as refused:
            form.add_error("code", str(refused))
        else:
            after = request.session.pop(ASKED)["next"]
            signing_in.begin_session(request=request, user=user, by=request.actor)
            return redirect(after)
    return show_form(request, "people/sign_in_code.html", form, email=asked.email)


@opens_to(EVERYBODY)
@require_POST
def resend_code(request: Request) -> HttpResponse:
    """Send another code to the same address; the earlier one stops working."""
    asked = _waiting(request)
    if asked is None:
        return redirect("people:sign_in")
    messages.info(request, gettext("We sent a new code. Only the newest one works."))
    return send_code(request, asked.email, request.session[ASKED]["next"])


@opens_to(SIGNED_IN)
@before_second_factor
@require_POST
def sign_out(request: Request) -> HttpResponse:
    """End this session, and leave the device ready for the next person."""
    page = "account_login" if request.user.is_staff_member else "people:sign_in"
    if request.session.get(signing_in.DESK):
        page = "people:desk"
    signing_in.end_session(request=request, by=request.actor)
    messages.success(request, gettext("You are signed out."))
    return redirect(page)


@opens_to(EVERYBODY)
@before_second_factor
@require_POST
def set_language(request: Request) -> HttpResponse:
    """Read on in another language, on the same page."""
    response = redirect(place_after(request))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            signing_in.choose_language(user=request.user, language=language, by=request.actor)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        translation.activate(language)
    return response


@opens_to(EVERYBODY)
def not_taken(request: Request, reason: str = "") -> HttpResponse:
    """A POST without a valid token: an old page of ours shows all that was typed, to be sent again with a new one.

    A page elsewhere must not make somebody press that button, so it gets no button.
    """
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    typed = harmless(request) if ours else {}
    fields = [(name, value) for name, values in dict(typed).items() for value in values]
    context = {
        "reason": reason,
        "fields": [] if any(is_secret(name) for name in request.POST) else fields,
        "address": request.get_full_path(),
        "page": page_of(request),
        "file_lost": bool(request.FILES),
    }
    return render(request, "403_csrf.html", context, status=403)
