"""Where Wagtail tells that a page is about to be served."""

from typing import Any

from wagtail import hooks
from wagtail.models import Page

from clinic.people.request import Request
from education.library.models import LibraryPage

from .actions import note_reading
from .whose import read_for


@hooks.register("before_serve_page")  # type: ignore[untyped-decorator]  # Wagtail has no types
def keep_what_is_read(page: Page, request: Request, _args: Any, _kwargs: Any) -> None:
    """Which version a patient opens, or somebody for them; of strangers and staff nothing is kept."""
    if request.method != "GET" or not isinstance(page, LibraryPage) or page.live_revision is None:
        return
    if patients := read_for(request.user):
        note_reading(patients=patients, page=page.page_ptr, revision=page.live_revision, by=request.actor)
