"""What somebody typed while their session ended: it waits in the new session and comes back after they sign in."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import QueryDict
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from clinic.audit.clock import now

from .limits import TooMany, knock
from .request import Request

PARKED = "parked"
ENDED_USER = "ended_user"  # whose session ended in this browser, while nobody has signed in since
LONGEST = 512 * 1024  # characters, as sent
MOST = 3
TOKENS = {"csrfmiddlewaretoken", "next"}


def is_secret(name: str) -> bool:
    """Whether a field may hold what must not be kept or shown again: a password, a one-time code, a passkey."""
    return name in {"code", "secret"} or any(word in name for word in ("password", "credential", "otp"))


def harmless(request: Request) -> QueryDict:
    """The fields of a POST without tokens, passwords and codes; empty when it cannot be read."""
    kept = QueryDict(mutable=True)
    try:
        for name, values in request.POST.lists():
            if not is_secret(name) and name not in TOKENS:
                kept.setlist(name, values)
    except (MultiPartParserError, UnreadablePostError):
        return QueryDict()
    return kept


def page_of(request: Request) -> str:
    """The page on which a POST was typed: where it came from on this site, otherwise the front page."""
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return urlsplit(came_from)._replace(scheme="", netloc="").geturl()
    return "/"


def park(request: Request) -> bool:
    """Keep a POST that nobody signed in sent; False when it is empty, too long, or one of too many."""
    body = harmless(request).urlencode()
    try:
        knock("parked_from_ip", request.actor.ip)
    except TooMany:
        return False
    if not body or len(body) > LONGEST:
        return False
    entry = {
        "path": request.path,
        "page": page_of(request),
        "user": request.session.get(ENDED_USER),
        "body": body,
        "files": bool(request.FILES),
        "at": now().timestamp(),
    }
    others = [one for one in request.session.get(PARKED, []) if one["path"] != request.path]
    request.session[PARKED] = [*others, entry][-MOST:]
    request.session.set_expiry(settings.PATIENT_IDLE)  # nobody came back: gone with the session
    return True


def parked_for(request: Request) -> QueryDict | None:
    """What this person typed on this page before they were signed out; given once, with a message that says so."""
    entry = _take(request, request.path)
    if entry is None:
        return None
    messages.info(request, gettext("We kept what you typed. Look it over, then send it again."))
    if entry["files"]:
        messages.warning(request, gettext("Please choose your file again: we could not keep it."))
    return QueryDict(entry["body"])


def unclaimed(request: Request) -> dict[str, Any] | None:
    """What waits for this page and no form has taken up: the page then offers to send it again as it was."""
    entry = next((one for one in _mine(request) if _stands_on(one, request.path)), None)
    if entry is None:
        return None
    posted = QueryDict(entry["body"])
    fields = [(name, value) for name, values in posted.lists() for value in values]
    return {"path": entry["path"], "fields": fields, "files": entry["files"]}


def discard(request: Request, path: str) -> None:
    """Forget what waits to be sent to `path`, because it was sent again or is not wanted."""
    _take(request, path)


def forget_others(request: Request, user_id: int) -> None:
    """At sign-in: drop what another person typed in this browser."""
    request.session.pop(ENDED_USER, None)
    kept = [one for one in request.session.pop(PARKED, []) if one["user"] in {None, user_id}]
    if kept:
        request.session[PARKED] = [{**one, "user": user_id} for one in kept]


def _mine(request: Request) -> Iterator[dict[str, Any]]:
    oldest = now().timestamp() - settings.PATIENT_IDLE.total_seconds()
    for one in request.session.get(PARKED, []):
        if request.user.is_authenticated and one["user"] == request.user.pk and one["at"] > oldest:
            yield one


def _stands_on(one: dict[str, Any], path: str) -> bool:
    return path in {one["path"], urlsplit(one["page"]).path}


def _take(request: Request, path: str) -> dict[str, Any] | None:
    entry = next((one for one in _mine(request) if _stands_on(one, path)), None)
    if entry:
        request.session[PARKED] = [one for one in request.session[PARKED] if one != entry]
    return entry
