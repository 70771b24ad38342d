"""Published pages as strangers got them, kept until the next publishing empties the shelf."""

from django.core.cache import caches
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from wagtail.contrib.frontend_cache.backends.base import BaseBackend

KEPT_SECONDS = 300  # the clinic's name and number stand on every page and may change too
EDITION = "edition"


def shelf_of(request: HttpRequest) -> str | None:
    """The name of the place where this request's answer is kept; None where it is for this person alone.

    An edition ends with each publishing: what was begun before it is put on a shelf that nobody looks at any more.
    """
    if request.method not in ("GET", "HEAD") or request.GET or request.user.is_authenticated:
        return None
    return f"{caches['pages'].get_or_set(EDITION, 1, None)}:{request.path}"


def take(shelf: str) -> HttpResponse | None:
    """The page that is kept there."""
    kept = caches["pages"].get(shelf)
    return HttpResponse(kept) if kept else None


def keep(shelf: str, response: HttpResponse) -> None:
    if response.status_code == HttpResponse.status_code:
        caches["pages"].set(shelf, response.content, KEPT_SECONDS)


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
