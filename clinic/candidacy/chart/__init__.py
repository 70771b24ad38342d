"""What the doctor adds to the record, as data: one entry, one fact of the contract.

The order here is the order on the page. `corrects` marks a fact that the patient is asked about too: the doctor's word
then stands beside the patient's and is the one that is weighed. A fact without a value stays unknown.
"""

from .choices import (
    AIMS,
    APPROACHES,
    BEYOND_A_YEAR,
    CLASSES,
    DIAGNOSES,
    FINDINGS,
    GUIDANCE,
    LEVELS,
    MODALITIES,
    OUTCOMES,
    PATTERNS,
    REGIONS,
    ROOTS,
    SEDATION,
    SEVERITY,
    SIDES,
    SITES,
    STEROIDS,
    THERAPIES,
)
from .fields import Field, Group, Kind, Rows, choice, yes_no

EXAM = Group(
    "exam",
    "Examination",
    "What you found. What you leave open stays unknown.",
    (
        Field("exam.on", "Examined on", Kind.DAY),
        yes_no(
            "exam.root_signs",
            "Signs of a nerve root",
            "Straight-leg raise, a change of feeling, strength or reflex along a root, or Spurling.",
        ),
        yes_no("exam.concordant", "Supports the diagnosis, side and level"),
    ),
)

DIAGNOSIS = Group(
    "diagnosis",
    "Diagnosis and course",
    "The diagnosis is yours to say. Where the patient answered, your word is weighed and theirs stays beside it.",
    (
        choice("complaint.diagnosis", "Working diagnosis", DIAGNOSES),
        choice("complaint.pain_pattern", "Pattern of the pain", PATTERNS),
        Field("complaint.root", "Nerve root", Kind.TEXT, help="Such as L5 or C6.", suggestions=ROOTS),
        choice("complaint.region", "Region", REGIONS, corrects=True),
        choice("complaint.side", "Side of the limb pain", SIDES, corrects=True),
        Field("complaint.onset", "First day of this complaint", Kind.PARTIAL_DATE, corrects=True),
        Field("complaint.exacerbated_on", "First day of an acute worsening", Kind.PARTIAL_DATE, corrects=True),
        yes_no("complaint.limits_daily_life", "Limits work, sleep, walking or daily life", corrects=True),
        choice("complaint.severity_in_words", "Severity in words", SEVERITY, corrects=True),
        Field("complaint.new_injury_on", "New acute injury since the last injection", Kind.PARTIAL_DATE, corrects=True),
        yes_no("complaint.new_pathology", "New pathology since the last injection"),
    ),
)

STUDY_DATE = Field("on", "Done on", Kind.PARTIAL_DATE, corrects=True)
CONCORDANT = yes_no("concordant", "Agrees with the side and level", "In your judgement.")

IMAGING = Group(
    "imaging",
    "Imaging and nerve studies",
    "As you read them. Say for each whether it agrees with the complaint.",
    rows=(
        Rows(
            "imaging",
            "Imaging",
            "Imaging study",
            (
                choice("modality", "Study", MODALITIES, corrects=True),
                STUDY_DATE,
                choice("finding", "Main finding", FINDINGS),
                Field("level", "Level", Kind.TEXT, help="Such as L4-5.", suggestions=LEVELS),
                choice("side", "Side", SIDES),
                yes_no("acute_injury", "The report documents an acute disc injury"),
                CONCORDANT,
            ),
            none_said="There is no imaging of this region",
        ),
        Rows(
            "electrodiagnostics",
            "EMG and nerve conduction",
            "Nerve study",
            (
                STUDY_DATE,
                yes_no("shows_radiculopathy", "Shows radiculopathy"),
                CONCORDANT,
                Field("root", "Root", Kind.TEXT, help="Such as L5.", suggestions=ROOTS),
            ),
            none_said="There is no nerve study",
        ),
    ),
)

