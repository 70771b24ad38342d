"""What a referrer says, as data: one field, one entry. Pure.

The public form, the staff's entry, the page of a referral and the carrying over into the record are made from it.
The content is the pertinent data that a request carries (ACP High Value Care Coordination; reference F4).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from clinic.criteria.contract import words as contract_words
from clinic.criteria.safety import URGENT
from clinic.criteria.vocabulary import FACTS
from clinic.intake.questions.medicines import SUGGESTIONS
from clinic.intake.questions.pain import REGIONS, SIDES
from clinic.intake.questions.safety import BACKGROUND
from clinic.intake.questions.shape import Choice
from clinic.intake.questions.shape import marked as _
from clinic.intake.questions.tried import KINDS, OUTCOMES
from referrals.loop.urgency import Urgency

from .shape import NO, NOT_KNOWN, YES, Door, Field, Group, Kind, Rows

# The signs of the clinic's safety screen: the first six make it a call, the others the doctor settles first.
CALLS = URGENT
SIGNS = (*CALLS, *(question.key for question in BACKGROUND))
# With these the patient goes to an emergency department; we are called about every one of `CALLS` (reference C).
EMERGENCY = frozenset(URGENT) - {"gait_or_hand_clumsiness"}
SEXES = (Choice("female", _("Female")), Choice("male", _("Male")), Choice("other", _("Other")))
URGENCIES = (
    Choice(Urgency.URGENT, _("Urgent: a deficit that gets worse, without an emergency (seen within a week)")),
    Choice(Urgency.SOON, _("Soon: severe pain down an arm or leg that disables (within two weeks)")),
    Choice(Urgency.ROUTINE, _("Routine: everything else (within six weeks)")),
)
LANGUAGES = (
    Choice("en", _("English")),
    Choice("es", _("Spanish")),
    Choice("ase", _("American Sign Language")),
    Choice("other", _("Another language")),
)
MODALITIES = (
    Choice("mri", _("MRI")),
    Choice("ct", _("CT")),
    Choice("ct_myelogram", _("CT myelogram")),
    Choice("x_ray", _("X-ray")),
)
TRIED = (
    Choice(YES, _("Yes, it is listed below")),
    Choice(NO, _("No, nothing was tried")),
    NOT_KNOWN,
)
SCALES = tuple(Choice(scale, scale) for scale in contract_words("scores.scale"))
# The words of a clinician, where the intake lets the patient speak.
THEIR_WORDS = {"not_tolerated": _("Could not be tolerated"), "contraindicated": _("Must not be done")}
EFFECTS = tuple(Choice(each.value, THEIR_WORDS.get(each.value, each.text)) for each in OUTCOMES)

SENDER = Group(
    "sender",
    _("Referring practice"),
    (
        Field("practice_name", _("Practice"), autocomplete="organization"),
        Field("practitioner_name", _("Referring clinician"), most=150, autocomplete="name"),
        Field("npi", _("NPI"), Kind.NPI, help=_("Ten digits, of the clinician or of the practice.")),
        Field("sender_phone", _("Phone for questions"), Kind.PHONE, autocomplete="tel"),
        Field("sender_fax", _("Fax for our answer"), Kind.PHONE),
        Field(
            "sender_email",
            _("Your e-mail address"),
            Kind.EMAIL,
            help=_("We e-mail you the private link to follow this referral. It says nothing about the patient."),
            autocomplete="email",
        ),
    ),
)
PATIENT = Group(
    "patient",
    _("The patient"),
    (
        Field("given_name", _("First name"), most=100, carried_to="Patient.given_name"),
        Field("family_name", _("Last name"), most=100, carried_to="Patient.family_name"),
        Field("birth_date", _("Date of birth"), Kind.BIRTH_DATE, carried_to="Patient.birth_date"),
        Field("sex", _("Sex"), Kind.CHOICE, choices=SEXES, carried_to="Patient.sex"),
        Field("phone", _("Patient's phone"), Kind.PHONE, carried_to="Patient.phone"),
        Field("email", _("Patient's e-mail address"), Kind.EMAIL, carried_to="Patient.email"),
        Field("language", _("Language"), Kind.MENU, choices=LANGUAGES, carried_to="Patient.language"),
        Field("interpreter", _("Is an interpreter needed?"), Kind.ANSWER, carried_to="Patient.interpreter"),
        Field("payer", _("Insurance"), most=100, carried_to="Patient.payer"),
        Field("plan_name", _("Plan"), most=100, carried_to="Patient.plan_name"),
        Field("member_id", _("Member number"), most=60, carried_to="Patient.member_id"),
        Field("patient_knows", _("Does the patient know of this referral?"), Kind.ANSWER),
    ),
)
QUESTION = Group(
    "question",
    _("Reason for referral"),
    (
        Field(
            "question",
            _("Your clinical question"),
            Kind.LONG_TEXT,
            help=_("For example: leg pain for three months despite therapy. Is she a candidate for an injection?"),
        ),
        Field("urgency", _("How soon?"), Kind.CHOICE, choices=URGENCIES),
        Field("urgency_reason", _("Why so soon, or why it can wait"), most=500),
        Field(
            "region",
            _("Region of the spine"),
            Kind.CHOICE,
            choices=(*REGIONS, NOT_KNOWN),
            carried_to="complaint.region",
        ),
        Field("side", _("Side"), Kind.CHOICE, choices=(*SIDES, NOT_KNOWN), carried_to="complaint.side"),
        Field("exam", _("History and findings on examination"), Kind.LONG_TEXT),
    ),
)
SIGN_FIELDS = tuple(
    Field(f"sign_{key}", FACTS[f"red_flags.{key}"][0], Kind.ANSWER, carried_to=f"red_flags.{key}") for key in SIGNS
)
WARNINGS = Group(
    "signs",
    _("Warning signs"),
    SIGN_FIELDS,
    lead=_("Please answer each one; “not known” is an answer. A “yes” to one of the first six makes it a phone call."),
)
THERAPY_ROWS = Rows(
    "therapies",
    _("Treatments that were tried"),
    _("Treatment %(number)s"),
    (
        Field("kind", _("What"), Kind.MENU, choices=KINDS, carried_to="Therapy.kind"),
        Field("name", _("Name and dose"), carried_to="Therapy.name"),
        Field("from", _("Began"), Kind.PARTIAL_DATE, carried_to="Therapy.from_date"),
        Field("to", _("Ended"), Kind.PARTIAL_DATE, carried_to="Therapy.to_date"),
        Field("sessions", _("Visits"), Kind.COUNT, most=999, carried_to="Therapy.sessions"),
        Field("outcome", _("What it did"), Kind.MENU, choices=EFFECTS, carried_to="Therapy.outcome"),
    ),
    first=3,
)
THERAPIES = Group(
    "therapies",
    _("What was tried"),
    (Field("tried", _("Has anything been tried for this pain?"), Kind.CHOICE, choices=TRIED),),
    lead=_("Insurers ask for it. A month or a year is fine for a date; leave the end open if it still goes on."),
    rows=THERAPY_ROWS,
)
INJECTION_ROWS = Rows(
    "injections",
    _("Earlier injections into the spine"),
    _("Injection %(number)s"),
    (
        Field("on", _("When"), Kind.PARTIAL_DATE, carried_to="Injection.on"),
        Field("region", _("Region"), Kind.MENU, choices=REGIONS, carried_to="Injection.region"),
        Field("level", _("Level and approach"), most=100),
        Field("relief", _("Relief in %"), Kind.COUNT, most=100, carried_to="Injection.patient_relief_percent"),
    ),
)
INJECTIONS = Group("injections", _("Earlier injections"), (), rows=INJECTION_ROWS)
IMAGING_ROWS = Rows(
    "imaging",
    _("Imaging of the spine"),
    _("Study %(number)s"),
    (
        Field("modality", _("Kind"), Kind.MENU, choices=MODALITIES, carried_to="Study.modality"),
        Field("on", _("When"), Kind.PARTIAL_DATE, carried_to="Study.on"),
        Field("finding", _("What it showed"), most=500),
    ),
)
IMAGING = Group("imaging", _("Imaging"), (), _("Please attach the report below, if you have it."), IMAGING_ROWS)
HEALTH = Group(
    "health",
    _("Medicines and health"),
    (
        Field("blood_thinner", _("Does the patient take a blood thinner?"), Kind.ANSWER, carried_to="blood_thinners"),
        Field(
            "blood_thinner_name",
            _("Which blood thinner?"),
            most=100,
            carried_to="BloodThinner.as_written",
            suggestions=SUGGESTIONS,
        ),
        Field("blood_thinner_prescriber", _("Who prescribes it?"), most=150),
        Field("allergy_contrast", _("An allergy to contrast?"), Kind.ANSWER, carried_to="allergies.contrast"),
        Field("allergies", _("Other allergies"), most=500),
        Field("diabetes", _("Diabetes?"), Kind.ANSWER, carried_to="conditions.diabetes"),
        Field("pregnant", _("Pregnant, or may be?"), Kind.ANSWER, carried_to="patient.pregnant"),
    ),
)
SCORE_ROWS = Rows(
    "scores",
    _("Scores of pain or function"),
    _("Score %(number)s"),
    (
        Field("scale", _("Scale"), Kind.MENU, choices=SCALES, carried_to="Score.scale"),
        Field("value", _("Value"), Kind.NUMBER, most=100, carried_to="Score.value"),
        Field("on", _("When"), Kind.PARTIAL_DATE, carried_to="Score.on"),
    ),
)
SCORES = Group("scores", _("Scores"), (), rows=SCORE_ROWS)
TOLD = Group(
    "told",
    _("Anything else"),
    (
        Field(
            "told",
            _("What was the patient told so far?"),
            Kind.LONG_TEXT,
            help=_("So that we do not say otherwise."),
            most=2000,
        ),
    ),
)
GROUPS = (SENDER, PATIENT, QUESTION, WARNINGS, THERAPIES, INJECTIONS, IMAGING, HEALTH, SCORES, TOLD)
FIELDS: Mapping[str, Field] = {field.key: field for group in GROUPS for field in group.fields}
ROWS: Mapping[str, Rows] = {group.rows.key: group.rows for group in GROUPS if group.rows}
# Which fields are columns of a Request; the signs lie together in its `signs`, the rows in columns of their own.
COLUMNS = tuple(key for key in FIELDS if not key.startswith("sign_"))

# What each door needs: of every tuple at least one must be said.
_ON_THE_FORM = (
    *("practice_name", "sender_phone", "given_name", "family_name", "birth_date"),
    *("question", "urgency", "urgency_reason", "region", "side", "tried"),
    *(field.key for field in SIGN_FIELDS),
)
_A_NAME, _A_WAY_TO_CALL_BACK = ("family_name", "given_name"), ("sender_phone", "sender_fax", "phone", "email")
NEEDS: Mapping[Door, tuple[tuple[str, ...], ...]] = {
    Door.FORM: tuple((key,) for key in _ON_THE_FORM),
    Door.PHONE: (_A_NAME, _A_WAY_TO_CALL_BACK),
    Door.PAPER: (_A_NAME, _A_WAY_TO_CALL_BACK),
    Door.FAX: (_A_NAME,),  # the fax itself says from whom it came
}


def needed(door: str, key: str) -> bool:
    """Whether this door asks for just this field."""
    return (key,) in NEEDS[Door(door)]


def unmet(door: str, values: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """What this door still needs: of each tuple, one of the keys.

    Once a sign makes it a call, a name and a number suffice: nobody in danger waits for the rest of a form.
    """
    needs = NEEDS[Door.PHONE if door == Door.FORM and calls(signs_of(values)) else Door(door)]
    return [keys for keys in needs if not any(values.get(key) for key in keys)]


def label_of(field: Field, language: str) -> str:
    """A sign in the clinic's own words, which the criteria keep in both languages; other labels as they are marked."""
    if not field.key.startswith("sign_"):
        return field.label
    said = FACTS[field.carried_to][1 if language == "es" else 0]
    return said[:1].upper() + said[1:]


