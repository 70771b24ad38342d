"""The doors to what the library needs, and to one page as a clinician reads it."""

from collections.abc import Callable
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from clinic.people.doors import opens_to
from clinic.people.request import Request
from education.library.cms import WRITERS
from education.upkeep.forms import ChangesForm, RightForm
from education.upkeep.needs import Library
from education.upkeep.standing import Standing, changes, of_the_library

# A review shows the page itself, in a frame that only pages of ours may draw.
shows_a_page: Callable[[Any], Any] = csp_update({"frame-src": [SELF]})
is_shown_in_a_page: Callable[[Any], Any] = csp_replace({"frame-ancestors": [SELF]})


@opens_to(WRITERS)
@require_GET
def report(request: Request) -> HttpResponse:
    """What waits, is due, overdue, behind or broken, over all pages of the library."""
    library = Library()
    needs = library.needs()
    shown = {"needs": [need for need in needs if need.rows], "fine": [need for need in needs if not need.rows]}
    return render(request, "upkeep/report.html", shown | {"pages": len(library.live)})


@shows_a_page
@opens_to(WRITERS)
@require_GET
def review(request: Request, page: int) -> HttpResponse:
    """One page as it would be, what is new in it and what it rests on, with what may be done about it."""
    return show(request, Standing(of_the_library(page), request.user))


def show(
    request: Request, standing: Standing, right: RightForm | None = None, sent_back: ChangesForm | None = None
) -> HttpResponse:
    """The page of a review, as new or with what was wrong."""
    seen = {"seen": standing.seal}
    errors = [form for form in (right, sent_back) if form and form.errors]
    shown = {
        "standing": standing,
        "page": standing.page,
        "changes": changes(standing, request),
        "right": right or RightForm(initial=seen | {"every": 365}),
        "sent_back": sent_back or ChangesForm(initial=seen),
        "form": errors[0] if errors else None,
    }
    return render(request, "upkeep/review.html", shown, status=422 if errors else 200)


@is_shown_in_a_page
@xframe_options_sameorigin
@opens_to(WRITERS)
@require_GET
def draft(request: Request, page: int) -> HttpResponse:
    """The version that is read in a review, as its readers would see it."""
    standing = Standing(of_the_library(page), request.user)
    read = standing.read
    request.is_preview = standing.waits  # type: ignore[attr-defined]  # Wagtail's mark: no review of it is shown yet
    with translation.override(read.locale.language_code):
        shown = read.serve(request)
        shown.context_data["framed"] = True
        response: HttpResponse = shown.render()
    return response
