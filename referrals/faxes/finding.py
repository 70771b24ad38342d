"""To what a fax may belong: what a code on its pages names, or what is open for a patient."""

from collections.abc import Sequence
from dataclasses import dataclass

from clinic.outside.codes import read as read_code
from clinic.outside.models import RecordRequest
from clinic.people.models import Patient, User
from clinic.people.search import read
from clinic.record.models import Case
from referrals.loop.models import Referral

MOST = 8  # patients that a search shows: who needs more types more
NOT_A_CODE = "This is not one of our codes. They have eight letters and digits, such as K7RT-9M2K; look at each again."
NOT_FOUND = "No referral and no request has this code."


@dataclass(frozen=True)
class Places:
    """Where a fax can go: to a referral, with a request for a record, or with a case."""

    referrals: Sequence[Referral] = ()
    requests: Sequence[RecordRequest] = ()
    cases: Sequence[Case] = ()

    def __bool__(self) -> bool:
        return bool(self.referrals or self.requests or self.cases)

    @property
    def patients(self) -> set[int]:
        """The ids of all whom these are about, for the log."""
        found = {each.patient_id for each in self.referrals if each.patient_id}
        return found | {each.patient_id for each in self.cases} | {each.case.patient_id for each in self.requests}


def by_code(user: User, typed: str) -> Places:
    """The referral or the request that a code names; nothing for any other words."""
    code = read_code(typed)
    if not code:
        return Places()
    referrals = Referral.objects.visible_to(user).select_related("patient", "case", "practice")
    requests = RecordRequest.objects.visible_to(user).select_related("case__patient")
    return Places(list(referrals.filter(code=code)), list(requests.filter(code=code)))


def wrong_code(typed: str) -> str:
    """Why a code led nowhere."""
    return NOT_FOUND if read_code(typed) else NOT_A_CODE


def patients(user: User, typed: str) -> list[Patient]:
    """The first patients whom the words may mean, one more than are shown."""
    sought = read(typed)
    if not sought:
        return []
    found = Patient.objects.visible_to(user).found_by(sought).select_related("home_location")
    return list(found.order_by("family_name", "given_name", "pk")[: MOST + 1])


def of_patient(user: User, patient: Patient) -> Places:
    """The open referrals and requests of a patient, and all their cases, the newest first."""
    referrals = Referral.objects.visible_to(user).filter(patient=patient).open()
    requests = RecordRequest.objects.visible_to(user).open().filter(case__patient=patient)
    cases = Case.objects.visible_to(user).filter(patient=patient)
    return Places(
        list(referrals.select_related("patient", "case", "practice").by_risk()),
        list(requests.select_related("case__patient").order_by("pk")),
        list(cases.select_related("patient").order_by("-pk")),
    )
