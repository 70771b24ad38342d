"""The rules of this clinic, read: the list of sets, a version word for word and in plain form, and what differs."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from clinic.people.doors import ADMINISTRATORS, CLINICAL, opens_to
from clinic.people.lists import clinic_day
from clinic.people.models import Role
from clinic.people.request import Request
from clinic.policies.differences import differences as what_differs
from clinic.policies.differences import lines
from clinic.policies.models import Version
from clinic.policies.plainly import clause_words, head_words
from clinic.policies.shelf import Standing, standings

READERS = CLINICAL | ADMINISTRATORS


@opens_to(READERS)
@require_GET
def sets(request: Request) -> HttpResponse:
    """Each set: which version counts now, what comes next, who signed it off, and what waits."""
    shown = {"standings": standings(clinic_day()), **may(request)}
    return render(request, "policies/sets.html", shown)


@opens_to(READERS)
@require_GET
def version(request: Request, sha256: str) -> HttpResponse:
    """One version: the document in words and word for word, and what became of it here."""
    standing, found = visible(sha256)
    shown = {
        **about(standing, found),
        "head": head_words(found.criteria),
        "clauses": clause_words(found.criteria),
        "lines": found.text.splitlines(),
        "others": [each for each in standing.versions if each != found],
        **may(request),
    }
    return render(request, "policies/version.html", shown)


@opens_to(READERS)
@require_GET
def document(_request: Request, sha256: str) -> HttpResponse:
    """The document as a file."""
    found = get_object_or_404(Version, sha256=sha256)
    headers = {"Content-Disposition": f'attachment; filename="{found}.toml"'}
    return HttpResponse(found.text, content_type="application/toml; charset=utf-8", headers=headers)


@opens_to(READERS)
@require_GET
def differences(request: Request, sha256: str, other: str) -> HttpResponse:
    """What reads otherwise in a version than in another one of the same set."""
    standing, found = visible(sha256)
    older = next((each for each in standing.versions if each.sha256 == other), None)
    if older is None:
        raise Http404
    shown = {
        **about(standing, found),
        "older": older,
        "differences": what_differs(older.criteria, found.criteria),
        "lines": lines(older.text, found.text),
    }
    return render(request, "policies/differences.html", shown)


def visible(sha256: str) -> tuple[Standing, Version]:
    """The version of this hash, and how its set stands today."""
    key = get_object_or_404(Version.objects.only("key"), sha256=sha256).key
    (standing,) = standings(clinic_day(), key)
    return standing, next(each for each in standing.versions if each.sha256 == sha256)


def about(standing: Standing, version: Version) -> dict[str, Any]:
    """What every page of one version shows."""
    return {
        "standing": standing,
        "version": version,
        "criteria": version.criteria,
        "spells": standing.spells_of(version),
        "counts": standing.counts(version),
        "draft": version in standing.drafts,
    }


def may(request: Request) -> dict[str, bool]:
    """What this person may do with the rules: nobody but a doctor signs."""
    role = request.user.role
    return {
        "may_upload": role == Role.ADMINISTRATOR,
        "may_sign": role == Role.DOCTOR,
        "may_plan": role in (Role.ADMINISTRATOR, Role.DOCTOR),
    }
