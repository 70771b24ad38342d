"""Fills in pages as a browser without JavaScript sends them."""

from typing import Any

from django.test import Client

from clinic.intake.models import Intake

WHO = {"filling_in": "patient"}
SIGNS = [
    "saddle_numbness",
    "bladder_or_bowel_change",
    "progressive_weakness",
    "gait_or_hand_clumsiness",
    "fever_or_chills",
    "major_trauma",
]
CALM = dict.fromkeys(SIGNS, "no")
WHOLE = [
    ("who/person", WHO),
    ("safety/now", CALM),
    ("safety/before", {"cancer_history": "no", "unexplained_weight_loss": "no", "intravenous_drug_use": "pns"}),
    ("about/name", {"given_name": "Test Patient", "family_name": "Alder", "birth_date": "9 March 1974"}),
    ("about/sex", {"sex": "female"}),
    ("about/pregnancy", {"pregnant": "no"}),
    ("about/reach", {"phone": "555 0123", "language": "en", "interpreter": "no"}),
    ("about/insurance", {"payer": "Medicare"}),
    ("pain/where", {"areas": ["low_back", "left_calf"]}),
    ("pain/region", {"region": "lumbar", "side": "left"}),
    ("pain/travels", {"travels": ["calf", "foot"]}),
    ("pain/moving", {"walking": "worse", "sitting": "better"}),
    ("pain/feeling", {"numbness": "yes", "numb_where": "left foot", "weakness": "no"}),
    ("pain/began", {"onset_how": "month", "onset_month": "3", "onset_month_year": "2026", "worsened": "no"}),
    ("pain/how", {"how_it_began": "lifting"}),
    ("pain/strength", {"nrs_now": "5", "nrs_average": "7", "nrs_worst": "9"}),
    ("pain/life", {"severity": "severe", "limits": "yes", "kept_from": "Standing at the stove."}),
    ("pain/peg", {"peg_pain": "7", "peg_enjoyment": "8", "peg_activity": "6"}),
    ("pain/back-sheet", {"rmdq": ["1", "2", "24"]}),
    ("tried/anything", {"any_therapy": "no"}),
    ("health/thinning", {"any_thinner": "no"}),
    ("health/medicines", {}),
    ("health/allergies", {"allergy_contrast": "no", "allergy_steroid": "no", "allergy_local_anaesthetic": "dk"}),
    ("health/now", {"infection": "no", "bleeding_disorder": "no", "immunosuppressed": "no"}),
    ("health/diabetes", {"diabetes": "no"}),
    ("health/longer", {"glaucoma": "no", "heart_failure": "no", "kidney_disease": "no"}),
    ("health/surgery", {"spine_surgery": "no"}),
    ("scans/scan", {"any_scan": "no"}),
    ("scans/nerve-test", {"any_nerve_test": "no"}),
    ("scans/injection", {"any_injection": "no"}),
    ("scans/other-injection", {"any_other_injection": "no"}),
    ("hopes/hope", {"hope": "Cook a whole dinner."}),
    ("hopes/worry", {}),
]
NAPROXEN = {
    "kind": "nsaid",
    "outcome": "no_lasting_help",
    "from_how": "day",
    "from_day": "2 March 2026",
    "to_how": "day",
    "to_day": "20 April 2026",
    "prescribed": "prescribed",
}


class Walker:
    """One browser on one intake: opens pages, and sends them with the revision that they showed."""

    def __init__(self, client: Client, intake: Intake) -> None:
        self.client, self.intake = client, intake

    def url(self, page: str) -> str:
        return f"/intake/{self.intake.case.reference}/{page}/"

    def open(self, page: str) -> Any:
        return self.client.get(self.url(page))

    def send(self, page: str, values: dict[str, Any], revision: int | None = None) -> Any:
        if revision is None:
            opened = self.open(page)
            revision = opened.context["revision"] if opened.status_code == 200 else 0
        return self.client.post(self.url(page), {**values, "revision": revision})

    def save(self, page: str, values: dict[str, Any], revision: int) -> Any:
        return self.client.post(f"{self.url(page)}draft", {**values, "revision": revision})

    def sent(self, page: str, values: dict[str, Any], revision: int | None = None) -> Any:
        """Sends a page that must be taken."""
        response = self.send(page, values, revision)
        assert response.status_code == 302, response.context["form"].errors
        return response

    def whole(self, **changed: dict[str, Any]) -> None:
        """Answers every page for the first time, unseen; `changed` replaces the values of one, by its last word."""
        for page, values in WHOLE:
            self.sent(page, changed.get(page.split("/")[1].replace("-", "_"), values), revision=0)