def signs_of(values: Mapping[str, Any]) -> dict[str, str]:
    """The answers about the signs, by sign; what nobody answered is not among them."""
    answers = {key: values.get(f"sign_{key}") for key in SIGNS}
    return {key: answer for key, answer in answers.items() if answer}


def calls(signs: Mapping[str, str]) -> list[str]:
    """The signs answered yes that make it a phone call."""
    return [key for key in CALLS if signs.get(key) == YES]


def to_settle(signs: Mapping[str, str]) -> list[str]:
    """The signs answered yes that the doctor settles before anything is planned."""
    return [key for key in SIGNS if key not in CALLS and signs.get(key) == YES]


def is_emergency(signs: Mapping[str, str]) -> bool:
    """Whether one of the signs sends the patient to an emergency department."""
    return any(key in EMERGENCY for key in calls(signs))


def truth(answer: str) -> bool | None:
    """An answer as the record keeps it: not known, and not said, are None and never False."""
    return {YES: True, NO: False}.get(answer)


def rows_said(rows: Rows, listed: list[dict[str, Any]]) -> Iterator[list[tuple[Field, Any]]]:
    """Each row of a list as its fields with what was said, those without words left out."""
    for row in listed:
        yield [(field, row[field.key]) for field in rows.fields if row.get(field.key) not in (None, "")]
