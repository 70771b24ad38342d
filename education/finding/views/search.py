"""The search of the library, for everybody; and what was searched and not found, for whoever writes."""

from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import translate_url
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from clinic.people.doors import EVERYBODY, opens_to
from clinic.people.lists import clinic_day
from clinic.people.request import Request
from education.finding.actions import count_not_found
from education.finding.models import NotFound, Opinion
from education.finding.searching import find
from education.finding.words import typed_in
from education.library.cms import WRITERS
from education.library.models import Topic

MOST_LISTED = 200


@opens_to(EVERYBODY)
@require_GET
def search(request: Request) -> HttpResponse:
    """What the library has about some words; where it has nothing, its topics."""
    language = get_language() or "en"
    found = find(request.GET.get("q", ""), language)
    count_not_found(words=found.lacking, language=language, by=request.actor)
    shown = {
        "found": found,
        "results": [(hit, hit.entry.page.get_url(request)) for hit in found.hits],
        "topics": None if found.hits else _topics(request, language),
        "others": _elsewhere(request, language),
    }
    return render(request, "finding/search.html", shown)


def _topics(request: Request, language: str) -> list[tuple[Topic, str]]:
    """The topics with their addresses."""
    topics = Topic.objects.live().filter(locale__language_code=language).select_related("locale").order_by("path")
    return [(topic, topic.get_url(request)) for topic in topics]


def _elsewhere(request: Request, language: str) -> list[tuple[str, str]]:
    """This very search in each other language of the site."""
    others = [code for code, _name in settings.LANGUAGES if code != language]
    asked = urlencode({"q": typed_in(request.GET.get("q", ""))})
    return [(code, f"{translate_url(request.path, code)}?{asked}") for code in others]


@opens_to(WRITERS)
@require_GET
def report(request: Request) -> HttpResponse:
    """What readers looked for in the last year and did not find, and which pages they found helpful."""
    year_ago = (clinic_day() - timedelta(days=365)).replace(day=1)
    shown = {
        "not_found": NotFound.objects.since(year_ago)[:MOST_LISTED],
        "once": NotFound.objects.asked_once(year_ago),
        "since": year_ago,
        "pages": Opinion.objects.by_page(),
    }
    return render(request, "finding/report.html", shown)
