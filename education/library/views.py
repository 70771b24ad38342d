"""The doors of the library: a page, and the pictures on it."""

from django.conf import settings
from django.http import HttpResponse
from django.views.static import serve as serve_file
from wagtail.views import serve

from clinic.people.doors import EVERYBODY, opens_to
from clinic.people.request import Request

from . import cache


@opens_to(EVERYBODY)
def page(request: Request, path: str) -> HttpResponse:
    """A page of the library: from the shelf for strangers, fresh for whoever is signed in."""
    shelf = cache.shelf_of(request)
    if shelf and (kept := cache.take(shelf)):
        return kept
    response: HttpResponse = serve(request, path)
    if hasattr(response, "render"):
        response.render()
    if shelf:
        cache.keep(shelf, response)
    return response


@opens_to(EVERYBODY)
def picture(request: Request, name: str) -> HttpResponse:
    """A picture of a page, in the size that the page asks for."""
    return serve_file(request, name, document_root=str(settings.PICTURES))  # type: ignore[return-value]
