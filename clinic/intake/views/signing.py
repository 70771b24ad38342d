"""The end of the questionnaire: check, sign, and the page that stops it when something is urgent."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from clinic.audit.actions import Refused
from clinic.intake.actions import filling_in as actions
from clinic.intake.forms.signing import SignatureForm
from clinic.intake.questions import PLAIN, sheet
from clinic.people.doors import PATIENTS, opens_to
from clinic.people.request import Request
from clinic.record.models import Alert

from .sitting import FROM_CHECK, Sitting, sit_down


@never_cache
@require_GET
@opens_to(PATIENTS)
def check(request: Request, reference: str) -> HttpResponse:
    """All answers, with a way to change each, and the signature over exactly these."""
    sitting = sit_down(request, reference)
    return sitting.elsewhere() or _check(sitting, SignatureForm())


@require_POST
@opens_to(PATIENTS)
def sign(request: Request, reference: str) -> HttpResponse:
    """Seal what was shown. Sent again, it leads to the same receipt; changed meanwhile, it is shown again."""
    sitting = sit_down(request, reference)
    form = SignatureForm(request.POST)
    if not sitting.intake.sealed_at:
        if not form.is_valid():
            return _check(sitting, form, status=422)
        try:
            actions.seal(
                intake=sitting.intake,
                signature=form.cleaned_data["signature"],
                fingerprint=form.cleaned_data["fingerprint"],
                language=sitting.language,
                by=request.actor,
            )
        except actions.Changed:
            messages.warning(
                request, gettext("Your answers have changed in the meantime. Please check them once more.")
            )
            return redirect("intake:check", reference)
        except Refused as refused:
            form.add_error(None, str(refused))
            return _check(sitting, form, status=422)
    return redirect("intake:receipt", reference)


@never_cache
@require_GET
@opens_to(PATIENTS)
def stopped(request: Request, reference: str) -> HttpResponse:
    """What to do now, in plain words."""
    sitting = sit_down(request, reference)
    if not sitting.case.urgent_since:
        return redirect("intake:overview", reference)
    open_alert = sitting.case.alerts.filter(kind=Alert.Kind.URGENT, released_at=None).first()
    signs = open_alert.signs if open_alert else []
    context = {"case": sitting.case, "signs": [gettext(PLAIN[sign].text) for sign in signs if sign in PLAIN]}
    return render(request, "intake/stopped.html", context)


def _check(sitting: Sitting, form: SignatureForm, status: int = 200) -> HttpResponse:
    shown = actions.sheet_of(sitting.intake, sitting.language)
    sections = [{"title": each["title"], "groups": _groups(sitting, each["rows"])} for each in shown["sections"]]
    context = {
        "case": sitting.case,
        "sections": sections,
        "open": sheet.open_count(shown),
        "fingerprint": sheet.fingerprint(shown),
        "form": form,
        "go_on_url": sitting.go_on_url(),
        "staff_for": sitting.staff_for(),
    }
    return render(sitting.request, "intake/check.html", context, status=status)


def _groups(sitting: Sitting, rows: list[dict[str, object]]) -> list[dict[str, Any]]:
    """The rows of a section, those of one entry of a list under its title, each with where to change it."""
    groups: list[dict[str, Any]] = []
    for row in rows:
        if not groups or groups[-1]["title"] != row["title"]:
            groups.append({"title": row["title"], "rows": []})
        groups[-1]["rows"].append(row | {"url": _change_url(sitting, row)})
    return groups


def _change_url(sitting: Sitting, row: dict[str, object]) -> str:
    name = "row" if row["row"] else "page" if row["key"] else "rows"
    parts = [row["section"], row["page"], *([row["row"]] if row["row"] else [])]
    return f"{sitting.url(name, *parts)}?{FROM_CHECK}"
