"""The directory: whom we work with, narrowed while one types; adding, correcting, and who works where."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from clinic.audit.actions import Refused
from clinic.directory.actions import entries as actions
from clinic.directory.compare import side_by_side
from clinic.directory.finding import MOST_OFFERED, Narrowed, offered, with_practices
from clinic.directory.forms.entries import EntryForm, SeenForm, resource_of
from clinic.directory.models import MOST_ALIKE, Details, Entry, Kind, PractitionerRole, Resource
from clinic.people.doors import ADMINISTRATORS, CLINICAL, opens_to
from clinic.people.lists import counted, number, page
from clinic.people.request import Request
from clinic.people.views.outcome import form_page, tried

KEEPERS = CLINICAL | ADMINISTRATORS


def _standing(pk: int) -> Entry:
    return get_object_or_404(Entry.objects.standing(), pk=pk)


@opens_to(KEEPERS)
@require_GET
def entries(request: Request) -> HttpResponse:
    """Practices and practitioners, the latest first."""
    asked = Narrowed.by(request.GET)
    context = {
        "asked": asked,
        "page": page(with_practices(asked.rows), request.GET),
        "total": counted(asked.rows),
        "others": counted(asked.whether_active.filter(deactivated_at__isnull=asked.inactive)),
        "kinds": Kind.choices,
        "resources": Resource.choices,
    }
    return render(request, f"directory/entries.html{'#found' if request.htmx else ''}", context)


@opens_to(KEEPERS)
@require_GET
def entry(request: Request, pk: int) -> HttpResponse:
    """All that the directory says of one; an entry that was merged leads to the one that stayed."""
    shown = get_object_or_404(with_practices(Entry.objects.select_related("merged_into", "created_by")), pk=pk)
    if shown.merged_into:
        messages.info(request, f"{shown} was merged into this entry.")
        return redirect("directory:entry", shown.merged_into.pk)
    alike: list[Details] = list(Entry.objects.alike(shown)[:MOST_ALIKE])
    context = {
        "entry": shown,
        "alike": alike,
        "rows": side_by_side(shown, alike),
        "roles": PractitionerRole.objects.open().filter(practitioner=shown).select_related("organization"),
        "people": PractitionerRole.objects.open().filter(organization=shown).select_related("practitioner"),
        "merges": shown.merged.order_by("pk").prefetch_related("merges__merged_by"),
    }
    return render(request, "directory/entry.html", context)


@opens_to(KEEPERS)
@form_page
def add_entry(request: Request) -> HttpResponse:
    """Enter a practice or a practitioner; possible duplicates are shown before it is saved."""
    resource = resource_of(request.GET.get("of", "")) or Resource.ORGANIZATION.value
    form = EntryForm(request.POST or None, resource=resource)
    seen = SeenForm(request.POST or None)
    made, alike = _saved(form, seen, actions.add_entry, resource=resource, by=request.actor)
    if made:
        messages.success(request, f"{made} is in the directory.")
        return redirect("directory:entry", made.pk)
    return _form_page(request, "directory/add_entry.html", form, alike, resource=resource)


@opens_to(KEEPERS)
@form_page
def change_entry(request: Request, pk: int) -> HttpResponse:
    """Correct an entry; what it would then be like is shown before it is saved."""
    standing = _standing(pk)
    form = EntryForm(request.POST or None, instance=_standing(pk), resource=standing.resource)
    seen = SeenForm(request.POST or None)
    made, alike = _saved(form, seen, actions.change_entry, entry=standing, by=request.actor)
    if made is not None:
        messages.success(request, "Saved.")
        return redirect("directory:entry", pk)
    return _form_page(request, "directory/change_entry.html", form, alike, entry=standing)


def _saved(form: EntryForm, seen: SeenForm, verb: Callable[..., Any], **words: Any) -> tuple[Any, list[Details]]:
    """What the verb made, None where it did not; and the possible duplicates that stopped it."""
    if not form.is_bound or not form.is_valid() or not seen.is_valid():
        return None, []
    try:
        return verb(**words, **form.cleaned_data, **seen.cleaned_data), []
    except actions.Alike as refused:
        return None, list(refused.entries)
    except Refused as refused:
        form.add_error(None, str(refused))
        return None, []


def _form_page(
    request: Request, template: str, form: EntryForm, alike: list[Details], **context: object
) -> HttpResponse:
    rows = side_by_side(form.instance, alike)
    shown = {"form": form, "alike": alike, "rows": rows, "seen": ",".join(str(other.pk) for other in alike)}
    return render(request, template, {**shown, **context}, status=422 if form.errors or alike else 200)


@opens_to(KEEPERS)
@require_POST
def deactivate_entry(request: Request, pk: int) -> HttpResponse:
    """Nothing is sent there any more."""
    standing = _standing(pk)
    tried(request, f"{standing} is inactive: it is not offered any more.", actions.deactivate_entry, entry=standing)
    return redirect("directory:entry", pk)


@opens_to(KEEPERS)
@require_POST
def reactivate_entry(request: Request, pk: int) -> HttpResponse:
    standing = _standing(pk)
    tried(request, f"{standing} is active again.", actions.reactivate_entry, entry=standing)
    return redirect("directory:entry", pk)


@opens_to(KEEPERS)
@form_page
def add_role(request: Request, pk: int) -> HttpResponse:
    """Say at which practice a practitioner works: find it, then choose it."""
    person = get_object_or_404(Entry.objects.standing(), pk=pk, resource=Resource.PRACTITIONER)
    if request.method == "POST":
        practice = get_object_or_404(Entry.objects.active().practices(), pk=number(request.POST.get("organization")))
        words = {"practitioner": person, "organization": practice}
        tried(request, f"{person} works at {practice}.", actions.add_role, **words)
        return redirect("directory:entry", pk)
    typed = request.GET.get("q", "")
    context = {"entry": person, "q": typed, "offered": offered(typed).practices()[:MOST_OFFERED], "most": MOST_OFFERED}
    return render(request, f"directory/add_role.html{'#found' if request.htmx else ''}", context)


@opens_to(KEEPERS)
@require_POST
def end_role(request: Request, pk: int) -> HttpResponse:
    """A practitioner does not work at a practice any more."""
    role = get_object_or_404(PractitionerRole.objects.select_related("practitioner", "organization"), pk=pk)
    tried(request, f"{role.practitioner} does not work at {role.organization} any more.", actions.end_role, role=role)
    return redirect("directory:entry", role.practitioner_id)
