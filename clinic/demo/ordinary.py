"""What most people of the stories answer; each story says only what is different."""

from .calendar import in_words
from .shape import Answers, Said, Story

SAFE: Said = dict.fromkeys(
    (
        "saddle_numbness",
        "bladder_or_bowel_change",
        "progressive_weakness",
        "gait_or_hand_clumsiness",
        "fever_or_chills",
        "major_trauma",
        "cancer_history",
        "unexplained_weight_loss",
        "intravenous_drug_use",
    ),
    "no",
)
HEALTHY: Said = dict.fromkeys(
    (
        "any_thinner",
        "allergy_contrast",
        "allergy_steroid",
        "allergy_local_anaesthetic",
        "infection",
        "bleeding_disorder",
        "immunosuppressed",
        "diabetes",
        "glaucoma",
        "heart_failure",
        "kidney_disease",
        "spine_surgery",
        "pregnant",
    ),
    "no",
)
USUAL: Said = {
    "filling_in": "patient",
    "interpreter": "no",
    "walking": "worse",
    "sitting": "worse",
    "numbness": "yes",
    "weakness": "no",
    "worsened": "no",
    "how_it_began": "slowly",
    "severity": "severe",
    "limits": "yes",
    "any_therapy": "yes",
    "any_scan": "yes",
    "any_nerve_test": "no",
    "any_injection": "no",
    "any_other_injection": "no",
    "new_injury": "no",
}


def answers_of_person(story: Story) -> Answers:
    """Everything that the person of a story types, with their name and insurance in the right boxes."""
    person = story.person
    about: Said = {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "birth_date": in_words(person.born, person.language),
        "sex": person.sex,
        "phone": person.phone,
        "language": person.language,
        "payer": person.payer,
        "plan_name": person.plan_name,
        "member_id": person.member_id,
        "primary_care": person.primary_care,
    }
    return Answers({**SAFE, **HEALTHY, **USUAL, **about, **story.answers.said}, story.answers.lists)
