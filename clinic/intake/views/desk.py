"""The desk: who was invited and has not begun, and who began and did not finish."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clinic.audit.actions import record
from clinic.audit.clock import now
from clinic.intake.models import Draft, Intake
from clinic.intake.questions import BY_KEY
from clinic.people.doors import CLINICAL, opens_to
from clinic.people.lists import chosen_location, page
from clinic.people.models import Location, Patient, PrivateLink, User
from clinic.people.request import Request
from clinic.record.models import Case, Stage

UNFINISHED, INVITED = "unfinished", "invited"
LABELS = {UNFINISHED: "Began, not finished", INVITED: "Invited, not begun"}


@dataclass(frozen=True)
class Row:
    """One person whom a call may help. `since` is when we last heard of them, or when they were invited."""

    patient: Patient
    since: datetime
    case: Case | None = None
    section: str = ""
    link: int | None = None
    expired: bool = False

    @property
    def days(self) -> int:
        return (now() - self.since).days


@require_GET
@opens_to(CLINICAL)
def desk(request: Request) -> HttpResponse:
    """One of the two lists, newest first, narrowed to a location."""
    which = INVITED if request.GET.get("show") == INVITED else UNFINISHED
    chosen = chosen_location(request)
    lists = {UNFINISHED: unfinished(request.user, chosen), INVITED: invited(request.user, chosen)}
    counts = {name: rows.aggregate(total=Count("pk", distinct=True))["total"] for name, rows in lists.items()}
    shown = page(lists[which], request.GET)
    rows = [_row(each) for each in shown.rows]
    record(by=request.actor, verb="desk.listed", patients=[row.patient.pk for row in rows], detail={"list": which})
    context = {
        "page": shown,
        "rows": rows,
        "which": which,
        "total": counts[which],
        "tabs": [_tab(name, count, which) for name, count in counts.items()],
        "locations": Location.objects.filter(active=True),
        "location": chosen,
    }
    return render(request, "intake/desk.html", context)


def unfinished(user: User, location: Location | None) -> QuerySet[Case]:
    """Cases whose intake was begun, with the moment and the section of its last saved word."""
    drafts = Draft.objects.filter(intake__case=OuterRef("pk")).order_by("-saved_at")
    began = Intake.objects.filter(case=OuterRef("pk"), kind=Intake.Kind.FULL)
    cases = Case.objects.visible_to(user).filter(Exists(began), stage=Stage.INTAKE)
    if location:
        cases = cases.filter(patient__home_location=location)
    return cases.select_related("patient").annotate(
        since=Coalesce(
            Subquery(drafts.values("saved_at")[:1]), Subquery(began.values("started_at")[:1]), F("opened_at")
        ),
        page=Subquery(drafts.values("page")[:1]),
    )


def invited(user: User, location: Location | None) -> QuerySet[Patient]:
    """People with an open or expired invitation and no intake, with the last one that they were sent."""
    began = Intake.objects.filter(case__patient=OuterRef("pk"))
    links = PrivateLink.objects.filter(patient=OuterRef("pk"), purpose=PrivateLink.Purpose.PATIENT_INVITATION).order_by(
        "-id"
    )
    patients = Patient.objects.visible_to(user).filter(Exists(links), ~Exists(began))
    if location:
        patients = patients.filter(home_location=location)
    return patients.annotate(
        since=Subquery(links.values("created_at")[:1]),
        expires_at=Subquery(links.values("expires_at")[:1]),
        link=Subquery(links.filter(used_at=None).values("pk")[:1]),
    )


def _row(found: Case | Patient) -> Row:
    with_more: Any = found  # what the query added to the row
    if isinstance(found, Patient):
        return Row(found, with_more.since, link=with_more.link, expired=with_more.expires_at < now())
    section = BY_KEY.get((with_more.page or "").split("/")[0])
    return Row(found.patient, with_more.since, found, section.title if section else "")


def _tab(name: str, count: int, which: str) -> dict[str, object]:
    return {"label": LABELS[name], "count": count, "url": f"?show={name}", "current": name == which}
