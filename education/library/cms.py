"""Where editors write: Wagtail's own screens behind our doors, with their own policy for what a page may load."""

from collections.abc import Iterable
from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.urls import URLPattern, URLResolver
from wagtail.admin import urls as wagtail_admin
from wagtail.utils.urlpatterns import decorate_urlpatterns

from clinic.people.doors import opens_to
from clinic.people.models import Role

WRITERS = frozenset({Role.EDITOR.value, Role.DOCTOR.value, Role.ADMINISTRATOR.value})
# Signing in, passwords and accounts are the clinic's own pages: these open to nobody.
CLOSED = {"login/", "logout/", "password_reset/", "account/", "test404/", "failwhale/", "api/"}


def for_writers(view: Any) -> Any:
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
    return opens_to(WRITERS)(csp_replace(policy)(view))


def opened(patterns: Iterable[URLPattern | URLResolver]) -> list[Any]:
    """Every screen but the closed ones, each marked with whom it opens to."""
    kept = [each for each in patterns if str(each.pattern) not in CLOSED]
    return list(decorate_urlpatterns(kept, for_writers))


urlpatterns = opened(wagtail_admin.urlpatterns)
