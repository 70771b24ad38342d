"""What the signed plan says of a session, and in what a session went outside it. Pure."""

from collections.abc import Mapping
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
CHECK = "check"
OUTSIDE: dict[str, str] = COMPARED | {CHECK: "no checklist that says it may go on"}


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
