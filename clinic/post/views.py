from django.conf import settings
from django.contrib import messages as notes
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from clinic.audit.actions import Refused, record
from clinic.people.doors import ADMINISTRATORS, EVERYBODY, opens_to
from clinic.people.request import Request

from . import actions
from .models import Message, State

PAGE = 50


@opens_to(EVERYBODY)
@require_GET
def outbox(request: Request) -> HttpResponse:
    """The outgoing mail of the demo with its words, so that codes and links can be followed without a mailbox."""
    if not settings.DEMO:
        raise Http404
    return render(request, "post/outbox.html", {"mails": Message.objects.newest()[:PAGE]})


@opens_to(ADMINISTRATORS)
@require_GET
def messages(request: Request) -> HttpResponse:
    """What was sent to whom and what became of it; never what it said."""
    asked = request.GET.get("state", "")
    state = asked if asked in State.values else ""
    rows = Message.objects.newest().defer("body")
    counts = Message.objects.count_by_state()
    if state:
        rows = rows.filter(state=state)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    record(by=request.actor, verb="messages.listed", detail={"state": state, "page": page.number})
    context = {
        "page": page,
        "tabs": [_tab("", "All", sum(counts.values()), state)]
        + [_tab(value, label, counts.get(value, 0), state) for value, label in State.choices],
        "newer_url": _address(state, page.previous_page_number()) if page.has_previous() else "",
        "older_url": _address(state, page.next_page_number()) if page.has_next() else "",
    }
    return render(request, "post/messages.html", context)


def _address(state: str, page: int = 1) -> str:
    words = urlencode({name: value for name, value in (("state", state), ("page", page)) if value not in ("", 1)})
    return reverse("post:messages") + (f"?{words}" if words else "")


def _tab(state: str, label: str, count: int, current: str) -> dict[str, object]:
    return {"label": label, "url": _address(state), "count": count, "current": state == current}


@opens_to(ADMINISTRATORS)
@require_POST
def resend(request: Request, pk: int) -> HttpResponse:
    """Try a failed mail once more."""
    try:
        actions.resend(message=get_object_or_404(Message, pk=pk), by=request.actor)
    except Refused as refused:
        notes.error(request, str(refused))
    else:
        notes.success(request, "It is waiting to be sent again.")
    return redirect("post:messages")
