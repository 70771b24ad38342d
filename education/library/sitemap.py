"""What search engines may read, and which pages of the library they may show."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from .models import Review

OPEN_TO_ENGINES = [
    "/$",
    "/plans/",
    "/method/",
    "/refer/",
    *(f"/{language}/learn/" for language, _ in settings.LANGUAGES),
    "/learn/handout/",
    "/pictures/",
    "/static/",
]
OTHER_PAGES = ("home", "policies:what_plans_ask", "method", "incoming:refer")


@dataclass(frozen=True)
class Entry:
    """One address, when it last changed, and the same page by language."""

    address: str
    changed: datetime | None = None
    languages: tuple[tuple[str, str], ...] = ()


def entries(request: HttpRequest) -> list[Entry]:
    """The public pages of the clinic, and each page of the library that a clinician stands behind."""
    return [Entry(settings.PUBLIC_ADDRESS + reverse(name)) for name in OTHER_PAGES] + _library(request)


def _library(request: HttpRequest) -> list[Entry]:
    reviewed = Review.objects.latest_of_pages().values("page_id")
    pages = list(Page.objects.live().filter(pk__in=reviewed).select_related("locale").order_by("path"))
    # The request remembers where the library's roots are, which would be asked for each page anew.
    addresses = {page.pk: page.get_full_url(request) for page in pages}
    languages = defaultdict(list)
    for page in pages:
        languages[page.translation_key].append((page.locale.language_code, addresses[page.pk]))
    return [Entry(addresses[page.pk], page.last_published_at, tuple(languages[page.translation_key])) for page in pages]
