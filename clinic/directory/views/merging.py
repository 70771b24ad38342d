"""Two entries that are one: find the other, look at both, make them one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from clinic.audit.actions import Refused
from clinic.directory.actions import entries as actions
from clinic.directory.compare import side_by_side
from clinic.directory.finding import MOST_OFFERED, Narrowed
from clinic.directory.models import Entry
from clinic.people.doors import opens_to
from clinic.people.lists import number
from clinic.people.request import Request
from clinic.people.views.outcome import form_page

from .entries import KEEPERS


@opens_to(KEEPERS)
@form_page
def merge_entry(request: Request, pk: int) -> HttpResponse:
    """Without `into` a search for the entry that stays; with it both beside each other, and the button."""
    gone = get_object_or_404(Entry.objects.standing(), pk=pk)
    others = Entry.objects.standing().filter(resource=gone.resource).exclude(pk=pk)
    said = request.POST.get("into") or request.GET.get("into")
    kept = get_object_or_404(others, pk=number(said)) if said else None
    wrong = ""
    if request.method == "POST" and kept:
        try:
            actions.merge_entry(entry=gone, into=kept, by=request.actor)
        except Refused as refused:
            wrong = str(refused)
        else:
            messages.success(request, f"Both entries are one now: {kept}.")
            return redirect("directory:entry", kept.pk)
    asked = Narrowed.by(request.GET)
    found = others.found_by(asked.typed).order_by("name", "pk")[:MOST_OFFERED] if asked.typed else []
    rows = side_by_side(gone, [kept]) if kept else []
    looked = {"q": asked.typed, "offered": found, "most": MOST_OFFERED}
    context = {"entry": gone, "other": kept, "wrong": wrong, "rows": rows, **looked}
    template = f"directory/merge_entry.html{'#found' if request.htmx else ''}"
    return render(request, template, context, status=422 if wrong else 200)
