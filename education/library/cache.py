"""Published pages as strangers got them, kept until the next publishing empties the shelf."""

import hashlib
import re
from typing import NamedTuple

import brotli
from django.core.cache import caches
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from wagtail.contrib.frontend_cache.backends.base import BaseBackend

KEPT_SECONDS = 300  # the clinic's name and number stand on every page and may change too
EDITION = "edition"
# Named among the codings that a reader takes, and not with a weight of nothing (RFC 9110, 12.5.3).
BROTLI = re.compile(r"(?:^|,)\s*br\s*(?:,|$|;\s*q=(?!0(?:\.0*)?\s*(?:,|$)))", re.IGNORECASE)


class Copy(NamedTuple):
    """An answer as it is kept: nothing in it is about a person, so it may be compressed (no BREACH) and shared."""

    content: bytes
    small: bytes  # the same with brotli
    kind: str

    @property
    def tag(self) -> str:
        return f'W/"{hashlib.sha256(self.content).hexdigest()[:32]}"'


def shelf_of(request: HttpRequest) -> str | None:
    """The name of the place where this request's answer is kept; None where it is for this person alone.

    An edition ends with each publishing: what was begun before it is put on a shelf that nobody looks at any more.
    """
    if request.method not in ("GET", "HEAD") or request.GET or request.user.is_authenticated:
        return None
    return f"{caches['pages'].get_or_set(EDITION, 1, None)}:{request.path}"


def take(shelf: str) -> Copy | None:
    """What is kept there."""
    kept: Copy | None = caches["pages"].get(shelf)
    return kept


def keep(shelf: str, response: HttpResponse) -> Copy | None:
    """Put an answer on the shelf; one that is no page (moved, not found) is not kept."""
    if response.status_code != HttpResponse.status_code:
        return None
    copy = Copy(response.content, brotli.compress(response.content), response["Content-Type"])
    caches["pages"].set(shelf, copy, KEPT_SECONDS)
    return copy


def handed(request: HttpRequest, copy: Copy) -> HttpResponse:
    """The copy for one reader: small where they take that, and "you have it already" where they do."""
    small = BROTLI.search(request.headers.get("Accept-Encoding", "")) is not None
    response = HttpResponse(copy.small if small else copy.content, content_type=copy.kind)
    if small:
        response["Content-Encoding"] = "br"
    response["ETag"] = copy.tag
    # Others may keep it, but ask each time: what a clinician took back must be gone at once.
    patch_cache_control(response, public=True, no_cache=True)
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    return get_conditional_response(request, etag=copy.tag, response=response) or response


def empty() -> None:
    """Begin a new edition."""
    pages = caches["pages"]
    edition = pages.get(EDITION, 1)
    pages.clear()
    pages.set(EDITION, edition + 1, None)


class Shelf(BaseBackend):
    """Wagtail says here that an address has changed. A page shows others' titles, so all of them go."""

    def purge(self, _url: str) -> None:
        transaction.on_commit(empty)
