"""The safety screen, apart from coverage on purpose: it turns no verdict, and no verdict hides it.

Any one urgent sign stops everything (the strictest of the published actions on cauda equina signs). A hold is
what the doctor must settle first. What nobody has said is listed as unknown, and is never taken for a no.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from clinic.criteria.facts import Facts
from clinic.criteria.reasons import Reason, render

URGENT = (
    "saddle_numbness",
    "bladder_or_bowel_change",
    "progressive_weakness",
    "gait_or_hand_clumsiness",
    "fever_or_chills",
    "major_trauma",
)
HOLDS: dict[str, tuple[str, ...]] = {
    "cancer_history": ("red_flags.cancer_history",),
    "unexplained_weight_loss": ("red_flags.unexplained_weight_loss",),
    "intravenous_drug_use": ("red_flags.intravenous_drug_use",),
    "bleeding_disorder": ("conditions.bleeding_disorder",),
    "infection": ("conditions.infection",),
    "immunosuppressed": ("conditions.immunosuppressed",),
    "heart_failure": ("conditions.heart_failure",),
    "glaucoma": ("conditions.glaucoma",),
    "cancer_suspected": ("conditions.cancer_suspected",),
    "compressive_lesion": ("conditions.compressive_lesion",),
    "pregnancy": ("patient.pregnant",),
    "allergy": ("allergies.contrast", "allergies.steroid", "allergies.local_anaesthetic"),
}


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that was said (or that nobody has said): its key, why it stands here, and the facts."""

    key: str
    because: tuple[Reason, ...]
    facts: tuple[str, ...]

    def to_dict(self, language: str = "en") -> dict[str, Any]:
        return {"key": self.key, "because": render(self.because, language), "facts": list(self.facts)}


@dataclass(frozen=True, slots=True)
class Screen:
    urgent: tuple[Sign, ...]
    holds: tuple[Sign, ...]
    unknown: tuple[Sign, ...]

    def to_dict(self, language: str = "en") -> dict[str, Any]:
        lists = {"urgent": self.urgent, "holds": self.holds, "unknown": self.unknown}
        return {name: [sign.to_dict(language) for sign in signs] for name, signs in lists.items()}


def screen(facts: Facts) -> Screen:
    """Urgent signs, holds, and what nobody has said about either."""
    urgent: dict[str, tuple[str, ...]] = {key: (f"red_flags.{key}",) for key in URGENT}
    return Screen(
        urgent=_true(facts, urgent, "urgent-sign"),
        holds=(*_true(facts, HOLDS, "hold"), *_blood_thinner(facts), *_diabetes(facts)),
        unknown=tuple(_unknown(facts, urgent | HOLDS)),
    )


def _true(facts: Facts, signs: Mapping[str, tuple[str, ...]], kind: str) -> tuple[Sign, ...]:
    present = {key: tuple(path for path in paths if facts.said(path) is True) for key, paths in signs.items()}
    return tuple(_sign(key, kind, paths) for key, paths in present.items() if paths)


def _blood_thinner(facts: Facts) -> Iterable[Sign]:
    unsettled = [t.path for t in facts.blood_thinners or () if t.hold_agreed_with_prescriber is not True]
    return [_sign("blood_thinner", "hold-blood-thinner", tuple(unsettled))] if unsettled else []


def _diabetes(facts: Facts) -> Iterable[Sign]:
    held = facts.conditions.diabetes is True and facts.conditions.diabetes_controlled is not True
    return [_sign("diabetes", "hold-diabetes", ("conditions.diabetes",))] if held else []


def _unknown(facts: Facts, signs: Mapping[str, tuple[str, ...]]) -> Iterable[Sign]:
    for key, paths in signs.items():
        unsaid = tuple(path for path in paths if facts.said(path) is None)
        if unsaid:
            yield _sign(key, "safety-unknown", unsaid)
    if facts.blood_thinners is None:
        yield _sign("blood_thinner", "safety-unknown", ("blood_thinners",))
    if facts.conditions.diabetes is None:
        yield _sign("diabetes", "safety-unknown", ("conditions.diabetes",))


def _sign(key: str, kind: str, facts: tuple[str, ...]) -> Sign:
    return Sign(key, (Reason(kind, {"sign": key, "facts": list(facts)}),), facts)
