"""The lists that a person fills row by row: what was tried, blood thinners, scans, injections."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinic.audit.actions import Refused
from clinic.intake.actions import filling_in as actions
from clinic.intake.questions import BY_KEY, find_step
from clinic.intake.questions.asked import Row
from clinic.intake.questions.shape import Rows, Section
from clinic.people.doors import PATIENTS, opens_to
from clinic.people.request import Request
from clinic.record.models import SaidBy

from .filling_in import visit
from .ledger import ledger_of
from .sitting import FROM_CHECK, Place, place_of, sit_down
from .told import told_entries


@never_cache
@require_GET
@opens_to(PATIENTS)
def rows(request: Request, reference: str, section: str, slug: str) -> HttpResponse:
    """One list, with a way to add, change and take away."""
    sitting = sit_down(request, reference)
    if away := sitting.elsewhere():
        return away
    of, step = _list(section, slug)
    place = Place(sitting, of, step)
    if away := place.elsewhere():
        return away
    listed = sitting.known.rows.get(slug, {})
    context = {
        "case": sitting.case,
        "staff_for": sitting.staff_for(),
        "place": place,
        "step": step,
        "earlier": _earlier(place) if step.counts_care else [],
        "entries_told": told_entries(sitting, section, step),
        "entries": [_entry(place, step, key, row) for key, row in listed.items()],
        "add_url": sitting.url("new_row", section, slug) + _query(request),
        "next_url": place.next_url(),
        "back_url": place.back_url(),
        "ledger": ledger_of(place),
        "progress": place.progress(),
    }
    return render(request, "intake/rows.html", context)


@require_GET
@opens_to(PATIENTS)
def new_row(request: Request, reference: str, section: str, slug: str) -> HttpResponse:
    """To the page of an entry that nobody has written yet; nothing is kept before something is said."""
    sitting = sit_down(request, reference)
    _list(section, slug)
    return redirect(sitting.url("row", section, slug, uuid.uuid4()) + _query(request))


@never_cache
@require_http_methods(["GET", "POST"])
@opens_to(PATIENTS)
def row(request: Request, reference: str, section: str, slug: str, row: uuid.UUID) -> HttpResponse:
    """One entry of a list."""
    return visit(place_of(sit_down(request, reference), section, slug, row))


@require_http_methods(["GET", "POST"])
@opens_to(PATIENTS)
def remove_row(request: Request, reference: str, section: str, slug: str, row: uuid.UUID) -> HttpResponse:
    """Ask once, then take an entry off its list."""
    sitting = sit_down(request, reference)
    if away := sitting.elsewhere():
        return away
    of, step = _list(section, slug)
    place = Place(sitting, of, step, row)
    back_url = sitting.url("rows", section, slug) + _query(request)
    if request.method == "GET":
        entry = sitting.known.rows.get(slug, {}).get(str(row))
        if entry is None:
            return redirect(back_url)
        return render(
            request, "intake/remove_row.html", {"entry": _entry(place, step, str(row), entry), "back_url": back_url}
        )
    try:
        actions.remove_row(intake=sitting.intake, slug=slug, row=row, language=sitting.language, by=request.actor)
    except Refused:
        return redirect("intake:receipt", reference)
    return redirect(back_url)


@require_POST
@opens_to(PATIENTS)
def use_row(request: Request, reference: str, section: str, slug: str, row: uuid.UUID) -> HttpResponse:
    """Something that was tried for an earlier complaint was tried for this one too."""
    sitting = sit_down(request, reference)
    place = Place(sitting, *_list(section, slug))
    if away := sitting.elsewhere() or place.elsewhere():
        return away
    actions.use_row(intake=sitting.intake, slug=slug, row=row, language=sitting.language, by=request.actor)
    return redirect(sitting.url("rows", section, slug) + _query(request))


def _earlier(place: Place) -> list[dict[str, object]]:
    """What the patient said they tried for other complaints and has not named here."""
    parts = (place.section.key, place.step.slug)
    mine = place.sitting.known.rows.get(place.step.slug, {})
    kinds = {choice.value: gettext(choice.text) for choice in place.step.questions[0].choices}
    others = place.sitting.case.patient.therapies.current().filter(said_by=SaidBy.PATIENT)
    return [
        {
            "title": kinds.get(row.kind, str(row)),
            "name": row.name,
            "use_url": place.sitting.url("use_row", *parts, row.key) + _query(place.sitting.request),
        }
        for row in others.exclude(cases=place.sitting.case).exclude(key__in=mine)
    ]


def _list(section: str, slug: str) -> tuple[Section, Rows]:
    step = find_step(section, slug)
    if not isinstance(step, Rows):
        raise Http404
    return BY_KEY[section], step


def _query(request: Request) -> str:
    return f"?{FROM_CHECK}" if FROM_CHECK in request.GET else ""


def _entry(place: Place, step: Rows, key: str, row: Row) -> dict[str, object]:
    """An entry in words: its first answer as the title, the others that were asked below."""
    said = [row[question.key] for question in step.questions if question.key in row and row[question.key].shown]
    parts = (place.section.key, step.slug, key)
    query = _query(place.sitting.request)
    return {
        "title": said[0].shown if said else gettext(step.row_title),
        "rest": said[1:],
        "lang": said[0].language if said else place.sitting.language,
        "change_url": place.sitting.url("row", *parts) + query,
        "remove_url": place.sitting.url("remove_row", *parts) + query,
    }
