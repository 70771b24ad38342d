"""The shapes of the facts: one for each object of the contract, with the names of facts.schema.json.

None is "nobody has said". A date is the span of days that it may mean.
"""

from dataclasses import dataclass
from datetime import date

from clinic.criteria.dates import Span


@dataclass(frozen=True, slots=True)
class Patient:
    pregnant: bool | None


@dataclass(frozen=True, slots=True)
class Complaint:
    region: str | None
    side: str | None
    pain_pattern: str | None
    diagnosis: str | None
    limits_daily_life: bool | None
    severity_in_words: str | None
    new_pathology: bool | None
    onset: Span
    exacerbated_on: Span
    new_injury_on: Span


@dataclass(frozen=True, slots=True)
class Exam:
    on: date | None
    root_signs: bool | None
    concordant: bool | None

    @property
    def recorded(self) -> bool:
        return any(said is not None for said in (self.on, self.root_signs, self.concordant))


@dataclass(frozen=True, slots=True)
class Study:
    path: str
    modality: str | None
    acute_injury: bool | None
    concordant: bool | None
    on: Span


@dataclass(frozen=True, slots=True)
class NerveStudy:
    path: str
    shows_radiculopathy: bool | None
    concordant: bool | None
    on: Span


@dataclass(frozen=True, slots=True)
class Score:
    path: str
    scale: str | None
    value: float | None
    period: str | None
    on: date | None


@dataclass(frozen=True, slots=True)
class Therapy:
    path: str
    kind: str | None
    prescribed: bool | None
    therapeutic_dose: bool | None
    active_exercise: bool | None
    outcome: str | None
    intolerance_documented: bool | None
    start: Span
    end: Span


@dataclass(frozen=True, slots=True)
class Injection:
    path: str
    region: str | None
    side: str | None
    patient_relief_percent: float | None
    relief_lasting: bool | None
    function_better_or_less_medicine: bool | None
    on: Span
    relief_until: Span
    before: tuple[Score, ...] | None
    after: tuple[Score, ...] | None


@dataclass(frozen=True, slots=True)
class Plan:
    region: str | None
    region_count: int | None
    approach: str | None
    level_count: int | None
    levels_contiguous: bool | None
    side: str | None
    guidance: str | None
    contrast: bool | None
    contrast_study_billed: bool | None
    sedation: str | None
    sedation_reason: str | None
    biologic: bool | None
    other_block_same_session: bool | None
    two_approaches_same_level: bool | None
    bilateral_reason: str | None
    series_ordered: bool | None
    aim: str | None
    with_rehabilitation: bool | None
    differs_from_last: bool | None
    rationale: str | None
    beyond_a_year_reason: str | None
    primary_care_notified: bool | None
    treatment_since: Span


@dataclass(frozen=True, slots=True)
class Allergies:
    contrast: bool | None
    steroid: bool | None
    local_anaesthetic: bool | None


@dataclass(frozen=True, slots=True)
class BloodThinner:
    path: str
    category: str | None  # `class` in the contract, a word that Python keeps for itself
    hold_agreed_with_prescriber: bool | None


@dataclass(frozen=True, slots=True)
class Conditions:
    bleeding_disorder: bool | None
    diabetes: bool | None
    diabetes_controlled: bool | None
    infection: bool | None
    immunosuppressed: bool | None
    glaucoma: bool | None
    heart_failure: bool | None
    kidney_disease: bool | None
    cancer_suspected: bool | None
    compressive_lesion: bool | None


@dataclass(frozen=True, slots=True)
class RedFlags:
    saddle_numbness: bool | None
    bladder_or_bowel_change: bool | None
    progressive_weakness: bool | None
    gait_or_hand_clumsiness: bool | None
    fever_or_chills: bool | None
    major_trauma: bool | None
    cancer_history: bool | None
    unexplained_weight_loss: bool | None
    intravenous_drug_use: bool | None