THERAPY_LEDGER = Group(
    "therapies",
    "What was tried",
    "The patient's ledger. Add what the record shows: the dose, and why a therapy could not be tolerated.",
    rows=(
        Rows(
            "therapies",
            "Therapies",
            "Therapy",
            (
                choice("kind", "Kind", THERAPIES, corrects=True),
                Field("name", "Drug and dose, or provider", Kind.TEXT, corrects=True),
                yes_no("therapeutic_dose", "At a dose expected to work"),
                yes_no("intolerance_documented", "The reason it was not tolerated, or must not be done, is documented"),
                yes_no("prescribed", "Prescribed, or directed by a provider", corrects=True),
                yes_no("active_exercise", "Included active exercise", corrects=True),
                Field("from", "First day", Kind.PARTIAL_DATE, corrects=True),
                Field("to", "Last day", Kind.PARTIAL_DATE, corrects=True),
                yes_no("ongoing", "Still going on", corrects=True),
                Field("sessions", "Visits", Kind.WHOLE, least=0, most=999, corrects=True),
                choice("outcome", "What it did", OUTCOMES, corrects=True),
            ),
            none_said="Nothing was tried for this complaint",
        ),
    ),
)

INJECTIONS = Group(
    "injections",
    "Earlier injections",
    "Epidural steroid injections of any region, one entry a session; and steroid that was injected elsewhere.",
    rows=(
        Rows(
            "injections",
            "Earlier injections",
            "Injection",
            (
                Field("on", "Given on", Kind.PARTIAL_DATE, corrects=True),
                choice("region", "Region", REGIONS, corrects=True),
                choice("side", "Side", SIDES, corrects=True),
                choice("approach", "Approach", APPROACHES),
                Field("level_count", "Levels", Kind.WHOLE, least=1, most=9),
                Field("drug", "Steroid", Kind.TEXT, suggestions=STEROIDS),
                Field("dose_mg", "Dose, mg", Kind.NUMBER, least=0, most=999),
                Field(
                    "patient_relief_percent",
                    "Relief, in percent, as the patient says",
                    Kind.WHOLE,
                    least=-100,
                    most=100,
                    corrects=True,
                ),
                Field("relief_until", "Relief lasted until", Kind.PARTIAL_DATE, corrects=True),
                yes_no("relief_lasting", "The relief still lasts", corrects=True),
                yes_no("function_better_or_less_medicine", "Better function, or less medicine", corrects=True),
            ),
            none_said="There was no earlier injection",
        ),
        # Beside the contract: no rule counts these, and the sum of steroids does (criteria/steroids.py).
        Rows(
            "other_injections",
            "Steroid injections elsewhere, in the last three years",
            "Injection elsewhere",
            (
                Field("on", "Given on", Kind.PARTIAL_DATE, corrects=True),
                choice("site", "Where", SITES, corrects=True),
                Field("drug", "Steroid", Kind.TEXT, suggestions=STEROIDS),
                Field("dose_mg", "Dose, mg", Kind.NUMBER, least=0, most=999),
            ),
            none_said="There was no steroid injection elsewhere in the last three years",
        ),
    ),
)

SCORES = Group(
    "scores",
    "Scores",
    "A named scale that was taken elsewhere or in the room. A score taken round an injection belongs to it.",
)

PLAN = Group(
    "plan",
    "Plan",
    "The injection now proposed. Every interval counts back from the planned day.",
    (
        Field("as_of", "Planned day", Kind.DAY, help="Empty: the criteria are weighed as of today."),
        choice("plan.region", "Region", REGIONS),
        Field("plan.region_count", "Regions in this session", Kind.WHOLE, least=1, most=3),
        choice("plan.approach", "Approach", APPROACHES),
        Field("plan.level_count", "Levels in this session", Kind.WHOLE, least=1, most=9),
        yes_no("plan.levels_contiguous", "The levels are next to each other"),
        choice("plan.side", "Side", SIDES),
        Field("plan.bilateral_reason", "Why both sides", Kind.TEXT),
        choice("plan.guidance", "Guidance", GUIDANCE),
        yes_no("plan.contrast", "Contrast"),
        yes_no("plan.contrast_study_billed", "An epidurogram is claimed as a separate part"),
        Field("plan.drug", "Steroid", Kind.TEXT, suggestions=STEROIDS),
        Field("plan.dose_mg", "Dose, mg", Kind.NUMBER, least=0, most=999),
        choice("plan.sedation", "Sedation", SEDATION),
        Field("plan.sedation_reason", "Why sedation", Kind.TEXT),
        yes_no("plan.biologic", "A biologic is injected", "Platelet-rich plasma, stem cells, amniotic product."),
        yes_no("plan.other_block_same_session", "Another block in the same session"),
        yes_no("plan.two_approaches_same_level", "Two approaches at one level on one day"),
        yes_no("plan.series_ordered", "A fixed series was ordered in advance"),
        choice("plan.aim", "Aim", AIMS),
        yes_no("plan.with_rehabilitation", "With active rehabilitation or home exercise"),
        yes_no("plan.differs_from_last", "Differs from the last in approach, level or drug"),
        Field("plan.rationale", "Why this differs, or why repeat", Kind.TEXT),
        Field("plan.treatment_since", "First day of this course of injections", Kind.PARTIAL_DATE),
        choice("plan.beyond_a_year_reason", "Reason for going on beyond 12 months", BEYOND_A_YEAR),
        yes_no("plan.primary_care_notified", "Primary care was told of prolonged steroid use"),
    ),
)

