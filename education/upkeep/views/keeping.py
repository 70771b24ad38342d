"""The verbs of upkeep: one POST, one verb, one address each."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from clinic.people.doors import DOCTORS, opens_to
from clinic.people.request import Request
from clinic.people.views.outcome import carried_out, tried
from education.library.cms import WRITERS
from education.upkeep import actions
from education.upkeep.forms import ChangesForm, RightForm
from education.upkeep.standing import Standing, of_the_library

from .reading import show, shows_a_page


@shows_a_page
@opens_to(DOCTORS)
@require_POST
def approve(request: Request, page: int) -> HttpResponse:
    """A doctor stands behind the version that they read, and it is published."""
    return _right(request, page, actions.approve, "Approved. Patients read it from now on, or from the day planned.")


@shows_a_page
@opens_to(DOCTORS)
@require_POST
def still_right(request: Request, page: int) -> HttpResponse:
    """A doctor stands behind the page as patients read it now."""
    return _right(request, page, actions.still_right, "Noted: you read it today, and it is right.")


def _right(request: Request, page: int, verb: Callable[..., object], done: str) -> HttpResponse:
    form = RightForm(request.POST)
    if carried_out(form, verb, page=of_the_library(page), by=request.actor):
        messages.success(request, done)
        return redirect("upkeep:report")
    return show(request, Standing(of_the_library(page), request.user), right=form)


@shows_a_page
@opens_to(DOCTORS)
@require_POST
def ask_for_changes(request: Request, page: int) -> HttpResponse:
    """A doctor sends the page back, with words."""
    form = ChangesForm(request.POST)
    if carried_out(form, actions.ask_for_changes, page=of_the_library(page), by=request.actor):
        messages.success(request, "Sent back with your words.")
        return redirect("upkeep:report")
    return show(request, Standing(of_the_library(page), request.user), sent_back=form)


@opens_to(WRITERS)
@require_POST
def translate(request: Request, page: int) -> HttpResponse:
    """The English as it is published, laid out for translation: the way goes on in the CMS."""
    english = of_the_library(page)
    done = "The English is laid out. Translate what is new, then ask for approval."
    if not tried(request, done, actions.translate, page=english):
        return redirect("upkeep:review", page)
    spanish = Standing(english, request.user).other
    return redirect("wagtailadmin_pages:edit", spanish.pk if spanish else page)


@opens_to(WRITERS)
@require_POST
def ask_for_approval(request: Request, page: int) -> HttpResponse:
    """The translation is whole: a clinician is asked to read it."""
    tried(request, "A clinician is asked to read it.", actions.ask_for_approval, page=of_the_library(page))
    return redirect("upkeep:review", page)


@opens_to(WRITERS)
@require_POST
def still_fits(request: Request, page: int) -> HttpResponse:
    """The Spanish says what the changed English says, as it is."""
    tried(request, "Noted: the Spanish needs no change.", actions.still_fits, page=of_the_library(page))
    return redirect("upkeep:report")
