from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from clinic.audit.actor import Actor

from .models import User


class Request(HttpRequest):
    """A request as our middleware hands it to a view: it knows who acts. Whether they may, the view's door says."""

    actor: Actor
    htmx: HtmxDetails  # true where a part of a page is asked for
    user: User  # a stranger's is Django's AnonymousUser, which a door of EVERYBODY lets in too
    LANGUAGE_CODE: str
