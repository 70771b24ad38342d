"""The record of a case as a letter is filled from it."""

from clinic.candidacy.casefile import CaseFile, complaint
from clinic.candidacy.evidence import say_moment
from clinic.people.models import Clinic, Language

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
    )