MEDICINES = Group(
    "medicines",
    "Medicines and health",
    "What must be settled before a needle goes near the spine.",
    (
        yes_no("conditions.cancer_suspected", "Cancer of the spine is suspected"),
        yes_no("conditions.compressive_lesion", "A compressive lesion of cord, conus or cauda equina"),
        yes_no("allergies.contrast", "Allergy: contrast", corrects=True),
        yes_no("allergies.steroid", "Allergy: a steroid", corrects=True),
        yes_no("allergies.local_anaesthetic", "Allergy: a local anaesthetic", corrects=True),
        yes_no("patient.pregnant", "Pregnant, or might be", corrects=True),
        yes_no("conditions.bleeding_disorder", "Bleeding disorder", corrects=True),
        yes_no("conditions.diabetes", "Diabetes", corrects=True),
        yes_no("conditions.diabetes_controlled", "Diabetes is well controlled", corrects=True),
        yes_no("conditions.infection", "Infection now", corrects=True),
        yes_no("conditions.immunosuppressed", "Immune suppression", corrects=True),
        yes_no("conditions.heart_failure", "Heart failure", corrects=True),
        yes_no("conditions.kidney_disease", "Kidney disease", corrects=True),
        yes_no("conditions.glaucoma", "Glaucoma", corrects=True),
        yes_no("red_flags.cancer_history", "History of cancer", corrects=True),
        yes_no("red_flags.unexplained_weight_loss", "Unexplained weight loss", corrects=True),
        yes_no("red_flags.intravenous_drug_use", "Intravenous drug use", corrects=True),
    ),
    (
        Rows(
            "blood_thinners",
            "Blood thinners",
            "Blood thinner",
            (
                Field("name", "Generic name", Kind.TEXT, corrects=True),
                choice("class", "Class", CLASSES, corrects=True),
                Field("last_taken", "Last dose", Kind.DAY, corrects=True),
                yes_no("hold_agreed_with_prescriber", "Its prescriber agreed to stop it for the procedure"),
                Field("agreed_with", "Agreed with whom, and when", Kind.TEXT),
            ),
            none_said="No medicine that thins the blood",
        ),
    ),
)

GROUPS = (EXAM, DIAGNOSIS, IMAGING, THERAPY_LEDGER, INJECTIONS, SCORES, MEDICINES, PLAN)
BY_KEY = {group.key: group for group in GROUPS}

# The six signs that stop everything are settled by releasing the alert with a finding, not by a field of the chart.
URGENT_SIGNS: dict[str, str] = {
    "red_flags.saddle_numbness": "Saddle numbness",
    "red_flags.bladder_or_bowel_change": "Bladder or bowel change",
    "red_flags.progressive_weakness": "Progressive weakness",
    "red_flags.gait_or_hand_clumsiness": "Unsteady gait or clumsy hands",
    "red_flags.fever_or_chills": "Fever or chills",
    "red_flags.major_trauma": "Major trauma",
}

# Names of facts that no field of the chart asks for, for the reader of a list.
OTHER_LABELS: dict[str, str] = {
    **URGENT_SIGNS,
    "patient.age": "Age",
    "record_final": "Chart closed",
    "imaging": "Imaging",
    "electrodiagnostics": "EMG or nerve-conduction studies",
    "therapies": "What was tried",
    "injections": "Earlier injections",
    "other_injections": "Steroid injections elsewhere",
    "blood_thinners": "Blood thinners",
    "scores": "Scores on a named scale",
}
