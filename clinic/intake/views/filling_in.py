"""The pages of the questionnaire: shown, saved as one types, and kept at Continue."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinic.audit.actions import Refused
from clinic.intake.actions import filling_in as actions
from clinic.intake.forms.filling_in import PageForm, in_words
from clinic.intake.models import Draft
from clinic.intake.questions import told
from clinic.intake.questions.asked import first_open, minutes_left, open_steps
from clinic.people.doors import PATIENTS, opens_to
from clinic.people.parking import parked_for
from clinic.people.request import Request

from .ledger import ledger_of, ledger_with
from .sitting import Place, place_of, prefill, sit_down
from .told import told_on, told_row


@never_cache
@require_GET
@opens_to(PATIENTS)
def overview(request: Request, reference: str) -> HttpResponse:
    """The sections with their state, and where to go on."""
    sitting = sit_down(request, reference)
    if away := sitting.elsewhere():
        return away
    context = {
        "case": sitting.case,
        "staff_for": sitting.staff_for(),
        "sections": sitting.sections(),
        "begun": bool(sitting.answers.plain),
        "finished": first_open(sitting.known) is None,
        "minutes": minutes_left(sitting.known),
        "go_on_url": sitting.go_on_url(),
    }
    return render(request, "intake/overview.html", context)


@require_GET
@opens_to(PATIENTS)
def section(request: Request, reference: str, section: str) -> HttpResponse:
    """To the first page of a section that this person comes past."""
    sitting = sit_down(request, reference)
    steps = [(each, step) for each, step in open_steps(sitting.known) if each.key == section]
    return redirect(sitting.step_url(*steps[0]) if steps else sitting.url("overview"))


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(PATIENTS)
def page(request: Request, reference: str, section: str, slug: str) -> HttpResponse:
    """One question, or one small group."""
    return visit(place_of(sit_down(request, reference), section, slug))


@require_POST
@opens_to(PATIENTS)
def draft(request: Request, reference: str, section: str, slug: str, row: uuid.UUID | None = None) -> JsonResponse:
    """Save what is being typed. Answers with the words to show, and with both versions where they differ."""
    place = place_of(sit_down(request, reference), section, slug, row)
    form = place.form(data=request.POST)
    typed = place.typed(form)
    try:
        saved = actions.save_draft(intake=place.sitting.intake, typed=typed, by=request.actor)
    except actions.Stale as stale:
        both = render_to_string("intake/_both.html", both_versions(place, form, stale.draft), request)
        return JsonResponse({"both": both, "words": gettext("Saved on another device in the meantime")}, status=409)
    except Refused as refused:
        return JsonResponse({"words": str(refused)}, status=410)
    at = place.sitting.local(saved.saved_at).strftime("%H:%M")
    words = gettext("Saved at %(time)s") % {"time": at}
    live = render_to_string("intake/_ledger.html", {"ledger": ledger_with(place, form)}, request)
    return JsonResponse({"revision": saved.revision, "words": words, "ledger": live})


def visit(place: Place) -> HttpResponse:
    """Show a page with what was typed before, or keep it at Continue."""
    sitting = place.sitting
    request = sitting.request
    if request.method == "POST" and not sitting.intake.sealed_at:
        return _continue(place)
    if away := sitting.elsewhere() or place.elsewhere():
        return away
    saved = place.draft()
    parked = parked_for(request)
    if parked:  # over the revision that it was typed over, so that newer answers are not written over unseen
        return _show(place, place.form(typed=dict(parked.lists())), saved, revision=parked.get("revision", "0"))
    return _show(place, place.form(typed=saved.content if saved else _known(place)), saved)


def _known(place: Place) -> dict[str, list[str]]:
    """What stands on a page that nobody typed on yet: what is known, to be looked over and corrected."""
    if place.row is None:
        return prefill(place.sitting, place.step)
    said = place.sitting.known.rows.get(place.step.slug, {}).get(str(place.row), {})
    values = {key: given.value for key, given in said.items() if given.value is not None}
    return told.typed(place.step, values or told_row(place), place.sitting.language)


def _continue(place: Place) -> HttpResponse:
    request, sitting = place.sitting.request, place.sitting
    form = place.form(data=request.POST)
    typed = place.typed(form)
    try:
        if sitting.case.urgent_since or not form.is_valid():
            saved = actions.save_draft(intake=sitting.intake, typed=typed, by=request.actor)
            return sitting.elsewhere() or _show(place, form, saved, status=422)
        stopped = actions.keep(
            intake=sitting.intake,
            typed=typed,
            replies=form.replies(),
            language=sitting.language,
            by=request.actor,
            section=place.answered_as,
            row=place.row,
        )
    except actions.Stale as stale:
        return render(request, "intake/both.html", both_versions(place, form, stale.draft), status=409)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("intake:receipt", sitting.case.reference)
    if stopped:
        return redirect("intake:stopped", sitting.case.reference)
    place.sitting = sit_down(request, sitting.case.reference)
    return redirect(place.next_url())


def _show(place: Place, form: PageForm, saved: Draft | None, *, status: int = 200, revision: str = "") -> HttpResponse:
    sitting = place.sitting
    context = {
        "case": sitting.case,
        "place": place,
        "staff_for": sitting.staff_for(),
        "step": place.step,
        "heading": not place.step.title,
        "form": form,
        "revision": revision or (saved.revision if saved else 0),
        "saved_at": sitting.local(saved.saved_at) if saved else None,
        "progress": place.progress(),
        "draft_url": place.url("draft"),
        "device_key": f"{sitting.request.user.pk}/{sitting.case.reference}/{place.draft_key}",
        "back_url": place.back_url(),
        "ledger": ledger_of(place),
        **told_on(place),
        "records_url": sitting.url("records", place.row) if place.row and place.kept_row() else "",
    }
    return render(sitting.request, "intake/row.html" if place.row else "intake/page.html", context, status=status)


def both_versions(place: Place, form: PageForm, saved: Draft) -> dict[str, object]:
    """What this device sent and what another one saved, side by side in words."""
    other = PageForm(place.step, place.known, data=saved.content)
    return {
        "place": place,
        "mine": in_words(form),
        "theirs": in_words(other),
        "saved": saved,
        "saved_at": place.sitting.local(saved.saved_at),
        "here_url": place.url("row" if place.row else "page"),
        "sent": place.typed(form).content,
    }
