"""The doors of the library: a page, its hand-out, the pictures and films on it, and what search engines read."""

from collections.abc import Callable
from http import HTTPStatus

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.static import serve as serve_file
from wagtail.documents import get_document_model
from wagtail.documents.views.serve import serve as serve_document
from wagtail.views import serve

from clinic.people.doors import EVERYBODY, opens_to
from clinic.people.request import Request

from . import cache, parts
from .handout import pdf
from .models import LibraryIndex, LibraryPage
from .sitemap import OPEN_TO_ENGINES, entries

Fresh = Callable[[], HttpResponse]


def shared(request: Request, fresh: Fresh) -> HttpResponse:
    """An answer from the shelf for strangers, made fresh for whoever is signed in."""
    shelf = cache.shelf_of(request)
    if shelf is None:
        return fresh()
    copy = cache.take(shelf)
    if copy is None:
        response = fresh()
        copy = cache.keep(shelf, response)
        if copy is None:
            return response
    return cache.handed(request, copy)


@opens_to(EVERYBODY)
@csp_update({"media-src": [SELF]})  # type: ignore[arg-type]  # our request knows its user
def page(request: Request, path: str) -> HttpResponse:
    """A page of the library; one that was taken back says so kindly, with the library beside it."""

    def fresh() -> HttpResponse:
        try:
            response: HttpResponse = serve(request, path)
        except Http404:
            return not_found(request)
        if hasattr(response, "render"):
            response.render()
        return response

    return shared(request, fresh)


def not_found(request: Request) -> HttpResponse:
    index = LibraryIndex.objects.live().filter(locale__language_code=request.LANGUAGE_CODE).first()
    context = index.get_context(request) if index else {}
    return render(request, "library/not_found.html", context, status=404)


@opens_to(EVERYBODY)
@require_safe
def handout(request: Request, pk: int) -> HttpResponse:
    """A page on paper, as a tagged PDF."""

    def fresh() -> HttpResponse:
        page = get_object_or_404(LibraryPage.objects.live(), pk=pk)
        response = HttpResponse(pdf(page), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{page.slug}.pdf"'
        return response

    return shared(request, fresh)


@opens_to(EVERYBODY)
@require_safe
def picture(request: Request, name: str) -> HttpResponse:
    """A picture of a page, in the size that the page asks for."""
    return serve_file(request, name, document_root=str(settings.PICTURES))  # type: ignore[return-value]


@opens_to(EVERYBODY)
@require_safe
def film(request: Request, document_id: int, document_filename: str) -> HttpResponse:
    """A film of a page or its captions, whole or in the part that a player asks for."""
    whole: HttpResponse = serve_document(request, document_id, document_filename)
    whole["Accept-Ranges"] = "bytes"
    document = get_document_model().objects.get(pk=document_id)
    part = parts.asked(request.headers.get("Range", ""), document.file.size)
    if part is None or whole.status_code != HTTPStatus.OK:
        return whole
    first, last = part
    with document.file.open() as file:
        file.seek(first)
        response = HttpResponse(file.read(last - first + 1), content_type=whole["Content-Type"])
    response.status_code = HTTPStatus.PARTIAL_CONTENT if last >= first else HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    said = f"{first}-{last}" if last >= first else "*"
    response["Content-Range"] = f"bytes {said}/{document.file.size}"
    return response


@opens_to(EVERYBODY)
@require_safe
def sitemap(request: Request) -> HttpResponse:
    """The addresses that a search engine may show: what a clinician stands behind, in both languages."""
    return shared(
        request,
        lambda: render(request, "library/sitemap.xml", {"entries": entries(request)}, content_type="application/xml"),
    )


@opens_to(EVERYBODY)
@require_safe
def robots(request: Request) -> HttpResponse:
    """Deny first: search engines read what is public, and nothing else."""
    context = {"open": OPEN_TO_ENGINES, "home": settings.PUBLIC_ADDRESS}
    return render(request, "library/robots.txt", context, content_type="text/plain")
