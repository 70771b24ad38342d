"""What may be missing in a referral, and why one is not taken, as the referrer reads it. Pure.

Their page shows these words alone: what staff writes freely goes into the answer letter.
"""

from collections.abc import Mapping
from typing import Any

from clinic.intake.questions.shape import marked as _

WANTED = {
    "patient_name": _("The patient's full name, as on the insurance card"),
    "birth_date": _("The patient's date of birth"),
    "patient_phone": _("A phone number of the patient"),
    "patient_email": _("An e-mail address of the patient"),
    "patient_language": _("The patient's language, and whether an interpreter is needed"),
    "insurance": _("Insurance: payer, plan and member number"),
    "question": _("Your clinical question"),
    "urgency": _("How soon the patient should be seen, and why"),
    "place": _("The region of the spine and the side"),
    "signs": _("The answers about warning signs"),
    "exam": _("What you found on examination"),
    "therapies": _("What was tried, with the dates when it began and ended, and what it did"),
    "imaging_report": _("The imaging report, with its date"),
    "injections": _("Earlier injections: date, level and how much they helped"),
    "blood_thinner": _("Whether the patient takes a blood thinner, and which one"),
    "blood_thinner_prescriber": _("Who prescribes the blood thinner"),
    "allergies": _("Allergies, also to contrast"),
    "diabetes": _("Whether the patient has diabetes"),
    "pregnancy": _("Whether the patient may be pregnant"),
    "scores": _("A score of pain or function, with its date"),
    "notes": _("Your last visit notes"),
    "authorization": _("The insurance's referral or authorization number"),
    "patient_knows": _("Whether the patient knows of this referral"),
    "sender_npi": _("Your NPI"),
    "sender_contact": _("Your phone or fax number for our answer"),
    "readable_copy": _("A copy that can be read: some pages cannot"),
}
BECAUSE = {
    "not_our_service": _("We do not offer what was asked for"),
    "not_our_region": _("We do not treat this part of the spine"),
    "age": _("We do not treat patients of this age"),
    "insurance": _("We do not work with this insurance"),
    "emergency": _("The patient needs emergency care first"),
    "other_care_first": _("Other care comes first; our letter says which"),
    "cannot_reach_patient": _("We could not reach the patient"),
    "patient_declined": _("The patient does not wish to come"),
    "went_elsewhere": _("The patient is seen elsewhere"),
    "no_answer": _("What we asked for did not come"),
    "duplicate": _("We have this referral already, under another code"),
    "no_capacity": _("We cannot see the patient in time"),
    "in_the_letter": _("Our letter says why"),
}
CODES = {**WANTED, **BECAUSE}

# What staff asks for: missing while none of these was said. A "not known" is an answer.
UNLESS: Mapping[str, tuple[str, ...]] = {
    "birth_date": ("birth_date",),
    "patient_phone": ("phone",),
    "patient_email": ("email",),
    "patient_language": ("language",),
    "insurance": ("payer",),
    "question": ("question",),
    "urgency": ("urgency_reason",),
    "exam": ("exam",),
    "therapies": ("tried",),
    "blood_thinner": ("blood_thinner",),
    "allergies": ("allergy_contrast", "allergies"),
    "diabetes": ("diabetes",),
    "pregnancy": ("pregnant",),
    "patient_knows": ("patient_knows",),
    "sender_contact": ("sender_phone", "sender_fax"),
}


def still_missing(said: Mapping[str, Any]) -> list[str]:
    """Keys of `WANTED` that a referral leaves open, in its order; `said` as `said.py` keeps it."""
    unsaid = {key for key, fields in UNLESS.items() if not any(said.get(field) for field in fields)}
    if not (said.get("given_name") and said.get("family_name")):
        unsaid.add("patient_name")
    if not (said.get("region") and said.get("side")):
        unsaid.add("place")
    if not said.get("signs") or not all(said["signs"].values()):
        unsaid.add("signs")
    if said.get("blood_thinner") == "yes" and not said.get("blood_thinner_prescriber"):
        unsaid.add("blood_thinner_prescriber")
    if said.get("sex") == "male":
        unsaid.discard("pregnancy")
    return [key for key in WANTED if key in unsaid]
