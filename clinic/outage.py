"""When the database does not answer: every page says so within seconds and hands back what was typed.

Django turns an exception into an error page at every layer of middleware. For a database that is gone `server_error`
raises again instead, so that no layer on the way out touches the database once more (a session would be saved, a
message read), and `OutageMiddleware` answers in their place. It stands inside the middleware that only sets headers.
"""

import logging
import sys
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext
from django.views import defaults

from clinic.people import context
from clinic.people.parking import is_secret

log = logging.getLogger(__name__)

RETRY_AFTER = 10  # seconds
TECHNICAL = {"csrfmiddlewaretoken", "entries", "next", "nonce", "revision", "sent_as"}


LANGUAGE_COOKIE: dict[str, Any] = {
    "max_age": 365 * 24 * 3600,
    "secure": settings.SESSION_COOKIE_SECURE,
    "httponly": True,
    "samesite": "Lax",
}


class DatabaseGone(Exception):
    """The database refused, hung up, or took longer than a person should wait."""


def is_outage(error: BaseException | None) -> bool:
    """Whether this error, or one that led to it, is the database's: refused, cut off, pool exhausted, or too slow."""
    while error is not None:
        if isinstance(error, (DatabaseGone, OperationalError, InterfaceError)):
            return True
        error = error.__cause__ or error.__context__
    return False


def server_error(request: HttpRequest) -> HttpResponse:
    """The handler of uncaught exceptions: an outage goes up to `OutageMiddleware`, the rest is our own fault."""
    error = sys.exc_info()[1]
    if is_outage(error):
        raise DatabaseGone from error
    return defaults.server_error(request)


class OutageMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            response = self.get_response(request)
        except (DatabaseGone, OperationalError, InterfaceError) as error:
            # The class only: the text of a database error can quote what was being written.
            log.warning("the database does not answer: %s", type(error.__cause__ or error).__name__)
            return answer(request)
        _remember_language(request, response)
        return response


def _remember_language(request: HttpRequest, response: HttpResponse) -> None:
    """Somebody's own language is in the database; the cookie says it while that is away."""
    language = getattr(request, "LANGUAGE_CODE", None)
    if language and language != translation.get_language_from_request(request):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, **LANGUAGE_COOKIE)


def answer(request: HttpRequest) -> HttpResponse:
    """503 in the page's language; JSON for a script that asked for it. Nothing here reads the database."""
    language = getattr(request, "LANGUAGE_CODE", None) or translation.get_language_from_request(request)
    with translation.override(language):
        if "application/json" in request.headers.get("Accept", ""):
            words = gettext("Not saved: our system does not answer. Your answers are still on this page.")
            response: HttpResponse = JsonResponse({"saved": False, "message": words})
        else:
            response = HttpResponse(_page(request))
    response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    response["Content-Language"] = language
    return response


def _page(request: HttpRequest) -> str:
    # Without `request`: the context processors would ask the database.
    fields, file_lost = posted(request)
    shown = {
        "clinic": context.last_known(),
        "address": request.get_full_path(),
        "posted": request.method == "POST",
        "fields": fields,
        "words": [value for name, value in fields if value.strip() and name not in TECHNICAL],
        "file_lost": file_lost,
    }
    return render_to_string("503.html", shown)


def posted(request: HttpRequest) -> tuple[list[tuple[str, str]], bool]:
    """The fields of a POST in their order, without passwords and codes, and whether a file came with them.

    The CSRF token is among them and is handed back as it came: a forged one stays forged.
    """
    try:
        sent, with_file = request.POST.lists(), bool(request.FILES)
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return [], False
    return [(name, value) for name, values in sent if not is_secret(name) for value in values], with_file
