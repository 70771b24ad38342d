from collections.abc import Callable
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from clinic.audit.actor import Actor


class ActorMiddleware:
    """Says who acts and from where, for every action and event of this request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        user = request.user
        match = request.resolver_match
        request.actor = Actor(
            user_id=user.pk if user.is_authenticated else None,
            role=user.role if user.is_authenticated else "stranger",
            ip=request.META.get("REMOTE_ADDR") or None,
            door=match.view_name if match else "",
        )


class DoorMiddleware:
    """Turns away whom a view does not open to: a stranger to the sign-in page, anybody else with "not found"."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], *_args: object
    ) -> HttpResponse | None:
        role = request.actor.role
        if role in getattr(view, "opens_to", frozenset()):
            return None
        if role == "stranger":
            query = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{reverse('people:sign_in')}?{query}")
        raise Http404
