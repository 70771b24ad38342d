"""The kinds of rule, by theme: a set of criteria names a kind and its parameters, and each kind is one small class."""

from clinic.criteria.clauses.care import ConservativeCare, MedicationTrial, TherapyOnRecord, TherapyWeeks
from clinic.criteria.clauses.evidence import Evaluated, Imaging, Indication
from clinic.criteria.clauses.frequency import Cap, FailedSessions, Interval, LongCourse
from clinic.criteria.clauses.plan import Guidance, Levels, NoneOf, OneOf, Sedation
from clinic.criteria.clauses.repeat import (
    RepeatByPatientRelief,
    RepeatByScale,
    RepeatForReview,
    RepeatRestart,
)
from clinic.criteria.clauses.rule import Rule
from clinic.criteria.clauses.severity import NamedScale, PainOrDisability, PainOrWords

KINDS: dict[str, type[Rule]] = {
    "cap": Cap,
    "conservative_care": ConservativeCare,
    "evaluated": Evaluated,
    "failed_sessions": FailedSessions,
    "guidance": Guidance,
    "imaging": Imaging,
    "indication": Indication,
    "interval": Interval,
    "levels": Levels,
    "long_course": LongCourse,
    "medication_trial": MedicationTrial,
    "named_scale": NamedScale,
    "none_of": NoneOf,
    "one_of": OneOf,
    "pain_or_disability": PainOrDisability,
    "pain_or_words": PainOrWords,
    "repeat_by_patient_relief": RepeatByPatientRelief,
    "repeat_by_scale": RepeatByScale,
    "repeat_for_review": RepeatForReview,
    "repeat_restart": RepeatRestart,
    "sedation": Sedation,
    "therapy_on_record": TherapyOnRecord,
    "therapy_weeks": TherapyWeeks,
}
