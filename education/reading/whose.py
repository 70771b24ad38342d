"""For whom somebody reads and writes."""

from clinic.people.models import Access, Patient, User


def read_for(user: User) -> list[Patient]:
    """Whose reading it is: one's own, and for a carer who is no patient here that of those whom they act for.

    A carer who is a patient too may read about their own pain, which is nobody else's to see.
    """
    if not user.is_authenticated:
        return []
    found = list(Patient.objects.acted_for_by(user).select_related("home_location"))
    return [patient for patient in found if patient.user_id == user.pk] or found


def relation_to(patient: Patient, user_id: int) -> str | None:
    """What somebody is to the patient: empty for the patient, None for whoever does not act for them."""
    if patient.user_id == user_id:
        return ""
    access = Access.objects.open().filter(patient=patient, user_id=user_id).first()
    return access.relation if access else None
