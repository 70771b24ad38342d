"""What the signed plan says of a session, and in what one went outside it. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from clinic.criteria.scales import exact
from clinic.criteria.steroids import find

# What a plan and a session both say, by the plan's name in the facts contract.
COMPARED: dict[str, str] = {
    "region": "region",
    "level_count": "number of levels",
    "side": "side",
    "approach": "approach",
    "guidance": "guidance",
    "contrast": "contrast",
    "drug": "steroid",
    "dose_mg": "dose",
    "sedation": "sedation",
}
# What else makes a session one that was not planned so.
CHECK, EARLY = "check", "early"
OUTSIDE: dict[str, str] = COMPARED | {
    CHECK: "no checklist of that day that says it may go on",
    EARLY: "a day before the next eligible one",
}
CAUDAL = "caudal"


def levels(document: Mapping[str, Any], plan: Mapping[str, Any]) -> list[str]:
    """The levels that the record's own imaging names, where they are as many as the plan has; none where it is open."""
    if plan.get("approach") == CAUDAL:
        return [CAUDAL]
    studies = [each for each in document.get("imaging") or () if each.get("level") and each.get("concordant") is True]
    named = list(dict.fromkeys(each["level"] for each in studies))
    return named if len(named) == plan.get("level_count", 1) else []


def begun(document: Mapping[str, Any], plan: Mapping[str, Any]) -> dict[str, Any]:
    """What the form of a session begins with, by the names of `Said`; what the plan leaves open stays open."""
    same = ("region", "side", "approach", "guidance", "drug", "sedation", "sedation_reason")
    known = {name: plan[name] for name in same if plan.get(name)}
    if plan.get("contrast") is not None:
        known["contrast"] = "yes" if plan["contrast"] else "no"
    if plan.get("dose_mg") is not None:
        known["dose_mg"] = f"{plan['dose_mg']:g}"
    if plan.get("with_rehabilitation"):
        known["rehabilitation"] = "refer"
    return known | {"levels": ", ".join(levels(document, plan))}


def differences(plan: Mapping[str, Any], given: Mapping[str, Any]) -> list[str]:
    """The names of `COMPARED` in which what was given differs; what the plan leaves open does not differ."""
    return [name for name in COMPARED if plan.get(name) is not None and not _same(name, plan[name], given[name])]


def _same(name: str, planned: Any, given: Any) -> bool:
    if name == "drug":
        return _drug(str(planned)) == _drug(str(given))
    if name == "dose_mg":
        return exact(planned) == exact(given)
    return bool(planned == given)


def _drug(written: str) -> str:
    """One word for one drug, whether its brand or its generic name was written."""
    steroid = find(written)
    return steroid.name if steroid else written.strip().casefold()


def in_words(outside: Iterable[str]) -> str:
    """What was outside the plan, as one list in a sentence."""
    return ", ".join(OUTSIDE.get(name, name) for name in outside)
