"""What the pages and verbs of a session read of a case."""

from collections.abc import Iterable
from uuid import UUID

from clinic.candidacy.casefile import CaseFile
from clinic.candidacy.evidence import say_day
from clinic.record.models import BloodThinner, Case

from . import checklist
from .models import ThinnerPlan


def checks(file: CaseFile) -> list[checklist.Item]:
    """The checklist of a case, as its record answers it now."""
    plans = ThinnerPlan.objects.current().filter(case=file.case)
    return checklist.items(
        file.weighed.assembled, file.voices, {str(each.thinner_key): in_words(each) for each in plans}
    )


def in_words(plan: ThinnerPlan) -> str:
    """What was agreed on one blood thinner, in a sentence of the checklist."""
    agreed = f"agreed with {plan.agreed_with}, {say_day(plan.agreed_on)}"
    if plan.goes_on or plan.last_dose_on is None:
        return f"It goes on ({agreed})"
    again = (
        f"taken again from {say_day(plan.first_dose_on)}" if plan.first_dose_on else "no day to take it again is set"
    )
    return f"Last dose on {say_day(plan.last_dose_on)}, {again} ({agreed})"


def name_of(thinner_key: UUID, case: Case) -> str | None:
    """What a blood thinner of this case is called; None where the record has none under that key."""
    rows: Iterable[BloodThinner] = BloodThinner.objects.current().filter(case=case, key=thinner_key)
    return next((str(row) for row in sorted(rows, key=lambda row: (not row.name, row.pk))), None)
