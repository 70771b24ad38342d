"""What the made-up people of the journeys answer: one entry a page of the questionnaire, under "section/page".

A list's entry holds one set of answers for each of its rows. Days are counted from the day of the journey.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from clinic.audit.clock import today
from clinic.intake.questions.dates import MONTHS

Given = Mapping[str, str | Sequence[str]]
Answers = Mapping[str, Given | Sequence[Given]]

TODAY = today("America/Chicago")  # at the western location of the demo: a day that has begun at both


def ago(weeks: int) -> date:
    return TODAY - timedelta(weeks=weeks)


def in_english(day: date) -> str:
    return f"{day.day} {MONTHS['en'][day.month - 1]} {day.year}"


def in_spanish(day: date) -> str:
    return f"{day.day} de {MONTHS['es'][day.month - 1]} de {day.year}"


def day(question: str, words: str) -> Given:
    """A day that is known, as somebody writes it."""
    return {f"{question}_how": "day", f"{question}_day": words}


def month(question: str, within: date) -> Given:
    """Only the month is known."""
    return {
        f"{question}_how": "month",
        f"{question}_month": str(within.month),
        f"{question}_month_year": str(within.year),
    }


def weeks_ago(question: str, words: str) -> Given:
    """Only about how long ago is known."""
    return {f"{question}_how": "weeks", f"{question}_weeks": words}


NO_URGENT_SIGN = dict.fromkeys(
    [
        "saddle_numbness",
        "bladder_or_bowel_change",
        "progressive_weakness",
        "gait_or_hand_clumsiness",
        "fever_or_chills",
        "major_trauma",
    ],
    "no",
)
HEALTHY: Answers = {
    "safety/now": NO_URGENT_SIGN,
    "safety/before": {"cancer_history": "no", "unexplained_weight_loss": "no", "intravenous_drug_use": "no"},
    "health/thinning": {"any_thinner": "no"},
    "health/medicines": {},
    "health/allergies": {"allergy_contrast": "no", "allergy_steroid": "no", "allergy_local_anaesthetic": "no"},
    "health/now": {"infection": "no", "bleeding_disorder": "no", "immunosuppressed": "no"},
    "health/diabetes": {"diabetes": "no"},
    "health/longer": {"glaucoma": "no", "heart_failure": "no", "kidney_disease": "no"},
    "health/surgery": {"spine_surgery": "no"},
    "scans/scan": {"any_scan": "no"},
    "scans/nerve-test": {"any_nerve_test": "no"},
    "scans/injection": {"any_injection": "no"},
    "scans/since": {"new_injury": "no"},
    "scans/other-injection": {"any_other_injection": "no"},
    "hopes/hope": {},
    "hopes/worry": {},
}
SCIATICA: Answers = {
    "pain/where": {"areas": ["low_back", "left_buttock", "left_calf"]},
    "pain/region": {"region": "lumbar", "side": "left"},
    "pain/travels": {"travels": ["buttock", "calf", "foot"]},
    "pain/moving": {"walking": "worse", "sitting": "same"},
    "pain/feeling": {"numbness": "yes", "numb_where": "left foot", "weakness": "no"},
    "pain/began": {**weeks_ago("onset", "14"), "worsened": "no"},
    "pain/how": {"how_it_began": "slowly"},
    "pain/strength": {"nrs_now": "6", "nrs_average": "7", "nrs_worst": "9"},
    "pain/life": {"severity": "severe", "limits": "yes", "kept_from": "I cannot stand long enough to cook."},
    "pain/peg": {"peg_pain": "7", "peg_enjoyment": "8", "peg_activity": "6"},
    "pain/back-sheet": {"rmdq": ["1", "3", "9", "11", "24"]},
}

SEQUOIA: Answers = {
    **HEALTHY,
    **SCIATICA,
    "who/person": {"filling_in": "patient"},
    "about/name": {"given_name": "Test Patient", "family_name": "Sequoia", "birth_date": "9 March 1968"},
    "about/sex": {"sex": "female"},
    "about/pregnancy": {"pregnant": "no"},
    "about/reach": {"phone": "555 0177", "language": "en", "interpreter": "no"},
    "about/insurance": {"payer": "Medicare", "primary_care": "Test Family Practice, Springfield"},
    "tried/anything": {"any_therapy": "yes"},
    "tried/therapies": [
        {
            "kind": "physical_therapy",
            "outcome": "not_enough_help",
            **day("from", in_english(ago(12))),
            **weeks_ago("to", "5"),
            "prescribed": "prescribed",
            "provider": "Test Rehabilitation, Springfield",
            "sessions": "12",
            "active_exercise": "yes",
            "may_request_record": "yes",
        },
        {
            "kind": "nsaid",
            "outcome": "no_lasting_help",
            **month("from", ago(13)),
            **day("to", in_english(ago(4))),
            "prescribed": "prescribed",
            "name": "Naproxen 500 mg",
        },
        {
            "kind": "home_exercise",
            "outcome": "not_enough_help",
            "from_how": "dk",
            "to_how": "going",
            "prescribed": "own",
        },
    ],
    "health/thinning": {"any_thinner": "yes"},
    "health/blood-thinners": [{"as_written": "Eliquis", "last_taken": "today"}],
    "health/medicines": {"other_medicines": "Metoprolol 50 mg"},
    "scans/scan": {"any_scan": "yes"},
    "scans/scans": [{"modality": "mri", **month("on", ago(8)), "place": "Test Imaging Center"}],
    "scans/injection": {"any_injection": "yes"},
    "scans/injections": [
        {
            **month("on", ago(60)),
            "region": "lumbar",
            "side": "left",
            "relief": "70",
            **weeks_ago("relief_until", "36"),
            "better": "yes",
        }
    ],
    "hopes/hope": {"hope": "Cook a whole dinner, and dance at a wedding."},
    "hopes/worry": {"worry": "Will it hurt?"},
}

CEIBA: Answers = {
    **HEALTHY,
    **SCIATICA,
    "who/person": {"filling_in": "patient"},
    "about/name": {"given_name": "Paciente de Prueba", "family_name": "Ceiba", "birth_date": "9 de marzo de 1979"},
    "about/sex": {"sex": "male"},
    "about/reach": {"phone": "555 0178", "language": "es", "interpreter": "yes"},
    "about/insurance": {"payer": "Credence Blue Cross Blue Shield"},
    "pain/life": {"severity": "moderate", "limits": "yes", "kept_from": "No puedo estar de pie en el trabajo."},
    "pain/daily": {
        "do_sleep": "hard",
        "do_sit": "easy",
        "do_stand": "cannot",
        "do_walk": "hard",
        "do_dress": "easy",
        "do_house": "dk",
    },
    "tried/anything": {"any_therapy": "yes"},
    "tried/therapies": [
        {
            "kind": "nsaid",
            "outcome": "no_help",
            **day("from", in_spanish(ago(3))),
            "to_how": "going",
            "prescribed": "own",
            "name": "Ibuprofeno",
        }
    ],
    "scans/scan": {"any_scan": "dk"},
    "hopes/worry": {"worry": "Me da miedo la aguja. ¿Y si me muevo?"},
}

CHART: dict[str, Given] = {
    "exam": {"exam__on": in_english(TODAY), "exam__root_signs": "yes", "exam__concordant": "yes"},
    "diagnosis": {
        "complaint__diagnosis": "disc_herniation",
        "complaint__pain_pattern": "radicular",
        "complaint__root": "S1",
    },
    "medicines": {"conditions__cancer_suspected": "no", "conditions__compressive_lesion": "no"},
    "plan": {
        "as_of": in_english(TODAY + timedelta(days=7)),
        "plan__region": "lumbar",
        "plan__region_count": "1",
        "plan__approach": "transforaminal",
        "plan__level_count": "1",
        "plan__side": "left",
        "plan__guidance": "fluoroscopy",
        "plan__contrast": "yes",
        "plan__drug": "dexamethasone",
        "plan__dose_mg": "10",
        "plan__sedation": "none",
        "plan__biologic": "no",
        "plan__other_block_same_session": "no",
        "plan__two_approaches_same_level": "no",
        "plan__series_ordered": "no",
        "plan__aim": "short_term_relief",
        "plan__with_rehabilitation": "yes",
    },
}
"""What a doctor enters, by the group of the chart, for one transforaminal injection on the left."""
STUDY_AS_READ: Given = {"finding": "disc_herniation", "level": "L5-S1", "side": "left", "concordant": "yes"}
