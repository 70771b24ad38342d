"""What the pages of this room do first and last: find what this person may see; say what a verb refused."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.forms import BaseForm
from django.shortcuts import get_object_or_404

from clinic.audit.actions import Refused, record
from clinic.people.request import Request
from clinic.record.models import Case
from clinic.treatment.pathway.models import Pathway
from clinic.treatment.procedure.actions import OutsidePlan
from clinic.treatment.procedure.models import Session

Made = TypeVar("Made")


def opened_case(request: Request, reference: str) -> Case:
    """The case of this reference, with the event that it was opened for its session."""
    cases = Case.objects.visible_to(request.user).select_related("patient__home_location", "location")
    case = get_object_or_404(cases, reference=reference.upper())
    record(by=request.actor, verb="procedure.opened", patients=[case.patient_id], of=case)
    return case


def open_way(case: Case) -> Pathway:
    """The way on which a session of this case is carried out now; not found where no candidate waits for one."""
    ways = Pathway.objects.open().select_related("decision__assessment", "owner")
    return get_object_or_404(ways, case=case)


def opened_session(request: Request, reference: str, pk: int) -> Session:
    """One session of this case, struck or not, with the event that it was opened."""
    known = Session.objects.visible_to(request.user).select_related(
        "case__patient", "case__location", "location", "performed_by", "recorded_by", "struck_by", "check_before"
    )
    session = get_object_or_404(known, pk=pk, case__reference=reference.upper())
    record(by=request.actor, verb="procedure.opened", patients=[session.case.patient_id], of=session)
    return session


def made(form: BaseForm, verb: Callable[..., Made], **words: Any) -> Made | None:
    """What a verb made of a form that is right, by its nonce; None where it refused, which the form then says."""
    try:
        return verb(**words, nonce=form.cleaned_data["nonce"])
    except Refused as refused:
        form.add_error("outside_reason" if isinstance(refused, OutsidePlan) else None, str(refused))
        return None
