"""What the referrer said, for the patient to say whether it is so."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_POST

from clinic.audit.actions import Refused
from clinic.intake.actions import filling_in as actions
from clinic.intake.questions import ROWS, told
from clinic.intake.questions.asked import Reply, asked_on
from clinic.intake.questions.shape import Page, Rows
from clinic.intake.told import Told, rows_told, statements_told
from clinic.people.doors import PATIENTS, opens_to
from clinic.people.request import Request

from .sitting import FROM_CHECK, Place, Sitting, place_of, sit_down

HEADING = _("Your doctor's office told us this. Is it right?")
NOT_ME = _("No, that is not me")


def told_entries(sitting: Sitting, section: str, step: Rows) -> list[dict[str, Any]]:
    """The referrer's entries of a list, in words, with where each answer to them goes."""
    return [_entry(sitting, section, step, each) for each in rows_told(sitting.intake, step, sitting.known)]


def _entry(sitting: Sitting, section: str, step: Rows, each: Told) -> dict[str, Any]:
    said = told.replies(step, told.of_row(step, each.row), sitting.known, gettext)
    parts = (section, step.slug, each.row.key)
    query = f"?{FROM_CHECK}" if FROM_CHECK in sitting.request.GET else ""
    return {
        "title": said[0].shown if said else gettext(step.row_title),
        "rest": said[1:],
        "denied": each.denied,
        "yes_url": sitting.url("confirm_row", *parts) + query,
        "change_url": sitting.url("row", *parts) + query,
        "no_url": sitting.url("deny_row", *parts) + query,
    }


def told_on(place: Place) -> dict[str, Any]:
    """What a page shows of the referrer's words: answers to its own questions, and the list that it leads to."""
    step, sitting = place.step, place.sitting
    if not isinstance(step, Page):
        return {}
    gates = [rows for rows in ROWS.values() if any(each.key == rows.gate for each in step.questions)]
    return {
        "told": told.replies(step, _stated(place), place.known, gettext),
        "told_url": place.url("confirm"),
        "told_rows": [each for rows in gates for each in told_entries(sitting, place.section.key, rows)],
    }


def _stated(place: Place) -> dict[str, object]:
    if not isinstance(place.step, Page) or not any(each.facts for each in place.step.questions):
        return {}
    return told.of_page(place.step, statements_told(place.sitting.case), place.known)


def told_row(place: Place) -> dict[str, object]:
    """An entry as the referrer named it, question by question; empty where they named none under this key."""
    assert isinstance(place.step, Rows)
    found = rows_told(place.sitting.intake, place.step, place.sitting.known)
    return next((told.of_row(place.step, each.row) for each in found if each.row.key == place.row), {})


@require_POST
@opens_to(PATIENTS)
def confirm(request: Request, reference: str, section: str, slug: str) -> HttpResponse:
    """What the referrer stated is right: said in the patient's own name, in the same words."""
    place = place_of(sit_down(request, reference), section, slug)
    if away := place.sitting.elsewhere() or place.elsewhere():
        return away
    _keep(place, told.replies(place.step, _stated(place), place.known, gettext))
    place.sitting = sit_down(request, reference)
    done = all(each.key in place.sitting.known.plain for each in asked_on(place.step, place.sitting.known))
    return redirect(place.next_url() if done else place.url("page"))


@require_POST
@opens_to(PATIENTS)
def confirm_row(request: Request, reference: str, section: str, slug: str, row: uuid.UUID) -> HttpResponse:
    """An entry that the referrer named is right; what they left out of it is asked next."""
    place = place_of(sit_down(request, reference), section, slug, row)
    if away := place.sitting.elsewhere() or place.elsewhere():
        return away
    said = told.replies(place.step, told_row(place), place.known, gettext)
    if not said:
        raise Http404
    _keep(place, said)
    place.sitting = sit_down(request, reference)
    lacks = [each for each in asked_on(place.step, place.known) if each.core and each.key not in _kept(place)]
    return redirect(place.url("row") if lacks else place.back_url())


def _kept(place: Place) -> set[str]:
    return set(place.sitting.known.rows.get(place.step.slug, {}).get(str(place.row), {}))


def _keep(place: Place, said: list[Reply]) -> None:
    sitting = place.sitting
    actions.confirm(
        intake=sitting.intake,
        replies=said,
        language=sitting.language,
        by=sitting.request.actor,
        section=place.answered_as,
        row=place.row,
    )


@require_POST
@opens_to(PATIENTS)
def deny_row(request: Request, reference: str, section: str, slug: str, row: uuid.UUID) -> HttpResponse:
    """An entry that the referrer named is not true of the patient: both stay, and the doctor sees both."""
    place = place_of(sit_down(request, reference), section, slug, row)
    if away := place.sitting.elsewhere() or place.elsewhere():
        return away
    said = told.replies(place.step, told_row(place), place.known, gettext)
    if not said:
        raise Http404
    try:
        actions.deny_row(
            intake=place.sitting.intake,
            slug=slug,
            row=row,
            asked=f"{gettext(HEADING)} {', '.join(each.shown for each in said)}",
            shown=gettext(NOT_ME),
            language=place.sitting.language,
            by=request.actor,
        )
    except Refused:
        return redirect("intake:receipt", reference)
    return redirect(place.back_url())
