"""From the case to a signed letter: choosing the service, writing, choosing the practice, signing."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from clinic.audit.actions import Refused
from clinic.audit.clock import today
from clinic.candidacy.casefile import CaseFile
from clinic.candidacy.views.doorway import opened_file, strip
from clinic.directory.finding import with_practices
from clinic.directory.models import Entry
from clinic.people.doors import CLINICAL, DOCTORS, opens_to
from clinic.people.lists import number
from clinic.people.parking import parked_for
from clinic.people.request import Request
from clinic.people.views.outcome import form_page, tried
from referrals.loop.models import Referral
from referrals.outgoing import asked
from referrals.outgoing.actions import sending, writing
from referrals.outgoing.asked import Kind
from referrals.outgoing.choosing import fitting
from referrals.outgoing.filled import filled_words, source_of
from referrals.outgoing.forms.orders import DraftForm, StartForm
from referrals.outgoing.models import Order
from referrals.outgoing.record import known

from .doorway import leave, to_referral, visible_order


@opens_to(CLINICAL)
@require_http_methods(["GET", "POST"])
def start(request: Request, reference: str) -> HttpResponse:
    """Choose the service; what is open already for this case is named before anything is typed."""
    file = opened_file(request, reference)
    under_way = list(file.case.referrals.outgoing().open().select_related("practice", "owner").order_by("pk"))
    seen = ",".join(str(each.pk) for each in under_way)
    typed = request.POST if request.method == "POST" else parked_for(request)
    form = StartForm(services=_services(under_way), data=typed, initial={"seen": seen})
    if request.method == "POST" and form.is_valid():
        made = _begun(request, file, form)
        if made:
            messages.success(request, "Begun, with what the record says. Look at each line; nothing is sent yet.")
            return redirect("outgoing:draft", made.code)
    shown = strip(request, file) | {"form": form, "under_way": under_way, "seen": seen}
    return render(request, "outgoing/start.html", shown, status=422 if request.method == "POST" else 200)


def _services(under_way: list[Referral]) -> list[tuple[str, str]]:
    """The services, each with the warning that one is open."""
    open_ones = {each.service for each in under_way}
    return [
        (key, f"{service.called} (one is open already)" if key in open_ones else service.called)
        for key, service in asked.SERVICES.items()
    ]


def _begun(request: Request, file: CaseFile, form: StartForm) -> Referral | None:
    """The referral that was begun; None where it was refused, which the form then says."""
    try:
        return writing.start(case=file.case, known=known(file), by=request.actor, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


@opens_to(CLINICAL)
@form_page
def draft(request: Request, code: str) -> HttpResponse:
    """Write the letter; what the record said is marked so."""
    order = visible_order(request, code)
    leave(request, "order.opened", order)
    if order.signed_at or order.referral.state != "draft":
        messages.info(request, "This letter is not written any more.")
        return to_referral(order)
    typed = request.POST if request.method == "POST" else parked_for(request)
    form = DraftForm(order, today(order.referral.location.time_zone), data=typed, initial=DraftForm.initial_of(order))
    if request.method == "POST" and form.is_valid() and _written(request, order, form):
        return redirect("outgoing:choose", code) if "choose" in request.POST else to_referral(order)
    shown = {"form": form, "order": order, "referral": order.referral, "lines": _lines(form, order)}
    return render(request, "outgoing/draft.html", shown, status=422 if request.method == "POST" else 200)


def _written(request: Request, order: Order, form: DraftForm) -> bool:
    try:
        writing.write(order=order, said=form.said(), edition=form.cleaned_data["edition"], by=request.actor)
    except writing.Overtaken as refused:
        form.add_error(None, str(refused))
        fresh = Order.objects.select_related("referral").get(pk=order.pk)
        posted = cast(QueryDict, form.data).copy()
        posted["edition"] = str(fresh.edition)  # saved again, it is for what stands now
        form.data = posted
        return False
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, "Saved.")
    return True


def _lines(form: DraftForm, order: Order) -> list[dict[str, Any]]:
    """Each field with what the record said of it."""
    return [
        {
            "field": form[field.name],
            "short": field.kind in (Kind.DAY, Kind.COUNT),
            "source": source_of(field.name),
            "as_filled": order.stands_as_filled(field.name),
            "filled": filled_words(field, order.filled.get(field.name)),
        }
        for field in form.asked
    ]


@opens_to(CLINICAL)
@form_page
def choose(request: Request, code: str) -> HttpResponse:
    """Find the practice in the directory; those of this service and of the patient's language stand first."""
    order = visible_order(request, code)
    leave(request, "order.opened", order)
    if request.method == "POST":
        practices = with_practices(Entry.objects.active())
        practice = get_object_or_404(practices, pk=number(request.POST.get("practice")))
        words = {"referral": order.referral, "practice": practice}
        if tried(request, f"The letter goes to {practice}.", sending.choose_practice, **words):
            return to_referral(order)
    typed = request.GET.get("q", "").strip()[:200]
    shown = {"order": order, "referral": order.referral, "q": typed, "found": fitting(order.referral, typed)}
    template = "outgoing/_found.html" if request.htmx else "outgoing/choose.html"
    return render(request, template, shown, status=422 if request.method == "POST" else 200)


@opens_to(DOCTORS)
@require_POST
def sign(request: Request, code: str) -> HttpResponse:
    """A doctor signs the letter as the page showed it."""
    order = visible_order(request, code)
    edition = number(request.POST.get("edition")) or 0
    tried(request, "Signed. The letter can go out.", writing.sign, order=order, edition=edition)
    return to_referral(order)
