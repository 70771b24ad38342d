"""Beside which questions a page of the library is offered: the moment of the way, by section and page.

Apart from the questions: what is offered beside one is no part of what was asked.
"""

MOMENTS = {
    ("safety", "now"): "intake_warning_signs",
    ("about", "insurance"): "intake_insurance",
    ("tried", "anything"): "intake_therapies",
    ("tried", "therapies"): "intake_therapies",
    ("health", "thinning"): "intake_blood_thinner",
    ("health", "blood-thinners"): "intake_blood_thinner",
    ("health", "diabetes"): "intake_diabetes",
    ("scans", "injection"): "intake_injections",
    ("scans", "injections"): "intake_injections",
    ("hopes", "hope"): "intake_goals",
    ("hopes", "worry"): "intake_goals",
}


def moment_beside(section: str, slug: str) -> str:
    """The moment of a page of the questionnaire; empty where no fear is raised."""
    return MOMENTS.get((section, slug), "")
