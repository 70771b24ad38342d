"""By which clauses a payer may have refused: those of the set that the decision rests on, as they were sealed. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from clinic.criteria.reasons import CLAUSE_TITLES

OTHER = "other"
OTHER_TITLE = "Another reason"
VERDICTS = {
    "met": "met",
    "not_met": "not met",
    "cannot_tell": "cannot tell",
    "review": "review",
    "not_applicable": "not applicable",
}

Determination = Mapping[str, Any]  # as an assessment keeps it


def verdicts(determination: Determination | None) -> dict[str, str]:
    """What our own assessment had said of each clause, by clause key."""
    return {clause["key"]: clause["verdict"] for clause in (determination or {}).get("clauses", [])}


def choices(determination: Determination | None) -> Sequence[tuple[str, str]]:
    """The clauses to choose from, each with what our assessment had said of it, and another reason.

    Where the decision rests on no set, all clauses that sets share.
    """
    said = verdicts(determination) or dict.fromkeys(CLAUSE_TITLES, "")
    named = [
        (key, f"{title(key)} (our assessment: {VERDICTS[verdict]})" if verdict else title(key))
        for key, verdict in said.items()
    ]
    return [*sorted(named, key=lambda choice: choice[1]), (OTHER, OTHER_TITLE)]


def title(key: str) -> str:
    """A clause as staff reads it."""
    return OTHER_TITLE if key == OTHER else CLAUSE_TITLES[key][0]
