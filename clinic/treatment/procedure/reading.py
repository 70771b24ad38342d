"""What the pages and verbs of a session read of a case."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F, OuterRef, Subquery

from clinic.audit.clock import DatabaseNow, DayAt
from clinic.candidacy.casefile import CaseFile
from clinic.candidacy.evidence import say_day
from clinic.candidacy.reading import change_names, sign_names
from clinic.people.models import Location, User
from clinic.record.models import BloodThinner, Case
from clinic.treatment.pathway.models import Pathway, PathwayQuerySet

from . import checklist
from .models import Check, ThinnerPlan


def checks(file: CaseFile) -> list[checklist.Item]:
    """The checklist of a case, as its record answers it now."""
    plans = ThinnerPlan.objects.current().filter(case=file.case)
    agreed = {str(each.thinner_key): in_words(each) for each in plans}
    return checklist.items(file.weighed.assembled, file.voices, agreed, file.case.patient.sex, _alerts(file))


def _alerts(file: CaseFile) -> list[str]:
    urgent = sign_names(file.urgent_alert.signs) if file.urgent_alert else []
    return [*urgent, *(change_names(file.change_alert.signs) if file.change_alert else [])]


def in_words(plan: ThinnerPlan) -> str:
    """What was agreed on one blood thinner, in a sentence of the checklist."""
    agreed = f"agreed with {plan.agreed_with}, {say_day(plan.agreed_on)}"
    if plan.goes_on or plan.last_dose_on is None:
        return f"It goes on ({agreed})"
    first = plan.first_dose_on
    again = f"taken again from {say_day(first)}" if first else "no day to take it again is set"
    return f"Last dose on {say_day(plan.last_dose_on)}, {again} ({agreed})"


def name_of(thinner_key: UUID, case: Case) -> str | None:
    """What a blood thinner of this case is called; None where the record has none under that key."""
    rows: Iterable[BloodThinner] = BloodThinner.objects.current().filter(case=case, key=thinner_key)
    return next((str(row) for row in sorted(rows, key=lambda row: (not row.name, row.pk))), None)


def agreed_with(thinner_key: UUID, case: Case) -> str:
    """With whom, as the record already says, it was agreed to stop a blood thinner; "" where nobody has said."""
    rows = BloodThinner.objects.current().filter(case=case, key=thinner_key).exclude(agreed_with="")
    return rows.values_list("agreed_with", flat=True).last() or ""


def booked(user: User, location: Location | None = None) -> PathwayQuerySet:
    """Who is booked for today, or was for an earlier day and nobody has recorded a session; with `checked`."""
    here = DayAt(DatabaseNow(), F("case__location__time_zone"))
    due = Pathway.objects.visible_to(user).open().filter(booked_on__lte=here)
    due = due.filter(case__location=location) if location else due
    checks = Check.objects.filter(day=OuterRef("day_here"), pathway=OuterRef("pk")).order_by("-pk")
    with_day = due.annotate(day_here=here)
    answered = with_day.annotate(checked=Subquery(checks.values("may_go_on")[:1]))
    return answered.select_related("case__patient", "case__location", "owner")
