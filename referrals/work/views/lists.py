"""The lists that staff works from, what many of their rows can have done at once, and the filters kept under a name."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clinic.audit.actions import record
from clinic.directory.models import Entry, Kind
from clinic.outside.codes import read
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.lists import SIZE, clinic_day
from clinic.people.models import Location
from clinic.people.request import Request
from clinic.people.views.outcome import carried_out, form_page, show_form
from referrals.loop.actions.steps import of_patient
from referrals.loop.models import URGENCIES, Referral
from referrals.loop.owners import may_own
from referrals.loop.reading import targets
from referrals.reminders.actions.sending import remind_now
from referrals.work import actions
from referrals.work.filters import ENDED, PERIODS, TITLES, Filters, of_query
from referrals.work.forms import AssignAllForm, FilterForm
from referrals.work.listing import Listing
from referrals.work.models import SavedFilter
from referrals.work.rows import rows_of


@opens_to(CLINICAL)
@require_GET
def referrals(request: Request) -> HttpResponse:
    """One list by risk, then days overdue, with what to do next in each row."""
    filters = Filters.read(request.GET)
    listed = Listing(request.user, filters, request.GET, clinic_day())
    shown = listed.page.rows
    patients = [pk for each in shown for pk in of_patient(each)]
    record(by=request.actor, verb="referrals.listed", patients=patients, detail={"list": filters.list})
    owners = list(may_own())
    context = {
        "listed": listed,
        "filters": filters,
        "rows": rows_of(shown, targets()),
        "title": TITLES[filters.list],
        "ended": filters.list == ENDED,
        "saved": SavedFilter.objects.visible_to(request.user).select_related("made_by"),
        "owners": owners,
        "here": request.get_full_path(),
        "size": SIZE,
        **_choices(filters),
    }
    return render(request, "work/referrals.html", context)


def _choices(filters: Filters) -> dict[str, Any]:
    practice = Entry.objects.filter(pk=filters.practice).first() if filters.practice else None
    return {
        "locations": Location.objects.all(),
        "services": Kind.choices,
        "urgencies": URGENCIES,
        "periods": PERIODS.items(),
        "practice": practice,
    }


def _ticked(request: Request) -> dict[str, Referral]:
    """The rows that were ticked, never more than a page has, by their codes."""
    codes = [code for code in map(read, request.POST.getlist("code")[:SIZE]) if code]
    rows = Referral.objects.visible_to(request.user).filter(code__in=codes)
    return {each.code: each for each in rows.select_related("location", "patient")}


def _back(request: Request, done: str = "", left: Iterable[tuple[Referral, str]] = ()) -> HttpResponse:
    """To the list that the rows stood in, with what was done, and of each that was left why."""
    if done:
        messages.success(request, done)
    why = [f"{referral.printed_code} {reason}" for referral, reason in left]
    if why:
        messages.info(request, f"Left as they were: {'; '.join(why)}.")
    return redirect(f"{reverse('work:referrals')}{of_query(request.POST.get('back', '')).query()}")


@opens_to(CLINICAL)
@require_POST
def assign_all(request: Request) -> HttpResponse:
    """Hand the ticked rows over to a colleague."""
    asked = _ticked(request)
    form = AssignAllForm(may_own(), asked, data=request.POST)
    if not form.is_valid():
        for error in (each for errors in form.errors.values() for each in errors):
            messages.error(request, str(error))
        return _back(request)
    owner, note = form.cleaned_data["owner"], form.cleaned_data["note"]
    done = actions.assign_all(referrals=asked.values(), by=request.actor, owner=owner, note=note)
    return _back(request, f"{done.moved} reassigned to {owner}.", done.left)


@opens_to(CLINICAL)
@require_POST
def remind_all(request: Request) -> HttpResponse:
    """Send a reminder about each ticked row now."""
    asked = _ticked(request)
    if not asked:
        messages.error(request, "Select the rows first.")
        return _back(request)
    told = remind_now(referrals=asked.values(), by=request.actor)
    left = [(each.referral, f"({each.why_not.rstrip('.')})") for each in told if not each.sent]
    return _back(request, f"{len(told) - len(left)} reminded.", left)


@opens_to(CLINICAL)
@form_page
def save_filter(request: Request) -> HttpResponse:
    """Keep a list with its filters under a name."""
    asked = request.POST if request.method == "POST" else request.GET
    query = Filters.read(asked).query(q="")
    form = FilterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and carried_out(form, actions.save_filter, query=query, by=request.actor):
        messages.success(request, f"Kept as “{form.cleaned_data['name']}”.")
        return redirect(f"{reverse('work:referrals')}{query}")
    fields = Filters.read(asked).query_fields(q="")
    return show_form(request, "work/save_filter.html", form, fields=fields, query=query)


def _own(request: Request, pk: int) -> SavedFilter:
    return get_object_or_404(SavedFilter.objects.filter(made_by=request.user), pk=pk)


@opens_to(CLINICAL)
@form_page
def change_filter(request: Request, pk: int) -> HttpResponse:
    """Rename one's own filter, share it, or delete it."""
    saved = _own(request, pk)
    known = {"name": saved.name, "shared": saved.shared}
    form = FilterForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and carried_out(form, actions.change_filter, saved=saved, by=request.actor):
        messages.success(request, "Kept.")
        return redirect(f"{reverse('work:referrals')}{saved.query}")
    return show_form(request, "work/change_filter.html", form, saved=saved)


@opens_to(CLINICAL)
@require_POST
def delete_filter(request: Request, pk: int) -> HttpResponse:
    """Forget one's own filter."""
    saved = _own(request, pk)
    actions.delete_filter(saved=saved, by=request.actor)
    messages.success(request, f"“{saved.name}” is deleted. The referrals that it showed are not touched.")
    return redirect("work:referrals")
