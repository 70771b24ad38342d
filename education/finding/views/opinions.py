"""Was this page helpful? Asked on a page of its own, since the pages of the library are the same for everybody."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.models import Page, Revision

from clinic.people.doors import EVERYBODY, opens_to
from clinic.people.lists import number
from clinic.people.lists import page as part_of
from clinic.people.request import Request
from education.finding.actions import give_opinion, strike_line
from education.finding.forms import OpinionForm
from education.finding.models import Opinion
from education.library.cms import WRITERS
from education.library.models import LibraryPage
from education.library.versions import version_of

# What was never published is nobody's to see, whatever version a form names.
PAGES = LibraryPage.objects.filter(first_published_at__isnull=False).select_related("locale", "live_revision")


@opens_to(EVERYBODY)
@require_http_methods(["GET", "POST"])
def helpful(request: Request, page: int) -> HttpResponse:
    """Say whether a page was helpful: of the version that was read, even if it was taken back meanwhile."""
    about = get_object_or_404(PAGES.all(), pk=page)
    form = _form(request, about)
    revision = _read(about, form)
    if form.is_valid():
        said = form.cleaned_data
        give_opinion(page=about, revision=revision, helpful=form.was_helpful, line=said["line"], by=request.actor)
        return redirect("finding:thanks", page)
    return render(request, "finding/helpful.html", {"form": form, **_about(request, about)})


def _form(request: Request, page: LibraryPage) -> OpinionForm:
    first = {"revision": page.live_revision_id, "helpful": request.GET.get("helpful")}
    return OpinionForm(request.POST if request.method == "POST" else None, initial=first)


def _read(page: LibraryPage, form: OpinionForm) -> Revision:
    """The published version that the reader had before them: the form names it, else it is the one that is live."""
    named = number(form.data.get("revision")) if form.is_bound else None
    if named and (version := version_of(page.pk, named)):
        return version.revision
    if not page.live:
        raise Http404
    return page.live_revision


@opens_to(EVERYBODY)
@require_GET
def thanks(request: Request, page: int) -> HttpResponse:
    """The opinion has come; where to read on."""
    return render(request, "finding/thanks.html", _about(request, get_object_or_404(PAGES.all(), pk=page)))


def _about(request: Request, page: LibraryPage) -> dict[str, Any]:
    """The page with its address, none where it was taken back; and where its other languages are asked about."""
    others = page.get_translations().live().select_related("locale") if page.live else []
    return {
        "about": page,
        "address": page.get_url(request) if page.live else "",
        "others": [(other.locale.language_code, _asked_about(other)) for other in others],
    }


def _asked_about(page: LibraryPage) -> str:
    with override(page.locale.language_code):
        return reverse("finding:helpful", args=[page.pk])


@opens_to(WRITERS)
@require_GET
def opinions(request: Request, page: int) -> HttpResponse:
    """What readers said of one page, newest first."""
    about = get_object_or_404(Page.objects.select_related("locale"), pk=page)
    rows = about.opinions.exclude(line="").select_related("revision")
    return render(request, "finding/opinions.html", {"about": about, "page": part_of(rows, request.GET)})


@opens_to(WRITERS)
@require_POST
def strike(request: Request, pk: int) -> HttpResponse:
    """Take away words that say who somebody is."""
    opinion = get_object_or_404(Opinion, pk=pk)
    strike_line(opinion=opinion, by=request.actor)
    messages.success(request, "The words are gone. What they said of the page stays counted.")
    return redirect("finding:opinions", opinion.page_id)
