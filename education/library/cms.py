"""Where editors write: Wagtail's own screens behind our doors, with their own policy for what a page may load."""

from collections.abc import Iterable
from functools import wraps
from inspect import unwrap
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path
from PIL import UnidentifiedImageError
from wagtail.admin import urls as wagtail_admin
from wagtail.utils.urlpatterns import decorate_urlpatterns
from wagtail_localize.views.convert import convert_to_alias

from clinic.people.doors import opens_to
from clinic.people.models import Role
from clinic.people.request import Request
from clinic.people.views.signing_in import sign_out

WRITERS = frozenset({Role.EDITOR.value, Role.DOCTOR.value, Role.ADMINISTRATOR.value})
# Who signs in, who is who and what the server is: the clinic has pages of its own for these. They keep their names,
# which Wagtail's menus ask for, and open to nobody.
SHUT = {"login/", "password_reset/", "account/", "test404/", "failwhale/", "users/", "groups/", "sites/"}
SAVED_BEFORE = "The page was saved a moment before you pressed the button. Open it here and go on."
BROKEN = "This picture is broken, and was not kept. Export it again, then upload it."


def for_writers(view: Any) -> Any:
    if unwrap(view) is convert_to_alias:  # it would write the English over a published page, with nobody's approval
        return shut(view)
    # Wagtail's screens write styles and scripts into the page, and show it in a frame while it is written.
    policy = {
        "script-src": [SELF, UNSAFE_INLINE],
        "style-src": [SELF, UNSAFE_INLINE],
        "img-src": [SELF, "data:", "blob:"],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "media-src": [SELF],
        "object-src": [NONE],
    }
    return opens_to(WRITERS)(csp_replace(policy)(_mended(view)))


def _mended(view: Any) -> Any:
    """A screen of Wagtail's, with what it leaves to us.

    A preview went through the middleware once before, as a public page, and brought that page's policy along. A new
    page saves itself while it is typed, so that the form may come a second time, for a page that is there. And what
    readers see is not deleted.
    """

    @wraps(view)
    def answer(request: Request, *asked: Any, **named: Any) -> HttpResponse:
        try:
            response: HttpResponse = view(request, *asked, **named)
        except ValidationError:
            if "parent_page_id" not in named:
                raise
            messages.warning(request, SAVED_BEFORE)
            return redirect("wagtailadmin_explore", named["parent_page_id"])
        except UnidentifiedImageError:
            messages.error(request, BROKEN)
            return redirect("wagtailimages:index")
        except ProtectedError as kept:
            messages.warning(request, str(kept.args[0]))
            return redirect("wagtailadmin_home")
        response.headers.pop("Content-Security-Policy", None)
        return response

    return answer


def shut(_view: Any) -> Any:
    def nobody(_request: Request, **_asked: Any) -> HttpResponse:
        raise Http404

    return nobody


def opened(patterns: Iterable[URLPattern | URLResolver]) -> list[Any]:
    """Wagtail's screens, each marked with whom it opens to; signing out is the clinic's own."""
    kept = []
    for each in patterns:
        if str(each.pattern) == "logout/":
            kept.append(path("logout/", sign_out, name="wagtailadmin_logout"))
        else:
            kept += decorate_urlpatterns([each], shut if str(each.pattern) in SHUT else for_writers)
    return kept


urlpatterns = opened(wagtail_admin.urlpatterns)
