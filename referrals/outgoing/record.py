"""The record of a case as a letter is filled from it."""

from clinic.audit.clock import today
from clinic.candidacy.casefile import CaseFile, complaint
from clinic.candidacy.evidence import say_moment
from clinic.people.models import Clinic, Language
from clinic.record.models import Case
from clinic.treatment.checkins.reading import said_of
from clinic.treatment.checkins.relief import opens_window
from clinic.treatment.procedure.models import Complication, Session

from .after import After
from .filled import Known

LANGUAGES = {Language.ENGLISH: "English", Language.SPANISH: "Spanish"}


def known(file: CaseFile) -> Known:
    """What the letters of a case may quote."""
    case, patient, decision, clinic = file.case, file.case.patient, file.decision, Clinic.current()
    zone = case.location.time_zone
    decided = f"{decision.get_outcome_display()}, {say_moment(decision.signed_at, zone)}" if decision else ""
    return Known(
        document=file.weighed.document,
        steroids=file.steroids,
        complaint=complaint(file.weighed.document),
        language=LANGUAGES[Language(patient.language)],
        interpreter=patient.interpreter,
        decision=decided,
        call=", ".join(part for part in (clinic.name, case.location.phone or clinic.phone) if part),
        after=_after(case),
    )


def _after(case: Case) -> After | None:
    """The last session of a case, with what went wrong in it and the latest word on what it did."""
    session = Session.objects.of_case().filter(case=case).last()
    if session is None:
        return None
    said = [each for each in said_of(session) if each.relief is not None]
    wrong = session.complications.filter(struck_at=None)
    return After(
        on=session.on,
        today=today(case.location.time_zone),
        goals=tuple(session.rehab_goals),
        start_from=session.rehab_from,
        start_until=session.rehab_until,
        complications=tuple(map(_went_wrong, wrong)),
        better=said[-1].relief if said else None,
        said_on=said[-1].on if said else None,
        lasting=opens_window(session.on, said),
    )


def _went_wrong(complication: Complication) -> str:
    """A complication as a letter names it: its kind, and what was written of it."""
    if complication.kind == "other":
        return complication.words
    kind = complication.get_kind_display()
    return f"{kind} ({complication.words})" if complication.words else kind
