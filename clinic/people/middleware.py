from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control

from clinic.audit.actor import Actor
from clinic.audit.clock import now

from .actions.signing_in import DESK, LAST_SEEN, end_idle_session
from .doors import needs_second_factor
from .limits import TooMany
from .lists import clinic_zone
from .models import STAFF_ROLES, Location, User
from .parking import ENDED_USER, discard, page_of, park
from .request import Request

Next = Callable[[Request], HttpResponse]
NUL = "\x00"  # no address of ours has one, and the database cannot be asked for it
SEEN_EVERY = timedelta(minutes=1)  # one write a minute says well enough when somebody was last here


def address_of(request: Request) -> str | None:
    """Where a request came from, as the outermost of the proxies that we trust saw it."""
    trusted = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    seen = hops[-trusted].strip() if 0 < trusted <= len(hops) else ""
    return seen or request.META.get("REMOTE_ADDR") or None


def actor_of(request: Request) -> Actor:
    user, match = request.user, request.resolver_match
    return Actor(
        user_id=user.pk if user.is_authenticated else None,
        role=user.role if user.is_authenticated else "stranger",
        ip=address_of(request),
        door=match.view_name if match else "",
    )


class IdleMiddleware:
    """Ends a session after idleness, and keeps pages of signed-in people out of every cache."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        if request.user.is_authenticated:
            self._see(request)
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response

    def _see(self, request: Request) -> None:
        moment = now().timestamp()
        idle = moment - request.session.get(LAST_SEEN, moment)
        if idle > patience(request).total_seconds():
            end_idle_session(request=request, by=actor_of(request))
        elif LAST_SEEN not in request.session or idle > SEEN_EVERY.total_seconds():
            request.session[LAST_SEEN] = moment


def patience(request: Request) -> timedelta:
    """How long this session may be idle."""
    if request.session.get(DESK):
        return settings.DESK_IDLE
    return settings.STAFF_IDLE if request.user.is_staff_member else settings.PATIENT_IDLE


class LanguageMiddleware:
    """Shows signed-in people their own language, which the switch changes; strangers have a cookie.

    An address that names its language is in that language for everybody.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        named = translation.get_language_from_path(request.path_info)
        if not named and request.user.is_authenticated and request.user.language != request.LANGUAGE_CODE:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)


class LocalTimeMiddleware:
    """Shows moments in the time of the place: a patient's home location, or the clinic's first one."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        with timezone.override(zone_of(request.user)):
            return self.get_response(request)


def zone_of(user: User) -> ZoneInfo:
    home = None if user.is_staff_member else Location.objects.filter(patients__user=user).first()
    return ZoneInfo(home.time_zone) if home else clinic_zone()


class ActorMiddleware:
    """Says who acts and from where, for every action and event of this request."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.actor = actor_of(request)
        return self.get_response(request)

    def process_view(self, request: Request, *_view: object) -> None:
        request.actor = actor_of(request)


class DoorMiddleware:
    """Turns away whom a view does not open to: a stranger to the sign-in page, anybody else with "not found"."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Request, view: Callable[..., HttpResponse], *_args: object) -> HttpResponse | None:
        if NUL in request.path:
            raise Http404
        role = request.actor.role
        opens_to: frozenset[str] = getattr(view, "opens_to", frozenset())
        if role not in opens_to:
            if role == "stranger":
                return to_sign_in(request, for_staff=bool(opens_to) and opens_to <= STAFF_ROLES)
            raise Http404
        may_pass = "stranger" in opens_to or getattr(view, "before_second_factor", False)
        if role != "stranger" and not may_pass and needs_second_factor(request.user):
            return HttpResponseRedirect(reverse("mfa_index"))
        if request.method == "POST" and role != "stranger":
            discard(request, request.path)
        return None

    def process_exception(self, request: Request, error: Exception) -> HttpResponse | None:
        if isinstance(error, TooMany):
            return render(request, "429.html", {"why": error}, status=HTTPStatus.TOO_MANY_REQUESTS)
        return None


def to_sign_in(request: Request, for_staff: bool) -> HttpResponse:
    """Send somebody to sign in, and back to where they are; what they sent is kept until then."""
    target = request.get_full_path()
    saves_as_one_types = "application/json" in request.headers.get("Accept", "")
    if request.method == "POST":
        if not saves_as_one_types:  # the page holds it and sends it again; parked too, it would come back twice
            park(request)
        target = page_of(request)
    page = f"{reverse(_sign_in_page(request, for_staff))}?{urlencode({'next': target})}"
    if request.headers.get("HX-Request") or saves_as_one_types:
        # A script must not take the sign-in page for its answer: the whole page goes there.
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": page})
    return HttpResponseRedirect(page)


def _sign_in_page(request: Request, for_staff: bool) -> str:
    if request.session.get(DESK):
        return "people:desk"
    ended = User.objects.filter(pk=request.session.get(ENDED_USER, 0)).first()
    return "account_login" if for_staff or (ended and ended.is_staff_member) else "people:sign_in"
