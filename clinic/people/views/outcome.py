"""What came of a verb, said to the person: beside the form, or as a message on the next page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from clinic.audit.actions import Refused
from clinic.people.request import Request

form_page = require_http_methods(["GET", "POST"])


def carried_out(form: BaseForm, verb: Callable[..., object], **words: Any) -> bool:
    """Whether the form is right and the verb was carried out with it; a refusal becomes the form's error."""
    if not form.is_valid():
        return False
    try:
        verb(**words, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def tried(request: Request, done: str, verb: Callable[..., object], **words: Any) -> bool:
    """Carry out a verb that needs no form, and say what came of it on the next page."""
    try:
        verb(**words, by=request.actor)
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, done)
    return True


def show_form(request: Request, template: str, form: BaseForm, **context: Any) -> HttpResponse:
    """The page of a form, as new or with what was wrong."""
    return render(request, template, {"form": form, **context}, status=422 if form.errors else 200)
