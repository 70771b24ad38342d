"""What each letter asks and says, service by service, as data: the order here is the order of the form. Pure.

The content follows the pertinent data sets of ACP High Value Care Coordination and, for physical therapy after an
injection, reference F4 (ours): no start window is assumed, since no trial says when therapy should begin.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from clinic.treatment.procedure import choices


class Kind(StrEnum):
    """How a field is typed, and what it holds."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    COUNT = "count"
    GOALS = "goals"
    STUDY = "study"
    SCORES = "scores"  # a snapshot of the record: printed, and not typed


@dataclass(frozen=True)
class Field:
    """One field of an order. `most` is how many characters it may have; no letter is signed without one `needed`."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    most: int = 0
    help: str = ""
    needed: bool = False


@dataclass(frozen=True)
class Service:
    """A letter to one kind of practice: what the service is called, the letter's title, and its fields."""

    called: str
    title: str
    fields: tuple[Field, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)


GOALS = choices.GOALS
STUDIES = {
    "mri": "MRI",
    "mri_contrast": "MRI without and with contrast",
    "ct": "CT",
    "ct_myelogram": "CT myelogram",
    "x_ray": "X-ray",
    "x_ray_motion": "X-ray, bending forward and back",
    "emg": "EMG and nerve conduction",
}
# Reference F4: why a patient comes back at once, whoever sees them.
AT_ONCE = (
    "New or growing weakness in an arm or a leg",
    "New trouble with bladder or bowel, or numbness between the legs",
    "Fever or chills",
)
MOST_AT_ONCE, LONGEST_AT_ONCE = 6, 120  # what the box of the letter holds

K = Kind
QUESTION = Field("question", "What we ask, and why", most=320, needed=True)
DIAGNOSIS = Field("diagnosis", "Diagnosis", most=200)
PROCEDURE = Field("procedure", "Injections", most=240, help="Date, place, drug and dose, as the record says.")
PRECAUTIONS = Field("precautions", "Precautions", most=400)
WEAKNESS = Field("weakness", "Weakness found", most=200, help="Which muscles, how strong, on which day.")
SCORES = Field("scores", "Scores on record", K.SCORES)
TRIED = Field("tried", "What was tried", most=900, help="One therapy a line: when, and what it did.")
STUDIES_DONE = Field("studies", "Imaging so far", most=500, help="One study a line, with its day and what it showed.")
VISITS = Field("visits", "Visits asked for", K.COUNT)
START_FROM = Field("start_from", "Start, from", K.DAY, help="The doctor chooses. Blank is “not set”.")
START_UNTIL = Field("start_until", "Start, at the latest", K.DAY, help="The doctor chooses. Blank is “not set”.")
REPORT = Field("report_due_on", "Report due on", K.DAY)
AT_ONCE_FIELD = Field("at_once", "Send the patient back at once if", most=720, help="One sign a line, at most six.")
CALL = Field("call", "Questions: whom to call", K.LINE, 120)
TOLD = Field("patient_told", "What the patient was told", most=240)
LANGUAGE = Field("language", "Language and interpreter", K.LINE, 120)
ENDS = (REPORT, AT_ONCE_FIELD, CALL, TOLD, LANGUAGE)

SERVICES: Mapping[str, Service] = {
    "physical_therapy": Service(
        "Physical therapy",
        "Referral for physical therapy",
        (
            QUESTION,
            DIAGNOSIS,
            PROCEDURE,
            Field("goals", "Goals", K.GOALS),
            Field("goal_line", "Goal in the patient's own life", K.LINE, 120, "Such as “stand through a shift”."),
            PRECAUTIONS,
            WEAKNESS,
            SCORES,
            TRIED,
            START_FROM,
            START_UNTIL,
            VISITS,
            *ENDS,
        ),
    ),
    "imaging": Service(
        "Imaging",
        "Referral for imaging",
        (
            Field("study", "Study", K.STUDY, needed=True),
            Field("region", "Region and side", K.LINE, 120, needed=True),
            replace(QUESTION, label="Question to be answered"),
            DIAGNOSIS,
            replace(
                PRECAUTIONS,
                label="Before the study",
                help="Contrast, kidneys, implants or devices, pregnancy: as known, and what is not.",
            ),
            STUDIES_DONE,
            *ENDS,
        ),
    ),
    "surgery": Service(
        "Surgery",
        "Referral to a spine surgeon",
        (
            replace(QUESTION, label="Question to the surgeon"),
            DIAGNOSIS,
            WEAKNESS,
            STUDIES_DONE,
            PROCEDURE,
            TRIED,
            PRECAUTIONS,
            SCORES,
            *ENDS,
        ),
    ),
    "behavioural_health": Service(
        "Behavioural health",
        "Referral to behavioural health",
        (
            QUESTION,
            DIAGNOSIS,
            Field("helps", "What helps, and what does not", most=320, help="In the patient's words, where you can."),
            TRIED,
            SCORES,
            VISITS,
            *ENDS,
        ),
    ),
    "primary_care": Service(
        "Primary care",
        "Letter to primary care",
        (
            Field("decided", "What was decided", most=240),
            replace(QUESTION, label="What we ask of you"),
            DIAGNOSIS,
            PROCEDURE,
            PRECAUTIONS,
            SCORES,
            *ENDS,
        ),
    ),
}
# Scores by which this service measures what it does; a score that is not on record is not asked for.
SCALES: Mapping[str, frozenset[str]] = {
    "physical_therapy": frozenset({"NRS", "PEG", "RMDQ", "ODI", "NDI", "PROMIS", "QUEBEC"}),
    "surgery": frozenset({"NRS", "PEG", "RMDQ", "ODI", "NDI", "PROMIS"}),
    "behavioural_health": frozenset({"PEG", "PHQ-2", "PROMIS", "PDAS", "NRS"}),
    "primary_care": frozenset({"NRS", "PEG", "RMDQ"}),
}
EVERY_FIELD = {field.name: field for service in SERVICES.values() for field in service.fields}
